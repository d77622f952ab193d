import { join } from 'node:path';
import t from 'tap';
import { silentLog } from '../../agent/log.js';
import { DEFAULT_EMERGENCY_PHRASES } from '../../agent/understanding/emergency-phrases.js';
import { EmergencyWatch } from '../../agent/understanding/emergency.js';
import { Faq } from '../../agent/understanding/faq.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { findDay } from '../../agent/understanding/slots/day.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { officeFacts } from '../dialogue/office.js';
import { FakeEncoder } from '../fakes/encoder.js';

void t.test('emergencies by phrase', (t) => {
  const watch = new EmergencyWatch(DEFAULT_EMERGENCY_PHRASES);
  const yes = [
    'My father has CHEST PAIN!',
    'She can’t breathe.',
    'he is not breathing',
    'this is an emergency',
    "it's no joke, this really is an emergency",
    'no no he had a heart attack, not a cold, a heart attack',
    'please call 911',
    'i need an ambulance',
    'could you ring for an ambulance',
    'he has had chest pain since last year and it is worse',
    "I've taken two of somebody else's tablets",
    "she's taken someone else's pills",
  ];
  const no = [
    "it's not an emergency",
    'this is not really an emergency',
    "no emergency, I'd like an appointment",
    'non emergency question',
    'i got an invoice for an ambulance',
    'my phone battery is dying',
    "i'm dying for some good news",
    'that bill gave me a heart attack',
    "what's your emergency procedure",
    'i nearly had a heart attack when i saw the price',
    'he had a heart attack in may',
    'i would like an emergency appointment',
    'i like breathing exercises',
    "the chemist gave me somebody else's tablets",
    '',
  ];
  for (const text of yes) t.ok(watch.inText(text), text);
  for (const text of no) t.notOk(watch.inText(text), text);
  t.equal(watch.besidesDenial("it's no emergency, just a question"), 'just a question');
  t.equal(watch.besidesDenial('it is not urgent'), '');
  t.equal(watch.besidesDenial('he is not breathing, this is an emergency'), undefined);
  t.equal(watch.besidesDenial('i have a question'), undefined);
  t.ok(new EmergencyWatch(['Gas Leak']).inText("there's a gas leak in the lab"));
  t.end();
});

void t.test('days', (t) => {
  const holidays = [{ name: "New Year's Day", aliases: ['new year'] }];
  const cases: readonly [text: string, value: string | undefined][] = [
    ['Are you open on Saturday?', 'saturday'],
    ["what are friday's hours", 'friday'],
    ['are you open sundays', 'sunday'],
    ['open at the weekend?', 'weekend'],
    ['until when are you open tonight', 'today'],
    ['are you open right now', 'now'],
    ['Are you still open?', 'now'],
    ['tomorrow', 'tomorrow'],
    ["Open on New Year's Day?", "holiday:New Year's Day"],
    ['what about new year', "holiday:New Year's Day"],
    ['when are you open', undefined],
    ['i know a monk', undefined],
  ];
  for (const [text, value] of cases) t.equal(findDay(text, 'en', holidays)?.value, value, text);
  t.equal(findDay('saturday', 'xx', [])?.value, undefined);
  t.end();
});

void t.test('the FAQ wants likeness and a clear lead', async (t) => {
  const encoder = new FakeEncoder();
  const [vector] = await encoder.embed(['where can i park my car']);
  const entries = [
    { id: 'car', questions: ['where can i park', 'is there parking for my car'], answer: 'x' },
    { id: 'bike', questions: ['where can i park my bike'], answer: 'y' },
    { id: 'hours', questions: ['when are you open'], answer: 'z' },
  ];
  const matched = async (score: number, margin: number): Promise<string | undefined> => {
    const faq = new Faq({ entries, score, margin });
    await faq.start(encoder);
    return faq.match(vector?.vector ?? new Float32Array())?.id;
  };
  t.ok(await matched(0.5, 0));
  t.equal(await matched(0.5, 0.5), undefined, 'two entries are close to it');
  t.equal(await matched(0.999, 0), undefined, 'nothing is that near');
  t.equal(new Faq({ entries: [], score: 0, margin: 0 }).match(new Float32Array(384)), undefined);
});

void t.test('understanding as a whole', async (t) => {
  const head = join(t.testdir(), 'clinic.en.onnx');
  const encoder = new FakeEncoder();
  const examples = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.en.yaml'));
  await trainHead({ examples, encoder, output: head });
  const settings = understandingSettings.parse(officeFacts);
  const understander = new Understander({ settings, encoder, head, log: silentLog });
  await t.rejects(understander.understand('hello'), { code: 'UNDERSTANDING_NOT_STARTED' });
  await understander.start();
  const calls = encoder.batches.length;
  await understander.start();
  t.equal(encoder.batches.length, calls, 'a second start does nothing');

  const hours = await understander.understand('Are you open on Saturday?');
  t.equal(hours.intent, 'info.hours');
  // Below a file there can be no folder, nor can one be made on a disk that is full or read-only.
  const heads = join(head, 'heads');
  const stuck = new Understander({ settings, encoder, head, heads, log: silentLog });
  await stuck.start();
  t.match(await stuck.understand('Are you open on Saturday?'), { intent: 'info.hours' });
  const gone = new Understander({
    ...{ settings, encoder, log: silentLog },
    ...{ head: `${head}.gone`, heads: join(t.testdirName, 'heads') },
  });
  await t.rejects(
    gone.start(),
    { code: /^UNDERSTANDING_/u },
    'a head that is not there is no head',
  );
  t.equal(hours.slots.day?.value, 'saturday');
  t.notOk(hours.emergency);
  t.ok(hours.score > 0 && hours.score <= 1);
  t.equal(hours.alternatives.length, 3);
  t.match(await understander.understand('Where can I park?'), { faq: { id: 'parking' } });
  t.match(await understander.understand('I need my pills again, and where can I park?'), {
    asked: [{ text: 'and where can i park', faq: { id: 'parking' } }],
  });
  const named = await understander.understand('John Miller, where can I park?');
  t.match(named.asked, [{ text: 'where can i park', faq: { id: 'parking' } }]);
  t.notOk(named.others, 'a part beside a name is no second wish');
  t.notOk((await understander.understand('Where can I park?')).asked, 'one part has no parts');
  t.ok((await understander.understand('i have chest pain')).emergency);
  t.match(await understander.understand(' ... '), { intent: 'oos', score: 0, faq: undefined });

  encoder.failure = new Error('worker gone');
  t.match(
    await understander.understand('he is not breathing'),
    { intent: 'emergency', emergency: true },
    'a dead encoder does not hide an emergency',
  );
  understander.stop();
  understander.stop();
  await t.rejects(understander.understand('hello'), { code: 'UNDERSTANDING_NOT_STARTED' });
});

void t.test('a missing head is named at the start', async (t) => {
  const understander = new Understander({
    settings: understandingSettings.parse(officeFacts),
    encoder: new FakeEncoder(),
    head: join(t.testdir(), 'none.onnx'),
    log: silentLog,
  });
  await t.rejects(understander.start(), { code: 'UNDERSTANDING_HEAD_MISSING' });
});
