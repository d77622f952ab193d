import type { PbxSettings } from './settings.js';

/** How numbers of the configuration are dialled. Nothing else is ever dialled. */
export interface Dialling {
  /** What Asterisk dials for a number of the configuration; undefined where no way leads there. */
  endpointOf(number: string): string | undefined;
  /** What Asterisk dials to reach a caller again; undefined without a trunk that may be used for it. */
  outsideOf(number: string): string | undefined;
  /** Whether a number that a caller told, or the network, is one that may be called back. */
  isCallable(number: string): boolean;
}

/** `*` and `#` are orders to a PBX or a provider, such as to forward all calls: no caller gives them. */
const CALLERS_NUMBER = /^\+?\d{2,20}$/u;

/** Our own extensions by themselves, everything else over the trunk that carries calls out. */
export function dialling({ emergency, extensions, trunks }: PbxSettings): Dialling {
  const own = new Set(extensions.map(({ number }) => number));
  const out = trunks.find(({ outbound }) => outbound);
  const over = (number: string): string | undefined => {
    if (out === undefined || !/^\+?[\d*#]{1,20}$/u.test(number)) return undefined;
    return `PJSIP/${number}@trunk-${out.id}`;
  };
  return {
    endpointOf: (number) => (own.has(number) ? `PJSIP/${number}` : over(number)),
    outsideOf: over,
    isCallable: (number) =>
      CALLERS_NUMBER.test(number) && !emergency.numbers.includes(number.replace('+', '')),
  };
}
