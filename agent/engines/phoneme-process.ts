import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { oneLine } from '../errors.js';
import { engineErrors } from './errors.js';

/** The longest that a text may take, in milliseconds. */
const DEADLINE = 3000;
/**
 * Two lines of their own after each text: their sounds mark the end of those of the text. One alone may
 * come of a text that sounds like it.
 */
const MARK = 'zqzqzq';

interface Asked {
  readonly text: string;
  readonly lines: string[];
  readonly resolve: (ipa: string) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One espeak-ng that stays: it answers in a few milliseconds, where starting it anew for each phrase
 * takes 20 and more, and the caller waits for the first. It reads line by line and answers each at
 * once, in as many lines as it hears clauses. It ends with this process, whose pipe it reads from,
 * and keeps nobody waiting: without a question it holds no event loop.
 */
export class PhonemeProcess {
  readonly #voice: string;
  readonly #deadlineMs: number;
  #child: ChildProcessWithoutNullStreams | undefined;
  #mark: string | undefined;
  /** The line before. */
  #before: string | undefined;
  readonly #asked: Asked[] = [];
  #deadline: NodeJS.Timeout | undefined;

  /** `voice` is espeak-ng's name of a language, such as en-us. */
  constructor(voice: string, deadlineMs = DEADLINE) {
    this.#voice = voice;
    this.#deadlineMs = deadlineMs;
  }

  /** The IPA of `text`, as espeak-ng writes it. Throws ENGINE_PHONEMES. */
  ipaOf(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#asked.push({
        text: text.replaceAll(new RegExp(MARK, 'giu'), ' ').replaceAll(/\s+/gu, ' ').trim(),
        ...{ lines: [], resolve, reject },
      });
      if (this.#asked.length === 1) this.#ask();
    });
  }

  #ask(): void {
    const [first] = this.#asked;
    if (first === undefined) return;
    const child = this.#child ?? this.#start();
    hold(child, true);
    this.#deadline = setTimeout(() => {
      // Synthesis may have held the thread for so long: the answer is there and was not read yet.
      setImmediate(() => {
        if (this.#asked[0] === first && this.#child === child) this.#late(child);
      });
    }, this.#deadlineMs);
    child.stdin.write(`${first.text}\n${MARK}\n${MARK}\n`);
  }

  #start(): ChildProcessWithoutNullStreams {
    const child = spawn('espeak-ng', ['-q', '--ipa', '-b', '1', '-v', this.#voice]);
    this.#child = child;
    this.#mark = undefined;
    this.#before = undefined;
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString()).slice(-500);
    });
    child.stdin.on('error', () => undefined);
    child.once('error', (cause) => {
      this.#lost(child, oneLine(cause));
    });
    child.once('close', () => {
      this.#lost(child, errors);
    });
    // How the mark sounds is only known from hearing it alone.
    child.stdin.write(`${MARK}\n`);
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (this.#child === child) this.#hear(line.trim());
    });
    return child;
  }

  #hear(line: string): void {
    if (this.#mark === undefined) {
      this.#mark = line;
      return;
    }
    const [first] = this.#asked;
    const ends = line === this.#mark && this.#before === this.#mark;
    this.#before = ends ? undefined : line;
    if (!ends) {
      if (line !== this.#mark) first?.lines.push(line);
      return;
    }
    this.#asked.shift();
    clearTimeout(this.#deadline);
    first?.resolve(first.lines.join(' '));
    if (this.#asked.length > 0) this.#ask();
    else if (this.#child !== undefined) hold(this.#child, false);
  }

  #late(child: ChildProcessWithoutNullStreams): void {
    this.#lost(child, `no answer within ${this.#deadlineMs} ms`);
    child.kill('SIGKILL');
  }

  /** What was asked fails; the next question starts another. */
  #lost(child: ChildProcessWithoutNullStreams, detail: string): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    clearTimeout(this.#deadline);
    for (const { reject } of this.#asked.splice(0)) {
      reject(engineErrors.make('PHONEMES', { detail }));
    }
  }
}

/** Whether the event loop waits for `child`. Its pipes are sockets, though their types do not say so. */
function hold(child: ChildProcessWithoutNullStreams, held: boolean): void {
  const all = [child, child.stdin, child.stdout, child.stderr] as readonly {
    ref?: () => void;
    unref?: () => void;
  }[];
  for (const one of all) {
    if (held) one.ref?.();
    else one.unref?.();
  }
}
