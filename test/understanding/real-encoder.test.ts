import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { z } from 'zod';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { withModels, WorkerProcess } from '../speech/worker-process.js';
import { shippedHead } from './shipped-head.js';

/** Sentences that stand in no example, and what the example office must make of them. */
const SAID: readonly [text: string, intent: string | RegExp, faq?: string][] = [
  ['Are you open on Saturday?', 'info.hours'],
  ['When do you close today?', 'info.hours'],
  ['Is there somewhere to park?', 'info.location', 'parking'],
  ["I'd like to talk to Dr Carter, please.", 'person.transfer'],
  ['Could you put me through to a human being?', 'person.transfer'],
  ['I need to book an appointment with the doctor for tomorrow.', 'appointment.book'],
  ['My dad has a pain in his chest and is short of breath.', 'emergency'],
  // Misheard: an artery, asthma.
  ["I've cut an archery, I think.", 'emergency'],
  ["My asma's so bad I can't speak.", 'emergency'],
  ['I used to be in an archery club.', /^(?!emergency)/u],
  ['Could you not record me, please?', 'privacy.no_recording'],
  ["That's all, thanks. Bye!", 'control.goodbye'],
  ['Yes.', 'control.yes'],
  ['No, thank you.', 'control.no'],
  ['Purple monkey dishwasher.', 'oos'],
  ["I'd like two pizzas delivered, please.", 'oos'],
  ['Do I need to wear a mask?', /./u, 'masks'],
];

/** Answers to other questions; none of them is taught. One in four was an alarm before any were. */
const ANSWERS = [
  ...["she's four", "he's eighty", "he's two", "she's ten months", 'he is forty years old'],
  ...['the blue one, ventolin', 'the ones for my heart', 'the chest x-ray', 'the heart tracing'],
  ...["he's at school", "she's at work", "he's right here", "he's deaf", "I'm diabetic", 'my ears'],
  ...['my little girl', "he's been with you for years", "it's swollen", "I'm pregnant"],
];

/** None of these people is among the names that a head is taught. */
const NAMES = [
  ...['Lena Fischer', 'his name is Harold Henderson', 'her name is Erica Morris', 'mrs Guclu'],
  ...[
    'Monique Schroeder',
    "my son's name is Pamela",
    "it's Candeniz Karadeniz",
    'oh Angela Abiola',
  ],
  ...['Jonathan Rodgers with a k', 'my daughter Filipa', "it's Beatriz Antunes", 'Heather Torres'],
  ...['this is Vera Hubel', 'Ferhan Demirel with a s', "it's Bulzoni", "my son's name is Jeremi"],
  ...['his name is Gungordu Firat', 'the patient is Pachongruk Sujjaboriboon', 'Oconnor'],
  ...["i'm calling from Castillo and Sons", "it's about Bell, Vance and Moyles"],
];

void t.test('the shipped examples with the real encoder', withModels, async (t) => {
  const socket = join(tmpdir(), `vestibule-understanding-${String(process.pid)}.sock`);
  const worker = new WorkerProcess('encoder', socket);
  worker.spawn();
  const speech = new SpeechWorkers(
    [{ name: 'encoder', kind: 'encoder', socket }],
    systemClock(),
    silentLog,
  );
  await speech.start();
  t.teardown(async () => {
    await speech.stop();
    await worker.end();
  });
  t.strictSame(await speech.missing(15_000), []);

  const { encoder } = speech;
  const { head, heldOut } = await shippedHead('clinic', encoder);
  t.comment(
    `held out: ${String(heldOut.examples)} examples, accuracy ${heldOut.accuracy.toFixed(3)}, ` +
      `after threshold ${heldOut.accuracyAfterThreshold.toFixed(3)}, ` +
      `out-of-scope recall ${heldOut.outOfScopeRecall.toFixed(3)}`,
  );
  t.ok(heldOut.accuracy >= 0.85, 'held-out accuracy');
  t.ok(heldOut.outOfScopeRecall >= 0.65, 'out-of-scope recall');

  const office = z
    .object({ understanding: understandingSettings })
    .parse(
      parse(readFileSync(join(checkoutRoot, 'agent', 'config', 'example-office.yaml'), 'utf8')),
    );
  const settings = office.understanding;
  const understander = new Understander({ settings, encoder, head, log: silentLog });
  await understander.start();
  t.teardown(() => {
    understander.stop();
  });
  // Answers to "may I have your name": one caller in four was taken to be in danger by a head that knew no names.
  const alarms: string[] = [];
  for (const text of NAMES) {
    if ((await understander.understand(text)).emergency) alarms.push(text);
  }
  t.ok(alarms.length <= 1, `names are no alarm: ${alarms.join(', ')}`);
  const wrongly: string[] = [];
  for (const text of ANSWERS) {
    if ((await understander.understand(text)).emergency) wrongly.push(text);
  }
  t.ok(wrongly.length <= 2, `answers are no alarm: ${wrongly.join(', ')}`);
  for (const [text, intent, faq] of SAID) {
    const understood = await understander.understand(text);
    t.match(understood.intent, intent, text);
    t.equal(understood.faq?.id, faq, `${text} (FAQ)`);
  }
});
