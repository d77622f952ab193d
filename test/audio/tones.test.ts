import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { FRAME_SAMPLES, samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { ToneDetector, toneShare, type MachineTone } from '../../agent/audio/tones.js';
import { readPcm } from '../../agent/audio/wav.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { byTelephone, joined } from '../speech/audio.js';
import { baudot, ced, cng, withNoise } from './machine-sounds.js';

/** What is noticed in `pcm`, and after how many milliseconds. */
function noticed(pcm: Pcm): { tone: MachineTone; ms: number } | undefined {
  const detector = new ToneDetector();
  for (let at = 0; at + FRAME_SAMPLES <= pcm.length; at += FRAME_SAMPLES) {
    const tone = detector.push(pcm.subarray(at, at + FRAME_SAMPLES));
    if (tone !== undefined) return { tone, ms: (at + FRAME_SAMPLES) / 16 };
  }
  return undefined;
}

const silence = (ms: number): Int16Array => new Int16Array(samplesIn(ms));

void t.test('the share of a tone', (t) => {
  const tone = ced(0.02);
  t.ok(toneShare(tone, 2100) > 0.99);
  t.ok(toneShare(tone, 1100) < 0.01);
  t.equal(toneShare(silence(20), 1100), 0);
  t.end();
});

void t.test('machines over a telephone line, off their frequency and in noise', (t) => {
  const is = (pcm: Pcm, tone: MachineTone, within: number, what: string): void => {
    const found = noticed(joined([silence(313), withNoise(byTelephone(pcm), -46)]));
    t.equal(found?.tone, tone, what);
    t.ok((found?.ms ?? Infinity) <= within + 313, `${what}: ${String(found?.ms)} ms`);
  };
  for (const hertz of [1062, 1100, 1138]) is(cng(4, hertz), 'cng', 700, `CNG at ${hertz} Hz`);
  is(cng(4, 1100, 1_000), 'cng', 700, 'quiet CNG');
  for (const hertz of [2085, 2100, 2115]) is(ced(3, hertz), 'ced', 1_200, `CED at ${hertz} Hz`);
  is(ced(3, 2100, true), 'ced', 1_200, 'CED that turns its phase');
  for (const baud of [45.45, 50]) is(baudot(baud), 'baudot', 1_300, `${baud} baud`);
  is(baudot(45.45, 1_000), 'baudot', 1_300, 'quiet text telephone');
  t.end();
});

void t.test('other tones are no machine', (t) => {
  t.equal(noticed(cng(0.3)), undefined, 'too short');
  t.equal(noticed(joined([ced(0.6), silence(500), ced(0.6)])), undefined);
  const long = joined([cng(0.5), cng(0.5), silence(300)]);
  t.equal(noticed(long), undefined, 'a tone that goes on is no CNG');
  t.equal(noticed(silence(3_000)), undefined);
  t.equal(noticed(withNoise(silence(3_000), -20)), undefined, 'noise');
  t.end();
});

const voices = join(
  checkoutRoot,
  '.vestibule/asterisk/current/usr/share/asterisk/sounds/en_US_f_Allison',
);
/** Sounds that are tones themselves. */
const NO_SPEECH = /beep|ascending|descending|confbridge-(?:join|leave)|tone/u;

function speechFiles(): readonly string[] {
  try {
    return readdirSync(voices, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.wav') && !NO_SPEECH.test(file),
    );
  } catch {
    return [];
  }
}

const files = speechFiles();
void t.test(
  'no voice is a machine',
  files.length === 0 ? { skip: 'scripts/install-asterisk brings the voices' } : {},
  async (t) => {
    let seconds = 0;
    for (const file of files) {
      const pcm = await readPcm(join(voices, file));
      seconds += pcm.length / 16_000;
      const found = noticed(pcm);
      if (found !== undefined) t.fail(`${file}: ${found.tone} after ${String(found.ms)} ms`);
    }
    t.ok(seconds > 300, `${files.length} prompts, ${seconds.toFixed(0)} s`);
  },
);
