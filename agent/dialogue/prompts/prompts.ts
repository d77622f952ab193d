import { dialogueErrors } from '../errors.js';
import type { Phrase } from '../ports.js';
import { de } from './de.js';
import { en, type PromptId, type PromptLanguage } from './en.js';
import { ko } from './ko.js';

const LANGUAGES: Readonly<Record<string, PromptLanguage>> = { de, en, ko };

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

  /** A text of the office itself, spoken as it stands. */
  own(prompt: string, text: string): Phrase {
    return { prompt, fill: {}, text: this.language.spoken(text) };
  }
}
