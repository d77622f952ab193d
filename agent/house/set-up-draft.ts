import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SetUpDraft } from '../privacy/set-up-answers.js';
import { writeWhole } from '../records/whole-file.js';

const draft = z.record(z.string(), z.json());

/** What was answered so far, in the data folder, for this user only; gone once the office is written. */
export function createSetUpDraft(home: string): SetUpDraft {
  const file = join(home, 'setup-draft.json');
  return {
    read() {
      try {
        return draft.parse(JSON.parse(readFileSync(file, 'utf8')));
      } catch {
        // None is there, or it is unreadable: everything is asked.
        return {};
      }
    },
    keep(answers) {
      writeWhole(file, JSON.stringify(answers));
    },
    drop() {
      rmSync(file, { force: true });
    },
  };
}
