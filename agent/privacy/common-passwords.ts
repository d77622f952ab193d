import { dictionary } from '@zxcvbn-ts/language-common';

/** Read at the first new password, and kept: some 49,000 that were most used where passwords leaked. */
let common: ReadonlySet<string> | undefined;

/**
 * Whether a password, in small letters, is one of those that are tried first: as it stands, with digits or
 * marks after it, or said twice, which is how short ones are made long.
 */
export function isCommonPassword(plain: string): boolean {
  common ??= new Set<string>(dictionary['passwords-common']);
  const bare = plain.replace(/[\d!.?*_-]+$/u, '');
  const half = plain.slice(0, plain.length / 2);
  return common.has(plain) || common.has(bare) || (half + half === plain && common.has(half));
}
