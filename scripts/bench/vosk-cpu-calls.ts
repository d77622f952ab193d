import { FRAME_SAMPLES, SAMPLE_RATE, samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { voicedFrames } from '../../agent/audio/level.js';
import { joined } from '../../test/speech/audio.js';
import { recordings } from '../../test/engines/vosk/korean.js';

/** A caller's side of a call: what was said, with so much silence that the share is SPEECH. */
export interface Call {
  readonly pcm: Pcm;
  readonly said: string;
  readonly speechSeconds: number;
}

const SPEECH = 0.4;
/** A pause this long parts two turns; shorter ones are inside a sentence and count as speech. */
const PAUSE_MS = 300;
/** Of speech that begins or ends softly. */
const MARGIN_MS = 100;
/** The noise of a quiet line, in steps of 16 bits. */
const NOISE = 6;

/** The parts of `pcm` between its pauses. */
function turnsOf(pcm: Pcm): Pcm[] {
  const voiced = voicedFrames(pcm, FRAME_SAMPLES);
  const margin = samplesIn(MARGIN_MS);
  const turns: Pcm[] = [];
  let from: number | undefined;
  let last = 0;
  const close = (): void => {
    if (from === undefined) return;
    turns.push(pcm.slice(Math.max(0, from - margin), last + margin));
    from = undefined;
  };
  voiced.forEach((loud, frame) => {
    const at = frame * FRAME_SAMPLES;
    if (!loud) {
      if (from !== undefined && at - last > samplesIn(PAUSE_MS)) close();
      return;
    }
    from ??= at;
    last = at + FRAME_SAMPLES;
  });
  close();
  return turns;
}

/** The recordings as calls: after each turn so much silence that SPEECH of the call is speech. */
export async function calls(): Promise<readonly Call[]> {
  return (await recordings()).map(({ pcm, said }) => {
    const turns = turnsOf(pcm);
    const speech = turns.reduce((sum, turn) => sum + turn.length, 0);
    const quiet = (speech / SPEECH - speech) / turns.length;
    let seed = 1;
    const silence = (): Pcm =>
      new Int16Array(Math.round(quiet)).map(() => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        return Math.round((seed / 2 ** 31 - 1) * NOISE);
      });
    return {
      pcm: joined(turns.flatMap((turn) => [silence(), turn])),
      said,
      speechSeconds: speech / SAMPLE_RATE,
    };
  });
}
