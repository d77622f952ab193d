declare module 'spdx-satisfies' {
  /** Whether an SPDX expression is satisfied by one of the licences. @throws what is no expression */
  export default function satisfies(expression: string, licences: readonly string[]): boolean;
}
