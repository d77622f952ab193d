import { createInterface } from 'node:readline';
import { Command, Option } from 'commander';
import { TRANSFER_OUTCOMES, type TransferOutcome } from '../../dialogue/ports.js';
import type { ConverseParts, TextCall, TextOutput } from '../../reception/converse.js';
import type { CallRecord } from '../../reception/converse-record.js';
import type { TextReport } from '../../reception/converse-scenario.js';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';
import { whole } from './handling-input.js';

interface Options {
  readonly json?: true;
  readonly caller?: string;
  readonly scenario?: string[];
  readonly language?: string;
  readonly country?: string;
  readonly profile?: string;
  readonly number?: string;
  readonly transfers?: TransferOutcome;
  readonly callsLastHour?: number;
  readonly silentCalls?: number;
  readonly away?: string[];
  readonly asKnown?: true;
}

export const converseCommand = (house: () => House, finish: (code: number) => void): Command =>
  new Command('converse')
    .description(
      'a call in text: the same receptionist without a telephone; nothing is stored. Each line is ' +
        'what the caller says, or with --json {"say":"…"}, {"dtmf":"1"}, {"silence":6} (seconds), ' +
        '{"transfer":"no-answer"} (how transfers end from now on), {"hangup":true}',
    )
    .option('--json', 'read and write one JSON a line; the last one is the record of the call')
    .option('--caller <number>', 'the number that the call comes from; withheld if left out')
    .option('--number <number>', 'the number that was dialled, or an id of `numbers`')
    .addOption(
      new Option('--transfers <outcome>', 'how transfers end from the beginning').choices(
        TRANSFER_OUTCOMES,
      ),
    )
    .addOption(
      new Option('--calls-last-hour <n>', 'earlier calls of this caller').argParser(whole(0, 1000)),
    )
    .addOption(
      new Option('--silent-calls <n>', 'those of the last day without a word').argParser(
        whole(0, 1000),
      ),
    )
    .option('--away <id...>', 'who of the staff is away')
    .option('--as-known', 'with the rules, absences and earlier calls that the store has')
    .option('--scenario <file...>', 'play scenarios of `rehearse` instead of reading lines')
    .option('--language <language>', 'instead of the configured one')
    .option('--country <country>', 'instead of the configured one: two letters, such as gb')
    .option('--profile <profile>', 'instead of the configured one')
    .action(async (options: Options, command: Command) => {
      const [{ TextCall }, { converseScenario }, { readScenario }] = await Promise.all([
        import('../../reception/converse.js'),
        import('../../reception/converse-scenario.js'),
        import('../../reception/rehearse/scenario.js'),
      ]);
      const { language, country, profile, number } = options;
      const here = house();
      await here.conversing({ language, country, profile, number }, async (lent) => {
        const parts = {
          ...lent,
          caller: options.caller,
          handling: await handlingOf(here, lent, options, command),
        };
        if (options.scenario === undefined) {
          const call = new TextCall(parts, writer(options));
          if (options.transfers !== undefined) await call.take({ transfer: options.transfers });
          await byLines(call, options);
          return;
        }
        for (const file of options.scenario) {
          const scenario = await readScenario(file);
          if (options.json !== true) print(`── ${scenario.name}`);
          const report = await converseScenario(scenario, parts, writer(options));
          if (options.json === true) printJson(report);
          else print(verdict(report));
          if (!report.passed) finish(EXIT.faultFound);
        }
      });
    });

const HOUR_MS = 3_600_000;

/** What the call meets before the assistant: by the configuration, what is told here, and the store if wished. */
async function handlingOf(
  here: House,
  { handling, clock }: ConverseParts,
  options: Options,
  command: Command,
): Promise<ConverseParts['handling']> {
  if (handling === undefined) return undefined;
  const { caller = '', callsLastHour = 0, silentCalls = 0, away = [] } = options;
  for (const id of away) {
    if (here.handling.staff(clock.now(), []).some((one) => one.id === id)) continue;
    command.error(`error: ${id} is none of the transfer targets.`);
  }
  const { keyOf } = await import('../../reception/handling-numbers.js');
  const whose = here.handling.plan.number(caller);
  const now = clock.now();
  const stored =
    options.asKnown === undefined
      ? { rules: [], away: [], lastHour: { calls: 0, silent: 0 }, lastDay: { calls: 0, silent: 0 } }
      : await here.rooms((rooms) =>
          rooms.ask('handling.known', { key: keyOf(whose), e164: whose.e164, now }),
        );
  const { lastHour, lastDay } = stored;
  const gone = away.map((person) => ({
    ...{ person, kind: 'absent' as const },
    ...{ from: now - HOUR_MS, until: now + HOUR_MS },
  }));
  const known = {
    rules: stored.rules,
    away: [...stored.away, ...gone],
    lastHour: { ...lastHour, calls: lastHour.calls + callsLastHour },
    lastDay: { ...lastDay, silent: lastDay.silent + silentCalls },
  };
  return { ...handling, known };
}

/** Reads what the caller does until the call is over; answers each line before the next is read. */
async function byLines(call: TextCall, { json }: Options): Promise<void> {
  const { inputOf, plainInput } = await import('../converse-input.js');
  call.begin();
  const lines = createInterface({ input: process.stdin, terminal: false });
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    await call.take(json === true ? inputOf(line, number) : plainInput(line));
    if (call.over) break;
  }
  lines.close();
  call.hangUp();
  if (json === true) printJson(call.record());
  else for (const shown of recordLines(call.record().record)) print(shown);
}

/** What the call left, for a person who tries it. */
function recordLines({ outcome, intent, urgency, summary }: CallRecord['record']): string[] {
  return [
    `call over: ${outcome}`,
    `  about ${intent ?? 'nothing understood'}${urgency === 'unknown' ? '' : `, ${urgency}`}`,
    ...(summary === '' ? [] : [`  summary ${summary}`]),
  ];
}

function writer({ json, scenario }: Options): (line: TextOutput | { caller: string }) => void {
  if (json === true) {
    return scenario === undefined ? printJson : () => undefined;
  }
  return (line) => {
    print(plainOf(line));
  };
}

function plainOf(line: TextOutput | { readonly caller: string }): string {
  if ('caller' in line) return `caller:    ${line.caller}`;
  if ('says' in line) return `vestibule: ${line.says}`;
  if (line.does === 'message') {
    const { name, phone, reason, state } = line;
    return `           [message, ${state}: ${[name, phone, reason].map((one) => one ?? '–').join(' · ')}]`;
  }
  if (line.does === 'handle') {
    const { way, challenged, because } = line;
    return `           [${[way, ...(challenged ? ['challenged'] : [])].join(', ')}: ${because.join(', ')}]`;
  }
  return `           [${line.does}${'target' in line ? ` to ${line.target}` : ''}]`;
}

function verdict({ passed, misses, skipped }: TextReport): string {
  if (skipped !== undefined) return `   only by telephone: ${skipped}`;
  return passed ? '   passed' : `   FAILED\n${misses.map((one) => `     ${one}`).join('\n')}`;
}
