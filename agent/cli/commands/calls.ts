import { Command, InvalidArgumentError, Option } from 'commander';
import type { CallReading, Part } from '../../privacy/reading-room.js';
import type { Rooms } from '../../privacy/rooms/rooms.js';
import type { House } from '../house.js';
import { decidesNothing } from '../call-story.js';
import { print, printJson } from '../output.js';
import { callsWatchCommand } from './calls-watch.js';
import { iso, lastOr, limitOption, shownDifferences } from './records-output.js';

export const callsCommand = (house: () => House): Command =>
  new Command('calls')
    .description('the calls in the store; every reading is written to the audit log')
    .addCommand(
      new Command('list')
        .description('the latest calls')
        .addOption(limitOption())
        .option('--json', 'print one line of JSON')
        .action(async (options: { limit: number; json?: true }) => {
          const calls = await house().rooms((rooms) =>
            rooms.ask('calls.list', { limit: options.limit }),
          );
          if (options.json === true) {
            printJson(calls);
            return;
          }
          if (calls.length === 0) print('no calls');
          for (const call of calls) {
            const about = [call.outcome ?? 'in progress', call.intent, marked(call.urgency)];
            const shown = about.filter((part) => part !== undefined && part !== '').join('  ');
            print(`${call.id}  ${iso(call.startedAt)}  ${shown}`);
          }
        }),
    )
    .addCommand(callsWatchCommand(house))
    .addCommand(
      new Command('show')
        .description('one call: what was said, what was decided and why')
        .argument('<id>', 'id of the call, or `last`')
        .option('--json', 'print one line of JSON')
        .action(async (id: string, options: { json?: true }) => {
          await house().rooms(async (rooms) => {
            const call = await rooms.ask('calls.show', { id: await resolveId(id, rooms) });
            if (options.json === true) {
              printJson(call);
              return;
            }
            print(`call ${call.id}`);
            print(`  began ${iso(call.startedAt)}, outcome ${call.outcome ?? 'in progress'}`);
            for (const line of recordLines(call.record)) print(line);
            if (call.consent !== undefined) {
              print(
                `  consent by ${call.consent.basis}, notice version ${call.consent.noticeVersion}`,
              );
            }
            if (call.recording !== undefined) {
              const { seconds, state } = call.recording;
              print(`  recording ${seconds.toFixed(1)} s, stereo, sealed, ${state}`);
            }
            for (const [index, turn] of call.utterances.entries()) {
              const { atMs, party, person, text, whole, secondHearing } = turn;
              const number = String(index + 1);
              print(
                `${number.padStart(4)}  ${stamp(atMs)}  ${(person ?? party).padEnd(6)}  ${text}${whole ? '' : ' …'}`,
              );
              for (const { thing, text: right, by } of call.corrections)
                if (thing === `utterance:${number}`)
                  print(`                corrected by ${by}: ${right}`);
              if (secondHearing === undefined || secondHearing.text === text) continue;
              const { differences } = secondHearing;
              const flag = differences.length === 0 ? '' : `  (${shownDifferences(differences)})`;
              print(`                second hearing: ${secondHearing.text}${flag}`);
            }
            if (call.quality !== undefined) print(qualityLine(call.quality));
            for (const { atMs, reason } of call.decisions) {
              if (!decidesNothing(reason)) print(`      ${stamp(atMs)}  decided ${reason}`);
            }
          });
        }),
    )
    .addCommand(
      new Command('reveal')
        .description('what the policy hid in the texts of a call; who may, and why, is audited')
        .argument('<id>', 'id of the call')
        .requiredOption('--why <reason>', 'kept in the audit log: no names, no numbers')
        .option('--json', 'print one line of JSON')
        .action(async (id: string, { why, json }: { why: string; json?: true }) => {
          const hidden = await house().rooms((rooms) => rooms.ask('calls.reveal', { id, why }));
          if (json === true) printJson(hidden);
          else if (hidden.length === 0) print('nothing is hidden that could be shown');
          else for (const { atMs, kind, text } of hidden) print(`${stamp(atMs)}  ${kind}  ${text}`);
        }),
    )
    .addCommand(
      new Command('export')
        .description('write the recording of a call as a stereo WAV file')
        .argument('<id>', 'id of the call, or `last`')
        .argument('<file>')
        .addOption(partOption())
        .option('--json', 'print one line of JSON')
        .action(async (id: string, file: string, { json, part }: ExportOptions) => {
          const { call, damaged } = await house().rooms(async (rooms) => {
            const known = await resolveId(id, rooms);
            return {
              call: known,
              ...(await rooms.fetch('calls.recording', { id: known, part }, file)),
            };
          });
          if (json === true) printJson({ call, file, damaged });
          else {
            print(`written: ${file}`);
            // Seconds of the call, not of the file.
            if (damaged.length > 0)
              print(`damaged, and silent in it: seconds ${damaged.join(', ')} of the call`);
          }
        }),
    );

interface ExportOptions {
  readonly json?: true;
  readonly part?: Part;
}

/** "10000-23000": a snippet, as `messages show --json` gives it. */
const partOption = (): Option =>
  new Option(
    '--part <from-to>',
    "only these milliseconds of the call, such as a detail's snippet",
  ).argParser((text): Part => {
    const [, from, to] = /^(\d+)-(\d+)$/u.exec(text) ?? [];
    const part = { fromMs: Number(from), toMs: Number(to) };
    if (!(part.fromMs < part.toMs)) {
      throw new InvalidArgumentError(
        'write two whole numbers of milliseconds, such as 10000-23000.',
      );
    }
    return part;
  });

/** How the call sounded, in one line. */
function qualityLine(quality: NonNullable<CallReading['quality']>): string {
  const { lossIn, lossOut, jitterInMs, jitterOutMs, mos, oneWay } = quality;
  const told = (figure: number | undefined, factor: number, unit: string): string =>
    figure === undefined ? 'unknown' : `${(figure * factor).toFixed(1)} ${unit}`;
  return (
    `  line      lost ${told(lossIn, 100, '%')} from and ${told(lossOut, 100, '%')} to the caller, jitter ` +
    `${told(jitterInMs, 1, 'ms')} and ${told(jitterOutMs, 1, 'ms')}, estimate ${told(mos, 1, 'of 4.4')}` +
    (oneWay === 'none' ? '' : `; one way only: ${oneWay}`)
  );
}

/** Only what must not be overlooked. */
const marked = (urgency: string | undefined): string =>
  urgency === 'urgent' || urgency === 'emergency' ? urgency.toUpperCase() : '';

function recordLines(record: CallReading['record']): readonly string[] {
  if (record === undefined) return [];
  const { intents, urgency, summary, rephrased, transfers } = record;
  const about = intents.length === 0 ? (record.intent ?? 'nothing understood') : intents.join(', ');
  return [
    `  about ${about}${urgency === 'unknown' ? '' : `, ${urgency}`}`,
    ...(summary === '' ? [] : [`  summary ${summary}`]),
    ...(rephrased === undefined
      ? []
      : [`  in other words, by ${rephrased.model}: ${rephrased.text}`]),
    ...transfers.map(
      ({ target, why, outcome }) => `  transfer to ${target} (${why}): ${outcome ?? 'not known'}`,
    ),
  ];
}

const resolveId = (id: string, rooms: Rooms): Promise<string> =>
  lastOr(id, () => rooms.ask('calls.list', { limit: 1 }));

const stamp = (ms: number): string => (ms / 1000).toFixed(1).padStart(6);
