import type { Clock } from '../../clock.js';
import { oneLine, VestibuleError } from '../../errors.js';
import type { Events, Unsubscribe } from '../../events.js';
import type { Log } from '../../log.js';
import type { CentralEntry, CentralKind, CentralQueue } from '../../records/central-queue.js';
import type { Heard } from '../deliver/courier.js';
import type { CentralDatabase } from './postgres.js';
import type { CentralSettings } from './settings.js';

export interface ReporterParts {
  /** Undefined where there is no central database. */
  readonly settings: CentralSettings | undefined;
  readonly queue: CentralQueue;
  readonly events: Pick<Events<Heard>, 'listen'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** In milliseconds. */
const LOOK = 15_000;
const WAIT = { first: 15_000, most: 600_000 };
const COUNT_EVERY = 3_600_000;
const BATCH = 500;
const KINDS = ['call', 'message'] as const satisfies readonly CentralKind[];

/**
 * Tells a central PostgreSQL the heads of calls and messages: what changed, and what is gone. What was
 * not told yet lies in the store's queue and is read from the store only when it is told. At its start
 * both sides are compared, so that a restored store or database is put right.
 */
export class CentralReporter {
  readonly #parts: ReporterParts;
  readonly #log: Log;
  readonly #off: Unsubscribe[] = [];
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;
  #noting = false;
  #compared = false;
  #countedAt = -Infinity;
  #tries = 0;
  #waitUntil = -Infinity;

  constructor(parts: ReporterParts) {
    this.#parts = parts;
    this.#log = parts.log.part('central');
  }

  async start(): Promise<void> {
    const { settings, queue, events } = this.#parts;
    // A store that cannot be opened stops no call.
    if (settings === undefined) {
      await queue.off().catch((error: unknown) => {
        this.#log.warn('a queue that nobody reads stands', { reason: oneLine(error) });
      });
      return;
    }
    await this.#note().catch((error: unknown) => {
      this.#log.warn('changes are not noted yet', { reason: oneLine(error) });
    });
    this.#stopped = false;
    const soon = (): void => {
      this.#soon(settings);
    };
    this.#off.push(
      events.listen('message', 'central', soon),
      events.listen('call', 'central', ({ what }) => {
        if (what !== 'said') soon();
      }),
    );
    soon();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const off of this.#off.splice(0)) off();
    this.#cancel?.();
    await this.#running;
  }

  /** One round after the other; the next one follows by itself. */
  #soon(settings: CentralSettings): void {
    this.#running = this.#running.then(async () => {
      this.#cancel?.();
      if (!this.#stopped && this.#parts.clock.monotonic() >= this.#waitUntil) {
        await this.#round(settings);
      }
      if (this.#stopped) return;
      const wait = this.#waitUntil - this.#parts.clock.monotonic();
      this.#cancel = this.#parts.clock.after(Math.max(LOOK, wait), () => {
        this.#soon(settings);
      });
    });
  }

  /** From now on the store notes what changed. */
  async #note(): Promise<void> {
    if (this.#noting) return;
    await this.#parts.queue.on();
    this.#noting = true;
  }

  async #round(settings: CentralSettings): Promise<void> {
    const { queue, clock } = this.#parts;
    // Only here: an office without a central database loads nothing of PostgreSQL.
    const { CentralDatabase } = await import('./postgres.js');
    const database = new CentralDatabase(settings);
    try {
      await this.#note();
      const counts = clock.monotonic() - this.#countedAt > COUNT_EVERY;
      if (this.#compared && !counts && (await queue.waiting()) === 0) return;
      await database.open();
      if (!this.#compared) await this.#compare(database);
      this.#compared = true;
      for (;;) {
        const due = await queue.due(BATCH);
        if (due.length === 0 || this.#stopped) break;
        await this.#tell(database, due);
      }
      if (counts) await database.count(await queue.months());
      if (counts) this.#countedAt = clock.monotonic();
      if (this.#tries > 0) this.#log.info('the central database takes heads again');
      this.#tries = 0;
    } catch (error) {
      const ms = Math.min(WAIT.first * 2 ** this.#tries, WAIT.most);
      this.#tries += 1;
      this.#waitUntil = clock.monotonic() + ms;
      const code = error instanceof VestibuleError ? error.code : 'none';
      this.#log.warn('heads wait for the central database', { code, ms, reason: oneLine(error) });
    } finally {
      await database.close();
    }
  }

  async #tell(database: CentralDatabase, due: readonly CentralEntry[]): Promise<void> {
    const { queue, clock } = this.#parts;
    const ids = (kind: CentralKind): string[] =>
      due.filter((entry) => entry.kind === kind).map(({ id }) => id);
    const [calls, messages] = await Promise.all([
      queue.calls(ids('call')),
      queue.messages(ids('message')),
    ]);
    const without = (kind: CentralKind, found: readonly { readonly id: string }[]): string[] => {
      const here = new Set(found.map(({ id }) => id));
      return ids(kind).filter((id) => !here.has(id));
    };
    const gone = { call: without('call', calls), message: without('message', messages) };
    await database.take({ calls, messages, gone }, clock.now());
    await queue.done(due);
  }

  /** Whatever stands on one side alone is told, or taken away there. */
  async #compare(database: CentralDatabase): Promise<void> {
    const { queue } = this.#parts;
    for (const kind of KINDS) {
      const here = new Set(await queue.ids(kind));
      const there = new Set(await database.ids(kind));
      const missing = [...here].filter((id) => !there.has(id));
      const surplus = [...there].filter((id) => !here.has(id));
      if (missing.length + surplus.length > 0) await queue.add(kind, [...missing, ...surplus]);
    }
  }
}
