import { setImmediate as breathe } from 'node:timers/promises';
import { FRAME_SAMPLES, samplesIn, type Pcm } from '../../agent/audio/frame.js';
import { bytesOfPcm } from '../../agent/audio/frame.js';
import { moonshineEngine } from '../../agent/engines/moonshine-hearing.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import type { RecognitionEngine } from '../../agent/engines/recognition.js';
import { SileroLines, type Silero } from '../../agent/engines/silero.js';
import type { RecognizeResult } from '../../agent/speech/protocol.js';
import type {
  Recogniser,
  Utterance,
  VadLine,
  VadListener,
  VoiceActivity,
} from '../../agent/speech/ports.js';

/** CPU milliseconds by what they were spent on, and how often. */
export class Costs {
  readonly #spent = new Map<string, { ms: number; times: number }>();

  /** Runs `work`, which nothing else may run beside, and books its CPU time on `what`. */
  async of<Result>(what: string, work: () => Result | Promise<Result>): Promise<Result> {
    const from = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(from);
    const before = this.#spent.get(what) ?? { ms: 0, times: 0 };
    this.#spent.set(what, { ms: before.ms + (user + system) / 1000, times: before.times + 1 });
    return result;
  }

  get(what: string): { readonly ms: number; readonly times: number } {
    return this.#spent.get(what) ?? { ms: 0, times: 0 };
  }
}

/** Moonshine whose looks and decodings are booked. */
class BookedMoonshine extends Moonshine {
  readonly #costs: Costs;
  running = 0;

  constructor(folder: string, costs: Costs) {
    super(folder);
    this.#costs = costs;
  }

  override recognise(...asked: Parameters<Moonshine['recognise']>): Promise<RecognizeResult> {
    return this.#booked('decoding', () => super.recognise(...asked));
  }

  override glance(...asked: Parameters<Moonshine['glance']>): Promise<string> {
    return this.#booked('look', () => super.glance(...asked));
  }

  async #booked<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    this.running += 1;
    try {
      return await this.#costs.of(what, work);
    } finally {
      this.running -= 1;
    }
  }
}

/** The daemon sends audio in pieces of this length. */
const PIECE_MS = 200;

/** Recognition in this process, asked as the daemon asks its workers. */
export class BookedRecogniser implements Recogniser {
  readonly #moonshine: BookedMoonshine;
  readonly #engine: RecognitionEngine;

  constructor(folder: string, costs: Costs) {
    this.#moonshine = new BookedMoonshine(folder, costs);
    this.#engine = moonshineEngine(this.#moonshine);
  }

  start(): Promise<void> {
    return this.#engine.start();
  }

  stop(): Promise<void> {
    return this.#engine.stop();
  }

  /** Resolves when nothing is being decoded, nor waits to be. */
  async idle(): Promise<void> {
    for (let quiet = 0; quiet < 4; quiet += 1) {
      if (this.#moonshine.running > 0) quiet = 0;
      await breathe();
    }
  }

  listen(
    settings: Parameters<Recogniser['listen']>[0],
    partial?: (text: string) => void,
  ): Utterance {
    const { language, expected = [], answers = [], names = [], readings = 0 } = settings;
    const heard = this.#engine.hear(
      { language, expected, answers, names, readings, partials: partial !== undefined },
      partial === undefined ? {} : { partial },
    );
    let held: Pcm = new Int16Array(0);
    const send = (): void => {
      if (held.length > 0) heard.push(held);
      held = new Int16Array(0);
    };
    return {
      push: (pcm) => {
        const longer = new Int16Array(held.length + pcm.length);
        longer.set(held);
        longer.set(pcm, held.length);
        held = longer;
        if (held.length >= samplesIn(PIECE_MS)) send();
      },
      speculate: () => {
        send();
        return heard.speculate();
      },
      finish: () => {
        send();
        return heard.finish();
      },
      cancel: () => {
        heard.cancel();
      },
    };
  }
}

/** Voice activity in this process, of one line; `judge` takes what was pushed. */
export class BookedVoiceActivity implements VoiceActivity {
  readonly #costs: Costs;
  readonly #lines: SileroLines;
  #waiting: Pcm[] = [];
  #listener: VadListener = () => undefined;

  constructor(silero: Silero, costs: Costs) {
    this.#lines = new SileroLines(silero);
    this.#costs = costs;
  }

  open(listener: VadListener): VadLine {
    this.#listener = listener;
    return {
      push: (frame) => this.#waiting.push(frame.slice(0, FRAME_SAMPLES)),
      reset: () => undefined,
      close: () => undefined,
    };
  }

  async judge(): Promise<void> {
    for (const frame of this.#waiting.splice(0)) {
      const pcm = bytesOfPcm(frame);
      const found = await this.#costs.of('voice activity', () =>
        this.#lines.tick([{ line: 1, pcm }]),
      );
      for (const { probability, endMs } of found) this.#listener(probability, endMs);
    }
  }
}
