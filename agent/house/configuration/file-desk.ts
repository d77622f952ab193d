import { readFileSync, realpathSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { Clock } from '../../clock.js';
import { differences, differentLines, unified } from '../../config/differences.js';
import { edited } from '../../config/edit.js';
import { configErrors } from '../../config/errors.js';
import { withHolidays } from '../../config/holidays.js';
import { checkIntents } from '../../config/intent-names.js';
import { checkConfiguration } from '../../config/load.js';
import { pathsOf } from '../../config/paths.js';
import { restartsOf } from '../../config/restarts.js';
import type { Configuration } from '../../config/schema.js';
import { oneLine, VestibuleError, type Fault } from '../../errors.js';
import type { Log } from '../../log.js';
import type {
  ChangeBy,
  ConfigurationDesk,
  ConfigurationDiff,
  ConfigurationDraft,
  ConfigurationNow,
  ConfigurationPreview,
  ConfigurationTaken,
  ConfigurationVersion,
} from '../../privacy/configuration-desk.js';
import { hashOfText } from '../../records/configuration-versions.js';
import type { OpenRecords } from '../../records/records.js';
import { writeWhole } from '../../records/whole-file.js';

export interface FileDeskParts {
  /** The configuration file. */
  readonly file: string;
  readonly env: NodeJS.ProcessEnv;
  readonly records: OpenRecords;
  readonly clock: Clock;
  readonly log: Log;
  /** What calls are held under. */
  readonly inForce: () => Configuration;
  /** Puts a configuration in force, or rejects and changes nothing. */
  readonly take: (fresh: Configuration) => Promise<void>;
}

/** Who changed a file of which nothing but its text is known. */
const BY_HAND = 'by hand';

/** The configuration file, its versions in the store, and the way from one to the next. */
export class FileDesk implements ConfigurationDesk {
  readonly #parts: FileDeskParts;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: FileDeskParts) {
    this.#parts = parts;
  }

  now(): Promise<ConfigurationNow> {
    const text = this.#read();
    const { faults, settings } = this.#checked(text);
    const document = parseDocument(text);
    const values = document.errors.length > 0 ? {} : (document.toJS() as object | null);
    return Promise.resolve({
      ...{ text, faults, hash: hashOfText(text) },
      values: (values ?? {}) as ConfigurationNow['values'],
      importedDays: settings === undefined ? [] : this.#importedDays(text, settings),
      waits: settings === undefined ? [] : this.#waits(settings),
    });
  }

  async preview(draft: ConfigurationDraft): Promise<ConfigurationPreview> {
    const text = this.#read();
    const fresh = textOf(draft, text);
    const { faults, settings } = this.#checked(fresh);
    await Promise.resolve();
    return {
      faults,
      waits: settings === undefined ? [] : this.#waits(settings),
      diff: diffOf(text, fresh, ['now', 'then']),
    };
  }

  change(draft: ConfigurationDraft, by: ChangeBy): Promise<ConfigurationTaken> {
    return this.#alone(() => this.#change(draft, by, 'configuration.change'));
  }

  versions(limit: number, before?: number): Promise<readonly ConfigurationVersion[]> {
    return this.#parts.records.reading.versions.list(limit, before);
  }

  async version(number: number): Promise<ConfigurationVersion & { readonly text: string }> {
    const found = await this.#parts.records.reading.versions.of(number);
    if (found === undefined) throw configErrors.make('NO_VERSION', { place: String(number) });
    return found;
  }

  async diff(from: number, to?: number): Promise<ConfigurationDiff> {
    const before = await this.version(from);
    const after = to === undefined ? this.#read() : (await this.version(to)).text;
    const name = to === undefined ? 'the file' : `version ${String(to)}`;
    return diffOf(before.text, after, [`version ${String(from)}`, name]);
  }

  async rollback(number: number, by: ChangeBy): Promise<ConfigurationTaken> {
    const { text } = await this.version(number);
    const why = [`back to version ${String(number)}`, by.why].filter(Boolean).join(': ');
    return this.#alone(() => this.#change({ text }, { ...by, why }, 'configuration.rollback'));
  }

  /** Puts in force what was read elsewhere, in turn with changes, and keeps what the file says. */
  taking(take: () => Promise<void>): Promise<void> {
    return this.#alone(async () => {
      await take();
      await this.begin();
    });
  }

  /** Puts in force anew what is in force, because what it refers to has changed: recordings, a head. */
  again(): Promise<void> {
    return this.#alone(() => this.#parts.take(this.#parts.inForce()));
  }

  /** Keeps what the file says at a start or a reload. A store that fails stops neither. */
  async begin(): Promise<void> {
    try {
      await this.noticed();
    } catch (error) {
      this.#parts.log.error('the version of the configuration could not be kept', {
        reason: oneLine(error),
      });
    }
  }

  /** Keeps what the file says if it is in order and new; returns whether it was. */
  async noticed(who = BY_HAND, why?: string): Promise<boolean> {
    const { records, clock } = this.#parts;
    const text = this.#read();
    if (this.#checked(text).settings === undefined) return false;
    return records.reading.versions.add(text, clock.now(), who, why);
  }

  async #change(
    draft: ConfigurationDraft,
    { who, why, base, restart = false }: ChangeBy,
    deed: string,
  ): Promise<ConfigurationTaken> {
    const { records, clock, take } = this.#parts;
    const { versions, audit } = records.reading;
    const old = this.#read();
    if (base !== undefined && base !== hashOfText(old)) throw configErrors.make('CONFLICT');
    await this.noticed();
    const text = textOf(draft, old);
    if (text === old) return this.#taken(old, []);
    const settings = this.#valid(text);
    const waits = this.#waits(settings);
    if (waits.length > 0 && !restart) {
      const faults = waits.map((path) => ({ path, message: 'needs a restart', line: undefined }));
      throw configErrors.make('NEEDS_RESTART', { detail: waits.join(', '), faults });
    }
    await audit.add(who, deed, undefined, why);
    // Nobody may have written while that was noted.
    if (this.#read() !== old) throw configErrors.make('CONFLICT');
    this.#write(text);
    try {
      // Before it is taken: who takes it sees that it is known, and by whom it is.
      await versions.add(text, clock.now(), who, why);
      if (waits.length === 0) await take(settings);
    } catch (error) {
      if (this.#read() === text) this.#write(old);
      await versions.takeBack(text).catch(() => undefined);
      if (error instanceof VestibuleError && error.code.startsWith('CONFIG_')) throw error;
      throw configErrors.make('REFUSED', { detail: oneLine(error), cause: error });
    }
    return this.#taken(text, waits);
  }

  async #taken(text: string, waits: readonly string[]): Promise<ConfigurationTaken> {
    const [newest] = await this.versions(1);
    return { version: newest?.number, hash: hashOfText(text), waits };
  }

  /** One after another: each change is made of what the one before it left. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #read(): string {
    const { file } = this.#parts;
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw configErrors.make('MISSING', { place: file, cause });
    }
  }

  #write(text: string): void {
    const { file } = this.#parts;
    try {
      writeWhole(realpathSync(file), text);
    } catch (cause) {
      throw configErrors.make('NOT_WRITTEN', { place: file, detail: oneLine(cause), cause });
    }
  }

  /** @throws CONFIG_UNREADABLE, CONFIG_INVALID, CONFIG_HOLIDAYS */
  #valid(text: string): Configuration {
    const { file, env, clock } = this.#parts;
    const settings = checkConfiguration(text, file, env);
    checkIntents(settings, { ...pathsOf(env), configuration: file });
    return withHolidays(settings, file, clock.now());
  }

  #checked(text: string): {
    readonly faults: readonly Fault[];
    readonly settings: Configuration | undefined;
  } {
    try {
      return { faults: [], settings: this.#valid(text) };
    } catch (error) {
      if (!(error instanceof VestibuleError)) throw error;
      const { faults = [{ path: '', message: error.message, line: undefined }] } = error;
      return { faults, settings: undefined };
    }
  }

  #importedDays(text: string, { understanding }: Configuration): ConfigurationNow['importedDays'] {
    const { file, env } = this.#parts;
    const own = checkConfiguration(text, file, env).understanding.holidays.length;
    return understanding.holidays.slice(own).map(({ date, name }) => ({ date, name }));
  }

  #waits(settings: Configuration): readonly string[] {
    return restartsOf(this.#parts.inForce(), settings);
  }
}

const textOf = (draft: ConfigurationDraft, old: string): string =>
  'text' in draft ? draft.text : edited(old, draft.values);

const diffOf = (from: string, to: string, names: readonly [string, string]): ConfigurationDiff => ({
  unified: unified(from, to, names),
  lines: differentLines(from, to),
  settings: differences(from, to),
});
