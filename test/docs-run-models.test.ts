import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { writeWav } from '../agent/audio/wav.js';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { lacking } from './calls/office.js';
import { guideConfiguration, officeOf } from './docs-office.js';
import { english } from './engines/vosk/english.js';
import { blocks, WITH_MODELS } from './guide.js';
import { sharedHeads } from './understanding/shipped-head.js';

// The commands of the guide that need models and trained heads, typed as they stand there.

t.test('what needs models runs where they are', { skip: lacking }, async (t) => {
  const office = officeOf(t);
  mkdirSync(sharedHeads, { recursive: true });
  symlinkSync(sharedHeads, join(office.home, 'heads'));
  for (const name of ['models', 'asterisk']) {
    symlinkSync(join(checkoutRoot, '.vestibule', name), join(office.checkout, '.vestibule', name));
  }
  const wav = join(office.checkout, 'voicemail.wav');
  await writeWav(wav, [english()], 16_000);
  copyFileSync(wav, join(office.checkout, 'call.wav'));
  const tried = join(office.checkout, 'tried.tsv');
  writeFileSync(tried, 'are you open on saturday\tinfo.hours\n');
  const asked = blocks.filter(({ word }) => word === WITH_MODELS);
  t.match(office.run('scripts/vestibule intents train'), { status: 0 });
  let said = '';
  for (const block of asked) {
    // A block may put another office in the place of ours.
    writeFileSync(join(office.home, 'vestibule.yaml'), guideConfiguration());
    // Who is asked for a line says it; others read none.
    const caller = block.text.includes('converse') ? 'Are you open on Saturday?\n' : '';
    const stdout = await office.runs(t, block, { FILE: tried }, caller);
    // What is shown behind a prompt as JSON is what is said.
    for (const [shown] of block.text.matchAll(/^\{.*\}$/gmu)) t.ok(stdout.includes(shown), shown);
    said += stdout;
  }
  t.match(said, /On Saturday we're closed\./u, 'a caller in text is answered');
  t.match(said, /^100\.0 % of 1 right$/mu);
  t.ok(asked.length >= 6, `${String(asked.length)} are run`);
});
