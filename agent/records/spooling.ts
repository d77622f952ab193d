import type { Clock } from '../clock.js';
import { VestibuleError, oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { CallKeys } from './call-keys.js';
import type { Calls } from './calls.js';
import { recordsErrors } from './errors.js';
import type { Messages } from './messages.js';
import type { NewCall, NewMessage, Records } from './ports.js';
import type { Spool } from './spool.js';

export interface SpoolingParts {
  readonly spool: Spool;
  readonly calls: Calls;
  readonly messages: Messages;
  readonly keys: CallKeys;
  /** Opens the store; may be called again. */
  readonly open: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** The identity that what waits is sealed for, once the root key is known. */
  readonly identity: () => string;
  readonly clock: Clock;
  readonly log: Log;
}

/** So long after a message had to wait the store is tried again, in milliseconds. */
const AGAIN_MS = 30_000;

/** The store as the reception writes it, with the spool behind it. */
export class Spooling {
  readonly #parts: SpoolingParts;
  #cancel: (() => void) | undefined;

  constructor(parts: SpoolingParts) {
    this.#parts = parts;
  }

  /** Opens the store and takes in what waited. @throws RECORDS_… */
  async start(): Promise<void> {
    await this.#parts.open();
    // A full disk leaves what is stored readable, and what waits where it is.
    await this.#merge().catch((error: unknown) => {
      this.#parts.log.error('messages still wait for the store', { reason: oneLine(error) });
    });
  }

  /**
   * The same for whoever answers calls: a store that cannot be opened is tried again until it can, and
   * messages wait meanwhile. @throws RECORDS_STORE_IN_USE, for whoever has it may be putting another in
   * its place; RECORDS_… if nothing could wait, for the store was never open
   */
  async serve(): Promise<void> {
    try {
      await this.start();
    } catch (error) {
      if (recordsErrors.is(error, 'STORE_IN_USE') || !this.#parts.spool.ready) throw error;
      this.#parts.log.error('the store cannot be opened; messages wait, nothing is recorded', {
        reason: oneLine(error),
      });
      this.#tryAgain();
    }
  }

  async stop(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    await this.#parts.close();
  }

  readonly calls: Pick<Records['calls'], 'open' | 'close'> = {
    open: async (call) => {
      const { calls, spool } = this.#parts;
      try {
        await calls.open(call);
        spool.began(call, true);
      } catch (error) {
        spool.began(call, false);
        throw error;
      }
    },
    close: async (end) => {
      const { calls, spool } = this.#parts;
      try {
        await calls.close(end);
      } finally {
        spool.over(end.call);
      }
    },
  };

  readonly messages: Records['messages'] = {
    keep: async (message) => {
      const { messages, spool } = this.#parts;
      try {
        if (spool.isApart(message.call)) throw recordsErrors.make('STOPPED');
        return await messages.keep(message);
      } catch (error) {
        if (!mayPass(error)) throw error;
        await spool.keep(message, error);
        this.#tryAgain();
        return idOf(message);
      }
    },
  };

  #tryAgain(): void {
    this.#cancel ??= this.#parts.clock.after(AGAIN_MS, () => {
      this.#cancel = undefined;
      void this.#again();
    });
  }

  async #again(): Promise<void> {
    const { close, log, open } = this.#parts;
    try {
      await open();
      await this.#merge();
    } catch (error) {
      log.warn('messages still wait for the store', { reason: oneLine(error) });
      // A thread that is lost is only replaced by another start.
      const lost = recordsErrors.is(error, 'STOPPED') || recordsErrors.is(error, 'THREAD_LOST');
      if (lost) await close().catch(() => undefined);
      this.#tryAgain();
    }
  }

  async #merge(): Promise<void> {
    const { spool, identity } = this.#parts;
    await spool.merge(identity(), {
      call: (call) => this.#storeCall(call),
      message: (message) => this.#storeMessage(message),
    });
  }

  async #storeCall(call: NewCall): Promise<boolean> {
    const { calls, keys } = this.#parts;
    if ((await calls.head(call.id)) === undefined) {
      await calls.open(call);
      return true;
    }
    try {
      await keys.of(call.id);
      return true;
    } catch (error) {
      if (recordsErrors.is(error, 'KEY_ERASED')) return false;
      throw error;
    }
  }

  async #storeMessage(message: NewMessage): Promise<void> {
    const { messages } = this.#parts;
    const there = await messages.find(idOf(message));
    if (there === undefined || there.updatedAt <= message.at) await messages.keep(message);
  }
}

const idOf = ({ call, number }: NewMessage): string => `${call}-${String(number)}`;

/** Whether a fault lies in the store and not in what was asked of it. */
const mayPass = (error: unknown): boolean =>
  error instanceof VestibuleError &&
  error.code.startsWith('RECORDS_') &&
  !recordsErrors.is(error, 'KEY_ERASED');
