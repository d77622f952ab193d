import { oneLine } from '../../errors.js';
import { updateErrors } from './errors.js';

/** A step of an update. What it did is undone by `undo`, also in another process after a crash. */
export interface Step {
  readonly name: string;
  readonly run: () => Promise<void> | void;
  /** Undoes what `run` did, or what it had begun to do. May be called twice. */
  readonly undo?: () => Promise<void> | void;
}

/** Where is noted which steps have begun, so that a crash in between can be undone. */
export interface Journal {
  begin(step: string): void;
  /** Nothing is open any more. */
  close(): void;
}

/**
 * Runs `steps` in order; when one fails, undoes it and those before it in reverse order.
 * @throws UPDATE_ROLLED_BACK, UPDATE_NOT_ROLLED_BACK
 */
export async function runSteps(
  steps: readonly Step[],
  journal: Journal,
  tell: (line: string) => void,
): Promise<void> {
  const begun: Step[] = [];
  for (const step of steps) {
    journal.begin(step.name);
    begun.push(step);
    tell(step.name);
    try {
      await step.run();
    } catch (cause) {
      tell(`failed: ${oneLine(cause)}`);
      await undoSteps(begun, journal, tell, oneLine(cause));
      throw updateErrors.make('ROLLED_BACK', { detail: `${step.name}: ${oneLine(cause)}`, cause });
    }
  }
  journal.close();
}

/** Undoes the steps that have `begun`, the last one first. @throws UPDATE_NOT_ROLLED_BACK */
export async function undoSteps(
  begun: readonly Step[],
  journal: Journal,
  tell: (line: string) => void,
  because: string,
): Promise<void> {
  for (const { name, undo } of [...begun].reverse()) {
    if (undo === undefined) continue;
    tell(`putting back: ${name}`);
    try {
      await undo();
    } catch (cause) {
      throw updateErrors.make('NOT_ROLLED_BACK', {
        detail: `${because}; then, putting back ${name}: ${oneLine(cause)}`,
        cause,
      });
    }
  }
  journal.close();
}
