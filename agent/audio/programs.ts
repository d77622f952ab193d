import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether `program` can be run from PATH. */
export function onPath(program: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return folder !== '';
    } catch {
      return false;
    }
  });
}

/** The last line that a program wrote to its error output: usually why it failed. */
export class LastLine {
  #text = '';

  hear(bytes: Buffer): void {
    // Enough for a line; a program that talks without end must not fill the memory.
    this.#text = (this.#text + bytes.toString('utf8')).slice(-2000);
  }

  /** As a detail of an error; nothing if the program said nothing. */
  get detail(): { readonly detail?: string } {
    const line = this.#text
      .split('\n')
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .at(-1);
    return line === undefined ? {} : { detail: line.replace(/\.$/u, '').slice(0, 200) };
  }
}
