import { voicedFrames } from '../../audio/level.js';
import { LINE_RATE } from './pacer.js';

/** Frames of 10 ms: fine enough for figures of ± 20 ms. */
const FRAME_MS = 10;
/** Between words of one sentence there is less silence than this; after a barge-in there is more. */
const STOPPED_MS = 400;

/** What the simulated caller knows of a call beside its recording; all in ms of the recording. */
export interface CallTimes {
  readonly answeredMs: number | undefined;
  readonly endedMs: number;
  /** The lines it said. */
  readonly said: readonly {
    readonly startMs: number;
    readonly endMs: number;
    readonly bargeIn: boolean;
  }[];
}

/** One line of the caller and what followed. */
export interface TurnFigures {
  /** First and last voiced moment of the caller's line. */
  readonly saidFromMs: number;
  readonly saidToMs: number;
  /**
   * From the caller's last voiced frame to the first voiced frame heard; undefined if nothing came
   * before the caller's next line or the end, or if the receptionist was speaking just then.
   */
  readonly gapMs: number | undefined;
}

/** What a caller experiences, in milliseconds. */
export interface CallFigures {
  readonly answerMs: number | undefined;
  /** From the answer to the first voiced frame heard. */
  readonly firstWordMs: number | undefined;
  readonly turns: readonly TurnFigures[];
  /** From the first voiced frame of each interruption until silence; undefined if it talked on. */
  readonly bargeIns: readonly {
    readonly atMs: number;
    readonly silentAfterMs: number | undefined;
  }[];
  /** How much was heard, in seconds of voiced frames. */
  readonly heardSeconds: number;
}

/** Takes the figures of a call from its recording: `said` by the caller, `heard` by it. */
export function measure(
  said: Int16Array,
  heard: Int16Array,
  times: CallTimes,
  rate = LINE_RATE,
): CallFigures {
  const frame = (rate * FRAME_MS) / 1000;
  const own = voicedFrames(said, frame);
  const other = voicedFrames(heard, frame);
  const frameAt = (ms: number): number => Math.max(0, Math.floor(ms / FRAME_MS));
  const firstVoiced = (
    frames: readonly boolean[],
    from: number,
    to: number,
  ): number | undefined => {
    for (let i = from; i < Math.min(to, frames.length); i++) if (frames[i]) return i;
    return undefined;
  };
  const lastVoiced = (frames: readonly boolean[], from: number, to: number): number | undefined => {
    for (let i = Math.min(to, frames.length) - 1; i >= from; i--) if (frames[i]) return i;
    return undefined;
  };
  const end = Math.min(other.length, Math.ceil(times.endedMs / FRAME_MS));

  const lines = times.said.flatMap((line) => {
    const from = firstVoiced(own, frameAt(line.startMs), frameAt(line.endMs) + 1);
    const to = lastVoiced(own, frameAt(line.startMs), frameAt(line.endMs) + 1);
    return from === undefined || to === undefined ? [] : [{ from, to, bargeIn: line.bargeIn }];
  });

  const turns = lines.map(({ from, to }, i): TurnFigures => {
    const until = lines[i + 1]?.from ?? end;
    const next = firstVoiced(other, to + 1, until);
    // Speech that began before the caller had finished is no answer to what it said.
    const over = lastVoiced(other, Math.max(0, to + 1 - STOPPED_MS / FRAME_MS), to + 1);
    const gap = next === undefined || over !== undefined ? undefined : next - to - 1;
    return {
      saidFromMs: from * FRAME_MS,
      saidToMs: (to + 1) * FRAME_MS,
      gapMs: gap === undefined ? undefined : gap * FRAME_MS,
    };
  });

  const bargeIns = lines
    .filter((line) => line.bargeIn)
    .map(({ from }) => {
      let last = from - 1;
      for (let i = from; i < end; i++) {
        if (other[i]) last = i;
        else if ((i - last) * FRAME_MS >= STOPPED_MS) break;
      }
      const stopped = last + STOPPED_MS / FRAME_MS < end;
      return {
        atMs: from * FRAME_MS,
        silentAfterMs: stopped ? (last + 1 - from) * FRAME_MS : undefined,
      };
    });

  const { answeredMs } = times;
  const first = answeredMs === undefined ? undefined : firstVoiced(other, frameAt(answeredMs), end);
  return {
    answerMs: answeredMs,
    firstWordMs:
      first === undefined || answeredMs === undefined
        ? undefined
        : Math.max(0, first * FRAME_MS - answeredMs),
    turns,
    bargeIns,
    heardSeconds: (other.filter((voiced) => voiced).length * FRAME_MS) / 1000,
  };
}
