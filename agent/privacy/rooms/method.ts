import type { z } from 'zod';
import type { OpenRecords } from '../../records/records.js';
import type { Actor } from '../actor.js';
import type { BackupRoom } from '../backup-room.js';
import type { CommandLogins } from '../command-logins.js';
import type { ConfigurationDesk } from '../configuration-desk.js';
import type { PrivacyOffice } from '../privacy-office.js';
import type { ReadingRoom } from '../reading-room.js';
import type { Right } from '../roles.js';

/** What the methods work on. */
export interface Inside {
  readonly records: OpenRecords;
  readonly room: ReadingRoom;
  readonly office: PrivacyOffice;
  readonly configuration: ConfigurationDesk;
  readonly logins: CommandLogins;
  /** Backups by `who`. */
  readonly backup: (who: string) => BackupRoom;
  /** The office's own questions by the intent of their form, and by the id of their answer. */
  readonly questions?: () => Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Rings a telephone of the office and then the caller; only where calls are answered. */
  readonly callBack?: ((wanted: CallBackWish) => Promise<void>) | undefined;
}

/** Whom to call back, at which telephone of the office. */
export interface CallBackWish {
  readonly extension: string;
  readonly number: string;
  readonly callId: string;
}

/** What all methods have: who may, and what is given to them. */
interface Asked<Input> {
  /** What the role of whoever asks must hold; `anybody` for what holds no word and no number of a person. */
  readonly right: Right | 'anybody';
  /** Only for somebody of this machine, never over the network. */
  readonly here?: true;
  /**
   * Whether somebody of this machine must have logged in, where the key of the store lies in no file.
   * Left out: wherever a right is asked for. False is for what shows and changes nothing of a person.
   */
  readonly login?: boolean;
  readonly input: z.ZodType<Input>;
}

/** A question with an answer. Both go through JSON: plain objects, arrays, strings, numbers. */
export interface Method<Input, Output> extends Asked<Input> {
  readonly run: (inside: Inside, input: Input, actor: Actor) => Promise<Output>;
}

/** A file on its way; `answer` is certain when the last byte was read. */
export interface Opened<Output> {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly answer: Promise<Output>;
}

/** A question whose answer is a file besides. */
export interface Download<Input, Output> extends Asked<Input> {
  readonly open: (inside: Inside, input: Input, actor: Actor) => Promise<Opened<Output>>;
}

/** A file that is handed in. */
export interface Upload<Input, Output> extends Asked<Input> {
  readonly take: (inside: Inside, input: Input, bytes: Buffer, actor: Actor) => Promise<Output>;
}

/** Whether whoever asks here must have logged in, where logins are demanded. */
export const wantsLogin = ({ login, right }: Pick<Asked<unknown>, 'login' | 'right'>): boolean =>
  login ?? right !== 'anybody';

/** These three only fix the types of what they are given. */
export const method = <Input, Output>(one: Method<Input, Output>): Method<Input, Output> => one;
export const download = <Input, Output>(one: Download<Input, Output>): Download<Input, Output> =>
  one;
export const upload = <Input, Output>(one: Upload<Input, Output>): Upload<Input, Output> => one;

type Present<T> = { readonly [Key in keyof T]: Exclude<T[Key], undefined> };

/** Without what is undefined: an absent thing and an undefined one are the same in JSON. */
export const present = <T extends object>(value: T): Partial<Present<T>> =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<
    Present<T>
  >;

const PIECE = 64 * 1024;

/** Bytes that are there already, in pieces. */
export async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield await Promise.resolve(bytes.subarray(at, at + PIECE));
  }
}
