import type { Database } from './database.js';
import type { DatabaseName, Statement } from './protocol.js';

interface Waiting {
  readonly statement: Statement;
  readonly done: (error?: Error) => void;
}

/**
 * Statements that are committed together: what is asked for while a commit is under way goes with the
 * next one. However many calls ask in the same moment, others wait for one commit of theirs and not for
 * each.
 */
export class GroupedWrites {
  readonly #database: Database;
  readonly #name: DatabaseName;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(database: Database, name: DatabaseName) {
    this.#database = database;
    this.#name = name;
  }

  /** Resolves when the statement is committed. @throws RECORDS_… of this statement alone */
  write(statement: Statement): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error): void => {
        if (error === undefined) resolve();
        else reject(error);
      };
      this.#waiting.push({ statement, done });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) await this.#together(this.#waiting.splice(0));
    this.#writing = false;
  }

  /** One that is refused takes the others with it: then each is asked for alone. */
  async #together(some: readonly Waiting[]): Promise<void> {
    try {
      await this.#database.write(this.#name, ...some.map(({ statement }) => statement));
      for (const { done } of some) done();
    } catch (error) {
      const [only, ...others] = some;
      if (others.length === 0) only?.done(error as Error);
      else for (const one of some) await this.#together([one]);
    }
  }
}
