import { compact } from '../../hangul.js';
import type { SlotValue } from '../value.js';
import { FAMILY_NAMES, findKoreanName } from './name.js';

const TAKES_BACK = /^\s*(?:(?:아니요|아니에요|아니|아뇨|죄송해요|죄송합니다)[\s,.]*)+/u;
const ENDING = '(?:입니다|이에요|예요|이고요|이요|요)?$';
/** "성은 박이에요" */
const FAMILY = new RegExp(`^(?:제)?(?:성|성씨)(?:은|이|는)(${FAMILY_NAMES})(?:씨)?${ENDING}`, 'u');
/** "민서가 아니라 민수예요", "민서 말고 민수" */
const INSTEAD = new RegExp(
  `^([가-힣]{1,4}?)(?:이|가|은|는)?(?:아니라|아니고|말고)([가-힣]{1,4}?)${ENDING}`,
  'u',
);

/**
 * Applies what a Korean caller says after `name` was read back: "성은 박이에요", "민서가 아니라 민수예요",
 * "민수예요", or a whole new name. Undefined when nothing in `text` corrects it.
 */
export function correctKoreanName(name: string, text: string): SlotValue | undefined {
  const bare = text.replace(TAKES_BACK, '');
  const words = compact(bare);
  const found = (value: string, confidence = 0.85): SlotValue => ({
    value,
    confidence,
    heard: text,
  });
  const family = FAMILY.exec(words)?.[1];
  if (family !== undefined && name.length > 1) return found(family + givenOf(name));
  const [, wrong = '', right = ''] = INSTEAD.exec(words) ?? [];
  if (wrong !== '' && name.includes(wrong)) return found(exchanged(name, wrong, right));
  const whole = findKoreanName(bare);
  if (whole === undefined) return undefined;
  // Whole names of two syllables are rare, and a corrected given name looks like one.
  const given = whole.value.length === 2 && givenOf(name).length === 2;
  return given ? found(familyOf(name) + whole.value) : { ...whole, heard: text };
}

/** `name` with `right` for `wrong`, each of which may be a whole name or a part of one. */
function exchanged(name: string, wrong: string, right: string): string {
  const [family, given] = [familyOf(name), givenOf(name)];
  if (wrong === name) return right.length > given.length ? right : family + right;
  const isWhole = right.length > wrong.length && right.startsWith(family);
  return isWhole ? right : name.replace(wrong, right);
}

const TWO_SYLLABLES = /^(?:남궁|황보|제갈|선우|독고)(?=[가-힣])/u;
const familyOf = (name: string): string => TWO_SYLLABLES.exec(name)?.[0] ?? name.slice(0, 1);
const givenOf = (name: string): string => name.slice(familyOf(name).length);
