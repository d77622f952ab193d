import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { readWav } from '../../../agent/audio/wav.js';
import {
  Phone,
  type PhoneCall,
  type PhoneSettings,
} from '../../../agent/reception/rehearse/caller.js';
import { rehearse } from '../../../agent/reception/rehearse/rehearse.js';
import { eventLine, reportLines } from '../../../agent/reception/rehearse/report.js';
import { parseScenario } from '../../../agent/reception/rehearse/scenario.js';
import { G722 } from '../../../agent/reception/rehearse/sdp.js';
import { tone } from './tone.js';

const clock = systemClock();
/** Lines are tones: 60 ms a letter at 16 kHz. */
const synthesise = async (text: string): Promise<Int16Array> =>
  Promise.resolve(
    Int16Array.from({ length: text.length * 960 }, (_, i) =>
      Math.round(8000 * Math.sin((2 * Math.PI * 500 * i) / 16_000)),
    ),
  );

/** An office that treats each call as `serve` says. */
async function office(
  t: Test,
  serve: (call: PhoneCall) => Promise<void>,
  settings: Partial<PhoneSettings> = {},
): Promise<string> {
  const phone = new Phone({ clock, user: 'office', pauseMs: 300, ...settings });
  await phone.start();
  const served = (async () => {
    const call = await phone.nextCall(5000);
    if (call !== undefined) await serve(call);
  })();
  t.teardown(async () => {
    await served;
    await phone.stop();
  });
  return `sip:office@127.0.0.1:${phone.address.port}`;
}

void t.test('a conversation with an interruption, measured and recorded', async (t) => {
  let turns = 0;
  const to = await office(t, async (call) => {
    call.ring();
    await call.answer();
    await call.say(tone(900, 600));
    await call.audio.until(() => call.audio.ear.speaking, 5000);
    await call.audio.until(() => !call.audio.ear.speaking, 5000);
    const long = call.say(tone(900, 3000));
    await long;
    await call.press('9');
    await call.untilEnded(5000);
    turns++;
  });
  const scenario = parseScenario(
    {
      to,
      'pause-ms': 400,
      steps: [
        { 'wait-for': 'greeting' },
        { say: 'a question' },
        { 'barge-in': { 'after-ms': 500, say: 'stop' } },
        { key: '0' },
        { 'wait-for': 'silence' },
        { silence: 0.4 },
        { 'hang-up': null },
      ],
      expect: { heard: ['speech 1', 'SPEECH 2'], 'not-heard': ['speech 3'], 'ended-by': 'us' },
    },
    'conversation.yaml',
  );
  const recordTo = join(t.testdir(), 'call.wav');
  let heard = 0;
  const shown: string[] = [];
  const report = await rehearse(scenario, {
    synthesise,
    transcribe: (pcm) => Promise.resolve(pcm.length > 0 ? `speech ${++heard}` : ''),
    recordTo,
    onEvent: (event) => shown.push(eventLine(event)),
  });
  t.ok(report.passed, reportLines(report).join('\n'));
  t.equal(turns, 1);
  t.strictSame(
    report.events.map((event) => event.type),
    'dialling,ringing,answered,hears,says,hears,says,presses,hears-key,silent,hangs-up,ended'.split(
      ',',
    ),
  );
  t.match(shown.join('\n'), /caller \(interrupting\): stop/u);
  t.strictSame([...report.keys], ['9']);
  const { figures } = report;
  t.ok(figures.answerMs! < 2000);
  t.ok(figures.firstWordMs! < 500);
  // The office notices the end after its 300 ms, and looks every 20 ms, 40 ms late.
  const gap = figures.turns[0]!.gapMs!;
  t.ok(gap >= 300 && gap < 700, `gap ${gap}`);
  t.equal(figures.turns[1]!.gapMs, undefined, 'it talked over the interruption');
  t.ok(figures.bargeIns[0]!.silentAfterMs! > 1500);
  const recording = await readWav(recordTo);
  t.equal(recording.rate, 8000);
  t.equal(recording.channels.length, 2);
  t.ok(Math.abs(recording.seconds - report.seconds) < 0.2);
  t.match(reportLines(report).join('\n'), /passed: conversation/u);
});

void t.test('who is asked for a moment goes on waiting for the answer', async (t) => {
  const callWith = async (words: string, waits: boolean): Promise<void> => {
    const to = await office(t, async (call) => {
      await call.answer();
      await call.say(tone(900, 600));
      await call.audio.until(() => call.audio.ear.speaking, 5000);
      await call.audio.until(() => !call.audio.ear.speaking, 5000);
      const endMs = call.audio.nowMs;
      await call.audio.until(() => call.audio.nowMs >= endMs + 2_000, 5000);
      await call.say(tone(900, 700));
      const momentMs = call.audio.nowMs;
      await call.audio.until(() => call.audio.nowMs >= momentMs + 800, 5000);
      if (waits) await call.say(tone(900, 1000));
      await call.untilEnded(5000);
    });
    const steps = [
      { 'wait-for': 'greeting' },
      ...[{ say: 'a question' }, { 'wait-for': 'agent' }, { 'hang-up': null }],
    ];
    const report = await rehearse(parseScenario({ to, 'pause-ms': 300, steps }, 'moment'), {
      synthesise,
      // The answer is longer than what comes before it.
      transcribe: (pcm) => Promise.resolve(pcm.length > 1.2 * 16_000 ? 'an answer' : words),
    });
    t.ok(report.passed, reportLines(report).join('\n'));
    const heard = report.events.flatMap((event) => (event.type === 'hears' ? [event.text] : []));
    t.equal(heard.includes('an answer'), waits, words);
  };
  await Promise.all([callWith('One moment, footies.', true), callWith('goodbye', false)]);
});

void t.test('a scenario in wide band', async (t) => {
  const to = await office(
    t,
    async (call) => {
      await call.answer();
      await call.say(tone(900, 1200));
      await call.untilEnded(5000);
    },
    { codecs: [G722] },
  );
  const steps = [{ 'wait-for': 'greeting' }, { say: 'a question' }, { 'hang-up': null }];
  const scenario = parseScenario({ to, codec: 'g722', 'pause-ms': 300, steps }, 'wide');
  const recordTo = join(t.testdir(), 'wide.wav');
  const report = await rehearse(scenario, { synthesise, recordTo });
  t.ok(report.passed, reportLines(report).join('\n'));
  const [turn] = report.figures.turns;
  t.ok(Math.abs(turn!.saidToMs - turn!.saidFromMs - 600) < 40, 'ten letters of 60 ms');
  t.ok(Math.abs(report.figures.heardSeconds - 0.6) < 0.1, '9600 samples at 16 kHz');
  const recording = await readWav(recordTo);
  t.equal(recording.rate, 16_000);
  t.ok(Math.abs(recording.seconds - report.seconds) < 0.2);
});

void t.test('the office hangs up while something is expected', async (t) => {
  const to = await office(t, async (call) => {
    await call.answer();
    await call.say(tone(900, 400));
    await call.hangUp();
  });
  const scenario = parseScenario(
    { to, steps: [{ 'wait-for': 'greeting' }, { 'wait-for': 'agent' }], expect: { heard: ['x'] } },
    'short',
  );
  const report = await rehearse(scenario, { synthesise, transcribe: () => Promise.resolve('y') });
  t.notOk(report.passed);
  t.strictSame(
    report.expectations.filter(({ met }) => !met).map(({ kind }) => kind),
    ['step', 'heard'],
  );
  t.strictSame(report.outcome, { by: 'them', status: 200 });
});

void t.test('hanging up while it rings, and at a word of the own line', async (t) => {
  const rings = await office(t, async (call) => {
    call.ring();
    await call.untilEnded(3000);
  });
  const early = await rehearse(
    parseScenario({ to: rings, steps: [{ 'hang-up': { at: 'ringing' } }] }, 'early'),
    { synthesise },
  );
  t.strictSame(early.outcome, { by: 'us', status: 487 });
  t.ok(early.passed);

  const answers = await office(t, async (call) => {
    await call.answer();
    await call.untilEnded(3000);
  });
  const steps = [{ 'hang-up': { saying: 'a long sentence that is cut', 'after-ms': 400 } }];
  const cut = await rehearse(parseScenario({ to: answers, steps }, 'cut'), { synthesise });
  t.strictSame(cut.outcome, { by: 'us', status: 200 });
  const [turn] = cut.figures.turns;
  t.ok(turn !== undefined && turn.saidToMs - turn.saidFromMs < 800);
});

void t.test('refused, unanswered and unreachable', async (t) => {
  const steps = [{ 'wait-for': 'greeting' }];
  const busy = await office(t, async (call) => {
    call.reject();
    await call.untilEnded(1000);
  });
  const refused = await rehearse(parseScenario({ to: busy, steps }, 'busy'), { synthesise });
  t.notOk(refused.passed);
  t.strictSame(refused.outcome, { by: 'them', status: 486 });

  const silent = await office(t, async (call) => {
    call.ring();
    await call.untilEnded(3000);
  });
  const unanswered = await rehearse(parseScenario({ to: silent, steps }, 'silent'), {
    synthesise,
    answerTimeoutMs: 300,
  });
  t.strictSame(unanswered.outcome, { by: 'us', status: 487 });
  t.match(reportLines(unanswered).join('\n'), /FAILED.*\n.*not met: answered/u);
  await t.rejects(
    rehearse(parseScenario({ to: 'sip:a@127.0.0.1:99999', steps }, 'x'), { synthesise }),
    { code: 'REHEARSE_BAD_ADDRESS' },
  );
});
