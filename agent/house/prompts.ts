import { Readable } from 'node:stream';
import { rm } from 'node:fs/promises';
import { readyPrompt } from '../audio/own-prompt.js';
import type { PromptBook, PromptEntry } from '../cli/house.js';
import { everyOffice } from '../config/numbers.js';
import type { Paths } from '../config/paths.js';
import type { Configuration } from '../config/schema.js';
import { fixedPhrases } from '../dialogue/fixed-phrases.js';
import { fallbackTexts } from '../reception/fallback-prompts.js';
import { speechErrors } from '../speech/errors.js';
import { keepOwnPrompt, ownPrompts } from '../speech/own-prompts.js';
import { PromptCache } from '../speech/prompt-cache.js';
import type { Voice } from '../speech/ports.js';

/** Nothing is synthesised here: what is not rendered yet is not there. */
const NO_VOICE: Voice = { speak: () => Readable.from([]) };

/** The fixed prompts of an office and the recordings that its people made of them. */
export function promptBook(settings: Configuration, paths: Paths): PromptBook {
  const { language, voice, pace, pronunciations } = settings.speech;
  const book: PromptBook = {
    async list() {
      const own = await ownPrompts(paths.prompts, language);
      return namedTexts(settings).map(({ name, text }) => ({
        ...{ name, text },
        recording: own.fileOf(text),
      }));
    },
    async find(name) {
      const found = (await book.list()).find((entry) => entry.name === name);
      if (found === undefined) throw speechErrors.make('NO_PROMPT', { place: name });
      return found;
    },
    async keep({ name, text }, recorded) {
      const pcm = readyPrompt(recorded, name);
      return { file: await keepOwnPrompt(paths.prompts, { name, text, language }, pcm), pcm };
    },
    async heard({ text }) {
      const cache = new PromptCache(paths.prompts, NO_VOICE, {
        ...{ language, voice, pace, pronunciations },
      });
      await cache.load([text]);
      return cache.get(text);
    },
    async remove({ name, recording }) {
      if (recording === undefined) throw speechErrors.make('NOT_RECORDED', { place: name });
      await rm(recording, { force: true });
    },
  };
  return book;
}

/**
 * Each fixed text once, by a name to type: its prompt's id, followed by what fills it where the same
 * prompt is said of several things (`transfer.announce/the-billing-office`).
 */
function namedTexts(settings: Configuration): readonly Pick<PromptEntry, 'name' | 'text'>[] {
  const phrases = everyOffice(settings).flatMap(({ understanding, dialogue, reception, web }) =>
    fixedPhrases({
      ...{ understanding, dialogue },
      recording: reception.recording !== 'off',
      listening: web.live.listen || web.live.whisper,
    }),
  );
  const texts = new Map<string, string>();
  const unique = phrases.filter(({ text }) => {
    if (texts.has(text)) return false;
    texts.set(text, text);
    return true;
  });
  const shared = (prompt: string): boolean =>
    unique.filter((phrase) => phrase.prompt === prompt).length > 1;
  const taken = new Map<string, number>();
  const named = unique.map(({ prompt, fill, text }) => {
    const filling = Object.values(fill).join(' ');
    const base = shared(prompt) && filling !== '' ? `${prompt}/${slug(filling)}` : prompt;
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    return { name: count === 1 ? base : `${base}/${String(count)}`, text };
  });
  const fallback = Object.entries(fallbackTexts(settings.understanding.language));
  return [...named, ...fallback.map(([name, text]) => ({ name, text }))];
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/gu, '')
    .slice(0, 40);
