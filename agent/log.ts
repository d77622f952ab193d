import { pino, type DestinationStream } from 'pino';

/**
 * The only facts that a log line may carry: ids, counts, durations, names of our own parts.
 * There is no key for a caller's words, name or number, so none can be logged by mistake;
 * test/no-personal-words.test.ts walks the source for the rest.
 */
export interface LogFacts {
  readonly call?: string;
  readonly channel?: string;
  readonly bridge?: string;
  readonly worker?: string;
  /** Id of a trunk of the configuration. */
  readonly trunk?: string;
  readonly part?: string;
  readonly pid?: number;
  readonly port?: number;
  readonly count?: number;
  readonly ms?: number;
  readonly bytes?: number;
  readonly code?: string;
  readonly status?: number;
  readonly signal?: string;
  readonly file?: string;
  readonly version?: string;
  readonly state?: string;
  readonly event?: string;
  /** Row and hash of the audit log, as `vestibule audit verify --head` takes them. */
  readonly head?: string;
  /** A code of ours or an error's one line; never callers' words. */
  readonly reason?: string;
}

/** Every key of them; what has none is left out, also where a spread brought it along unseen. */
const KEYS: Readonly<Record<keyof LogFacts, true>> = {
  call: true,
  channel: true,
  bridge: true,
  worker: true,
  trunk: true,
  part: true,
  pid: true,
  port: true,
  count: true,
  ms: true,
  bytes: true,
  code: true,
  status: true,
  signal: true,
  file: true,
  version: true,
  state: true,
  event: true,
  head: true,
  reason: true,
};

const known = (facts: LogFacts = {}): LogFacts =>
  Object.fromEntries(Object.entries(facts).filter(([key]) => Object.hasOwn(KEYS, key)));

/** A structured logger of one part of the system. `text` is always a literal. */
export interface Log {
  debug(text: string, facts?: LogFacts): void;
  info(text: string, facts?: LogFacts): void;
  warn(text: string, facts?: LogFacts): void;
  error(text: string, facts?: LogFacts): void;
  /** A logger whose lines all carry `part`. */
  part(part: string): Log;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A logger that writes one JSON line per event to `destination` (standard error by default). */
export function createLog(level: LogLevel, destination?: DestinationStream): Log {
  const root = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination({ fd: 2, sync: true }),
  );
  const wrap = (sink: typeof root): Log => ({
    debug: (text, facts) => {
      sink.debug(known(facts), text);
    },
    info: (text, facts) => {
      sink.info(known(facts), text);
    },
    warn: (text, facts) => {
      sink.warn(known(facts), text);
    },
    error: (text, facts) => {
      sink.error(known(facts), text);
    },
    part: (part) => wrap(sink.child({ part })),
  });
  return wrap(root);
}

/** A logger that writes nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  part: () => silentLog,
};
