// Fills an index with sentences and measures searches over it: search [SENTENCES, 1,000,000 if left out].
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import type { Indexed } from '../../agent/records/search.js';
import { factWords, type SearchQuery } from '../../agent/records/search-words.js';
import { openRecords } from '../../agent/records/records.js';
import { recordsSettings } from '../../agent/records/settings.js';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const SENTENCES = Number(process.argv[2] ?? '1000000');
const PER_CALL = 20;
const WORDS_PER_SENTENCE = 9;
const VOCABULARY = 30_000;
const SEARCHES = 1_000;
const INTENTS = ['appointment.book', 'appointment.cancel', 'info.hours', 'message.leave', 'oos'];
const OUTCOMES = ['answered', 'message', 'transferred', 'abandoned'];
const DAY = 86_400_000;

if (process.argv.includes('--help')) {
  print('Usage: scripts/bench/search [SENTENCES]   (1,000,000 if left out; needs about 1 GB)');
  process.exit(0);
}

/** The same numbers at every run (mulberry32). */
let seed = 7;
function chance(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}
const below = (most: number): number => Math.floor(chance() * most);
/** Words as often as in a language: the second half as often as the first (Zipf). */
const word = (): string => `w${Math.floor(VOCABULARY ** chance()).toString(36)}`;
const number = (): string => `+1555${String(below(10_000_000)).padStart(7, '0')}`;

const callOf = (index: number): Indexed => ({
  call: `call-${String(index)}`,
  startedAt: index * 60_000,
  stamp: '1',
  said: Array.from({ length: PER_CALL * WORDS_PER_SENTENCE }, word).join(' '),
  told: index % 4 === 0 ? `${word()} ${word()}` : '',
  facts: factWords({
    outcome: OUTCOMES[below(OUTCOMES.length)],
    intents: [INTENTS[below(INTENTS.length)] ?? 'oos'],
    numbers: [number()],
  }),
});

const KINDS: Readonly<Record<string, (calls: number) => SearchQuery>> = {
  'a common word': () => ({ words: `w${below(20).toString(36)}`, limit: 20 }),
  'a word': () => ({ words: word(), limit: 20 }),
  'three words': () => ({ words: `${word()} ${word()} ${word()}`, limit: 20 }),
  'a phrase': () => ({ words: `"${word()} ${word()}"`, limit: 20 }),
  'the end of a number': () => ({ number: String(1_000 + below(9_000)), limit: 20 }),
  'a number': () => ({ number: number(), limit: 20 }),
  'an intent and an outcome': () => ({ intent: 'appointment', outcome: 'message', limit: 20 }),
  'a word in a week': (calls) => {
    const from = below(Math.max(1, Math.floor((calls * 60_000) / DAY) - 7)) * DAY;
    return { words: word(), from, to: from + 7 * DAY, limit: 20 };
  },
};

const folder = mkdtempSync(join(tmpdir(), 'vestibule-search-'));
const settings = recordsSettings.parse({});
const store = openRecords({
  settings,
  home: join(folder, 'home'),
  log: silentLog,
  clock: systemClock(),
});
try {
  await store.start();
  const calls = Math.ceil(SENTENCES / PER_CALL);
  const filling = performance.now();
  for (let at = 0; at < calls; at += 500) {
    const length = Math.min(500, calls - at);
    await store.search.put(Array.from({ length }, (_, index) => callOf(at + index)));
  }
  const filled = (performance.now() - filling) / 1000;
  const size = statSync(join(folder, 'home', 'records', 'search.db')).size / 1e6;
  print(
    `${String(SENTENCES)} sentences in ${String(calls)} calls: ${filled.toFixed(0)} s to index, ${size.toFixed(0)} MB`,
  );
  const all: number[] = [];
  for (const [kind, make] of Object.entries(KINDS)) {
    const times: number[] = [];
    for (let one = 0; one < SEARCHES / Object.keys(KINDS).length; one += 1) {
      const query = make(calls);
      const began = performance.now();
      await store.search.find(query);
      times.push(performance.now() - began);
    }
    all.push(...times);
    print(`${kind.padEnd(26)} ${summary(times)}`);
  }
  print(`${'all'.padEnd(26)} ${summary(all)}`);
} finally {
  await store.stop();
  rmSync(folder, { recursive: true, force: true });
}

function summary(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`;
}
