import type { PbxSettings } from './settings.js';

/** How numbers of the configuration are dialled. Nothing else is ever dialled. */
export interface Dialling {
  /** What Asterisk dials for a number of the configuration; undefined where no way leads there. */
  endpointOf(number: string): string | undefined;
  /** What Asterisk dials to reach a caller again; undefined without a trunk that may be used for it. */
  outsideOf(number: string): string | undefined;
}

/** Our own extensions by themselves, everything else over the trunk that carries calls out. */
export function dialling({ extensions, trunks }: PbxSettings): Dialling {
  const own = new Set(extensions.map(({ number }) => number));
  const out = trunks.find(({ outbound }) => outbound);
  const over = (number: string): string | undefined => {
    if (out === undefined || !/^\+?[\d*#]{1,20}$/u.test(number)) return undefined;
    return `PJSIP/${number}@trunk-${out.id}`;
  };
  return {
    endpointOf: (number) => (own.has(number) ? `PJSIP/${number}` : over(number)),
    outsideOf: over,
  };
}
