import { PhonemeProcess } from './phoneme-process.js';

/** One program a language, for as long as this process lives. */
const programs = new Map<string, PhonemeProcess>();

/**
 * The IPA of `text` by the espeak-ng program, one line, in Unicode NFD. Drops punctuation.
 * `voice` is espeak-ng's name of a language, such as en-us. Throws ENGINE_PHONEMES.
 */
export async function phonemesOf(text: string, voice: string): Promise<string> {
  const program = programs.get(voice) ?? new PhonemeProcess(voice);
  programs.set(voice, program);
  return (
    (await program.ipaOf(text))
      // "(en)…(fr)" marks a change of language that voices have no sign for.
      .replaceAll(/\([a-z-]+\)/gu, '')
      .replaceAll(/\s+/gu, ' ')
      .trim()
      .normalize('NFD')
  );
}
