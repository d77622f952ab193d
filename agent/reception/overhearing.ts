import type { Clock } from '../clock.js';
import type { Line } from '../telephony/line.js';
import type { ConversationParts } from './conversation-parts.js';
import type { DiscreetTurn, Discretion } from './discretion.js';
import { Hearing, type HearingParts, type HeardTurn } from './hearing.js';
import type { Transcript } from './transcript.js';

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

/** A party of a talk between people. */
export interface Party {
  readonly line: Pick<Line, 'listen'>;
  /** As in `Overheard`. */
  readonly fromMs: number;
  /** Who of the staff it is; undefined for the caller. */
  readonly person: string | undefined;
  /** Gets what may be known of each turn. */
  readonly heard: (text: string) => void;
}

/** Writes what a party says into the transcript of its call. Returns its end, which never fails. */
export function overhearParty(
  parts: ConversationParts,
  transcript: Transcript,
  { line, fromMs, person, heard }: Party,
): () => Promise<void> {
  const { vad, recogniser, language, names, log, clock } = parts;
  const { discretion } = transcript;
  const whose =
    person === undefined ? ({ party: 'caller' } as const) : ({ party: 'agent', person } as const);
  const overheard: Overheard = {
    ...{ line, fromMs },
    discretion: person === undefined ? discretion : discretion.beside(),
    write: (turn, from, to) => {
      transcript.turn(turn, from, to, whose);
      heard(turn.known.text);
    },
  };
  return overhear({ vad, recogniser, language, names, log }, overheard, clock);
}
