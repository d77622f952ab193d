import { z } from 'zod';
import { millisecondsOf, type Pcm } from '../audio/frame.js';
import {
  CARD_MARK,
  isDestroyed,
  withMarks,
  type Hidden,
  type Redactor,
} from '../privacy/redaction.js';
import { digitRuns } from '../privacy/redaction-digits.js';
import type { CallerTurn } from '../records/ports.js';
import type { DoneStep, SaidLine } from '../records/transcripts.js';
import type { Recognised } from '../speech/ports.js';
import { PAD_MS, PREROLL_MS, soundOf, type Turn } from './discretion.js';
import type { HiddenSound } from './held-sound.js';

/** A turn that was heard again, and what may be stored of it. */
export interface HeardAgain {
  readonly turn: CallerTurn;
  readonly heard: string;
  readonly engine: string;
  readonly text: string;
  readonly place: Turn;
  /** What of its sound may not be heard again. */
  readonly hidden: readonly HiddenSound[];
  /** Whether digits were in it that may not be read either. */
  readonly destroyed: boolean;
}

/** A turn as it was heard again from `part` of the recording, which begins at `fromMs`. */
export function heardAgain(
  turn: CallerTurn,
  recognised: Recognised,
  { part, fromMs }: { readonly part: Pcm; readonly fromMs: number },
  found: readonly Hidden[],
): HeardAgain {
  const place = { recognised, fromMs, toMs: fromMs + millisecondsOf(part) };
  const { text: heard, engine } = recognised;
  return {
    ...{ turn, heard, engine, text: withMarks(heard, found), place },
    hidden: found.length === 0 ? [] : soundOf(edged(place), found, 'caller'),
    destroyed: found.some(({ kind }) => isDestroyed(kind)),
  };
}

/** The same turn, once it turned out to be a part of a card number. */
export const gone = (one: HeardAgain): HeardAgain => ({
  ...{ ...one, text: CARD_MARK, destroyed: true },
  hidden: [{ side: 'caller', fromMs: one.place.fromMs, toMs: one.place.toMs }],
});

/** As the words of a turn in a call are placed: the sound begins before it, and ends after it. */
const edged = ({ recognised, fromMs, toMs }: Turn): Turn => ({
  ...{ recognised, fromMs: fromMs + PREROLL_MS },
  toMs: toMs - PAD_MS,
});

/** Fewer digits were no number. */
const LEAST_DIGITS = 3;
/** What we say may pause in the middle: its length tells only how much of it was heard. */
const PAUSES_MS = 10_000;
/** Others' words are cut as close as they were heard. */
const EDGE_MS = 500;

/** Digits of turns that have to be hidden, as the call had heard them and as they were heard again. */
export const groupsOf = (ones: readonly HeardAgain[], language: string): readonly string[] =>
  ones
    .filter(({ destroyed }) => destroyed)
    .flatMap(({ turn, heard }) => [turn.text, heard])
    .flatMap((text) =>
      digitRuns(text, language)
        .filter(({ digits }) => digits.length >= LEAST_DIGITS)
        .map(({ start, end }) => text.slice(start, end)),
    );

/**
 * Where what has to be hidden was said besides: by us, by people of ours, or once more by the caller.
 * `change` hides it in a text; a text that was hidden before we died counts as well. Not that of `ones`.
 */
export function saidElsewhere(
  lines: readonly SaidLine[],
  ones: readonly HeardAgain[],
  change: (text: string) => string,
): readonly HiddenSound[] {
  const heard = new Set(ones.map(({ turn }) => turn.atMs));
  return lines.flatMap((line, index): readonly HiddenSound[] => {
    const { party, atMs, lengthMs, text } = line;
    if (party === 'caller' && heard.has(atMs)) return [];
    if (!change(text).includes(CARD_MARK)) return [];
    const fromMs = atMs - EDGE_MS;
    if (party === 'caller') return [{ side: party, fromMs, toMs: atMs + lengthMs + EDGE_MS }];
    const next = lines.slice(index + 1).find((other) => other.party === party);
    const latest = atMs + lengthMs + PAUSES_MS;
    return [{ side: party, fromMs: atMs, toMs: Math.min(latest, next?.atMs ?? latest) }];
  });
}

const saying = z.array(z.looseObject({ do: z.string(), asks: z.string().optional() }));

/** What was asked in a call and when, by its journal. */
export class Asked {
  readonly #questions: { readonly atMs: number; readonly asks: string }[];

  constructor(steps: readonly DoneStep[]) {
    this.#questions = steps.flatMap(({ atMs, actions }) => {
      const done = saying.safeParse(JSON.parse(actions));
      return (done.data ?? []).flatMap(({ do: what, asks }) =>
        what === 'say' && asks !== undefined ? [{ atMs, asks }] : [],
      );
    });
  }

  /** Tells `redactor` what had been asked when a turn was over; each question once. */
  before({ atMs, lengthMs }: CallerTurn, redactor: Redactor): void {
    const later = this.#questions.findIndex((one) => one.atMs >= atMs + lengthMs);
    const asked = this.#questions.splice(0, later < 0 ? this.#questions.length : later);
    for (const { asks } of asked) redactor.asked(asks);
  }
}
