import { completenessHeard, type Completeness } from './completeness.js';
import type { Expectation } from './expectations.js';

/** A sound that adds no word is a filler if it is so long, in milliseconds: no click, and no words. */
const FILLER_MS = { least: 96, most: 500 };

/** A text as it was heard on trial, of a confidence of 0..1. */
export interface Trial {
  readonly text: string;
  readonly confidence: number;
}

/** What is known when a trial decoding comes. */
export interface TrialMoment {
  readonly trial: Trial;
  /** The last trial of this turn that had words. */
  readonly before: Trial | undefined;
  readonly asked: Expectation | undefined;
  /** How long was spoken since the last pause, in milliseconds. */
  readonly spokenMs: number;
  /** Our own voice may be what is heard. */
  readonly mayEcho: boolean;
}

/** Whether a turn sounds finished with what a trial made of it. */
export function completenessOfTrial(moment: TrialMoment): Completeness {
  const { trial, before, asked, spokenMs, mayEcho } = moment;
  const said = completenessHeard(trial, asked);
  if (mayEcho) return said;
  const { least, most } = FILLER_MS;
  const sound = spokenMs >= least && spokenMs <= most && before !== undefined && !isEmpty(before);
  // Recognisers drop an "um", or hear nothing any more for it: somebody thinks who has begun to speak.
  if (sound && (said === 'nothing' || isSame(trial, before))) {
    return said === 'nothing' || said === 'open' || said === 'unclear' ? 'unfinished' : said;
  }
  // While we say nothing there is nothing to go on with: the beginning of a number may be unclear.
  if (said === 'nothing') return asked === 'number' ? 'unfinished' : 'open';
  return said;
}

const isEmpty = ({ text }: Trial): boolean => text.trim() === '';

const lettersOf = ({ text }: Trial): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Whether nothing but marks differs. */
const isSame = (one: Trial, other: Trial): boolean => lettersOf(one) === lettersOf(other);
