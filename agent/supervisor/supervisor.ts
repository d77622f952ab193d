import { Child } from './child.js';
import { endLeftovers, PidFile, type Identity } from './pid-file.js';
import type { Plan } from './plan.js';
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
    this.#children = plan.processes.map((one) => this.#childOf(one));
    this.over = new Promise((resolve) => {
      this.#resolveOver = resolve;
    });
  }

  /** Starts everything. Throws if another supervisor runs this installation. */
  async start(): Promise<void> {
    const leftovers = this.#pids.leftovers();
    const other = leftovers.find(({ name }) => name === SUPERVISOR);
    if (other !== undefined) {
      throw new Error(
        `this installation already runs under process ${String(other.pid)}; end that one first`,
      );
    }
    await this.#clear(leftovers);
    this.#pids.note(SUPERVISOR, process.pid);
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
    for (const child of [...this.#children].reverse()) {
      await child.end(child.plan.kind === 'daemon' ? DAEMON_GRACE_MS : GRACE_MS);
    }
    this.#pids.remove();
    this.#resolveOver(code);
  }

  #childOf(one: Plan['processes'][number]): Child {
    return new Child(one, this.#plan.deadMs, {
      started: (pid) => {
        this.#pids.note(one.name, pid);
      },
      ended: (code, signal, first) => {
        if (this.#ending !== undefined) return;
        const how = signal ?? `code ${String(code)}`;
        this.#output.say(`${one.name} ended (${how})${one.logFile ? `; see ${one.logFile}` : ''}`);
        if (first && code === WRONG_CONFIGURATION) void this.end(WRONG_CONFIGURATION);
        else if (one.kind === 'daemon') void this.#rescue();
      },
      ready: () => {
        if (this.#told) return;
        this.#told = true;
        this.#output.ready();
      },
    });
  }

  async #rescue(): Promise<void> {
    try {
      const { callers, ears, bridges, ms } = await rescue(this.#plan.ari);
      this.#output.say(
        `rescued ${String(callers)} callers, ended ${String(ears)} ears and ${String(bridges)} bridges in ${String(ms)} ms`,
      );
    } catch (error) {
      this.#output.say(`no rescue: ${error instanceof Error ? error.message : 'failed'}`);
    }
  }
}
