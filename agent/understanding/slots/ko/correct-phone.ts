import { compact } from '../../hangul.js';
import { exchange, type Corrected } from '../phone-places.js';
import { STANDING_CONFIDENCE, standingOf } from '../phone-rules.js';
import type { SlotContext, SlotValue } from '../value.js';
import { inFigures, withoutEnding } from './figures.js';
import { findKoreanPhone } from './phone.js';

/** New digits of at least so many are a number of their own. */
const LEAST_WHOLE = 7;
/** The sides of a number: 02-123-4567, 010-1234-5678. */
const LAST_GROUP = 4;
const SURE = 0.95;

const TAKES_BACK =
  /^(?:아니요|아니에요|아니|아뇨|네|예|죄송해요|죄송합니다|번호가|번호는|전화번호가)+/u;
/** "오가 아니라 육", "오 말고 육" */
const INSTEAD = /^(.+?)(?:이|가|은|는)?(?:아니라|아니고|말고)(.+)$/u;
const PARTS = '(?:번호|자리|숫자|네자리|두자리|세자리)?(?:숫자)?';
const LAST = new RegExp(`^(?:맨)?(?:끝|마지막|뒤|뒷)${PARTS}(?:가|이|는|은|를|을)?(.+)$`, 'u');
const FIRST = new RegExp(`^(?:맨)?(?:앞|첫|처음)${PARTS}(?:가|이|는|은|를|을)?(.+)$`, 'u');
const MIDDLE = new RegExp(`^(?:가운데|중간)${PARTS}(?:가|이|는|은|를|을)?(.+)$`, 'u');
const PLACE =
  /^(뒤에서|끝에서)?(첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열)번째(?:자리|숫자)*(?:가|이|는|은|를|을)?(.+)$/u;
/** "마지막 두 자리가 바뀌었어요": two digits stand in each other's place. */
const TURNED =
  /^(?:맨)?(끝|마지막|뒤|뒷|앞|첫|처음)(?:의|에)?(?:두|2)(?:개)?(?:번호|자리|숫자)*(?:가|이|는|은)?(?:서로)?(?:순서가)?(?:뒤?바뀌|뒤?바꼈|반대|거꾸로)/u;
const ORDINALS = '첫 두 세 네 다섯 여섯 일곱 여덟 아홉 열'.split(' ');

/**
 * Applies what a Korean caller says after `number` (digits) was read back: "끝자리가 구예요", "세 번째는
 * 사", "오가 아니라 육이에요", "가운데는 5678", or a whole new number. Undefined when nothing corrects it.
 */
export function correctKoreanPhone(
  number: string,
  text: string,
  context: SlotContext,
  plus = false,
): (SlotValue & { readonly whole?: true }) | undefined {
  const whole = findKoreanPhone(text.replace(/^\s*(?:아니[요]?|아뇨)[\s,.]*/u, ''), context);
  if (number === '' || (whole !== undefined && whole.value.length >= LEAST_WHOLE))
    return whole && { ...whole, whole: true };
  const found = amended(number, withoutEnding(compact(text).replace(TAKES_BACK, '')));
  if (found === undefined) return undefined;
  const standing = STANDING_CONFIDENCE[standingOf(found.digits, plus, context.country)];
  return {
    value: found.digits,
    confidence: Math.round(standing * found.sure * 100) / 100,
    heard: text.trim(),
  };
}

/** "끝자리가 오가 아니라 육": where it is told, it is that place. */
function amended(number: string, words: string): Corrected | undefined {
  const [, end] = TURNED.exec(words) ?? [];
  if (end !== undefined) {
    const at = /[끝막뒤뒷]/u.test(end) ? number.length - 2 : 0;
    const turned = Array.from(number.slice(at, at + 2))
      .reverse()
      .join('');
    return put(number, turned, at);
  }
  const [, wrong = '', right = ''] = INSTEAD.exec(words) ?? [];
  if (right === '') return atPlace(number, words);
  const placed = atPlace(
    number,
    words.replace(/(?<=자리|번째|끝|마지막)(?:가|이|는|은).+(?:아니라|아니고|말고)/u, ''),
  );
  const [one, other] = [digitsOf(wrong), digitsOf(right)];
  if (placed !== undefined || one === '' || other === '') return placed;
  return exchange(number, one, other);
}

function atPlace(number: string, words: string): Corrected | undefined {
  const [, fromEnd, ordinal = '', at = ''] = PLACE.exec(words) ?? [];
  if (at !== '') {
    const place = ORDINALS.indexOf(ordinal);
    return put(number, digitsOf(at), fromEnd === undefined ? place : number.length - place - 1);
  }
  const last = digitsOf(LAST.exec(words)?.[1] ?? '');
  if (last !== '') return put(number, last, number.length - last.length);
  const middle = digitsOf(MIDDLE.exec(words)?.[1] ?? '');
  if (middle !== '') return put(number, middle, number.length - LAST_GROUP - middle.length);
  return put(number, digitsOf(FIRST.exec(words)?.[1] ?? ''), 0);
}

/** The figures of `words` if they are nothing else; empty otherwise. */
function digitsOf(words: string): string {
  const figures = inFigures(words);
  return /^\d+$/u.test(figures) ? figures : '';
}

function put(number: string, digits: string, at: number): Corrected | undefined {
  if (digits === '' || at < 0 || at + digits.length > number.length) return undefined;
  const fixed = number.slice(0, at) + digits + number.slice(at + digits.length);
  return { digits: fixed, sure: SURE };
}
