import { FRAME_MS, FRAME_SAMPLES, samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { voicedFrames } from '../../agent/audio/level.js';
import {
  CALLERS,
  atLevel,
  byTelephone,
  cough,
  mixed,
  noise,
  random,
  spoken,
} from './caller-audio.js';
import type { EchoPath } from './simulated-line.js';

export type CaseKind =
  'interruption' | 'interruption over echo' | 'cough' | 'echo' | 'noise' | 'backchannel';

/** One case: what the caller's side sounds like while we speak for about ten seconds. */
export interface BargeInCase {
  readonly kind: CaseKind;
  readonly what: string;
  readonly says: Pcm;
  readonly echo: EchoPath;
  /** Where the caller's words begin in `says`, if there are any. */
  readonly fromMs: number | undefined;
}

const INTERRUPTIONS = [
  'Sorry, can I speak to somebody please?',
  'Wait, I want to cancel my appointment.',
  'No, that is not what I meant.',
  'What about Saturday morning?',
  'Stop, please.',
  'I would like to leave a message.',
  'Hold on, can you say that again?',
  'Yes, I know that already.',
  'Can I book an appointment for Friday?',
  'Excuse me, where can I park?',
];
const BACKCHANNELS = ['Um hum.', 'Uh huh.', 'Okay.', 'Right.', 'I see.'];
/** How loud the echo is against what we say. */
const ECHO_DB = -12;
const SECONDS = 13;

const gainOf = (db: number): number => 10 ** (db / 20);

/** An echo after `delayMs`: one reflection, or that of a room. */
function echoPath(delayMs: number, room: boolean, seed: number): EchoPath {
  const next = random(seed);
  const direct = { delay: samplesIn(delayMs), gain: gainOf(ECHO_DB) };
  if (!room) return [direct];
  const taps = Array.from({ length: 24 }, () => {
    const later = next() * 90;
    const sign = next() < 0.5 ? -1 : 1;
    return {
      delay: samplesIn(delayMs + later),
      gain: sign * gainOf(ECHO_DB - 6 - later / 5) * (0.4 + next() * 0.6),
    };
  });
  return [direct, ...taps];
}

/** The 200 cases; `ourRms` is the level of what we say. */
export async function bargeInCases(ourRms: number): Promise<readonly BargeInCase[]> {
  const cases: BargeInCase[] = [];
  const next = random(7);
  const startMs = (): number => 1_500 + Math.round(next() * 4_000);
  const callerOf = (at: number): string => CALLERS[at % CALLERS.length] ?? 'flite/slt';
  const say = async (text: string, at: number, db: number): Promise<Pcm> =>
    byTelephone(atLevel(await spoken(text, callerOf(at)), ourRms * gainOf(db)));
  const add = (
    kind: CaseKind,
    what: string,
    pcm: Pcm,
    fromMs: number,
    echo: EchoPath,
    words: boolean,
  ): void => {
    const says = mixed(SECONDS, cases.length + 1, [{ atMs: fromMs, pcm }]);
    // As the caller's own recording is measured: from the first frame that is louder than the line.
    const first = voicedFrames(pcm, FRAME_SAMPLES).indexOf(true) * FRAME_MS;
    cases.push({ kind, what, says, echo, fromMs: words ? fromMs + first : undefined });
  };
  for (let at = 0; at < 75; at += 1) {
    const db = [0, -6, 6][at % 3] ?? 0;
    const pcm = await say(INTERRUPTIONS[(at * 7) % 10] ?? '', Math.floor(at / 3), db);
    add('interruption', `${String(db)} dB`, pcm, startMs(), [], true);
  }
  for (let at = 0; at < 30; at += 1) {
    const db = [0, -6, 6][at % 3] ?? 0;
    const pcm = await say(INTERRUPTIONS[(at * 3) % 10] ?? '', at, db);
    const echo = echoPath(150 + ((at * 50) % 300), at % 2 === 1, at);
    add('interruption over echo', `${String(db)} dB`, pcm, startMs(), echo, true);
  }
  for (let at = 0; at < 25; at += 1) {
    const db = [0, -6, -3][at % 3] ?? 0;
    const pcm = byTelephone(atLevel(cough(at + 100), ourRms * gainOf(db)));
    add('cough', `${String(db)} dB`, pcm, startMs(), [], false);
  }
  for (let at = 0; at < 40; at += 1) {
    const delayMs = 150 + Math.round((250 * at) / 39);
    const room = at % 2 === 1;
    const what = room ? 'room' : 'one reflection';
    add('echo', what, new Int16Array(0), 0, echoPath(delayMs, room, at), false);
  }
  for (let at = 0; at < 15; at += 1) {
    const kind = (['hiss', 'hum', 'knocks'] as const)[at % 3] ?? 'hiss';
    add('noise', kind, byTelephone(noise(kind, 6_000, at + 1)), startMs(), [], false);
  }
  for (let at = 0; at < 15; at += 1) {
    const text = BACKCHANNELS[at % BACKCHANNELS.length] ?? '';
    add(
      'backchannel',
      text,
      await say(text, Math.floor(at / 3), [0, -6][at % 2] ?? 0),
      startMs(),
      [],
      false,
    );
  }
  return cases;
}
