import type { Answers } from './answers';

/** In this tab alone, and gone with it: a reload loses nothing, and who comes next finds nothing. */
const KEPT = 'vestibule-set-up';

/** The answers that were given before the page was loaded again, in place of those of `before`. */
export function withDraft(before: Answers): Answers {
  let kept: unknown;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
  } catch {
    return before;
  }
  if (typeof kept !== 'object' || kept === null) return before;
  const known = Object.entries(kept).filter(([key]) => Object.hasOwn(before, key));
  return { ...before, ...(Object.fromEntries(known) as Partial<Answers>) };
}

/** Keeps all but the password, and the duties, which are taken on each time. */
export function keepDraft({ duties, lines, ...rest }: Answers): void {
  const untaken = { ...duties, aiDisclosure: false, recordingNotice: false };
  const kept = { ...rest, lines: { ...lines, password: '' }, duties: untaken };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
}

export const dropDraft = (): void => sessionStorage.removeItem(KEPT);
