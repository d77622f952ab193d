import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parse, stringify } from 'yaml';
import { printJson, print } from '../output.js';
import { answersSchema, type Answers, type SetUp } from '../set-up/answers.js';
import { setUpErrors } from '../set-up/errors.js';

interface Options {
  readonly answers?: string;
  readonly force?: true;
  readonly json?: true;
}

/** `vestibule setup`. */
export const setupCommand = (setUp: SetUp): Command =>
  new Command('setup')
    .description('ask what the office is and write its configuration; duties must be taken on')
    .option('--answers <file>', 'take the answers from a YAML file instead of asking')
    .option('--force', 'also in place of a configuration that was changed; it is kept beside it')
    .option('--json', 'print one line of JSON')
    .action(async ({ answers: file, force, json }: Options) => {
      const answers = file === undefined ? await asked() : answersIn(file);
      const done = await setUp(answers, force === true);
      if (json === true) {
        printJson(done);
        return;
      }
      print(`written: ${done.file}`);
      if (done.before !== undefined) print(`what stood there before: ${done.before}`);
      if (file === undefined) {
        print('\nThe same without questions, with --answers FILE:\n');
        print(stringify(answers));
      }
      print('Next: scripts/start; then, while it runs, scripts/vestibule self-test calls it once.');
      print('Keep the recovery words of the store: scripts/vestibule keys recovery.');
    });

async function asked(): Promise<Answers> {
  if (!process.stdin.isTTY) throw setUpErrors.make('NO_TERMINAL');
  // Only whoever is asked needs what draws the questions.
  const { askAnswers } = await import('../set-up/questions.js');
  return askAnswers();
}

/** @throws SETUP_UNREADABLE, SETUP_INCOMPLETE with every fault */
export function answersIn(file: string): Answers {
  let told: unknown;
  try {
    told = parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw setUpErrors.make('UNREADABLE', { place: file, cause });
  }
  const parsed = answersSchema.safeParse(told);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.')}: ${message}`,
  );
  throw setUpErrors.make('INCOMPLETE', { place: file, detail: faults.join('; ') });
}
