import { espeakNg } from './espeak-program.js';

/**
 * The IPA of `text` by the espeak-ng program, one line, in Unicode NFD. Drops punctuation.
 * `voice` is espeak-ng's name of a language, such as en-us. Throws ENGINE_PHONEMES.
 */
export async function phonemesOf(text: string, voice: string): Promise<string> {
  const output = await espeakNg(['-q', '--ipa', '-b', '1', '-v', voice], text);
  return (
    output
      .toString('utf8')
      // "(en)…(fr)" marks a change of language that voices have no sign for.
      .replaceAll(/\([a-z-]+\)/gu, '')
      .replaceAll(/\s+/gu, ' ')
      .trim()
      .normalize('NFD')
  );
}
