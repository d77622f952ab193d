import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { readWav } from '../../agent/audio/wav.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { filesBelow } from './canary.js';
import { storeOf, temporaryHome, tone } from './store.js';

/** The long run of scripts/test --full looks for what is rare. */
const ROUNDS = process.env.VESTIBULE_FULL === undefined ? 50 : 1_000;
/** Stores that are filled and killed at the same time. */
const LANES = 2;
/** Whole chunks in a recording's file: headers of 21 bytes, the length of what follows at 9. */
function wholeChunks(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at + 21 <= bytes.length; count += 1) {
    at += 21 + bytes.readUInt32BE(at + 9);
    if (at > bytes.length) break;
  }
  return count;
}

/** Numbers of the segments of which there are chunks in a recording's file. */
function segmentsIn(bytes: Buffer): ReadonlySet<number> {
  const numbers = new Set<number>();
  for (let at = 0; at + 21 <= bytes.length; at += 21 + bytes.readUInt32BE(at + 9))
    numbers.add(bytes.readUInt32BE(at + 13));
  return numbers;
}

/** Files of newest sound that are left. */
const unsettled = (home: string): readonly string[] =>
  filesBelow(join(home, 'records')).filter((one) => one.includes('.newest-'));

/** How many of each kind the child was told are stored. */
interface Acknowledged {
  said: number;
  message: number;
  seconds: number;
}

/** Lets a child fill the store at `home` and kills it once `most` utterances were acknowledged. */
async function killedWhileWriting(home: string, call: string, most: number): Promise<Acknowledged> {
  const program = fileURLToPath(new URL('./crash-child.js', import.meta.url));
  const child = spawn(process.execPath, [program, home, call], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const told: Acknowledged = { said: 0, message: 0, seconds: 0 };
  // To the end, so that what was acknowledged while the signal was on its way counts too.
  for await (const line of createInterface({ input: child.stdout })) {
    const [what = '', number = ''] = line.split(' ');
    if (what === 'seconds') told.seconds = Number(number);
    else if (what === 'said' || what === 'message') told[what] = Number(number) + 1;
    else throw new Error(`the child said ${line}`);
    if (what === 'said' && told.said === most) child.kill('SIGKILL');
  }
  const [, signal] = (await exited) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error('the child ended by itself');
  return told;
}

/** The caller so low that a segment may end after any second, once it is long enough. */
const second = { caller: tone(0.5, 400), agent: tone(0.5, 4_000) };

/** What came of the rounds: seconds of sound that were read back, and rounds of which all but the newest was. */
interface Outcome {
  /** Rounds that were killed after more than one segment was begun. */
  readonly segmented: number;
  readonly chunks: number;
  readonly prompt: number;
  /** Commits that were told stored: utterances, messages, seconds of sound. */
  readonly acknowledged: number;
  /** Those of them that are not there. */
  readonly lost: number;
}

/** One store, killed `rounds` times. */
async function lane(t: Test, home: string, rounds: number): Promise<Outcome> {
  const exports = join(home, '..', 'exports');
  mkdirSync(exports);
  let [chunks, prompt, segmented, acknowledged, lost] = [0, 0, 0, 0, 0];
  let seen = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    const call = `round-${String(round)}`;
    const told = await killedWhileWriting(home, call, 5 + ((round * 7) % 23));
    const recordings = (): readonly string[] =>
      filesBelow(join(home, 'records')).filter((one) => one.endsWith('.vrec') && !seen.has(one));
    const [file = ''] = recordings();
    const left = readFileSync(file);
    if (segmentsIn(left).size > 1) segmented += 1;

    const store = storeOf(home);
    await store.start();
    t.equal(await store.calls.interruptOpen([], Date.now()), 1, `${call} was left open`);
    t.strictSame(unsettled(home), [], 'what was heard last is in its place');
    t.ok(readFileSync(file).equals(left), 'which is not the file that was being written');
    const files = recordings().map((one) => readFileSync(one));
    const numbers = files.flatMap((bytes) => [...segmentsIn(bytes)]);
    t.equal(new Set(numbers).size, numbers.length, 'nor any of its segments');
    seen = new Set([...seen, ...recordings()]);
    const whole = files.reduce((sum, bytes) => sum + wholeChunks(bytes), 0);
    chunks += whole;
    // The child writes a second before each of what it tells, much faster than a call: what the
    // disk had not taken yet was acknowledged to nobody.
    if (whole >= told.said - 4) prompt += 1;
    const room = new ReadingRoom(store, systemClock());
    const shown = await room.showCall(call, 'test');
    t.match(shown, { endedBy: 'interrupted', recording: { state: 'incomplete', seconds: whole } });
    t.ok(whole >= told.seconds, 'every acknowledged second is there');
    t.ok(shown.utterances.length >= told.said, 'every acknowledged utterance is there');
    t.ok(shown.decisions.length >= shown.utterances.length, 'and the decision before it');
    t.strictSame(
      shown.utterances.map(({ text }) => text),
      shown.utterances.map((_, index) => String(index)),
      'none is missing between',
    );
    const messages = await store.reading.messages.ofCall(call);
    t.ok(messages.length >= told.message, 'every acknowledged message is there');
    t.ok(
      messages.every(({ body }, index) => body?.reason?.value === String(index)),
      'and says what was said',
    );
    acknowledged += told.said + told.message + told.seconds;
    lost +=
      Math.max(0, told.said - shown.utterances.length) +
      Math.max(0, told.message - messages.length) +
      Math.max(0, told.seconds - whole);
    if (whole > 0) {
      const path = join(exports, `${call}.wav`);
      await room.exportRecording(call, path, 'test');
      const { channels, seconds } = await readWav(path);
      t.equal(seconds, whole);
      for (const [index, side] of (['caller', 'agent'] as const).entries()) {
        const half = second[side];
        const spoken = channels[index] ?? new Int16Array(0);
        // Of what the child wrote last a side may have come by half, or not at all: nothing is there then.
        const end = spoken.findLastIndex((sample) => sample !== 0);
        t.ok(end >= spoken.length - 2 * SAMPLE_RATE - 10);
        t.ok(
          spoken
            .subarray(0, Math.max(0, end))
            .every((sample, place) => sample === half[place % half.length]),
          `${side} is heard as spoken`,
        );
      }
    }
    t.equal((await store.reading.audit.verify()).brokenAt, undefined, 'the audit log is whole');
    await store.stop();
  }
  return { chunks, prompt, segmented, acknowledged, lost };
}

await t.test('killed while writing, again and again: nothing acknowledged is lost', async (t) => {
  const homes = Array.from({ length: LANES }, () => temporaryHome(t));
  const read = await Promise.all(homes.map((home) => lane(t, home, ROUNDS / LANES)));
  const chunks = read.reduce((sum, one) => sum + one.chunks, 0);
  t.ok(chunks > ROUNDS, `${String(chunks)} whole chunks were read back`);
  const segmented = read.reduce((sum, one) => sum + one.segmented, 0);
  t.ok(segmented * 3 > ROUNDS, `more than one segment was begun in ${String(segmented)} rounds`);
  const prompt = read.reduce((sum, one) => sum + one.prompt, 0);
  t.ok(prompt * 2 > ROUNDS, `all but the newest sound was kept in ${String(prompt)} rounds`);
  const acknowledged = read.reduce((sum, one) => sum + one.acknowledged, 0);
  const lost = read.reduce((sum, one) => sum + one.lost, 0);
  t.equal(lost, 0);
  t.comment(
    `killed ${String(ROUNDS)} times while writing: ${String(lost)} of ${String(acknowledged)} ` +
      'acknowledged commits lost',
  );
});
