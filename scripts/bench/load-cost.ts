import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE, millisecondsOf } from '../../agent/audio/frame.js';
import { joined, type Pcm } from '../../agent/audio/frame.js';
import { readPcm, writeWav } from '../../agent/audio/wav.js';
import { PiperVoice } from '../../agent/engines/piper.js';
import { Silero } from '../../agent/engines/silero.js';
import { paced } from '../../agent/engines/voice-pacing.js';
import { VoiceQueue } from '../../agent/engines/voice-queue.js';
import { silentLog } from '../../agent/log.js';
import { Hearing, type HeardTurn } from '../../agent/reception/hearing.js';
import type { Choose } from '../../agent/reception/spoken-turn.js';
import { distance } from '../../agent/speech/edit-distance.js';
import { modelPlaces } from '../../agent/speech/models.js';
import type { Heard, SpeakSettings, Voice } from '../../agent/speech/ports.js';
import { PromptCache } from '../../agent/speech/prompt-cache.js';
import { preparedDigits } from '../../agent/speech/spoken-parts.js';
import { answerAmong } from '../../agent/understanding/slots/readings.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { FakeClock } from '../../test/telephony/fake-clock.js';
import { byTelephone, trimmed } from './caller-audio.js';
import { BookedRecogniser, BookedVoiceActivity, Costs } from './load-cost-parts.js';
import { PREPARED, askedBefore, isFixed, repliesTo } from './load-cost-replies.js';
import { allLines, roundOf } from './load-mix.js';

// What a call costs in CPU, by part: the callers of the load mix are heard and answered in this process,
// one after the other. Time passes only when everything is done, so that other work on the machine
// changes nothing but how quickly it comes to its end. --note "…" adds a row to docs/benchmarks/load-cost.md.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '6' },
    note: { type: 'string' },
    texts: { type: 'boolean', default: false },
    whole: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) {
  process.stderr.write('load-cost: --rounds is a whole number above zero\n');
  process.exit(2);
}

const STORE = join(checkoutRoot, '.vestibule', 'bench', 'load-cost');
const PAGE = join(checkoutRoot, 'docs', 'benchmarks', 'load-cost.md');
const { models } = modelPlaces();
/** Silence behind a line: no turn takes longer to end. */
const BEHIND_MS = 2500;
const BETWEEN_MS = 500;
const SPOKEN: SpeakSettings = { language: 'en' };

/** The callers' lines are made once, so that every run hears the same. */
async function lineOf(text: string, voice: PiperVoice): Promise<Pcm> {
  const name = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const path = join(STORE, `${name}.wav`);
  if (!existsSync(path)) {
    const pcm = trimmed(await joined(voice.speak(text, { pace: 1 })));
    await writeWav(path, [byTelephone(pcm)], SAMPLE_RATE);
  }
  return readPcm(path);
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z' ]/gu, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');

/** Of what may have been said the office's choice, on a day that is always the same. */
const choose: Choose = (heard, asked) =>
  answerAmong(heard, asked, {
    ...{ language: 'en', now: Date.parse('2026-03-02T10:00:00Z'), country: 'GB' },
    timeZone: 'Europe/London',
  });

/** Hears `says` as one turn of a caller and tells what was understood and how long its end took. */
class Ear {
  readonly #hearing: Hearing;
  readonly #vad: BookedVoiceActivity;
  readonly #recogniser: BookedRecogniser;
  readonly #costs: Costs;
  #atMs = 0;
  #turns: HeardTurn[] = [];
  #decidedMs: number[] = [];

  constructor(silero: Silero, recogniser: BookedRecogniser, costs: Costs) {
    this.#recogniser = recogniser;
    this.#costs = costs;
    this.#vad = new BookedVoiceActivity(silero, costs);
    const names = ['Doctor Carter', 'Maria Fernandez'];
    const nothing = (): void => undefined;
    this.#hearing = new Hearing(
      { vad: this.#vad, recogniser, language: 'en', names, choose, log: silentLog },
      {
        ...{
          stirred: nothing,
          settled: nothing,
          began: nothing,
          guessed: nothing,
          partial: nothing,
        },
        ended: (turn) => {
          this.#turns.push(turn);
          this.#decidedMs.push(this.#atMs);
        },
      },
    );
  }

  async hear(says: Pcm, at: number): Promise<{ readonly text: string; readonly waitMs: number }> {
    this.#hearing.expect(askedBefore(at));
    this.#turns = [];
    this.#decidedMs = [];
    const lengthMs = millisecondsOf(says);
    const startMs = this.#atMs + BETWEEN_MS;
    const endMs = this.#atMs + BETWEEN_MS + lengthMs + BEHIND_MS;
    while (this.#atMs < endMs) {
      const frame = new Int16Array(FRAME_SAMPLES);
      const from = Math.round(((this.#atMs - startMs) * SAMPLE_RATE) / 1000);
      if (from >= 0) frame.set(says.subarray(from, from + FRAME_SAMPLES));
      await this.#costs.of('hearing', () => {
        this.#hearing.frame(frame, this.#atMs);
      });
      this.#atMs += FRAME_MS;
      await this.#vad.judge();
      await this.#recogniser.idle();
    }
    const words = this.#turns
      .map(({ recognised }) => recognised.text)
      .filter((text) => text !== '');
    const waitMs = (this.#decidedMs.at(-1) ?? Infinity) - startMs - lengthMs;
    return { text: words.join(' '), waitMs };
  }

  get seconds(): number {
    return this.#atMs / 1000;
  }
}

/** The voice as its worker paces it, in simulated time. */
class PacedVoice implements Voice {
  readonly #piper: PiperVoice;
  /** What was made, in milliseconds. */
  madeMs = 0;
  clock = new FakeClock();

  constructor(piper: PiperVoice) {
    this.#piper = piper;
  }

  async *speak(text: string, { pace = 1 }: SpeakSettings, heard?: Heard): AsyncGenerator<Pcm> {
    const live = heard !== undefined;
    const clauses = this.#piper.speak(text, { pace, live });
    const pacing = { clock: this.clock, queue: new VoiceQueue(), live };
    const all = live
      ? paced(clauses, { ...pacing, aheadMs: heard.aheadMs, cancelled: heard.signal })
      : clauses;
    for await (const pcm of all) {
      this.madeMs += millisecondsOf(pcm);
      yield pcm;
    }
  }
}

/** Says `text` for `lengthMs` of it at most, as a caller hears it. Returns its length. */
async function say(
  text: string,
  lengthMs: number,
  { voice, prompts }: { readonly voice: PacedVoice; readonly prompts: PromptCache },
  costs: Costs,
): Promise<number> {
  const clock = new FakeClock();
  voice.clock = clock;
  const ending = new AbortController();
  const heard = { signal: ending.signal, aheadMs: 0 };
  let saidMs = 0;
  let over = false;
  await costs.of('voice', async () => {
    const read = async (): Promise<void> => {
      const all = values.whole ? voice.speak(text, SPOKEN) : prompts.speak(text, heard);
      for await (const pcm of all) saidMs += millisecondsOf(pcm);
      over = true;
    };
    const reading = read();
    while (!over) {
      const before = saidMs;
      await breathe();
      if (clock.waiting === 0 || saidMs !== before) continue;
      clock.advance(FRAME_MS);
      if (clock.monotonic() >= lengthMs) ending.abort();
    }
    await reading;
  });
  return saidMs;
}

mkdirSync(STORE, { recursive: true });
const costs = new Costs();
const voice = new PiperVoice(join(models, 'en_US-joe-medium'));
const recogniser = new BookedRecogniser(join(models, 'moonshine-tiny-en'), costs);
const silero = new Silero(join(models, 'silero-vad', 'silero_vad.onnx'));
await voice.start();
await recogniser.start();
await silero.start();
const audio = new Map<string, Pcm>();
for (const text of allLines()) audio.set(text, await lineOf(text, voice));

const pacedVoice = new PacedVoice(voice);
const prompts = new PromptCache(join(STORE, 'prompts'), pacedVoice, SPOKEN);
await prompts.render(PREPARED, preparedDigits(SPOKEN.language));
pacedVoice.madeMs = 0;
let [turns, wrong, spoken, waitedMs] = [0, 0, 0, 0];
let [seconds, heardSeconds] = [0, 0];
for (let round = 0; round < rounds; round += 1) {
  const ear = new Ear(silero, recogniser, costs);
  const mix = roundOf(round);
  for (const [at, turn] of mix.entries()) {
    const says = audio.get(turn.say) ?? new Int16Array();
    const { text, waitMs } = await ear.hear(says, at);
    turns += 1;
    heardSeconds += millisecondsOf(says) / 1000;
    waitedMs += waitMs;
    wrong += distance(wordsOf(turn.say), wordsOf(text));
    spoken += wordsOf(turn.say).length;
    if (values.texts)
      process.stdout.write(`${waitMs.toFixed(0).padStart(5)}  ${turn.say}  →  ${text}\n`);
    // Whoever interrupts has heard so much of the whole answer.
    let left = mix[at + 1]?.interruptsAfterMs ?? Infinity;
    for (const reply of repliesTo(round, at)) {
      if (left <= 0) break;
      const voices = { voice: pacedVoice, prompts };
      left -= isFixed(reply) ? 1500 : await say(reply, left, voices, costs);
    }
  }
  seconds += ear.seconds;
}
await voice.stop();
await recogniser.stop();
await silero.stop();

const perTurn = (what: string): string => {
  const { ms, times } = costs.get(what);
  return `${(ms / turns).toFixed(0)} (${(times / turns).toFixed(2)})`;
};
const row = [
  String(turns),
  perTurn('decoding'),
  perTurn('look'),
  `${(costs.get('voice').ms / turns).toFixed(0)} (${(pacedVoice.madeMs / turns / 1000).toFixed(2)})`,
  (costs.get('voice activity').ms / seconds).toFixed(1),
  (costs.get('hearing').ms / seconds).toFixed(1),
  `${((100 * wrong) / spoken).toFixed(1)} %`,
  (waitedMs / turns).toFixed(0),
].join(' | ');
process.stdout.write(`${row}\n(${(heardSeconds / turns).toFixed(1)} s of speech a turn)\n`);
if (values.note !== undefined) {
  const head = [
    '# What a call costs',
    '',
    `\`scripts/bench/load-cost --note "…"\` (${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}): callers of the load mix are heard`,
    'and answered in one process, in time that passes only when everything is done. Milliseconds of CPU; in',
    'brackets how many decodings, looks at a turn that goes on, and seconds of speech made for the answer',
    'there were in each turn. On a busy machine the same work takes more CPU, as caches are shared: compare',
    'rows that were taken side by side, and the counts, which stay. Numbers that are heard as figures count as',
    'wrong words. `--whole` makes answers at once',
    'and to their end, as before. Each run adds a row.',
    '',
    '| | turns | decodings a turn | looks a turn | voice a turn | voice activity a second | hearing a second | word errors | wait for the end of a turn, ms |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    '',
  ].join('\n');
  const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : head;
  writeFileSync(PAGE, `${before}| ${values.note} | ${row} |\n`);
}
