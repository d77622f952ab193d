import { Command } from 'commander';
import {
  retentionMetrics,
  type RetentionStatus,
  type RunOutcome,
} from '../../privacy/retention-desk.js';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';
import { iso } from './records-output.js';

interface Json {
  readonly json?: true;
}

const STATES: Readonly<Record<RetentionStatus['state'], string>> = {
  off: 'off: everything is kept (privacy.retention.enabled)',
  never: 'has never run',
  fine: 'runs as it should',
  late: 'DID NOT RUN for more than two days',
  clock: 'WAITS: the clock jumped; it goes on when the clock has run on for a day',
};

/** States that call for somebody. */
const ALARMING: ReadonlySet<RetentionStatus['state']> = new Set(['never', 'late', 'clock']);

export const retentionCommand = (house: () => House, finish: (code: number) => void): Command =>
  new Command('retention')
    .description('how long things are kept, and what is past its time')
    .addCommand(
      new Command('status')
        .description('whether the daily job runs')
        .option('--json', 'print one line of JSON')
        .option('--metrics', 'print metrics in the text format of Prometheus')
        .addHelpText('after', '\nExit code 1: it does not run as it should.')
        .action(async ({ json, metrics }: Json & { metrics?: true }) => {
          const { status, pressing } = await house().rooms(async (rooms) => ({
            status: await rooms.ask('retention.status', {}),
            pressing: await rooms.ask('requests.pressing', {}),
          }));
          if (ALARMING.has(status.state)) finish(EXIT.faultFound);
          if (metrics === true) print(retentionMetrics(status, pressing).trimEnd());
          else if (json === true) printJson(status);
          else {
            print(`the retention job ${STATES[status.state]}`);
            if (status.ranAt !== undefined) print(`last run ${iso(status.ranAt)}`);
          }
        }),
    )
    .addCommand(
      new Command('run')
        .description('destroy now what is past its time')
        .option('--dry-run', 'only tell what would be destroyed')
        .option('--clock-is-right', 'you have looked: the clock is right although it jumped')
        .option('--json', 'print one line of JSON')
        .action(async (options: Json & { dryRun?: true; clockIsRight?: true }) => {
          const outcome = await house().rooms((rooms) =>
            options.dryRun === true
              ? rooms.ask('retention.dry-run', {})
              : rooms.ask('retention.run', { clockIsRight: options.clockIsRight === true }),
          );
          if (outcome.state === 'clock') finish(EXIT.faultFound);
          if (options.json === true) printJson(outcome);
          else show(outcome);
        }),
    )
    .addCommand(
      new Command('counts')
        .description('calls by month, also those that are gone; fewer than five are not shown')
        .option('--json', 'print one line of JSON')
        .action(async ({ json }: Json) => {
          const counts = await house().rooms((rooms) => rooms.ask('retention.counts', {}));
          if (json === true) {
            printJson(counts);
            return;
          }
          for (const { month, language, outcome, calls, seconds } of counts) {
            const shown = calls === undefined ? 'fewer than 5' : `${String(calls)} calls`;
            print(`${month}  ${language}  ${outcome}  ${shown}  ${String(seconds ?? '–')} s`);
          }
        }),
    );

function show(outcome: RunOutcome): void {
  if (outcome.state === 'off') print(`the retention job is ${STATES.off}`);
  else if (!('results' in outcome)) {
    print('nothing was destroyed: the clock jumped. Look at it; then --clock-is-right');
  } else
    for (const { category, before, count, held } of outcome.results) {
      const verb = outcome.state === 'dry' ? 'would go' : 'went';
      const kept = held === 0 ? '' : `, ${String(held)} stay under a legal hold`;
      print(
        `${category.padEnd(10)}  before ${iso(before).slice(0, 10)}  ${String(count)} ${verb}${kept}`,
      );
    }
}
