import { readFileSync } from 'node:fs';

/** In the order in which they start; they end in the reverse one. */
export const KINDS = ['asterisk', 'worker', 'daemon'] as const;

/** What a process is to the supervisor. Workers and the daemon are Node and send heartbeats. */
export type ProcessKind = (typeof KINDS)[number];

/** An address that a process will listen on. */
export interface Listens {
  readonly protocol: 'udp' | 'tcp';
  readonly host: string;
  readonly port: number;
  /** The one line to say when another program has it. */
  readonly whenTaken: string;
}

export interface ProcessPlan {
  readonly name: string;
  readonly kind: ProcessKind;
  readonly command: string;
  readonly args: readonly string[];
  /** Added to our own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The folder it runs in; ours unless told. */
  readonly cwd?: string;
  /** Where its output is appended; the daemon's goes to our standard error whatever it says. */
  readonly logFile?: string;
  /** Must be free before anything is started. */
  readonly listens?: readonly Listens[];
}

/** Where Asterisk is asked over plain HTTP. */
export interface AriPlan {
  readonly url: string;
  readonly user: string;
  readonly passwordFile: string;
  readonly app: string;
}

/** What `vestibule asterisk render` writes to run/plan.json. */
export interface Plan {
  readonly processes: readonly ProcessPlan[];
  /** Where callers are rescued when the daemon dies; a machine that only serves speech has none. */
  readonly ari?: AriPlan;
  readonly pidFile: string;
  readonly heartbeatMs: number;
  /** A process that sent no heartbeat for so long is dead. */
  readonly deadMs: number;
}

/** Reads a plan; a broken one throws with one line. */
export function readPlan(path: string): Plan {
  let plan: unknown;
  try {
    plan = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} is no plan; run \`vestibule asterisk render\``, { cause });
  }
  if (!isPlan(plan)) throw new Error(`${path} is no plan; run \`vestibule asterisk render\``);
  return plan;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isSpan = (value: unknown): value is number => typeof value === 'number' && value > 0;
const isList = (value: unknown, of: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(of);

function isPlan(value: unknown): value is Plan {
  return (
    isFields(value) &&
    isList(value.processes, isProcess) &&
    (value.ari === undefined ? !hasDaemon(value.processes) : isAri(value.ari)) &&
    isText(value.pidFile) &&
    isSpan(value.heartbeatMs) &&
    isSpan(value.deadMs)
  );
}

const hasDaemon = (processes: unknown): boolean =>
  Array.isArray(processes) &&
  processes.some((one: unknown) => isFields(one) && one.kind === 'daemon');

const isAri = (value: unknown): boolean =>
  isFields(value) && ['url', 'user', 'passwordFile', 'app'].every((key) => isText(value[key]));

function isProcess(value: unknown): boolean {
  return (
    isFields(value) &&
    isText(value.name) &&
    KINDS.some((kind) => kind === value.kind) &&
    isText(value.command) &&
    isList(value.args, (item) => typeof item === 'string') &&
    isFields(value.env) &&
    Object.values(value.env).every((item) => typeof item === 'string') &&
    (value.cwd === undefined || isText(value.cwd)) &&
    (value.logFile === undefined || isText(value.logFile)) &&
    (value.listens === undefined || isList(value.listens, isListens))
  );
}

function isListens(value: unknown): boolean {
  return (
    isFields(value) &&
    (value.protocol === 'udp' || value.protocol === 'tcp') &&
    isText(value.host) &&
    isSpan(value.port) &&
    isText(value.whenTaken)
  );
}
