import type { Clock } from '../clock.js';
import type { Line } from '../telephony/line.js';
import type { DiscreetTurn, Discretion } from './discretion.js';
import { Hearing, type HearingParts, type HeardTurn } from './hearing.js';

/** Whose words are written down, and where. */
export interface Overheard {
  readonly line: Pick<Line, 'listen'>;
  /** Time of the call at which the line's listening begins, in milliseconds. */
  readonly fromMs: number;
  readonly discretion: Discretion;
  /** Takes each turn that has words; times in milliseconds of the call. */
  readonly write: (turn: DiscreetTurn, fromMs: number, toMs: number) => void;
}

/** What was being said at the end is waited for no longer. */
const LAST_WORDS_MS = 2_000;

/** Listens to one party of a talk between people and answers nothing. Returns its end, which never fails. */
export function overhear(
  parts: HearingParts,
  overheard: Overheard,
  clock: Pick<Clock, 'sleep'>,
): () => Promise<void> {
  const { line, fromMs, discretion, write } = overheard;
  /** The line's own time at `fromMs`. */
  let startMs: number | undefined;
  const at = (lineMs: number): number => fromMs + lineMs - (startMs ?? lineMs);
  const hearing = new Hearing(parts, {
    ...{ stirred: () => undefined, partial: () => undefined, guessed: () => undefined },
    settled: () => {
      discretion.dropped();
    },
    began: (atMs) => {
      discretion.began(at(atMs));
    },
    ended: (turn) => {
      wrote(turn);
    },
  });
  const wrote = ({ recognised, fromMs: from, toMs: to }: HeardTurn): void => {
    const turn = discretion.heard({ recognised, fromMs: at(from), toMs: at(to) });
    if (turn.stored.text.trim() !== '') write(turn, at(from), at(to));
  };
  line.listen({
    frame: (pcm, atMs) => {
      startMs ??= atMs;
      hearing.frame(pcm, atMs);
    },
    played: (pcm, atMs) => {
      hearing.played(pcm, atMs);
    },
    key: () => undefined,
    closed: () => undefined,
  });
  return async () => {
    const late = clock.sleep(LAST_WORDS_MS).then(() => undefined);
    const last = await Promise.race([hearing.last(), late]);
    if (last !== undefined) wrote(last);
    hearing.close();
  };
}
