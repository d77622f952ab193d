import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { VestibuleError } from '../../errors.js';
import { demand, type Actor, type Stranger } from '../actor.js';
import { privacyErrors } from '../errors.js';
import { makePrivate } from '../private-file.js';
import type { Right, Role } from '../roles.js';
import { wantsLogin, type Inside, type Opened } from './method.js';
import {
  METHODS,
  type AnyMethod,
  type AskName,
  type FetchName,
  type GiveName,
  type InputOf,
  type Name,
  type OutputOf,
} from './table.js';

/** Who asks. */
export interface Caller {
  /** As the audit log names them, such as `cli:anna`. */
  readonly who: string;
  /** Undefined for somebody who is not named as having one. */
  readonly role: Role | undefined;
  /** Somebody of this machine, not over the network. */
  readonly here: boolean;
  /** By which somebody of this machine has logged in (VESTIBULE_TOKEN). */
  readonly token?: string | undefined;
}

/** The rooms as the commands see them, whether they open the store themselves or ask the daemon. */
export interface Rooms {
  /** @throws PRIVACY_NOT_ALLOWED, PRIVACY_BAD_QUESTION, and what the method throws */
  ask<One extends AskName>(name: One, input: InputOf<One>): Promise<OutputOf<One>>;
  /** Writes a file that only this user can read. @throws as `ask`, PRIVACY_EXPORT_UNWRITABLE */
  fetch<One extends FetchName>(name: One, input: InputOf<One>, to: string): Promise<OutputOf<One>>;
  /** Hands a file in. @throws as `ask`, PRIVACY_FILE_UNREADABLE */
  give<One extends GiveName>(name: One, input: InputOf<One>, from: string): Promise<OutputOf<One>>;
}

/** Answers by the table: every question is checked, every refusal audited. */
export class Counter {
  readonly #inside: Inside;

  constructor(inside: Inside) {
    this.#inside = inside;
  }

  /** The answer to a question that may come from anywhere. @throws PRIVACY_NOT_ALLOWED, PRIVACY_BAD_QUESTION, … */
  async ask(name: AskName, input: unknown, caller: Caller): Promise<unknown> {
    const { method, asked, actor } = await this.#admit(name, input, caller);
    if (!('run' in method)) throw wrongKind(name);
    return method.run(this.#inside, asked, actor) as Promise<unknown>;
  }

  /** A file on its way. @throws as `ask` */
  async open(name: FetchName, input: unknown, caller: Caller): Promise<Opened<unknown>> {
    const { method, asked, actor } = await this.#admit(name, input, caller);
    if (!('open' in method)) throw wrongKind(name);
    return method.open(this.#inside, asked, actor) as Promise<Opened<unknown>>;
  }

  /** @throws as `ask` */
  async take(name: GiveName, input: unknown, bytes: Buffer, caller: Caller): Promise<unknown> {
    const { method, asked, actor } = await this.#admit(name, input, caller);
    if (!('take' in method)) throw wrongKind(name);
    return method.take(this.#inside, asked, bytes, actor) as Promise<unknown>;
  }

  /**
   * Lets `caller` pass who has `right`, and writes to the audit log that they did `what`; nothing is
   * written of what anybody may. @throws PRIVACY_NOT_ALLOWED
   */
  async admit(what: string, right: Right | 'anybody', caller: Caller): Promise<void> {
    if (right === 'anybody') return;
    const known = await this.#known(what, caller, true);
    await this.#demand(what, right, known);
    await this.#inside.records.reading.audit.add(known.who, what, undefined);
  }

  async #admit(
    name: Name,
    input: unknown,
    caller: Caller,
  ): Promise<{ method: AnyMethod; asked: unknown; actor: Actor }> {
    const method: AnyMethod = METHODS[name];
    const { right } = method;
    const known = await this.#known(name, caller, wantsLogin(method));
    if (right !== 'anybody') await this.#demand(name, right, known);
    const { who, role, rights } = known;
    if (method.here === true && !caller.here) {
      await this.#inside.records.reading.audit.add(who, `${name}.refused`, undefined);
      const detail = 'only on the machine itself';
      throw privacyErrors.make('NOT_ALLOWED', { place: who, detail });
    }
    const parsed = method.input.safeParse(input);
    if (!parsed.success) {
      // Where and what is expected; never what was given.
      const detail = parsed.error.issues
        .map(({ path, message }) => `${path.map(String).join('.')} ${message}`.trim())
        .join('; ');
      throw privacyErrors.make('BAD_QUESTION', { place: name, detail });
    }
    // A role that was not asked for is the least of all.
    return { method, asked: parsed.data, actor: { who, role: role ?? 'it', rights } };
  }

  /**
   * Who `caller` is. Where the root key lies in no file, a shell of this machine is nobody for what
   * wants a login until its token says who. @throws PRIVACY_LOGIN_NEEDED, PRIVACY_NO_TOKEN, …
   */
  async #known(what: string, caller: Caller, wanted: boolean): Promise<Stranger> {
    const { who, role, here, token } = caller;
    const { logins, records } = this.#inside;
    if (!here || !wanted || !logins.demanded) return { who, role };
    try {
      return await logins.of(who, token);
    } catch (error) {
      await records.reading.audit.add(who, `${what}.refused`, undefined, 'no login');
      throw error;
    }
  }

  /** Who is refused leaves a row in the audit log. @throws PRIVACY_NOT_ALLOWED */
  async #demand(what: string, right: Right, known: Stranger): Promise<void> {
    try {
      demand(known, right);
    } catch (error) {
      await this.#inside.records.reading.audit.add(known.who, `${what}.refused`, undefined);
      throw error;
    }
  }
}

const wrongKind = (name: string): VestibuleError =>
  privacyErrors.make('BAD_QUESTION', { place: name, detail: 'it is asked for in another way' });

/** The rooms of a store that this process has opened itself. */
export class OwnRooms implements Rooms {
  readonly #counter: Counter;
  readonly #caller: Caller;

  constructor(counter: Counter, caller: Caller) {
    this.#counter = counter;
    this.#caller = caller;
  }

  ask<One extends AskName>(name: One, input: InputOf<One>): Promise<OutputOf<One>> {
    return this.#counter.ask(name, input, this.#caller) as Promise<OutputOf<One>>;
  }

  async fetch<One extends FetchName>(
    name: One,
    input: InputOf<One>,
    to: string,
  ): Promise<OutputOf<One>> {
    const { bytes, answer } = await this.#counter.open(name, input, this.#caller);
    await writeStream(to, bytes);
    return (await answer) as OutputOf<One>;
  }

  async give<One extends GiveName>(
    name: One,
    input: InputOf<One>,
    from: string,
  ): Promise<OutputOf<One>> {
    return (await this.#counter.take(
      name,
      input,
      await readWhole(from),
      this.#caller,
    )) as OutputOf<One>;
  }
}

/** Writes what comes, as it comes, to a file that only this user can read. @throws PRIVACY_EXPORT_UNWRITABLE */
export async function writeStream(to: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  await makePrivate(to);
  try {
    await pipeline(bytes, createWriteStream(to, { flags: 'w', flush: true }));
  } catch (cause) {
    if (cause instanceof VestibuleError) throw cause;
    throw privacyErrors.make('EXPORT_UNWRITABLE', { place: to, cause });
  }
}

/** @throws PRIVACY_FILE_UNREADABLE */
export const readWhole = (file: string): Promise<Buffer> =>
  readFile(file).catch((cause: unknown) => {
    throw privacyErrors.make('FILE_UNREADABLE', { place: file, cause });
  });
