/**
 * Whether a contact is meant by what was typed: a part of a name, or digits of a number as people write them,
 * where the zero before an area code stands for `+44`. What is empty means everybody.
 */
export function fitsContact(
  { names, numbers }: { readonly names: readonly string[]; readonly numbers: readonly string[] },
  typed: string,
): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  if (names.some((name) => name.toLowerCase().includes(wanted))) return true;
  const bare = wanted.replaceAll(/[\s()/.-]/gu, '');
  if (!/^\+?\d+$/u.test(bare)) return false;
  const digits = bare.replace(/^\+/u, '');
  return numbers.some((number) => {
    const known = number.replaceAll(/\D/gu, '');
    return (
      known.includes(digits) || (digits.length > 1 && known.includes(digits.replace(/^0/u, '')))
    );
  });
}
