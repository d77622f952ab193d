/** Browsers and systems by what they call themselves; the first that fits. Many name others too. */
const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const;
const SYSTEMS = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** What a browser is, for its owner to know it again; empty when it does not tell. */
export function deviceOf(agent: string | undefined): string {
  const named = (names: readonly (readonly [string, string])[]): string | undefined =>
    names.find(([sign]) => agent?.includes(sign) === true)?.[1];
  return [named(BROWSERS), named(SYSTEMS)].filter((one) => one !== undefined).join(', ');
}
