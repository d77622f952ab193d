import type { Beginning } from './fused/beginning.js';
import type { Digits } from './moonshine-digits.js';
import type { Grammar, GrammarState } from './moonshine-grammar.js';
import { repeatedTail } from './moonshine-tokens.js';
import type { ChosenToken } from './moonshine-tokens.js';

export const BOS = 1;
export const EOS = 2;
/** Beginnings that are followed at once when the decoder is held to a grammar. */
export const BEAMS = 5;
/** The same where whole answers compete. */
const ANSWERS = 12;

/** Moonshine's encoder and decoder, however their files are written. */
export interface Ear {
  readonly form: 'fused' | 'original';
  /** Makes ready what is in `samples`, -1..1 at 16 kHz. */
  hear(samples: Float32Array, growing?: Growing): Promise<Hearing>;
  release(): Promise<void>;
}

/** A sound that is heard again when there is more of it. */
export interface Growing {
  /** What is kept from one time to the next. */
  readonly beginning: Beginning;
  /** So many samples stay as they are. */
  readonly stays: number;
}

/** The decoder over one utterance, which was heard. What it begins anew ends what it began before. */
export interface Hearing {
  /** How many texts side by side it is to be asked for at once, for the memory they take. */
  readonly most: number;
  /** Text from its beginning, one token after the other. */
  chain(): Chain;
  /** Several texts from their beginning, side by side. */
  beams(): Beams;
  /** A known text. */
  forced(ids: readonly number[]): Forced;
}

/** One text that grows. */
export interface Chain {
  /**
   * Goes on with `ids`, as far as each is the likeliest after the one before; the first always. Returns
   * the likeliest after each that was taken.
   */
  next(ids: readonly number[]): Promise<readonly ChosenToken[]>;
}

/** Texts that grow side by side. */
export interface Beams {
  /** Each goes on with `id` from row `row` of the time before; the first time from the beginning. */
  next(texts: readonly { readonly id: number; readonly row: number }[]): Promise<readonly Row[]>;
}

/** What may come next in a text. */
export interface Row {
  /** Log-probability of a token. */
  log(id: number): number;
  /** The likeliest tokens that stand for text, best first; BEAMS at most. */
  likeliest(count: number): readonly number[];
}

/** How probable a known text's tokens are, also with a part of the audio hidden. */
export interface Forced {
  /** Log-probability of each token with all of the audio; comes first. */
  whole(): Promise<readonly number[]>;
  /** Log-probability of token `at` where only so many samples are seen, for each of `seen`. */
  cutOff(at: number, seen: readonly number[]): Promise<readonly number[]>;
}

/** What one pass of the decoder works on; at most `most` tokens. */
export interface Decoding {
  readonly hearing: Hearing;
  readonly most: number;
  /** What knows how a number may go on, if guesses are worth their time. */
  readonly digits?: Digits | undefined;
}

/** The chosen tokens; `score` is the mean log-probability a token and `sum` that of all, the end included. */
export interface Decoded {
  readonly chosen: readonly ChosenToken[];
  readonly score: number;
  readonly sum: number;
}

/** A draft that was left is found again within so many tokens, and so many of what follows are tried at once. */
const NEAR = 4;
const TRIED = 8;

/**
 * The likeliest token at each step. `draft` is what was heard of a beginning of the same audio: as far as
 * it is still the likeliest, also behind a word or a mark that is another now or where a number is written in
 * another way, one run of the decoder takes the place of one a token. `between` is waited for between runs.
 */
export async function greedy(
  { hearing, most, digits }: Decoding,
  draft: readonly number[] = [],
  between?: () => Promise<void>,
): Promise<Decoded> {
  const chosen: ChosenToken[] = [];
  const chain = hearing.chain();
  let sum = 0;
  let rest = draft.slice(0, most - 1);
  let fed: readonly number[] = [BOS, ...rest];
  while (chosen.length < most) {
    await between?.();
    const found = await chain.next(fed);
    for (const best of found) {
      sum += Math.log(best.probability);
      if (best.id === EOS) return { chosen, score: sum / (chosen.length + 1), sum };
      chosen.push(best);
      const repeated = repeatedTail(idsOf(chosen));
      if (repeated > 0) {
        return { chosen: chosen.slice(0, -repeated), score: sum / chosen.length, sum };
      }
    }
    const last = chosen.at(-1)?.id ?? BOS;
    rest = rest.slice(found.length - 1);
    const at = rest.slice(0, NEAR).indexOf(last);
    if (at >= 0) rest = rest.slice(at + 1);
    const number = digits?.after(idsOf(chosen), draft) ?? [];
    const next = number.length > 0 || at < 0 ? number : rest;
    fed = [last, ...next.slice(0, Math.min(TRIED, most - chosen.length - 1))];
  }
  return { chosen, score: sum / Math.max(1, chosen.length), sum };
}

const idsOf = (chosen: readonly ChosenToken[]): readonly number[] => chosen.map(({ id }) => id);

/** A beginning that is being followed. */
interface Beam {
  readonly chosen: readonly ChosenToken[];
  readonly sum: number;
  readonly state: GrammarState | undefined;
  /** Row of the last run that it goes on from. */
  readonly row: number;
}

/**
 * The likeliest text, or that which `grammar` allows, by beam search; all beams run at once. Whole
 * answers are compared by their probability, texts of any length by the mean of their tokens'. Empty
 * where no whole answer's log-probability is above `least`. `ended` takes every text that was followed to
 * its end.
 */
export async function beam(
  { hearing, most }: Decoding,
  grammar?: Grammar,
  least = -Infinity,
  ended?: (text: Decoded) => void,
): Promise<Decoded> {
  const whole = grammar?.whole === true;
  const width = whole ? ANSWERS : BEAMS;
  const texts = hearing.beams();
  let beams: readonly Beam[] = [{ chosen: [], sum: 0, state: grammar?.start, row: 0 }];
  let best: Decoded = { chosen: [], score: -Infinity, sum: least };
  for (let step = 0; step < most && beams.length > 0; step += 1) {
    const rows = await texts.next(
      beams.map(({ chosen, row }) => ({ id: chosen.at(-1)?.id ?? BOS, row })),
    );
    const grown = rows.flatMap((here, row) => {
      const from = beams[row];
      if (from === undefined) return [];
      if (from.state === undefined || grammar?.mayEnd(from.state) === true) {
        const sum = from.sum + here.log(EOS);
        const score = sum / (from.chosen.length + 1);
        const text = { chosen: from.chosen, score, sum };
        ended?.(text);
        if (whole ? sum > best.sum : score > best.score) best = text;
      }
      const options =
        from.state === undefined || grammar === undefined
          ? here.likeliest(BEAMS).map((id) => ({ id, to: undefined }))
          : grammar.allowed(from.state);
      return options.map(({ id, to }): Beam & { id: number; log: number } => {
        const log = here.log(id);
        return { chosen: from.chosen, sum: from.sum + log, state: to, row, id, log };
      });
    });
    const ordered = grown.toSorted((a, b) => b.sum - a.sum).slice(0, width);
    const hopeless = (ordered[0]?.sum ?? 0) - (whole ? Infinity : BEHIND);
    beams = ordered
      .filter(({ sum }) => sum >= hopeless)
      .filter(({ sum, chosen }) =>
        whole ? sum > best.sum : sum / (chosen.length + 1) > best.score - GIVE_UP,
      )
      .map(({ chosen, sum, state, row, id, log }) => ({
        chosen: [...chosen, { id, probability: Math.exp(log) }],
        ...{ sum, state, row },
      }))
      // A loop grows ever likelier a token: it would win over what was said.
      .filter(({ chosen }) => repeatedTail(chosen.map(({ id }) => id)) === 0);
  }
  return best;
}

/** A beam this much worse than the best whole text, in mean log-probability, is not followed on. */
const GIVE_UP = 0.1;
/** Nor is one so much less likely than the likeliest, as each beam costs time. */
const BEHIND = 4;
