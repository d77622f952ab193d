import i18next from 'i18next';
import { faultsEn } from './words/faults-en';

type Rule = Exclude<keyof typeof faultsEn.fault, 'kinds' | 'said'>;
type Kind = keyof typeof faultsEn.fault.kinds;
type Said = keyof typeof faultsEn.fault.said;

/** A text by its key, and what is filled in; `kind` is itself a key. */
export interface FaultText {
  readonly key: `fault.${Rule}` | `fault.said.${Said}`;
  readonly values: Readonly<Record<string, string>>;
  readonly kind?: Kind;
}

const as = (rule: Rule, values: FaultText['values'] = {}): FaultText => ({
  key: `fault.${rule}`,
  values,
});
const isKind = (name: string): name is Kind => Object.hasOwn(faultsEn.fault.kinds, name);

function sized(than: string, n: string, unit: string | undefined): FaultText {
  const least = than.startsWith('>');
  if (unit === undefined) {
    if (than.endsWith('=') || than === '') return as(least ? 'lowest' : 'highest', { n });
    return as(least ? 'above' : 'below', { n });
  }
  if (least && n === '1') return as('empty');
  if (unit === 'characters') return as(least ? 'shortest' : 'longest', { n });
  return as(least ? 'fewest' : 'most', { n });
}

/** Zod's own sentences, as its English locale has them. */
const RULES: readonly (readonly [RegExp, (found: readonly string[]) => FaultText])[] = [
  [/^Invalid input: expected \S+, received (?:undefined|null)$/u, () => as('missing')],
  [
    /^Invalid input: expected (\w+), received .+$/u,
    ([kind = '']) => (isKind(kind) ? { ...as('kind'), kind } : as('other')),
  ],
  [/^Invalid input: expected (.+)$/u, ([options = '']) => as('one', { options })],
  [
    /^Invalid option: expected one of (.+)$/u,
    ([options = '']) => as('one', { options: options.replaceAll('|', ', ') }),
  ],
  [
    /^Too (?:big|small): expected \w+ to (?:be|have) (?:exactly )?([<>]=?)(\S+?)(?: (\w+))?$/u,
    ([than = '', n = '', unit]) => sized(than, n, unit),
  ],
  [/^Invalid number: must be a multiple of (.+)$/u, ([n = '']) => as('step', { n })],
  [/^Invalid string: must /u, () => as('pattern')],
  [/^Unrecognized keys?: (.+)$/u, ([names = '']) => as('unknown', { names })],
  [/^Invalid (?:input|key in .+|value in .+|discriminator value.+)/u, () => as('other')],
  [/^Invalid (.+)$/u, ([what = '']) => as('format', { what })],
];

/** Our own sentences that name something. */
const NAMING: typeof RULES = [
  [
    /^this jurisdiction is not known: take one of (.+), or describe it in /u,
    ([codes = '']) => as('lawUnknown', { codes }),
  ],
  [
    /^(\S+) asks for (\S+) \((.+)\): set it, set .+ why (\S+) is enough here$/u,
    ([law = '', wanted = '', source = '', mode = '']) =>
      as('lawMore', { law, wanted, source, mode }),
  ],
  [/^a number has only (.+) of its own$/u, ([names = '']) => as('numberOwn', { names })],
  [
    /^(\S+) is extension (\S+) elsewhere: give this one an id of its own$/u,
    ([id = '', other = '']) => as('idElsewhere', { id, other }),
  ],
];

const SAID = Object.entries(faultsEn.fault.said) as [Said, string][];

/** The text of the page for a fault in the server's words; undefined where there is none. */
export function faultText(message: string): FaultText | undefined {
  const said = SAID.find(([, text]) => text === message);
  if (said !== undefined) return { key: `fault.said.${said[0]}`, values: {} };
  for (const [pattern, text] of [...NAMING, ...RULES]) {
    const found = pattern.exec(message);
    if (found !== null) return text(found.slice(1));
  }
  return undefined;
}

/** A fault in the language of the page, or as the server says it where the page has no words for it. */
export function faultWords(message: string): string {
  const text = faultText(message);
  if (text === undefined) return message;
  const { key, values, kind } = text;
  const named = kind === undefined ? {} : { kind: i18next.t(`fault.kinds.${kind}`) };
  return i18next.t(key, { ...values, ...named });
}
