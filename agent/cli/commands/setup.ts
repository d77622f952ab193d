import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { LineCounter, parseDocument, stringify, type Document } from 'yaml';
import { oneLine } from '../../errors.js';
import type { Answers } from '../../privacy/set-up-answers.js';
import { plainly } from '../../understanding/plain-faults.js';
import { brokenYaml, inLine, lineOf } from '../../understanding/yaml-lines.js';
import type { Bare } from '../bare.js';
import type { House } from '../house.js';
import { printJson, print } from '../output.js';
import { showWords } from '../recovery-sheet.js';
import { setUpErrors } from '../set-up/errors.js';
import { showModels, showPbx } from '../set-up/models.js';

interface Options {
  readonly answers?: string;
  readonly force?: true;
  readonly recovery?: true;
  readonly call?: true;
  readonly json?: true;
}

/** `vestibule setup`. */
export const setupCommand = (
  open: () => Bare,
  house: () => House,
  finish: (code: number) => void,
): Command =>
  new Command('setup')
    .description('ask what the office is and write its configuration; duties must be taken on')
    .option('--answers <file>', 'take the answers from a YAML file instead of asking')
    .option('--force', 'also in place of a configuration that was changed; it is kept beside it')
    .option('--recovery', 'make the recovery words of the store and show them once')
    .option('--call', 'start it, have it called once, show the call, and end it again')
    .option('--json', 'print one line of JSON')
    .action(async ({ answers: file, force, recovery, call, json }: Options) => {
      const bare = open();
      bare.refuseChanged(force === true);
      const asking = file === undefined ? await asked(bare) : undefined;
      const { answers, secrets } = asking ?? { answers: await answersIn(file ?? ''), secrets: {} };
      const { withPasswordFile } = await import('../../privacy/set-up-answers.js');
      const { languageOf } = await import('../../privacy/set-up-questions.js');
      const done = await bare.setUp(answers, force === true, secrets);
      bare.setUpDraft.drop();
      if (json === true) {
        printJson(done);
        return;
      }
      print(`written: ${done.file}`);
      if (done.before !== undefined) print(`what stood there before: ${done.before}`);
      if (done.passwordFile !== undefined) print(`the trunk’s password: ${done.passwordFile}`);
      if (done.kept.length > 0) {
        print(`Kept from the example of its kind, to be looked at: ${done.kept.join(', ')}.`);
      }
      const { models, pbx } = await bare.surroundings();
      showModels(models, languageOf(answers.kind));
      showPbx(pbx);
      const also = asking === undefined ? { recovery, call } : await asking.also();
      if (also.recovery === true) await showWords(await house().keys().makeRecovery());
      else print('\nKeep the recovery words of the store: vestibule keys recovery.');
      if (asking !== undefined) {
        print('\nThe same without questions, with --answers FILE:\n');
        print(stringify(withPasswordFile(answers, done.passwordFile)));
      }
      if (also.call === true) finish(await bare.tryCall());
      else print(`Next: ${start(bare)}; then, while it runs, vestibule self-test calls it.`);
    });

const start = ({ fromCheckout }: Bare): string =>
  fromCheckout ? 'scripts/start' : 'systemctl enable --now vestibule';

async function asked(bare: Bare) {
  if (!process.stdin.isTTY) throw setUpErrors.make('NO_TERMINAL');
  // Only whoever is asked needs what draws the questions.
  const [{ Asker }, { askAnswers, askAlso }] = await Promise.all([
    import('../set-up/asker.js'),
    import('../set-up/questions.js'),
  ]);
  const ask = new Asker(bare.setUpDraft);
  if (ask.again)
    print('It was left before its end: earlier answers are offered, Enter takes them.');
  else print('Ctrl-C leaves at any question; what you answered is offered the next time.');
  return {
    ...(await askAnswers(ask, await bare.surroundings(), bare.profiles.ownKinds())),
    also: () => askAlso(ask, bare.fromCheckout),
  };
}

/** @throws SETUP_UNREADABLE, SETUP_INCOMPLETE with every fault */
export async function answersIn(file: string): Promise<Answers> {
  const { answersSchema } = await import('../../privacy/set-up-answers.js');
  const lines = new LineCounter();
  const read = (): Document => {
    try {
      return parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines });
    } catch (cause) {
      throw setUpErrors.make('UNREADABLE', { place: file, detail: oneLine(cause), cause });
    }
  };
  const document = read();
  const [broken] = document.errors;
  if (broken !== undefined) {
    throw setUpErrors.make('UNREADABLE', { place: file, detail: brokenYaml(broken) });
  }
  const parsed = answersSchema.safeParse(document.toJS());
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => {
    const named = path.length === 0 ? 'the file' : path.map(String).join('.');
    const line = inLine(lineOf(document.contents, path, lines));
    return `${named}: ${plainly(message, path, answersSchema)}${line}`;
  });
  throw setUpErrors.make('INCOMPLETE', { place: file, detail: faults.join('; ') });
}
