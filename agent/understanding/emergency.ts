import { indexOfPhrase, wordsOf } from './text.js';

/**
 * Phrases that callers in danger use, for offices that configure none of their own. It is better to
 * be wrong here than to let one pass: the cost is a spoken number and a person on the line.
 */
export const DEFAULT_EMERGENCY_PHRASES: readonly string[] = [
  'emergency',
  'ambulance',
  'heart attack',
  'chest pain',
  'chest pains',
  "can't breathe",
  'cannot breathe',
  "can't breath",
  'not breathing',
  'stopped breathing',
  "isn't breathing",
  'trouble breathing',
  'difficulty breathing',
  'choking',
  'having a stroke',
  'having a seizure',
  'unconscious',
  'passed out',
  'collapsed',
  'overdose',
  'overdosed',
  'bleeding badly',
  'bleeding heavily',
  "won't stop bleeding",
  'kill myself',
  'suicidal',
  'end my life',
  'is dying',
  "i'm dying",
  'call nine one one',
  'call 911',
  'call 112',
  'call 999',
];

/** Words that, up to three words before a phrase, say that it is not so. */
const DENIALS = new Set(['not', 'no', "isn't", "wasn't", 'never', 'non', "don't", 'without']);
const DENIAL_REACH = 3;

/** Hears configured phrases of emergency in a text. */
export class EmergencyWatch {
  readonly #phrases: readonly (readonly string[])[];

  constructor(phrases: readonly string[]) {
    this.#phrases = phrases.map(wordsOf);
  }

  /** Whether one of the phrases is said and not denied ("it's not an emergency"). */
  inText(text: string): boolean {
    const words = wordsOf(text);
    return this.#phrases.some((phrase) => saidAndMeant(words, phrase));
  }
}

function saidAndMeant(words: readonly string[], phrase: readonly string[]): boolean {
  let at = indexOfPhrase(words, phrase);
  while (at >= 0) {
    // A phrase that itself denies ("not breathing") is never denied by its own words.
    const before = words.slice(Math.max(0, at - DENIAL_REACH), at);
    if (!before.some((word) => DENIALS.has(word))) return true;
    at = indexOfPhrase(words, phrase, at + 1);
  }
  return false;
}
