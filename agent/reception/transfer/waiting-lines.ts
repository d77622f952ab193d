/**
 * Who waits for which department, and whose telephone is in use by a call of ours. Shared by all visits:
 * whoever came first is served first.
 */
export class WaitingLines {
  readonly #lines = new Map<string, (() => void)[]>();
  readonly #busy = new Map<string, number>();

  /** Joins the line of `department`. */
  enter(department: string): { readonly turn: Promise<void>; leave(): void } {
    const line = this.#lines.get(department) ?? [];
    this.#lines.set(department, line);
    let come: () => void = () => undefined;
    const turn = new Promise<void>((resolve) => {
      come = resolve;
    });
    line.push(come);
    if (line.length === 1) come();
    return {
      turn,
      leave: () => {
        const at = line.indexOf(come);
        if (at < 0) return;
        line.splice(at, 1);
        if (at === 0) line[0]?.();
        if (line.length === 0 && this.#lines.get(department) === line) {
          this.#lines.delete(department);
        }
      },
    };
  }

  /** How many wait for `department`, whoever is being served included. */
  waiting(department: string): number {
    return this.#lines.get(department)?.length ?? 0;
  }

  /** Marks an extension as used by a call of ours, until the returned function is called. */
  take(extension: string): () => void {
    this.#busy.set(extension, (this.#busy.get(extension) ?? 0) + 1);
    let taken = true;
    return () => {
      if (!taken) return;
      taken = false;
      const left = (this.#busy.get(extension) ?? 1) - 1;
      if (left > 0) this.#busy.set(extension, left);
      else this.#busy.delete(extension);
    };
  }

  isBusy(extension: string): boolean {
    return this.#busy.has(extension);
  }
}
