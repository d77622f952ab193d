import { Command, InvalidArgumentError } from 'commander';
import { score, type Scores } from '../../understanding/scoring.js';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';
import { withInstead, type Instead } from '../text-input.js';

/** Confusions and texts that a person is shown; JSON has them all. */
const MOST_SHOWN = 20;

export const intentsCommand = (house: () => House, finish: (code: number) => void): Command =>
  new Command('intents')
    .description('the intent model')
    .addCommand(
      new Command('train')
        .description('train it on this machine from the examples of its profiles')
        .option('--json', 'print one line of JSON for each profile')
        .option('--force', 'train even if nothing has changed')
        .option('--language <language>', 'another language than the configuration names')
        .action(async (options: { json?: true; force?: true; language?: string }) => {
          const began = performance.now();
          const heads = await house().train(options.force === true, options.language);
          const seconds = Math.round((performance.now() - began) / 100) / 10;
          for (const { profile, head, trained } of heads) {
            if (options.json === true) {
              printJson({ profile, trained, seconds, ...head });
              continue;
            }
            const whose = heads.length === 1 ? '' : `${profile}, `;
            print(
              `${whose}${trained ? 'trained' : 'up to date'}: ${String(head.labels.length)} intents, held-out accuracy ${percent(head.heldOut.accuracy)}, ${seconds.toFixed(1)} s`,
            );
          }
        }),
    )
    .addCommand(testCommand(house, finish));

interface TestOptions extends Instead {
  readonly json?: true;
  readonly atLeast?: number;
}

const testCommand = (house: () => House, finish: (code: number) => void): Command =>
  withInstead(
    new Command('test')
      .description('how well texts are understood whose intents are known')
      .argument('<file>', 'YAML like models/intents, JSON lines of text and intent, or TSV')
      .option('--json', 'print one line of JSON')
      .option('--at-least <percent>', 'a lower accuracy is a fault', percentage),
  ).action(async (file: string, options: TestOptions) => {
    const { loadLabelled } = await import('../../understanding/labelled.js');
    const { language, country, profile } = options;
    const rows = loadLabelled(file);
    const scores = await house().conversing(
      { language, country, profile },
      async ({ understanding }) => {
        const found: string[] = [];
        for (const { text } of rows) found.push((await understanding.understand(text)).intent);
        return score(rows, found);
      },
    );
    if (options.json === true) printJson(scores);
    else for (const line of linesOf(scores)) print(line);
    if (scores.accuracy * 100 < (options.atLeast ?? 0)) finish(EXIT.faultFound);
  });

function percentage(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value <= 100)) throw new InvalidArgumentError('Write 0 to 100.');
  return value;
}

function linesOf({ examples, accuracy, intents, confusions, misses }: Scores): readonly string[] {
  return [
    `${percent(accuracy)} of ${String(examples)} right`,
    'intent                   texts  precision  recall',
    ...intents.map(
      ({ intent, examples: count, precision, recall }) =>
        `${intent.padEnd(24)} ${String(count).padStart(5)}  ${percent(precision).padStart(9)}  ${percent(recall).padStart(6)}`,
    ),
    ...confusions
      .slice(0, MOST_SHOWN)
      .map(({ expected, found, count }) => `${String(count)} × ${expected} taken for ${found}`),
    ...misses
      .slice(0, MOST_SHOWN)
      .map(({ text, expected, found }) => `“${text}”: ${expected}, taken for ${found}`),
  ];
}

const percent = (share: number | undefined): string =>
  share === undefined ? '–' : `${(share * 100).toFixed(1)} %`;
