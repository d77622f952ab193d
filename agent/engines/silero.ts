import { FRAME_MS, SAMPLE_RATE, pcmFromBytes } from '../audio/frame.js';
import type { LineFrame, LineProbability } from '../speech/protocol.js';
import { floats, floatsOf, loadModel, longs } from './onnx.js';
import type { Model } from './onnx.js';

/** Samples that Silero judges at once at 16 kHz (32 ms), and those before them that it wants to see. */
const WINDOW = 512;
const CONTEXT = 64;
/** Each of the two layers of the recurrent state. */
const STATE = 128;

/** What is kept of one line between ticks. */
interface Line {
  /** The context followed by samples that do not fill a window yet. */
  readonly samples: Float32Array;
  /** Samples that wait behind the context. */
  waiting: number;
  state: Float32Array;
  /** Samples judged since the start of the line. */
  judged: number;
}

const freshLine = (): Line => ({
  samples: new Float32Array(CONTEXT + WINDOW + (SAMPLE_RATE * FRAME_MS) / 1000),
  waiting: 0,
  state: new Float32Array(2 * STATE),
  judged: 0,
});

/** The loaded model; one for all streams of the process. */
export class Silero {
  readonly #path: string;
  #model: Model | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  async start(): Promise<void> {
    if (this.#model !== undefined) return;
    this.#model = await loadModel(this.#path);
    await this.judge([freshLine()]);
  }

  async stop(): Promise<void> {
    const model = this.#model;
    this.#model = undefined;
    await model?.release();
  }

  /** Judges one window of every line in a single batch and moves the lines on. */
  async judge(lines: readonly Line[]): Promise<readonly number[]> {
    const model = this.#model;
    const count = lines.length;
    if (model === undefined || count === 0) return lines.map(() => 0);
    const width = CONTEXT + WINDOW;
    const input = new Float32Array(count * width);
    const state = new Float32Array(2 * count * STATE);
    lines.forEach((line, at) => {
      input.set(line.samples.subarray(0, width), at * width);
      for (const layer of [0, 1]) {
        const half = line.state.subarray(layer * STATE, (layer + 1) * STATE);
        state.set(half, (layer * count + at) * STATE);
      }
    });
    const outputs = await model.run({
      input: floats(input, [count, width]),
      state: floats(state, [2, count, STATE]),
      sr: longs([SAMPLE_RATE], []),
    });
    const probabilities = floatsOf(outputs, 'output', this.#path);
    const next = floatsOf(outputs, 'stateN', this.#path);
    lines.forEach((line, at) => {
      for (const layer of [0, 1]) {
        const from = (layer * count + at) * STATE;
        line.state.set(next.subarray(from, from + STATE), layer * STATE);
      }
      // The end of this window is the context of the next.
      line.samples.copyWithin(0, WINDOW, CONTEXT + line.waiting);
      line.waiting -= WINDOW;
      line.judged += WINDOW;
    });
    return lines.map((_, at) => probabilities[at] ?? 0);
  }
}

/** The lines of one client: takes ticks, gives the probabilities that became known. */
export class SileroLines {
  readonly #silero: Silero;
  readonly #lines = new Map<number, Line>();

  constructor(silero: Silero) {
    this.#silero = silero;
  }

  /** Takes the frames of one tick. Ticks must be given one after the other. */
  async tick(frames: readonly LineFrame[]): Promise<readonly LineProbability[]> {
    const ready = new Map<number, Line>();
    for (const frame of frames) {
      if (frame.close === true || frame.reset === true) {
        this.#lines.delete(frame.line);
        ready.delete(frame.line);
      }
      if (frame.close === true || frame.pcm === undefined || frame.pcm.length === 0) continue;
      const line = this.#lines.get(frame.line) ?? freshLine();
      this.#lines.set(frame.line, line);
      append(line, frame.pcm);
      if (line.waiting >= WINDOW) ready.set(frame.line, line);
    }
    if (ready.size === 0) return [];
    const probabilities = await this.#silero.judge([...ready.values()]);
    return [...ready].map(([id, line], at) => ({
      line: id,
      probability: probabilities[at] ?? 0,
      endMs: Math.round((line.judged * 1000) / SAMPLE_RATE),
    }));
  }
}

/** Adds a frame; what would not fit (a frame longer than 20 ms breaks the protocol) is dropped. */
function append(line: Line, bytes: Uint8Array): void {
  const pcm = pcmFromBytes(bytes);
  const start = CONTEXT + line.waiting;
  const count = Math.min(pcm.length, line.samples.length - start);
  for (let at = 0; at < count; at += 1) line.samples[start + at] = (pcm[at] ?? 0) / 32_768;
  line.waiting += count;
}
