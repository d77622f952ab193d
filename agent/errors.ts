/** One kind of error: what it means and what the reader can do about it. */
export interface ErrorKind {
  /** What happened, as one clause without a full stop. Never holds callers' words or numbers. */
  readonly summary: string;
  /** What to do about it, as an instruction. */
  readonly mend: string;
}

/** One of several faults of a text that people write, such as the configuration. */
export interface Fault {
  /** Keys and places in lists, joined by dots: `understanding.faq.0.answer`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  /** From 1; undefined where the text has no such place. */
  readonly line: number | undefined;
}

/** Where an error happened and what lies beneath it. */
export interface ErrorContext {
  /** The thing concerned: a file, a port, a configuration path. Never a caller's words or number. */
  readonly place?: string;
  /** A detail that makes the summary exact, such as an expected and a found version. */
  readonly detail?: string;
  /** The same as the detail, each fault by itself. */
  readonly faults?: readonly Fault[];
  readonly cause?: unknown;
}

/**
 * Every error that Vestibule throws on purpose. `code` is stable and documented in docs/errors.md;
 * the message names the thing, the place and the mend in one line.
 */
export class VestibuleError extends Error {
  override readonly name = 'VestibuleError';
  readonly code: string;
  readonly mend: string;
  readonly place: string | undefined;
  readonly faults: readonly Fault[] | undefined;

  constructor(code: string, kind: ErrorKind, context: ErrorContext = {}) {
    const where = context.place === undefined ? '' : ` (${context.place})`;
    const detail = context.detail === undefined ? '' : `: ${context.detail}`;
    super(`${code}: ${kind.summary}${where}${detail}. ${kind.mend}.`, { cause: context.cause });
    this.code = code;
    this.mend = kind.mend;
    this.place = context.place;
    this.faults = context.faults;
  }
}

/** The errors of one area: a table of kinds and the function that makes an error of one of them. */
export interface ErrorArea<Name extends string> {
  readonly area: string;
  readonly kinds: Readonly<Record<Name, ErrorKind>>;
  make(name: Name, context?: ErrorContext): VestibuleError;
  /** Whether `error` is of the kind `name` of this area. */
  is(error: unknown, name: Name): error is VestibuleError;
}

/**
 * Declares the errors of an area in one table. Codes are `AREA_NAME`.
 * A test holds docs/errors.md equal to all tables.
 */
export function defineErrors<const Kinds extends Record<string, ErrorKind>>(
  area: string,
  kinds: Kinds,
): ErrorArea<Extract<keyof Kinds, string>> {
  type Name = Extract<keyof Kinds, string>;
  const codeOf = (name: Name): string => `${area}_${name}`;
  const kindOf = (name: Name): ErrorKind => kinds[name] ?? { summary: name, mend: 'Report this' };
  return {
    area,
    kinds,
    make: (name, context) => new VestibuleError(codeOf(name), kindOf(name), context),
    is: (error, name): error is VestibuleError =>
      error instanceof VestibuleError && error.code === codeOf(name),
  };
}

/** The one line that a person is shown for any thrown value. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s*\n\s*/gu, ' ').trim();
}
