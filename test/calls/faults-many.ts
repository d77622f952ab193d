import type { Test } from 'tap';
import type { Configured } from '../../agent/house/doctor/check.js';
import { lineChecks } from '../../agent/house/doctor/line.js';
import { loadConfiguration } from '../../agent/config/load.js';
import { pathsOf } from '../../agent/config/paths.js';
import { sippCalls } from '../../scripts/bench/soak-sipp.js';
import { FULL, openFiles, reconfigure } from './faults-tools.js';
import type { Office } from './office.js';

/** Short calls in a row, several at once. */
export async function shortCalls(t: Test, office: Office, calls: number): Promise<void> {
  const files = filesOf(office);
  const { held, failed, errors } = await sippCalls({
    ...{ server: office.registrar, calls, atOnce: SHORT_AT_ONCE, rate: 2 * SHORT_AT_ONCE },
    staysMs: FULL ? [50, 3_000] : [50, 400],
  });
  t.equal(held, calls, `each is answered: ${errors.join()}`);
  t.equal(failed, 0);
  t.comment(`${String(calls)} short calls: ${await nothingLeft(office, files)}`);
}

/** Nothing stands in Asterisk, and no file or socket is open that was not before: `files` of both. */
export async function nothingLeft(office: Office, files: readonly number[]): Promise<string> {
  await office.until(
    async () => {
      const { channels, bridges } = await office.standing();
      return channels.length + bridges.length === 0;
    },
    // Sooner than a reaper looks twice.
    19_000,
    'nothing stands in Asterisk, without the reaper',
  );
  const leaked = (): readonly number[] =>
    filesOf(office).map((now, index) => now - (files[index] ?? 0));
  // Sockets that are being closed stand for seconds.
  await office.until(() => leaked().every((count) => count <= 4), 60_000, 'no file is left');
  return `0 channels, 0 bridges, ${leaked().join(' and ')} files more than before`;
}

/** Files that daemon and Asterisk have open. */
export const filesOf = (office: Office): readonly number[] =>
  ['daemon', 'asterisk'].map((name) => openFiles(office.pidOf(name)));

/** Calls that stand at once; more of those that are over before a word of theirs. */
const AT_ONCE = 8;
const SHORT_AT_ONCE = 16;

const takenBy = (office: Office): number => office.log.split('"call taken"').length - 1;

/** More callers at the same moment than there are lines: each is answered by us or by the fallback. */
export async function flooded(t: Test, office: Office): Promise<void> {
  const lines = FULL ? 10 : 4;
  const back = await reconfigure(office, (tree) => {
    Object.assign(tree.reception ?? {}, { mostCalls: lines });
  });
  t.teardown(back);
  const files = filesOf(office);
  for (const calls of FULL ? [50, 200] : [24]) {
    const before = takenBy(office);
    const { held, busy, failed, answerMs, errors } = await sippCalls({
      ...{ server: office.registrar, calls, atOnce: calls, rate: calls },
      staysMs: [4_000, 4_000],
    });
    const taken = takenBy(office) - before;
    t.equal(
      held + busy,
      calls,
      `each of ${String(calls)} is answered, or told busy: ${errors.join()}`,
    );
    t.equal(failed, 0);
    // Whoever is with us when a line becomes free again may be one more.
    t.ok(taken >= Math.min(lines, 1) && taken <= 2 * lines, `${String(taken)} are with us`);
    const slowest = Math.max(...answerMs);
    t.comment(
      `${String(calls)} calls at once, ${String(lines)} lines: ${String(taken)} with us, ` +
        `${String(held - taken)} in the fallback, ${String(busy)} busy, slowest answer ${String(slowest)} ms`,
    );
  }
  t.comment(`after the floods: ${await nothingLeft(office, files)}`);
}

/** Callers whose sound never arrives: `doctor` says so, and what to open. */
export async function oneWayNamed(t: Test, office: Office): Promise<void> {
  const paths = pathsOf({ ...process.env, VESTIBULE_HOME: office.home });
  const settings = loadConfiguration(paths.configuration, process.env);
  const check = lineChecks.find(({ id }) => id === 'calls.one-way');
  const named = async () => check?.run({ paths, settings } as Configured);
  // sipp sends no sound, as if a firewall kept it from us.
  const { held } = await sippCalls({
    ...{ server: office.registrar, calls: 2, atOnce: 2, rate: 2 },
    staysMs: [8_000, 8_000],
  });
  t.equal(held, 2);
  await office.until(
    async () => (await named())?.status === 'fail',
    10_000,
    'doctor names sound that goes one way',
  );
  const found = await named();
  t.match(found, {
    status: 'fail',
    finding: /in \d+ of the last \d+ calls nothing came from the caller/u,
  });
  t.comment('2 callers without sound: named by doctor');
}

/** Repeatable chance (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What those who hang up are in the middle of. */
const CONVERSATIONS = ['message', 'parking', 'message-keys', 'press-zero', 'goodbye'];
/** The longest of these conversations, in milliseconds. */
const LONGEST_MS = FULL ? 60_000 : 14_000;

/** Callers hang up at moments of a conversation that chance chooses; every call is closed as it is. */
export async function hungUpAnywhere(t: Test, office: Office, count: number): Promise<void> {
  const seed = FULL ? Date.now() % 1_000_000 : 42;
  const random = chance(seed);
  // What a daemon opens once, at its first call.
  await office.call({ steps: [{ silence: 1 }, { 'hang-up': null }] });
  await office.untilEmpty();
  const files = filesOf(office);
  const from = Date.now();
  const moments: number[] = [];
  const spoken = new Map<string, Promise<Int16Array>>();
  const synthesise = (text: string): Promise<Int16Array> => {
    const made = spoken.get(text) ?? office.synthesise(text);
    spoken.set(text, made);
    return made;
  };
  let ended = 0;
  for (let first = 0; first < count; first += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, count - first) }, async (_, at) => {
        const ms = Math.round(random() * LONGEST_MS);
        moments.push(ms);
        const scenario = CONVERSATIONS[(first + at) % CONVERSATIONS.length] ?? '';
        const hangsUp = new AbortController();
        const report = await office.call(scenario, {
          ...{ signal: hangsUp.signal, synthesise },
          onEvent: ({ type }) => {
            if (type === 'dialling')
              setTimeout(() => {
                hangsUp.abort();
              }, ms);
          },
        });
        // Whoever was told goodbye before did not hang up.
        if (report.outcome.by === 'them') ended += 1;
      }),
    );
  }
  const left = await nothingLeft(office, files);
  const ours = async () =>
    (await office.stored(2 * count)).filter(({ startedAt }) => startedAt >= from);
  await office.until(
    async () => (await ours()).every(({ endedAt }) => endedAt !== undefined),
    10_000,
    'each is closed',
  );
  const calls = await ours();
  const orphans = calls.filter(({ endedBy }) => endedBy !== 'caller' && endedBy !== 'agent');
  t.strictSame(orphans, [], `seed ${String(seed)}: ended by the caller or by us`);
  t.ok(calls.filter(({ endedBy }) => endedBy === 'agent').length <= ended, 'by us when we said so');
  t.ok(
    calls.every(
      ({ recording }) =>
        recording === undefined || ['closed', 'discarded'].includes(recording.state),
    ),
    'recordings are closed',
  );
  const messages = await office.reading((room) =>
    room.messages.list({ limit: 2 * count, states: [] }, 'test'),
  );
  const partial = new Set(calls.filter(({ outcome }) => outcome !== 'message').map(({ id }) => id));
  const half = messages.filter(({ call }) => partial.has(call));
  t.strictSame(
    half.filter(({ state }) => state !== 'partial'),
    [],
    'what was told by half is kept as partial',
  );
  t.comment(
    `${String(count)} hang-ups at random moments (seed ${String(seed)}, ` +
      `${String(Math.min(...moments))} to ${String(Math.max(...moments))} ms): ` +
      `${String(calls.length)} calls stored, ${String(half.length)} messages by half, 0 orphans, ${left}`,
  );
}
