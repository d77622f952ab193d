import { checkbox, confirm, input, password, select } from '@inquirer/prompts';
import type { z } from 'zod';
import type { SetUpDraft } from '../../privacy/set-up-answers.js';
import { setUpErrors } from './errors.js';

/** What is wrong with a text, or that it fits. */
export type Fits = (text: string) => true | string;

/** Typed in place of an earlier answer to a question that needs none. */
const NONE = '-';

interface Choice<Value> {
  readonly value: Value;
  readonly name?: string;
}

/**
 * Asks at the terminal, one question after the other, each with a key of its own. What is answered is kept
 * at once and offered again the next time: whoever leaves in the middle types nothing twice.
 */
export class Asker {
  readonly #draft: SetUpDraft;
  readonly #answers: Record<string, z.core.util.JSONType>;

  constructor(draft: SetUpDraft) {
    this.#draft = draft;
    this.#answers = { ...draft.read() };
  }

  /** Whether an earlier round was left before its end. */
  get again(): boolean {
    return Object.keys(this.#answers).length > 0;
  }

  /** A line, without the blanks around it. `standard` is offered where nothing was answered before. */
  line(key: string, message: string, fits: Fits = () => true, standard?: string): Promise<string> {
    const before = this.#answers[key];
    const offered = typeof before === 'string' && before !== '' ? before : standard;
    return this.#kept(key, async () => {
      const text = await input({
        message,
        validate: (typed) => fits(typed.trim()),
        ...(offered === undefined ? {} : { default: offered }),
      });
      return text.trim();
    });
  }

  /** A line that may be empty; a hyphen empties it where something was answered before. */
  async optional(key: string, message: string, fits: Fits = () => true): Promise<string> {
    const none = (text: string): boolean => text === '' || text === NONE;
    const how = this.#answers[key] === undefined ? 'may be empty' : `${NONE} for none`;
    const text = await this.line(key, `${message} (${how})`, (typed) => none(typed) || fits(typed));
    return none(text) ? '' : text;
  }

  /** What is typed here is neither shown nor kept. */
  secret(message: string): Promise<string> {
    return leaving(() => password({ message, mask: true, validate: needed }));
  }

  choose<Value extends string>(
    key: string,
    message: string,
    choices: readonly Choice<Value>[],
    standard?: string,
  ): Promise<Value> {
    const offered = choices.find(({ value }) => value === (this.#answers[key] ?? standard))?.value;
    return this.#kept(key, () =>
      select<Value>({ message, choices, ...(offered === undefined ? {} : { default: offered }) }),
    );
  }

  several<Value extends string>(
    key: string,
    message: string,
    values: readonly Value[],
    standard: readonly Value[],
  ): Promise<Value[]> {
    const before = this.#answers[key];
    const checked = Array.isArray(before) ? before : standard;
    const choices = values.map((value) => ({ value, checked: checked.includes(value) }));
    return this.#kept(key, () => checkbox<Value>({ message, choices }));
  }

  yes(key: string, message: string, standard: boolean): Promise<boolean> {
    const before = this.#answers[key];
    const offered = typeof before === 'boolean' ? before : standard;
    return this.#kept(key, () => confirm({ message, default: offered }));
  }

  /** Not kept: what holds for this time only, and duties, which are taken on each time. */
  now(message: string, standard: boolean): Promise<boolean> {
    return leaving(() => confirm({ message, default: standard }));
  }

  async #kept<Value extends z.core.util.JSONType>(
    key: string,
    ask: () => Promise<Value>,
  ): Promise<Value> {
    const answer = await leaving(ask);
    this.#answers[key] = answer;
    this.#draft.keep(this.#answers);
    return answer;
  }
}

/** @throws SETUP_LEFT when Ctrl-C is pressed instead of an answer */
async function leaving<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'ExitPromptError') {
      throw setUpErrors.make('LEFT', { cause });
    }
    throw cause;
  }
}

export const needed: Fits = (text) => (text === '' ? 'this may not be empty' : true);

/** The parts between commas. */
export const list = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** Whether `value` fits what the answers' schema wants there. */
export function fits(schema: z.ZodType, value: unknown): true | string {
  const parsed = schema.safeParse(value);
  return parsed.success ? true : (parsed.error.issues[0]?.message ?? 'this does not fit');
}
