/** A requirement, or some of one section that are met by the same. */
export interface AsvsRow {
  /** Numbers of ASVS 5.0 without the V: `3.3.1`, or `3.3.1-4`. */
  readonly ids: string;
  /** What is asked, in our own words. */
  readonly asks: string;
  readonly state: 'proven' | 'by design' | 'not applicable' | 'open';
  /** `file of test/ without .test.ts`: name of a test in it. */
  readonly tests: readonly (readonly [file: string, name: string])[];
  /** Where it is done, why it does not apply, or what is lacking. */
  readonly why: string;
}

export const proven = (ids: string, asks: string, ...tests: AsvsRow['tests']): AsvsRow => ({
  ids,
  asks,
  state: 'proven',
  tests,
  why: '',
});

export const design = (ids: string, asks: string, why: string): AsvsRow => ({
  ...{ ids, asks, state: 'by design', tests: [], why },
});

export const apart = (ids: string, asks: string, why: string): AsvsRow => ({
  ...{ ids, asks, state: 'not applicable', tests: [], why },
});

export const open = (ids: string, asks: string, why: string): AsvsRow => ({
  ...{ ids, asks, state: 'open', tests: [], why },
});
