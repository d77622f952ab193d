import { Child } from './child.js';
import { takenOf } from './free-ports.js';
import { endLeftovers, PidFile, type Identity } from './pid-file.js';
import { KINDS, type Plan, type ProcessPlan } from './plan.js';
import { rescue } from './rescue.js';

/** Exit code of a child that was configured wrongly: starting it again changes nothing. */
const WRONG_CONFIGURATION = 2;
const SUPERVISOR = 'supervisor';
/** The daemon hands its callers to the fallback before it ends. */
const DAEMON_GRACE_MS = 10_000;
const GRACE_MS = 5_000;

/** What the supervisor says: `ready` for whoever waits for it, the rest for people. */
export interface SupervisorOutput {
  ready(): void;
  say(line: string): void;
}

/**
 * The parent of Asterisk, the speech workers and the daemon. A dead daemon's callers are rescued
 * before anything else; workers and Asterisk stay warm meanwhile.
 */
export class Supervisor {
  readonly #plan: Plan;
  readonly #output: SupervisorOutput;
  readonly #pids: PidFile;
  readonly #children: Child[];
  #told = false;
  #resolveOver: (code: number) => void = () => undefined;
  #ending: Promise<void> | undefined;
  /** Resolves with the exit code once everything has ended. */
  readonly over: Promise<number>;

  constructor(plan: Plan, output: SupervisorOutput) {
    this.#plan = plan;
    this.#output = output;
    this.#pids = new PidFile(plan.pidFile);
    this.#children = plan.processes
      .toSorted((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind))
      .map((one) => this.#childOf(one));
    this.over = new Promise((resolve) => {
      this.#resolveOver = resolve;
    });
  }

  /**
   * Starts everything. Throws if another supervisor runs this installation, or if another program
   * has an address that one of ours needs.
   */
  async start(): Promise<void> {
    const leftovers = this.#pids.leftovers();
    const other = leftovers.find(({ name }) => name === SUPERVISOR);
    if (other !== undefined) {
      throw new Error(
        `this installation already runs under process ${String(other.pid)}; end that one first`,
      );
    }
    // Before anything that takes time: of two that are started at once, one must see the other.
    this.#pids.note(SUPERVISOR, process.pid);
    await this.#clear(leftovers);
    const taken = await takenOf(this.#plan.processes.flatMap(({ listens }) => listens ?? []));
    if (taken.length > 0) {
      this.#pids.remove();
      throw new Error([...new Set(taken.map(({ whenTaken }) => whenTaken))].join('\n'));
    }
    // Told to end while the leftovers were: there is nothing to start any more.
    if (this.#ending !== undefined) return;
    for (const child of this.#children) child.start();
  }

  /** Ends everything in reverse order. May be called twice. */
  end(code: number): Promise<void> {
    this.#ending ??= this.#end(code);
    return this.#ending;
  }

  async #clear(leftovers: readonly Identity[]): Promise<void> {
    if (leftovers.length === 0) return;
    this.#output.say(`ending ${String(leftovers.length)} processes of an earlier run`);
    await endLeftovers(leftovers);
  }

  async #end(code: number): Promise<void> {
    for (const kind of KINDS.toReversed()) {
      const graceMs = kind === 'daemon' ? DAEMON_GRACE_MS : GRACE_MS;
      const those = this.#children.filter(({ plan }) => plan.kind === kind);
      await Promise.all(those.map((child) => child.end(graceMs)));
    }
    this.#pids.remove();
    this.#resolveOver(code);
  }

  #childOf(one: ProcessPlan): Child {
    return new Child(one, this.#plan.deadMs, {
      started: (pid) => {
        this.#note(one.name, pid);
      },
      ended: (code, signal, first) => this.#afterEndOf(one, code, signal, first),
      ready: () => {
        if (this.#told) return;
        this.#told = true;
        this.#output.ready();
      },
    });
  }

  /** A full disk must not end the parent of everybody: only leftovers of a later crash are missed. */
  #note(name: string, pid: number): void {
    try {
      this.#pids.note(name, pid);
    } catch (error) {
      this.#output.say(
        `${name} is not noted: ${error instanceof Error ? error.message : 'failed'}`,
      );
    }
  }

  async #afterEndOf(
    { name, kind, command, logFile }: ProcessPlan,
    code: number | null,
    signal: NodeJS.Signals | null,
    first: boolean,
  ): Promise<void> {
    if (this.#ending !== undefined) return;
    // Once calls were answered, the configuration was right: callers must not lose everything.
    const wrong = first && code === WRONG_CONFIGURATION && !this.#told;
    // Before anything else; the daemon's next life waits for it, so that no new call is taken away.
    const rescued = kind === 'daemon' && !wrong ? this.#rescue() : undefined;
    const never = code === null && signal === null;
    const how = never
      ? `${command} cannot be started`
      : `ended (${signal ?? `code ${String(code)}`})`;
    this.#output.say(
      `${name} ${how}${logFile === undefined || kind === 'daemon' ? '' : `; see ${logFile}`}`,
    );
    if (wrong) void this.end(WRONG_CONFIGURATION);
    await rescued;
  }

  async #rescue(): Promise<void> {
    const { ari } = this.#plan;
    if (ari === undefined) return;
    try {
      const { callers, left, ears, bridges, ms } = await rescue(ari);
      this.#output.say(
        `rescued ${String(callers)} callers, ended ${String(ears)} ears and ${String(bridges)} bridges in ${String(ms)} ms`,
      );
      if (left > 0) this.#output.say(`left ${String(left)} callers with a person`);
    } catch (error) {
      this.#output.say(`no rescue: ${error instanceof Error ? error.message : 'failed'}`);
    }
  }
}
