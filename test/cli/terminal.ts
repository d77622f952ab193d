import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Test } from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';

export const ENTER = '\r';
export const CTRL_C = '\x03';
/** Takes away what stands in the line. */
export const ANEW = '\x15';

/** `script` of util-linux gives a program a terminal of its own. */
export const hasTerminals = spawnSync('script', ['--version']).status === 0;

/** `vestibule` with `args`, at a terminal. */
export class Terminal {
  readonly #child;
  readonly #exit: Promise<number | null>;
  #text = '';
  #read = 0;
  #heard: () => void = () => undefined;

  constructor(t: Test, args: readonly string[], env: NodeJS.ProcessEnv) {
    const program = [process.execPath, join(checkoutRoot, 'build/agent/main.js'), ...args];
    this.#child = spawn('script', ['-qefc', program.join(' '), '/dev/null'], {
      env: { ...process.env, TERM: 'xterm', COLUMNS: '120', ...env },
    });
    this.#child.stdout.on('data', (data: Buffer) => {
      this.#text += stripVTControlCharacters(data.toString());
      this.#heard();
    });
    this.#exit = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        resolve(code);
        this.#heard();
      });
    });
    t.teardown(() => this.#child.kill('SIGKILL'));
  }

  /** Waits for `text` after what was waited for before, and types `keys`. */
  async answer(text: string, keys: string): Promise<void> {
    let at = this.#text.indexOf(text, this.#read);
    while (at < 0) {
      if (this.#child.exitCode !== null) throw new Error(`ended before “${text}”: ${this.rest}`);
      await new Promise<void>((resolve) => (this.#heard = resolve));
      at = this.#text.indexOf(text, this.#read);
    }
    // A question is drawn anew with each key: what was there before it was answered does not count.
    this.#read = this.#text.length;
    this.#child.stdin.write(keys);
  }

  /** What stands there since the last answer. */
  get rest(): string {
    return this.#text.slice(this.#read);
  }

  /** The exit code, once it has ended. */
  ended(): Promise<number | null> {
    return this.#exit;
  }
}
