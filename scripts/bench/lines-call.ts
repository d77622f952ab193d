import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FRAME_MS, SAMPLE_RATE, samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { resample } from '../../agent/audio/resample.js';
import { writeWav } from '../../agent/audio/wav.js';
import type { Clock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { Phone } from '../../agent/reception/rehearse/caller.js';
import { rateOf } from '../../agent/reception/rehearse/line-codec.js';
import { Ear } from '../../agent/telephony/ear.js';
import { baresipCalls } from '../../test/calls/baresip.js';
import type { Condition, Monologue } from './lines-conditions.js';
import type { LinesPbx } from './lines-pbx.js';

/** What our ear heard of one caller. */
export interface Heard {
  readonly pcm: Pcm;
  /** Where in `pcm` the monologue begins, in milliseconds. */
  readonly startMs: number;
  /** How much later its end is heard than its beginning would have it: 0 if time was kept. */
  readonly driftMs: number;
}

/** baresip speaks a moment after the answer, when the ear is not open yet. */
const BARESIP_WAITS_MS = 2000;
const BARESIP_RATE = 48_000;

/** What the line of a condition carries of it, made before any call so that it costs no time in one. */
export const prepared = ({ codec }: Condition, { pcm }: Monologue): Int16Array =>
  resample(pcm, SAMPLE_RATE, codec === 'opus' ? BARESIP_RATE : rateOf(codec));

/** Lets one caller say all of it, prepared for its line, to the ear of a call. */
export async function hear(
  pbx: LinesPbx,
  clock: Clock,
  condition: Condition,
  said: Monologue,
  onLine: Int16Array,
  number: string,
): Promise<Heard> {
  const channel = pbx.nextCaller(number);
  const calling =
    condition.codec === 'opus'
      ? byBaresip(pbx, onLine, number)
      : bySimulatedCaller(pbx, clock, condition, number, condition.codec);
  // A caller who does not get through says so; nobody would come otherwise.
  const channelId = await Promise.race([channel, calling.then(() => channel)]);
  await pbx.ari.answer(channelId);
  const ear = new Ear(pbx.ari, channelId, `lines-${number}`, silentLog, clock);
  const frames: Pcm[] = [];
  let lastAtMs = -FRAME_MS;
  let gone: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  ear.listen({
    frame: (pcm, atMs) => {
      if (atMs !== lastAtMs + FRAME_MS) throw new Error('the ear has lost its place');
      lastAtMs = atMs;
      frames.push(pcm);
    },
    played: () => undefined,
    key: () => undefined,
    closed: () => {
      gone();
    },
  });
  await ear.open();
  const caller = await calling;
  await caller.say(onLine);
  await caller.hangUp();
  await closed;
  const pcm = new Int16Array(frames.length * samplesIn(FRAME_MS));
  for (const [i, frame] of frames.entries()) pcm.set(frame, i * samplesIn(FRAME_MS));
  const farthestMs = FARTHEST_MS + (condition.codec === 'opus' ? 2 * BARESIP_WAITS_MS : 0);
  const { startMs, endMs } = lateness(said.pcm, pcm, farthestMs);
  return { pcm, startMs, driftMs: endMs - startMs };
}

interface Caller {
  /** Says PCM of the line's rate. */
  say(pcm: Int16Array): Promise<unknown>;
  hangUp(): Promise<void>;
}

async function bySimulatedCaller(
  pbx: LinesPbx,
  clock: Clock,
  { impairments }: Condition,
  user: string,
  codec: Exclude<Condition['codec'], 'opus'>,
): Promise<Caller> {
  const phone = new Phone({ clock, user, impairments, codecs: [codec] });
  await phone.start();
  const call = await phone.call('sip:reception@127.0.0.1', pbx.server);
  if (!(await call.untilAnswered(10_000))) throw new Error(`${user} was not answered`);
  return {
    say: (pcm) => call.say(pcm),
    hangUp: async () => {
      await call.hangUp();
      await phone.stop();
    },
  };
}

/** It says what is in a file, and hangs up at its end. */
async function byBaresip(pbx: LinesPbx, onLine: Int16Array, from: string): Promise<Caller> {
  const folder = await mkdtemp(join(tmpdir(), 'vl-baresip-'));
  const says = join(folder, 'says.wav');
  const quiet = (BARESIP_RATE * BARESIP_WAITS_MS) / 1000;
  const whole = new Int16Array(quiet + onLine.length);
  whole.set(onLine, quiet);
  await writeWav(says, [whole], BARESIP_RATE);
  const seconds = Math.ceil(whole.length / BARESIP_RATE) + 10;
  const call = { folder, server: pbx.server, to: 'reception', from, says, seconds };
  const calling = baresipCalls({ ...call, codecs: ['opus/48000/2'] });
  return {
    say: () => calling,
    hangUp: async () => {
      const { codecs } = await calling;
      if (!codecs.every((name) => name === 'opus')) throw new Error(`not Opus: ${codecs.join()}`);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Levels are compared in steps of this. */
const STEP_MS = 10;
/** So much is compared. */
const LOOK_MS = 12_000;
/** How far behind its place the beginning is looked for, and the end around where the beginning was. */
const FARTHEST_MS = 600;
const NEAR_MS = 300;

/** How much later `heard` has what `said` has, at its beginning and at its end. */
function lateness(said: Pcm, heard: Pcm, farthestMs: number): { startMs: number; endMs: number } {
  const [wanted, found] = [levels(said), levels(heard)];
  const look = LOOK_MS / STEP_MS;
  const last = wanted.length - look;
  const startLag = bestLag(wanted.slice(0, look), found, 0, farthestMs / STEP_MS);
  const near = NEAR_MS / STEP_MS;
  const from = last + startLag - near;
  const endLag = bestLag(wanted.slice(last), found, from, from + 2 * near) - last;
  return { startMs: startLag * STEP_MS, endMs: endLag * STEP_MS };
}

function levels(pcm: Pcm): number[] {
  const step = samplesIn(STEP_MS);
  return Array.from({ length: Math.floor(pcm.length / step) }, (_, i) => {
    let sum = 0;
    for (const sample of pcm.subarray(i * step, (i + 1) * step)) sum += Math.abs(sample);
    return Math.log1p(sum / step);
  });
}

/** Where from `from` to `to` in `found` the levels agree best with the wanted ones. */
function bestLag(
  wanted: readonly number[],
  found: readonly number[],
  from: number,
  to: number,
): number {
  const mean = wanted.reduce((sum, level) => sum + level, 0) / wanted.length;
  let best = { lag: from, alike: -Infinity };
  for (let lag = from; lag < to; lag++) {
    const alike = wanted.reduce((sum, level, i) => sum + (level - mean) * (found[i + lag] ?? 0), 0);
    if (alike > best.alike) best = { lag, alike };
  }
  return best.lag;
}
