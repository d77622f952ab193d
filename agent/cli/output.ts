/** Writes a line for the person or program that called. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Writes `value` as one line of JSON. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value));
}

/** The exit codes of every command. */
export const EXIT = { fine: 0, faultFound: 1, wrongUsage: 2 } as const;
