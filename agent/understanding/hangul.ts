import { plain } from './text.js';

/**
 * Korean words carry their particles ("토요일에도"), and recognisers set spaces where they like: a
 * phrase in Hangul is looked for as a piece of the text, spaces aside.
 */
export const isHangul = (text: string): boolean => /[가-힣]/u.test(text);

/** `text` after `plain`, without its spaces. */
export const compact = (text: string): string => plain(text).replaceAll(' ', '');

/** Whether `text` says the Korean `phrase`. */
export const saysHangul = (text: string, phrase: string): boolean =>
  compact(text).includes(compact(phrase));
