import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { FRAME_MS, joined, type Pcm } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import type { Dialogue, DialogueState } from '../../agent/dialogue/ports.js';
import type { Effects } from '../../agent/reception/conversation-parts.js';
import { Conversation } from '../../agent/reception/conversation.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { FakeRecords } from '../../test/fakes/records.js';
import { bargeInCases, type BargeInCase, type CaseKind } from './barge-in-cases.js';
import { activeRms, byTelephone } from './caller-audio.js';
import { BenchWorkers, Lockstep } from './lockstep.js';
import { SimulatedLine } from './simulated-line.js';

// 200 cases of what may be heard while we speak, through the real voice activity and recognition and
// the real conversation, on a line whose time is simulated. Writes docs/benchmarks/barge-in.md.

const STATEMENTS = [
  'We are open from Monday to Friday, from eight in the morning until six in the afternoon. On Saturday we are open from nine until noon, and on Sunday we are closed all day.',
  'There is a car park behind the building, with its entrance in Mill Lane. The first hour is free, and the bus stop at the corner is served every ten minutes by lines four and seven.',
  'Please bring your insurance card and the letter of your doctor to the first visit. If you are a new patient, come ten minutes early, so that we can fill in the form together with you.',
];
const STATE: DialogueState = { phase: 'talking' };

interface Outcome {
  readonly case: BargeInCase;
  readonly stopped: boolean;
  readonly answered: boolean;
  /** From the caller's first sound to our silence. */
  readonly silentAfterMs: number | undefined;
  /** How often we fell silent, and for how long in all. */
  readonly pauses: number;
  readonly pausedMs: number;
  /** What was made of the caller's side, for a look at single cases. */
  readonly heard: string;
}

/** A dialogue that says one text and notes what it hears. */
function reciting(text: string, heard: string[]): Dialogue {
  const phrases = [{ prompt: 'statement', fill: {}, text }];
  return {
    start: () => STATE,
    step(state, event) {
      if (event.kind === 'heard') heard.push(event.text);
      // Whoever is not understood is asked to say it again.
      if (event.kind === 'unheard') heard.push('?');
      const say = { do: 'say', phrases, asks: 'anything_else', interruptible: true } as const;
      return { state, actions: event.kind === 'begin' ? [say] : [], reason: event.kind };
    },
    outcome: () => 'unserved',
    fixedTexts: () => [],
  };
}

const nothing = (): Promise<void> => Promise.resolve();
const EFFECTS: Effects = {
  'grant-consent': nothing,
  'stop-recording': nothing,
  'note-guardian': nothing,
  transfer: nothing,
  count: nothing,
  'keep-message': nothing,
  'hang-up': nothing,
};

async function run(one: BargeInCase, voice: Pcm, bench: BenchWorkers): Promise<Outcome> {
  const time = new Lockstep(bench.workers);
  const line = new SimulatedLine(one.says, one.echo, time.clock);
  const heard: string[] = [];
  const records = new FakeRecords();
  const conversation = new Conversation(
    'bench',
    0,
    {
      dialogue: reciting('statement', heard),
      understanding: {
        danger: () => undefined,
        understand: () =>
          Promise.resolve({
            ...{ intent: 'oos', score: 1, alternatives: [], slots: {} },
            ...{ emergency: false, faq: undefined },
          }),
      },
      vad: time.vad,
      recogniser: time.recogniser,
      render: async function* () {
        await Promise.resolve();
        yield voice;
      },
      records,
      ...{ language: 'en', silenceMs: 60_000, clock: time.clock, log: silentLog },
    },
    EFFECTS,
  );
  conversation.attach(line);
  conversation.post({ kind: 'begin', now: 0 });
  const said = (): boolean => records.said.some(({ party }) => party === 'agent');
  const most = one.says.length / 320 + 250;
  for (let tick = 0; tick < most && !said(); tick += 1) {
    await time.pass(() => {
      line.tick();
    });
  }
  const whole = records.said.some(({ party, whole }) => party === 'agent' && whole);
  await conversation.close();
  const last = line.playing.lastIndexOf(true);
  const during = line.playing.slice(line.playing.indexOf(true), last + 1);
  const onset = one.fromMs === undefined ? undefined : Math.floor(one.fromMs / FRAME_MS);
  const silent = onset === undefined ? -1 : line.playing.indexOf(false, onset);
  return {
    case: one,
    stopped: !whole,
    answered: heard.length > 0,
    silentAfterMs:
      onset === undefined || silent < 0 ? undefined : silent * FRAME_MS - (one.fromMs ?? 0),
    pauses: during.filter((on, at) => !on && during[at - 1] === true).length,
    pausedMs: during.filter((on) => !on).length * FRAME_MS,
    heard: [
      ...heard.filter((text) => text === '?'),
      ...records.said.flatMap(({ party, text, confidence }) =>
        party === 'caller' ? `${text} (${String(confidence)})` : [],
      ),
    ].join(' | '),
  };
}

const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[
    Math.min(values.length - 1, Math.ceil(values.length * part) - 1)
  ] ?? NaN;

const bench = await BenchWorkers.start(['vad', 'recogniser', 'voice']);
const outcomes: Outcome[] = [];
try {
  const voices: Pcm[] = [];
  for (const text of STATEMENTS) {
    voices.push(byTelephone(await joined(bench.workers.voice.speak(text, { language: 'en' }))));
  }
  const cases = await bargeInCases(activeRms(voices[0] ?? new Int16Array(0)));
  const only = process.argv[2];
  for (const [at, one] of cases.entries()) {
    if (only !== undefined && one.kind !== only) continue;
    const voice = voices[at % voices.length] ?? new Int16Array(0);
    const outcome = await run(one, voice, bench);
    outcomes.push(outcome);
    if (process.env.BENCH_VERBOSE !== undefined) {
      const { stopped, answered, silentAfterMs, pauses, pausedMs, heard } = outcome;
      process.stderr.write(
        `${at} ${one.kind} ${one.what} ${JSON.stringify({ stopped, answered, silentAfterMs, pauses, pausedMs, heard })}\n`,
      );
    }
  }
} finally {
  await bench.stop();
}

const wanted = (kind: CaseKind): boolean => kind.startsWith('interruption');
const wrong = ({ case: { kind }, stopped, answered }: Outcome): boolean =>
  wanted(kind) ? !(stopped && answered) : stopped || answered;
const kinds = [...new Set(outcomes.map(({ case: { kind } }) => kind))];
const rows = kinds.map((kind) => {
  const of = outcomes.filter((one) => one.case.kind === kind);
  const silences = of.flatMap(({ silentAfterMs }) => silentAfterMs ?? []);
  const silent =
    silences.length === 0
      ? ''
      : `${quantile(silences, 0.5).toFixed(0)} / ${quantile(silences, 0.95).toFixed(0)} ms`;
  const pauses = of.reduce((sum, one) => sum + one.pauses, 0) / of.length;
  const paused = of.reduce((sum, one) => sum + one.pausedMs, 0) / of.length;
  const held = wanted(kind) ? '' : `${pauses.toFixed(1)}, ${paused.toFixed(0)} ms`;
  return `| ${kind} | ${of.length} | ${of.filter(wrong).length} | ${silent} | ${held} |`;
});
const share = (kindIs: (kind: CaseKind) => boolean): string => {
  const of = outcomes.filter(({ case: { kind } }) => kindIs(kind));
  return `${of.filter(wrong).length} of ${of.length} (${((100 * of.filter(wrong).length) / of.length).toFixed(1)} %)`;
};
const again = outcomes.filter(
  ({ case: { kind }, stopped, heard }) => wanted(kind) && stopped && heard.startsWith('?'),
).length;
const text = `# Talking over the receptionist

Written by \`scripts/bench/barge-in\`: ${outcomes.length} cases through the real voice activity (Silero),
recognition (Moonshine) and conversation, on a line whose time is simulated (a decoding takes 80 ms).
Our statements are Piper's, callers are flite and espeak-ng by telephone. Echo is our own voice at
−12 dB after 150–400 ms, half of it with a room's reverberation. Levels are against our voice.
${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node ${process.version}.

| Case | Count | Wrong | Silent after the caller's first sound, p50 / p95 | Falls silent for nothing, mean a case |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

Missed interruptions: ${share(wanted)}, goal ≤ 2 %. False stops: ${share((kind) => !wanted(kind))}, goal ≤ 2 %.
${again} of those who were not missed spoke for a second or more and were not understood: they are asked to say
it again.

"Silent after" ends with our last frame; what the caller hears ends one frame and the network later
(docs/benchmarks/first-call.md). A pause for nothing goes on where it stopped, after a cough from the
start of the clause.
`;
if (process.argv[2] === undefined)
  await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'barge-in.md'), text);
process.stdout.write(text);
