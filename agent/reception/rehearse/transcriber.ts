import type { Pcm } from '../../audio/frame.js';
import type { Recogniser } from '../../speech/ports.js';

/** A long answer is given to the recogniser in pieces that it can decode. */
const LONGEST_SAMPLES = 16_000 * 12;

/** What `recogniser` makes of 16 kHz mono speech of any length. */
export const transcriber =
  (recogniser: Recogniser, language: string) =>
  async (pcm: Pcm): Promise<string> => {
    const texts: string[] = [];
    for (let at = 0; at < pcm.length; at += LONGEST_SAMPLES) {
      const utterance = recogniser.listen({ language });
      utterance.push(pcm.subarray(at, at + LONGEST_SAMPLES));
      texts.push((await utterance.finish()).text);
    }
    return texts.join(' ');
  };
