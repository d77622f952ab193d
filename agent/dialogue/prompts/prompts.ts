import { dialogueErrors } from '../errors.js';
import type { Phrase } from '../ports.js';
import { de } from './de.js';
import { en, type PromptId, type PromptLanguage } from './en.js';
import { ko } from './ko.js';

const LANGUAGES: Readonly<Record<string, PromptLanguage>> = { de, en, ko };

/** A shorter beginning of a phrase is said with what follows, in letters. */
const SHORTEST_OPENING = 6;

/** The prompts of one language, filled and ready to be spoken. */
export class Prompts {
  readonly language: PromptLanguage;

  /** @throws DIALOGUE_NO_LANGUAGE */
  constructor(language: string) {
    const found = LANGUAGES[language];
    if (found === undefined) throw dialogueErrors.make('NO_LANGUAGE', { detail: language });
    this.language = found;
  }

  /** @throws DIALOGUE_PROMPT_UNFILLED when `fill` lacks a name that the template has. */
  phrase(prompt: PromptId, fill: Readonly<Record<string, string>> = {}): Phrase {
    const text = this.language.templates[prompt].replace(/\{(\w+)\}/gu, (_, name: string) => {
      const value = fill[name];
      if (value === undefined) {
        throw dialogueErrors.make('PROMPT_UNFILLED', { place: prompt, detail: name });
      }
      return value;
    });
    return { prompt, fill, text: this.language.sentence(text) };
  }

  /** What a phrase begins with before its first filling, where that is more than a syllable. */
  opening(prompt: PromptId): string | undefined {
    const [before = '', filled] = this.language.templates[prompt].split(/\s*\{\w+\}/u);
    if (filled === undefined || before.length < SHORTEST_OPENING) return undefined;
    // Where the filling is part of a word, the voice must say both in one.
    if (!this.language.templates[prompt].startsWith(`${before} {`)) return undefined;
    return this.language.sentence(before);
  }

  /** A text of the office itself, spoken as it stands. */
  own(prompt: string, text: string): Phrase {
    return { prompt, fill: {}, text: this.language.spoken(text) };
  }
}
