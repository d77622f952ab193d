import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { SAMPLE_RATE, samplesIn } from '../../agent/audio/frame.js';
import { resample } from '../../agent/audio/resample.js';
import { readWav, writeWav } from '../../agent/audio/wav.js';
import type { CallReading } from '../../agent/privacy/reading-room.js';
import { baresipCalls, noBaresip } from './baresip.js';
import { lacking, Office, told } from './office.js';

/** What the tests judge by is stored; nothing is transcribed at the caller's end. */
const deaf = { transcribe: (): Promise<string> => Promise.resolve('') };

const QUESTION = 'Hello, I would like to know your opening hours on Friday.';
const GOODBYE = "That's all, thank you. Goodbye.";
const asking = [
  { 'wait-for': 'greeting' },
  { say: QUESTION },
  { 'wait-for': 'agent' },
  { say: GOODBYE },
  { 'wait-for': 'hang-up', timeout: 40 },
];

/** Who speaks over a bad line says it again. */
const askingTwice = [...asking.slice(0, 3), ...asking.slice(1)];

const BAD = { 'loss-percent': 5, 'jitter-ms': 40 };

/** Lines over which the same is asked, by the number of the caller. */
const LINES: Readonly<Record<string, { about: string; line: object }>> = {
  5550191: {
    about: '5 % of the packets lost and 40 ms of jitter, both ways',
    line: { impairments: { ...BAD, receiving: BAD, seed: 3 }, steps: askingTwice },
  },
  5550192: { about: 'nothing sent in silence', line: { impairments: { dtx: 'nothing' } } },
  5550193: { about: 'A-law', line: { codec: 'pcma' } },
};

/** The closed call of a caller's number. */
async function callFrom(office: Office, number: string): Promise<CallReading> {
  let found: CallReading | undefined;
  const closed = async (): Promise<boolean> => {
    found = (await office.stored(20)).find(({ callerNumber }) => callerNumber === number);
    return found?.endedAt !== undefined;
  };
  await office.until(closed, 10_000, `the call of ${number} is closed in the store`);
  if (found === undefined) throw new Error('no call');
  return found;
}

/** The question was heard and answered, and the call was ended in peace. */
function wasServed(t: Test, call: CallReading): void {
  const heard = call.utterances.filter(({ party }) => party === 'caller').map(({ text }) => text);
  t.match(heard.join(' '), /friday/iu, 'what was said is heard');
  t.ok(
    call.decisions.some(({ reason }) => reason.startsWith('hours.')),
    `and answered: ${heard.join(' / ')}; ${call.decisions.map(({ reason }) => reason).join(', ')}`,
  );
  t.equal(call.outcome, 'answered');
  t.equal(call.recording?.state, 'closed');
}

/** One call of baresip that asks the same, at times that suit the receptionist. */
async function byBaresip(
  office: Office,
  folder: string,
  from: string,
  codecs: readonly string[],
): ReturnType<typeof baresipCalls> {
  const lines = [
    { atMs: 12_000, text: QUESTION },
    { atMs: 23_000, text: GOODBYE },
  ];
  const said = new Int16Array(samplesIn(32_000));
  for (const { atMs, text } of lines) said.set(await office.synthesise(text), samplesIn(atMs));
  await mkdir(folder, { recursive: true });
  const says = join(folder, 'says.wav');
  await writeWav(says, [resample(said, SAMPLE_RATE, 48_000)], 48_000);
  return baresipCalls({
    ...{ folder, from, codecs, says, seconds: 40 },
    ...{ server: office.registrar, to: 'reception' },
  });
}

t.test('bad and other lines', { skip: lacking, timeout: 170_000 }, async (t) => {
  const office = await Office.open();
  t.teardown(() => office.close());

  // All at once: each takes half a minute, and they have nothing to do with one another.
  const simulated = Object.entries(LINES).map(async ([from, { about, line }]) => ({
    ...{ from, about },
    report: await office.call({ from, steps: asking, ...line }, deaf),
  }));
  const silent = office.call(
    {
      from: '5550194',
      impairments: { dtx: 'comfort-noise' },
      steps: [
        { 'wait-for': 'greeting' },
        { 'wait-for': 'agent', timeout: 30 },
        { 'wait-for': 'hang-up', timeout: 60 },
      ],
    },
    deaf,
  );
  const offers = { opus: ['opus/48000/2'], all: ['opus/48000/2', 'G722/16000/1', 'PCMU/8000/1'] };
  // A short path: baresip cuts the names of its recordings off after 128 letters.
  const folders = await mkdtemp(join(tmpdir(), 'vt-baresip-'));
  t.teardown(() => rm(folders, { recursive: true }));
  const real =
    noBaresip === false
      ? ([
          byBaresip(office, join(folders, 'opus'), '5550195', offers.opus),
          byBaresip(office, join(folders, 'all'), '5550196', offers.all),
        ] as const)
      : undefined;

  for (const { from, about, report } of await Promise.all(simulated)) {
    await t.test(about, async (t) => {
      t.ok(report.passed, told(report));
      const call = await callFrom(office, from);
      t.equal(call.endedBy, 'agent');
      wasServed(t, call);
      const impaired = from === '5550191';
      t.equal(report.rtp.dropped > 0, impaired, `${report.rtp.dropped} packets lost`);
      t.equal(report.rtp.missing > 0, impaired, `${report.rtp.missing} missed`);
      const seconds = report.rtp.sent / 50;
      t.equal(seconds < report.seconds / 2, from === '5550192', 'silence is sent, or not');
    });
  }

  await t.test('who sends nothing and says nothing is asked again, then parted with', async (t) => {
    const report = await silent;
    t.ok(report.passed, told(report));
    const call = await callFrom(office, '5550194');
    t.equal(call.endedBy, 'agent');
    t.notOk(
      call.utterances.some(({ party }) => party === 'caller'),
      'nothing is made of silence',
    );
  });

  await t.test('a real telephone that talks Opus', { skip: noBaresip }, async (t) => {
    const outcome = await real![0];
    t.strictSame([...new Set(outcome.codecs)], ['opus'], 'agreed on');
    wasServed(t, await callFrom(office, '5550195'));
    const { channels, rate } = await readWav(outcome.heard ?? '');
    const heard = resample(channels[0]!, rate, SAMPLE_RATE);
    t.match(await office.transcribe(heard), /thirty|:30/iu, 'it has heard the answer');
  });

  await t.test(
    'one that offers Opus first is answered with G.722',
    { skip: noBaresip },
    async (t) => {
      const outcome = await real![1];
      t.strictSame([...new Set(outcome.codecs)], ['G722'], 'agreed on');
      wasServed(t, await callFrom(office, '5550196'));
    },
  );

  await office.untilEmpty();
});
