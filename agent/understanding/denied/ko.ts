import type { Denied } from './denied.js';

/** Troubles whose absence is good news. What is danger by its absence ("의식이 없어요") is none of them. */
const TROUBLE =
  '(?:가슴 ?(?:쪽 ?)?통증|흉통|통증|출혈|호흡 ?곤란|경련|발작|마비|다친 (?:사람|데|곳)|숨 ?쉬는 데 (?:문제|불편함))';
/** Right behind a word, one of these is its ending. */
const OF = '(?:은|는|이|가|도| 같은 건| 같은 것은)?';
const GONE =
  '(?:없(?!어지|었는데|었다가|다가|더니)|사라졌(?!다가)|멎었(?!다가)|가라앉았(?!다가)|괜찮아졌(?!다가))\\p{L}*(?!\\p{L})(?! (?:않|못))';
const START = '(?<!\\p{L})';

/** Korean: what is denied stands before its denial. */
export const ko: Denied = {
  patterns: [
    // "가슴 통증은 없어요", "가슴 통증도 호흡 곤란도 없고"
    `${START}(?:${TROUBLE}${OF} ?(?:이나 |하고 |과 |와 )?)+(?:이제 |지금은 |전혀 |더 이상 )*${GONE}`,
    // "가슴은 안 아파요", "가슴이 아프지는 않아요"
    `${START}가슴(?:은|는|이|도)? (?:안 아[프파픕픈플]\\p{L}*|아프지(?:는|도)? 않\\p{L}*)`,
    // "피는 안 나요", "피가 멈췄어요"
    `${START}피(?:는|가|도)? (?:이제 )?(?:안 나(?!다가)\\p{L}*|나지 않(?!다가)\\p{L}*|(?:멈췄|멎었)(?!다가)\\p{L}*)`,
    // "숨은 잘 쉬어요", "숨 쉬는 건 괜찮아요"
    `${START}숨(?:은|도)? 잘 쉬\\p{L}*`,
    `${START}숨 ?쉬는 (?:건|것은|데는) 괜찮\\p{L}*`,
    // "구급차는 필요 없어요"
    `${START}(?:구급차|앰뷸런스)(?:는|가|까지는)? (?:필요 ?없\\p{L}*|안 (?:불러|보내)\\p{L}*)`,
  ].map((pattern) => new RegExp(pattern, 'gu')),
  back: /다시 (?:시작|아[프파픕픈플]|나[와오])|또 (?:아[프파픕픈플]|나[와오])|심해졌|더 심|갑자기/u,
};
