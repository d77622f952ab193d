import type { Classification } from './classifier.js';
import { EMERGENCY, OUT_OF_SCOPE } from './intents.js';
import type { Scored } from './ports.js';

/** Least score of a part's intent that counts as a wish of its own. */
const CLEAR = 0.5;
/** Intents of a turn in the talk: "yes", "hold on", "hello" are no wishes beside another. */
const TURN = 'control.';

/**
 * What a caller wants in all: the intent of the whole text, and those of its parts that are clear and
 * different. A whole that fits none of its parts gives way to the first of them.
 */
export function wishesOf(
  whole: Classification,
  parts: readonly Classification[],
): { readonly first: Scored; readonly others: readonly Scored[] } {
  const clear = new Map<string, Scored>();
  for (const { intent, score } of parts) {
    // A part alone says too little to raise an alarm that the whole does not.
    if (intent === OUT_OF_SCOPE || intent === EMERGENCY) continue;
    if (intent.startsWith(TURN) || score < CLEAR) continue;
    if (!clear.has(intent)) clear.set(intent, { intent, score });
  }
  const own = { intent: whole.intent, score: whole.score };
  const [leading] = clear.values();
  const gives = clear.size > 1 && !clear.has(whole.intent) && whole.intent !== EMERGENCY;
  const first = gives && leading !== undefined ? leading : own;
  const wanted =
    first.intent === OUT_OF_SCOPE || first.intent.startsWith(TURN) ? [] : clear.values();
  return { first, others: [...wanted].filter(({ intent }) => intent !== first.intent) };
}
