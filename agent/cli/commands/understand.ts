import { Command } from 'commander';
import type { Understood } from '../../understanding/ports.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { nowOption, textsOf, withInstead, type Instead } from '../text-input.js';
import { slotContext, toldOf } from './slot.js';

interface Options extends Instead {
  readonly json?: true;
  readonly now?: string;
}

export const understandCommand = (house: () => House): Command =>
  withInstead(
    new Command('understand')
      .description('what a text means: intent and slots; without a text of each line read')
      .argument('[text...]')
      .option('--json', 'print one line of JSON for each text')
      .addOption(nowOption()),
  ).action(async (words: string[], options: Options) => {
    const { findSlots } = await import('../../understanding/slots/slots.js');
    const { language, country, profile } = options;
    const lent = house();
    const context = slotContext(lent.facts, options);
    await lent.conversing({ language, country, profile }, async ({ understanding }) => {
      for await (const text of textsOf(words)) {
        const { intent, score, alternatives, others, slots, emergency } =
          await understanding.understand(text);
        const found = Object.entries({ ...slots, ...findSlots(text, context) }).map(
          ([slot, value]) => [slot, toldOf(value)] as const,
        );
        const result = {
          ...{ intent, score, alternatives },
          ...(others === undefined ? {} : { others }),
          ...{ slots: Object.fromEntries(found), emergency },
        };
        if (options.json === true) printJson(result);
        else for (const line of linesOf(result)) print(line);
      }
    });
  });

function linesOf({
  intent,
  score,
  alternatives,
  slots,
  emergency,
}: Omit<Understood, 'faq'>): readonly string[] {
  const share = (part: number): string => `${(part * 100).toFixed(0)} %`;
  return [
    `${intent}  ${share(score)}${emergency ? '  EMERGENCY' : ''}`,
    `  or ${alternatives.map((one) => `${one.intent} ${share(one.score)}`).join(', ')}`,
    ...Object.entries(slots).map(
      ([kind, { value, confidence }]) => `  ${kind}  ${value}  ${share(confidence)}`,
    ),
  ];
}
