import {
  measure,
  type CallFigures,
  type CallTimes,
} from '../../agent/reception/rehearse/measure.js';
import type { KnownSound } from './known-sound.js';

/** The receptionist asks for a moment no sooner after the caller's last word, in milliseconds. */
const MOMENT_AFTER_MS = 2_000;

export interface RealAnswers {
  /** Every gap lasts until the answer itself. */
  readonly figures: CallFigures;
  /** Whether the caller was asked for a moment first, turn by turn. */
  readonly asked: readonly boolean[];
}

/**
 * Takes the figures of a call from its recording, of `rate`. That it takes a moment is no answer, and is taken
 * out of `heard`.
 */
export function realAnswers(
  said: Int16Array,
  heard: Int16Array,
  times: CallTimes,
  rate: number,
  moment: KnownSound,
): RealAnswers {
  const first = measure(said, heard, times, rate);
  const answers = heard.slice();
  const asked = first.turns.map(({ gapMs, saidToMs }) => {
    if (gapMs === undefined || gapMs < MOMENT_AFTER_MS) return false;
    const fromMs = saidToMs + gapMs;
    if (!moment.isAt(heard, fromMs)) return false;
    const [from, to] = [fromMs, fromMs + moment.lengthMs].map((ms) =>
      Math.round((ms * rate) / 1000),
    );
    answers.fill(0, from, to);
    return true;
  });
  const figures = asked.includes(true) ? measure(said, answers, times, rate) : first;
  return { figures, asked };
}
