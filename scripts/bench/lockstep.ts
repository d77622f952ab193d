import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { FRAME_MS, FRAME_SAMPLES, SAMPLE_RATE } from '../../agent/audio/frame.js';
import { systemClock, type Clock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import type {
  Recognised,
  RecogniseSettings,
  Recogniser,
  Utterance,
  VadLine,
  VadListener,
  VoiceActivity,
} from '../../agent/speech/ports.js';
import { speechSettings, workerPlaces, type WorkerKind } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { FakeClock } from '../../test/telephony/fake-clock.js';

/** What a decoding takes in simulated time: that of a short utterance on a free core. */
const DECODING_MS = 80;
/** Silero judges 512 samples at a time. */
const WINDOW_SAMPLES = 512;

/** A busy machine must not look like a stuck worker: its client's time passes so much slower. */
const SLOWER = 10;

const slowed = (clock: Clock): Clock => ({
  now: () => clock.now(),
  monotonic: () => clock.monotonic() / SLOWER,
  after: (delay, run) => clock.after(delay * SLOWER, run),
  sleep: (delay) => clock.sleep(delay * SLOWER),
});

/** The real speech workers of one bench, in processes of their own. */
export class BenchWorkers {
  readonly #folder: string;
  readonly #children: readonly ChildProcess[];
  readonly workers: SpeechWorkers;

  private constructor(folder: string, children: readonly ChildProcess[], workers: SpeechWorkers) {
    this.#folder = folder;
    this.#children = children;
    this.workers = workers;
  }

  static async start(kinds: readonly WorkerKind[]): Promise<BenchWorkers> {
    const folder = await mkdtemp(join(tmpdir(), 'vsb-'));
    const all = workerPlaces(speechSettings.parse({ recognisers: 1 }), folder);
    const places = all.filter(({ kind }) => kinds.includes(kind));
    const program = join(checkoutRoot, 'build', 'agent', 'engines', 'main.js');
    const models = modelPlaces().models;
    const children = places.map(({ kind, socket, model }) => {
      const more = model === undefined ? [] : ['--model', model];
      const args = ['--worker', kind, '--socket', socket, '--models', models, ...more];
      return spawn(process.execPath, [program, ...args], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    });
    const workers = new SpeechWorkers(places, slowed(systemClock()), silentLog);
    await workers.start();
    const missing = await workers.missing(30_000);
    if (missing.length > 0) throw new Error(`workers did not start: ${missing.join(', ')}`);
    return new BenchWorkers(folder, children, workers);
  }

  async stop(): Promise<void> {
    await this.workers.stop();
    for (const child of this.#children) child.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/**
 * Time that passes only when the real workers have answered: a case of ten seconds takes about one,
 * and gives the same decisions as in real time with workers that are not busy.
 */
export class Lockstep {
  readonly clock: Clock & { advance(ms: number): void } = new FakeClock();
  readonly #workers: SpeechWorkers;
  #frames = 0;
  #windows = 0;
  #deciding = 0;

  constructor(workers: SpeechWorkers) {
    this.#workers = workers;
  }

  readonly vad: VoiceActivity = {
    open: (listener: VadListener): VadLine => {
      const line = this.#workers.voiceActivity.open((probability, endMs) => {
        this.#windows += 1;
        listener(probability, endMs);
      });
      return {
        push: (frame) => {
          this.#frames += 1;
          line.push(frame);
        },
        reset: () => {
          line.reset();
        },
        close: () => {
          line.close();
        },
      };
    },
  };

  readonly recogniser: Recogniser = {
    listen: (settings: RecogniseSettings): Utterance => {
      const utterance = this.#workers.recogniser.listen(settings);
      let pushed = true;
      const timed = async (ask: () => Promise<Recognised>): Promise<Recognised> => {
        const fresh = pushed;
        pushed = false;
        this.#deciding += 1;
        let result: Recognised;
        try {
          result = await ask();
        } finally {
          this.#deciding -= 1;
        }
        if (fresh) await this.clock.sleep(DECODING_MS);
        return result;
      };
      return {
        push: (pcm) => {
          pushed = true;
          utterance.push(pcm);
        },
        speculate: () => timed(() => utterance.speculate()),
        finish: () => timed(() => utterance.finish()),
        cancel: () => {
          utterance.cancel();
        },
      };
    },
  };

  /** Lets a frame's time pass after `tick` pushed its frame. */
  async pass(tick: () => void): Promise<void> {
    tick();
    const due = Math.floor((this.#frames * FRAME_SAMPLES) / WINDOW_SAMPLES);
    const until = performance.now() + 30_000;
    while (this.#windows < due || this.#deciding > 0) {
      await breathe();
      if (performance.now() > until) throw new Error('a worker does not answer');
    }
    this.clock.advance(FRAME_MS);
    await breathe();
  }
}

/** A sample count as milliseconds. */
export const msOf = (samples: number): number => (samples * 1000) / SAMPLE_RATE;
