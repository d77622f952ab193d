/** Sounds of somebody who listens; they never answer anything. */
const LISTENING =
  /^(?:m+|h+m+|mm ?hmm*|m+ ?h+m*|mhm|(?:um|uh|hm+|mm+) ?(?:hum|huh|h?m+)|uh ?huh|uhuh|uh|um|ah|oh|aha|ah ha|음|응|아|어|아하|흠)(?: (?:m+|h+m+|mhm|uh huh|hmm|음|응))*$/u;
/** Words of somebody who listens, unless a question is being asked: then they answer it. */
const AGREEING =
  /^(?:(?:oh|ah|mhm|okay|ok|yeah|right|아) )?(?:okay|ok|okey|yeah|right|i see|sure|alright|all right|got it|good|great|fine|oh|네|예|네네|그렇군요|알겠습니다|그래요)$/u;

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/['’.]/gu, '')
    .replace(/[^\p{L} ]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/**
 * Whether `text` only shows that the caller listens, while we speak. `asking` says that what we are
 * saying is a question.
 */
export function isBackchannel(text: string, asking: boolean): boolean {
  const words = plain(text);
  return LISTENING.test(words) || (!asking && AGREEING.test(words));
}

/** What recognisers make of coughs and noise. */
const NOISE = /^(?:you|the|a|i|it|so|huh|eh|hey|bye)$/u;

/** What people say over somebody who goes on and on: short, and meant. */
const MEANT =
  /\b(?:no|stop|wait|hold|help|sorry|excuse|pardon|please|hello|what|who|when|where|how|why|yes|cancel|repeat|again|slowly|slower|louder|operator|reception|person|human|somebody|emergency|enough|bye|goodbye)\b/u;
/** Two words in a shorter time than this were one sound, in seconds a word. */
const HASTY = 0.19;
/** Sounds of listening are shorter than this, in seconds. */
const LISTENED = 0.7;

/** What doubt is cast on: a text, how surely it was recognised (0..1), and how long it lasted. */
export interface Unsure {
  readonly text: string;
  readonly confidence: number;
  readonly words: readonly { readonly start: number; readonly end: number }[];
}

/**
 * Whether so short a text, so unsurely recognised, may be noise or, unless a question is being asked,
 * only the sound of listening.
 */
export function isDoubtful({ text, confidence, words: times }: Unsure, asking: boolean): boolean {
  const words = plain(text);
  const count = words.split(' ').length;
  if (NOISE.test(words) || (count <= 3 && confidence < 0.4)) return true;
  if (count > 2) return false;
  const seconds = (times.at(-1)?.end ?? Infinity) - (times[0]?.start ?? 0);
  const hasty = count === 2 && seconds < count * HASTY;
  const listening = seconds < LISTENED && (hasty || !MEANT.test(words));
  return confidence < (!asking && listening ? 0.6 : 0.5);
}
