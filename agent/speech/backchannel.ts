/** Sounds of somebody who listens; they never answer anything. */
const LISTENING =
  /^(?:m+|h+m+|mm ?hmm*|m+ ?h+m*|mhm|uh ?huh|uhuh|uh|um|ah|oh|aha|ah ha|음|응|아|어|아하|흠)(?: (?:m+|h+m+|mhm|uh huh|hmm|음|응))*$/u;
/** Words of somebody who listens, unless a question is being asked: then they answer it. */
const AGREEING =
  /^(?:(?:oh|ah|mhm|okay|ok|yeah|right|아) )?(?:okay|ok|okey|yeah|right|i see|sure|alright|all right|got it|good|great|fine|oh|네|예|네네|그렇군요|알겠습니다|그래요)$/u;

const plain = (text: string): string =>
  text
    .toLowerCase()
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

/** Whether so short a text, so unsurely recognised (0..1), may be noise. */
export function isDoubtful(text: string, confidence: number): boolean {
  const words = plain(text);
  const count = words.split(' ').length;
  return NOISE.test(words) || (count <= 3 && confidence < 0.4) || (count <= 2 && confidence < 0.5);
}
