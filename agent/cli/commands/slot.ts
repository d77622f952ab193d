import { Argument, Command } from 'commander';
import { DateTime } from 'luxon';
import { systemClock } from '../../clock.js';
import { VestibuleError } from '../../errors.js';
import {
  SLOT_KINDS,
  type SlotContext,
  type SlotKind,
  type SlotValue,
} from '../../understanding/slots/value.js';
import type { House, TextFacts } from '../house.js';
import { print, printJson } from '../output.js';
import { nowOption, textsOf, withInstead, type Instead } from '../text-input.js';

interface Options extends Instead {
  readonly json?: true;
  readonly now?: string;
}

/** What is printed where nothing was found. */
const NOTHING = { value: null, confidence: 0, heard: '' } as const;

export const slotCommand = (house: () => House): Command =>
  withInstead(
    new Command('slot')
      .description(
        'the name, number, time, address or date of birth that a text holds; without a text one ' +
          'for each line read. Where there is none the value is null',
      )
      .addArgument(new Argument('<kind>').choices(SLOT_KINDS))
      .argument('[text...]')
      .option('--json', 'print one line of JSON for each text')
      .addOption(nowOption()),
  ).action(async (kind: SlotKind, words: string[], options: Options) => {
    const { findSlot } = await import('../../understanding/slots/slots.js');
    const context = slotContext(factsOf(house), options);
    for await (const text of textsOf(words)) {
      const found = findSlot(kind, text, context);
      if (options.json === true) printJson(found === undefined ? NOTHING : toldOf(found));
      else if (found === undefined) print('nothing of that kind');
      else print(`${found.value}  (${(found.confidence * 100).toFixed(0)} %: “${found.heard}”)`);
    }
  });

/** What of a finding only the dialogue makes use of. */
const INNER = ['dayless', 'withZero'];

/** What is told of a finding. */
export function toldOf(found: SlotValue): SlotValue {
  const told = { ...found };
  for (const inner of INNER) Reflect.deleteProperty(told, inner);
  return told;
}

/** The office's facts, with parts of them replaced. */
export function slotContext(facts: TextFacts, options: Instead & { now?: string }): SlotContext {
  const { timeZone, hours } = facts;
  const { language = facts.language, country = facts.country, now } = options;
  return {
    language,
    country,
    timeZone,
    now: now === undefined ? facts.now() : DateTime.fromISO(now, { zone: timeZone }).toMillis(),
    ...(hours === undefined ? {} : { hours }),
  };
}

/** Slots can be tried before anything is configured: then by the machine's own clock. */
function factsOf(house: () => House): TextFacts {
  try {
    return house().facts;
  } catch (error) {
    if (!(error instanceof VestibuleError) || error.code !== 'CONFIG_MISSING') throw error;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return {
      language: 'en',
      country: 'us',
      timeZone,
      hours: undefined,
      now: () => systemClock().now(),
    };
  }
}
