import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { voicedFrames } from '../../agent/audio/level.js';
import type { PhoneCall } from '../../agent/reception/rehearse/caller.js';
import type { Office } from './office.js';

/** The long run of scripts/test --full. */
export const FULL = process.env.VESTIBULE_FULL !== undefined;

/** Longest run of silence in 8 kHz `pcm`, in milliseconds. */
export function longestSilence(pcm: Int16Array): number {
  let [longest, run] = [0, 0];
  for (const speech of voicedFrames(pcm, 160)) {
    run = speech ? 0 : run + 20;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Status of `path` at the dashboard; 0 while nobody answers there. */
export const statusOf = (url: string, path: string): Promise<number> =>
  new Promise((resolve) => {
    const asked = get(
      new URL(path, url),
      { rejectUnauthorized: false, timeout: 1_000 },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => {
      resolve(0);
    });
  });

/** Whether somebody listens on a TCP port of loopback. */
export const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });

/** Files and sockets that a process has open. */
export const openFiles = (pid: number): number => readdirSync(`/proc/${String(pid)}/fd`).length;

export const p95 = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? 0;

/** Resolves when the daemon answers calls. */
export const ready = (office: Office): Promise<void> =>
  office.until(
    async () => (await statusOf(office.dashboard, '/ready')) === 200,
    90_000,
    '/ready says 200',
  );

/** Kills the daemon, and resolves when the supervisor has rescued its callers; how many they were. */
export async function killDaemon(office: Office): Promise<number> {
  const before = office.log.split(/rescued \d+ callers?/u).length;
  process.kill(office.pidOf('daemon'), 'SIGKILL');
  await office.until(
    () => office.log.split(/rescued \d+ callers?/u).length > before,
    5_000,
    'the supervisor rescues',
  );
  const told = [...office.log.matchAll(/rescued (\d+) callers?/gu)].at(-1);
  return Number(told?.[1] ?? 0);
}

/** Resolves when a dialogue has decided something for this reason once more than now. */
export function next(office: Office, reason: string): () => Promise<void> {
  const count = (): number => office.log.split(`"reason":"${reason}"`).length;
  const before = count();
  return () => office.until(() => count() > before, 60_000, reason);
}

type Tree = Record<string, Record<string, unknown>>;

/** Has new calls held under another configuration; the returned function puts the old one back. */
export async function reconfigure(
  office: Office,
  change: (configuration: Tree) => void,
): Promise<() => Promise<void>> {
  const file = join(office.home, 'vestibule.yaml');
  const old = readFileSync(file, 'utf8');
  const reload = async (text: string): Promise<void> => {
    const before = office.log.split(RELOADED).length;
    writeFileSync(file, text);
    process.kill(office.pidOf('daemon'), 'SIGHUP');
    await office.until(() => office.log.split(RELOADED).length > before, 60_000, 'reloaded');
  };
  const tree = parse(old) as Tree;
  change(tree);
  await reload(stringify(tree));
  return () => reload(old);
}

const RELOADED = 'the configuration was taken';

/** 16 kHz speech as a telephone of 8 kHz sends it. */
export const narrow = (pcm: Int16Array): Int16Array =>
  Int16Array.from({ length: pcm.length / 2 }, (_, i) => pcm[i * 2] ?? 0);

const wide = (pcm: Int16Array): Int16Array => {
  const twice = new Int16Array(pcm.length * 2);
  pcm.forEach((sample, at) => twice.fill(sample, at * 2, at * 2 + 2));
  return twice;
};

/** So much of what was transcribed is heard again with what follows: words may stand across the edge. In samples. */
const AGAIN = 8 * 8_500;

/** Waits until `call` has just heard words that match. */
export async function hears(office: Office, call: PhoneCall, words: RegExp): Promise<void> {
  const end = performance.now() + 45_000;
  const sofar = (): Int16Array => call.audio.recording.channels().heard;
  let from = Math.max(0, sofar().length - AGAIN);
  for (;;) {
    await sleep(1_500);
    const heard = sofar();
    const text = await office.transcribe(wide(heard.subarray(from))).catch(() => '');
    if (words.test(text)) return;
    if (performance.now() > end) throw new Error(`not heard: ${String(words)} in: ${text}`);
    // What a busy machine could not transcribe is tried again with what follows.
    if (text.trim() !== '') from = Math.max(from, heard.length - AGAIN);
  }
}

/** Loudness of what `call` hears now, said by `other`: whether they are connected. */
export async function connected(one: PhoneCall, other: PhoneCall): Promise<boolean> {
  const tone = Int16Array.from({ length: 8_000 }, (_, at) => 8_000 * Math.sin(at * 0.4));
  const from = one.audio.nowMs;
  await other.say(tone);
  await sleep(400);
  const heard = one.audio.recording.channels().heard.subarray(from * 8);
  // More than half of the tone's second is as loud as a tone.
  return heard.filter((sample) => Math.abs(sample) > 4_000).length > 2_500;
}
