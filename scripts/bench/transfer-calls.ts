import { FRAME_MS } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import type { Phone, PhoneCall } from '../../agent/reception/rehearse/caller.js';
import type { QuickHouse } from '../../test/calls/quick-house.js';
import { share } from '../../test/calls/tones.js';
import { until } from '../../test/telephony/pbx/booted.js';

const clock = systemClock();
/** Samples a second of the telephones. */
const RATE = 8_000;
/** Tones that the music for callers who wait has not, and no machine. */
const CALLER_HZ = 1_250;
const PERSON_HZ = 1_600;
const TONE_MS = 6_000;
/** A tone is heard from the first window on of which it has most of the power. */
const WINDOW = (RATE * FRAME_MS) / 1_000;
const STEP = WINDOW / 4;
const MOST = 0.7;
/** The caller's tone is under way for so long before the person answers. */
const BEFORE_MS = 1_000;
/** Both have heard each other by then, or do not. */
const AFTER_MS = 3_000;
/** A key is held for so long; whoever takes a call by it has taken it when it is released. */
const KEY_MS = 120;

/**
 * How a caller is connected: `blind`, where answering is taking the call; `announced`, where the person is told who
 * calls and takes the call by a key.
 */
export type TransferKind = 'blind' | 'announced';

/** When each heard the other, in milliseconds after the person took the call; undefined if not at all. */
export interface Together {
  readonly person: number | undefined;
  readonly caller: number | undefined;
}

const tone = (hz: number): Int16Array =>
  Int16Array.from({ length: (RATE * TONE_MS) / 1_000 }, (_, at) =>
    Math.round(8_000 * Math.sin((2 * Math.PI * hz * at) / RATE)),
  );

/** When `call` first heard the tone `hz`, in milliseconds after `sinceMs` of the clock. */
function firstHeard(call: PhoneCall, hz: number, sinceMs: number): number | undefined {
  const { heard } = call.audio.recording.channels();
  const from = Math.round(((sinceMs - (clock.monotonic() - call.audio.nowMs)) * RATE) / 1_000);
  const has = (at: number): boolean => share(heard.subarray(at, at + WINDOW), hz) > MOST;
  for (let at = Math.max(0, from - RATE); at + WINDOW <= from; at += STEP)
    if (has(at)) throw new Error(`${String(hz)} Hz was heard before the call was taken`);
  for (let at = from; at + WINDOW <= heard.length; at += STEP)
    if (has(at)) return ((at - from) * 1_000) / RATE;
  return undefined;
}

/**
 * One caller who is recorded is connected with whoever is at `person`, and both speak all the time.
 * @throws if the call does not go as it should
 */
export async function transferred(
  house: QuickHouse,
  kind: TransferKind,
  caller: Phone,
  person: Phone,
): Promise<Together> {
  const call = await caller.call(house.pbx.uri('reception'), house.pbx.server);
  if (!(await call.untilAnswered(10_000))) throw new Error('the receptionist did not answer');
  await until(() => house.desk.running.some((one) => one.consented), 'the call is recorded');
  await call.press('0');
  const rung = await person.nextCall(20_000);
  if (rung === undefined) throw new Error('nobody was rung');
  rung.ring();
  if (kind === 'announced') await rung.answer();
  // It is cut by the end of the call.
  void call.say(tone(CALLER_HZ));
  await clock.sleep(BEFORE_MS);
  const sinceMs = kind === 'blind' ? await answered(rung) : await accepted(rung);
  await clock.sleep(AFTER_MS);
  const together = {
    person: firstHeard(rung, CALLER_HZ, sinceMs),
    caller: firstHeard(call, PERSON_HZ, sinceMs),
  };
  await rung.hangUp();
  if (!(await call.untilEnded(10_000))) throw new Error('the line was not closed');
  await house.empty();
  return together;
}

/** The person lifts the receiver and speaks at once; resolves with the time. */
async function answered(rung: PhoneCall): Promise<number> {
  void rung.say(tone(PERSON_HZ));
  const sinceMs = clock.monotonic();
  await rung.answer();
  return sinceMs;
}

/** The person, who has been told by now, takes the call and speaks at once; resolves with the time. */
async function accepted(rung: PhoneCall): Promise<number> {
  const sinceMs = clock.monotonic() + KEY_MS;
  await rung.press('1');
  void rung.say(tone(PERSON_HZ));
  return sinceMs;
}
