/** A setting of one value. Its label stands in the words under its path: `settings.of`. */
export interface PlainField {
  /** From the part's own path where that is a list, a record or one that is there or not. */
  readonly path: string;
  readonly kind: 'text' | 'number' | 'switch' | 'list' | 'choice' | 'week';
  /** What holds where the file says nothing: agent/*\/settings.ts, which a test compares. */
  readonly usual?: string | number | boolean | readonly string[];
  readonly options?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  /** Shown only where another field of the same item says so. */
  readonly when?: readonly [path: string, value: string];
  /** The same value is written there, too. */
  readonly also?: string;
}

/** What belongs together on a page, as a card. */
export interface PlainPart {
  /** Its title and hint stand in the words under this name: `settings.parts`. */
  readonly name: string;
  readonly kind: 'fields' | 'optional' | 'list' | 'record';
  /** Of the list, the record, or the part that is there or not. */
  readonly path?: string;
  readonly fields: readonly PlainField[];
  /** Its fields take the whole width. */
  readonly wide?: boolean;
  /** What a new item, or a part that is switched on, begins with. */
  readonly blank?: Readonly<Record<string, string | boolean>>;
  /** The field that names an item; for lists. */
  readonly title?: string;
  /** Items that hold where the file has none; one may begin with them. */
  readonly usual?: readonly Readonly<Record<string, string>>[];
}

type More = Omit<PlainField, 'path' | 'kind'>;
const of =
  (kind: PlainField['kind']) =>
  (path: string, more: More = {}): PlainField => ({ path, kind, ...more });

export const text = of('text');
export const list = of('list');
export const week = of('week');
export const flag = (path: string, usual: boolean, more: More = {}): PlainField => ({
  ...{ path, kind: 'switch', usual },
  ...more,
});
export const whole = (
  path: string,
  usual: number | undefined,
  min: number,
  max: number,
): PlainField => ({
  ...{ path, kind: 'number', min, max },
  ...(usual === undefined ? {} : { usual }),
});
export const choice = (
  path: string,
  options: readonly string[],
  usual?: string,
  more: More = {},
): PlainField => ({
  ...{ path, kind: 'choice', options },
  ...(usual === undefined ? {} : { usual }),
  ...more,
});
export const port = (path: string, usual?: number): PlainField => whole(path, usual, 1, 65_535);
