import type { Clock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import type { Log } from '../../log.js';
import { Rounds } from '../../rounds.js';
import type { Ari } from '../ari.js';
import { writePrivately } from '../pbx/files.js';
import { bansIn, takePardons } from './bans-file.js';
import { LogTail } from './log-tail.js';
import { Offences } from './offences.js';
import { securityEventIn } from './security-event.js';
import type { GuardSettings } from './settings.js';
import { Spared } from './spared.js';

const LOOK_MS = 500;
/** Where trunks are that are known by name is asked again after so long. */
const NAMES_MS = 60_000;

export interface GuardParts {
  readonly settings: GuardSettings;
  /** Addresses, networks and names of trunks: who forges theirs must not cut the office off. */
  readonly trunks: readonly string[];
  /** Asterisk's security log. */
  readonly securityLog: string;
  /** Where bans are kept between two lives. */
  readonly file: string;
  /** Addresses that somebody lets in again, one a line; taken away once it was done. */
  readonly pardons: string;
  /** Asterisk's own list of them, which acl.conf includes. */
  readonly banned: string;
  readonly ari: Pick<Ari, 'up' | 'reload'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Shuts out addresses that guess names and passwords: reads Asterisk's security log and has Asterisk
 * refuse whatever comes from them, in every transport. No call waits for it.
 */
export class Guard {
  readonly #parts: GuardParts;
  readonly #log: Log;
  readonly #tail: LogTail;
  readonly #offences: Offences;
  readonly #spared: Spared;
  #namesAt = -Infinity;
  /** What Asterisk was told; undefined until it was. */
  #told: string | undefined;
  readonly #rounds: Rounds;
  /** Why it could not look the last time, which is told once. */
  #fault: string | undefined;

  constructor(parts: GuardParts) {
    this.#parts = parts;
    this.#log = parts.log.part('guard');
    this.#tail = new LogTail(parts.securityLog);
    this.#spared = new Spared([...parts.settings.never, ...parts.trunks]);
    this.#offences = new Offences(parts.settings, bansIn(parts.file), this.#spared);
    this.#rounds = new Rounds({
      ...{ clock: parts.clock, everyMs: LOOK_MS, round: () => this.#look() },
      failed: (error) => {
        this.#failed(oneLine(error));
      },
    });
  }

  /** How many addresses are shut out now. */
  get shutOut(): number {
    return this.#offences.inForce(this.#parts.clock.now()).length;
  }

  start(): Promise<void> {
    if (this.#parts.settings.enabled) this.#rounds.start();
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    await this.#rounds.stop();
    await this.#tail.close();
  }

  #failed(reason: string): void {
    if (reason !== this.#fault) this.#log.error('whoever guesses is not shut out', { reason });
    this.#fault = reason;
  }

  async #look(): Promise<void> {
    const { clock, pardons } = this.#parts;
    let changed = false;
    if (clock.monotonic() - this.#namesAt >= NAMES_MS) {
      this.#namesAt = clock.monotonic();
      // Not waited for: whoever it finds is let in at the next look.
      void this.#spared.refresh();
    }
    for (const address of takePardons(pardons)) {
      changed = this.#offences.pardon(address) || changed;
    }
    for (const line of await this.#tail.look()) {
      const event = securityEventIn(line);
      if (event?.service !== 'PJSIP') continue;
      const ban = this.#offences.note(event, clock.now());
      if (ban === undefined) continue;
      changed = true;
      // An address may be a person's: the log tells how long, the file and `vestibule asterisk bans` whom.
      this.#log.warn('an address is shut out', {
        count: ban.times,
        ms: ban.until - clock.now(),
      });
    }
    if (changed) this.#keep();
    await this.#tell();
    this.#fault = undefined;
  }

  /** Has Asterisk refuse whoever is shut out now, and nobody else. */
  async #tell(): Promise<void> {
    const { ari, clock, banned } = this.#parts;
    const list = this.#offences
      .inForce(clock.now())
      .map(({ address }) => `deny = ${address}\n`)
      .sort()
      .join('');
    if (list === this.#told || !ari.up) return;
    writePrivately(banned, list);
    await ari.reload('acl');
    this.#told = list;
  }

  #keep(): void {
    this.#offences.tidy(this.#parts.clock.now());
    try {
      writePrivately(this.#parts.file, `${JSON.stringify(this.#offences.known)}\n`);
    } catch (error) {
      this.#log.error('bans could not be kept', { reason: oneLine(error) });
    }
  }
}
