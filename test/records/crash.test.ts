import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { readWav } from '../../agent/audio/wav.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { filesBelow } from './canary.js';
import { storeOf, temporaryHome, tone } from './store.js';

/** The long run of scripts/test --full looks for what is rare. */
const ROUNDS = process.env.VESTIBULE_FULL === undefined ? 10 : 100;
/** A whole chunk in its file: header, nonce, one second of stereo, tag. */
const CHUNK_BYTES = 13 + 12 + SAMPLE_RATE * 4 + 16;

/** Lets a child fill the store at `home` and kills it after `most` commits were acknowledged. */
async function killedWhileWriting(home: string, call: string, most: number): Promise<number> {
  const program = fileURLToPath(new URL('./crash-child.js', import.meta.url));
  const child = spawn(process.execPath, [program, home, call], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let acknowledged = 0;
  // To the end, so that what was acknowledged while the signal was on its way counts too.
  for await (const line of createInterface({ input: child.stdout })) {
    if (Number(line) !== acknowledged) throw new Error(`the child said ${line}`);
    acknowledged += 1;
    if (acknowledged === most) child.kill('SIGKILL');
  }
  const [, signal] = (await exited) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error('the child ended by itself');
  return acknowledged;
}

await t.test('killed while writing, again and again: nothing acknowledged is lost', async (t) => {
  const home = temporaryHome(t);
  const exports = join(home, '..', 'exports');
  mkdirSync(exports);
  const second = { caller: tone(0.5), agent: tone(0.5, 4_000) };
  let chunks = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const call = `round-${String(round)}`;
    const known = new Set(filesBelow(join(home, '..')));
    const acknowledged = await killedWhileWriting(home, call, 9 + (round % 10) * 4);
    const [file = ''] = filesBelow(join(home, '..')).filter(
      (one) => one.endsWith('.vrec') && !known.has(one),
    );
    const whole = Math.floor(statSync(file).size / CHUNK_BYTES);
    chunks += whole;

    const store = storeOf(home);
    await store.start();
    t.equal(await store.calls.interruptOpen([], Date.now()), 1, `${call} was left open`);
    const room = new ReadingRoom(store, systemClock());
    const shown = await room.showCall(call, 'test');
    t.match(shown, { endedBy: 'interrupted', recording: { state: 'incomplete', seconds: whole } });
    t.ok(shown.utterances.length >= acknowledged, 'every acknowledged utterance is there');
    t.ok(shown.decisions.length >= shown.utterances.length, 'and the decision before it');
    t.strictSame(
      shown.utterances.map(({ text }) => text),
      shown.utterances.map((_, index) => String(index)),
      'none is missing between',
    );
    if (whole > 0) {
      const path = join(exports, `${call}.wav`);
      await room.exportRecording(call, path, 'test');
      const { channels, seconds } = await readWav(path);
      t.equal(seconds, whole);
      for (const [index, side] of (['caller', 'agent'] as const).entries()) {
        const half = second[side];
        const spoken = channels[index] ?? new Int16Array(0);
        t.ok(
          spoken.every((sample, place) => sample === half[place % half.length]),
          `${side} is heard as spoken`,
        );
      }
    }
    t.equal((await store.reading.audit.verify()).brokenAt, undefined, 'the audit log is whole');
    await store.stop();
  }
  t.ok(chunks > ROUNDS, 'whole chunks were there to be read');
});
