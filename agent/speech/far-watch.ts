import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { HealthProbe } from '../wire/health.js';
import type { TlsIdentity } from '../wire/tls.js';

/** Between two questions, in milliseconds. */
const EVERY_MS = 1000;
/** How long an answer may take; a worker that decodes answers between two steps. */
const WITHIN_MS = 2000;

/** A machine that serves speech, as the watch sees it. */
export interface FarMachine {
  /** Of the workers that are reached there. */
  readonly names: readonly string[];
  readonly address: string;
  readonly tls: (() => TlsIdentity) | undefined;
}

/** What is done about machines that go and come. */
export interface FarListener {
  /** It does not serve; told again with every question that it does not answer. */
  lost(name: string): void;
  /** It serves again. */
  back(name: string): void;
}

/**
 * Asks machines elsewhere every second whether they serve: a call should not be the first to find out
 * that a cable was pulled.
 */
export class FarWatch {
  readonly #machines: readonly FarMachine[];
  readonly #listener: FarListener;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #probes = new Map<string, HealthProbe>();
  readonly #lost = new Set<string>();
  readonly #timers = new Map<string, () => void>();
  #running = false;

  constructor(machines: readonly FarMachine[], listener: FarListener, clock: Clock, log: Log) {
    this.#machines = machines;
    this.#listener = listener;
    this.#clock = clock;
    this.#log = log;
  }

  /** How long one that is lost must be avoided to be avoided until it is asked again. */
  static readonly spanMs = EVERY_MS + WITHIN_MS + 500;

  start(): void {
    if (this.#running) return;
    this.#running = true;
    for (const machine of this.#machines) {
      this.#probes.set(machine.address, new HealthProbe(machine.address, machine.tls));
      void this.#ask(machine);
    }
  }

  stop(): void {
    this.#running = false;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    for (const probe of this.#probes.values()) probe.close();
    this.#probes.clear();
  }

  async #ask(machine: FarMachine): Promise<void> {
    const { names, address } = machine;
    const fault = await this.#probes.get(address)?.ask(WITHIN_MS);
    if (!this.#running) return;
    const worker = names.join(', ');
    if (fault !== undefined) {
      if (!this.#lost.has(address)) {
        this.#log.warn('speech machine lost', { worker, reason: fault.message });
      }
      this.#lost.add(address);
      for (const name of names) this.#listener.lost(name);
    } else if (this.#lost.delete(address)) {
      this.#log.info('speech machine back', { worker });
      for (const name of names) this.#listener.back(name);
    }
    const again = (): void => void this.#ask(machine);
    this.#timers.set(address, this.#clock.after(EVERY_MS, again));
  }
}
