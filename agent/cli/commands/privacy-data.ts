import { Command, Option } from 'commander';
import type { FreezeKind } from '../../privacy/freeze-desk.js';
import type { ObjectionKind } from '../../privacy/objection-desk.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import {
  proofOf,
  queryOf,
  wholeNumber,
  withProof,
  withWhom,
  type ProofOptions,
  type WhomOptions,
} from './privacy-options.js';
import { iso } from './records-output.js';

interface Json {
  readonly json?: true;
}

const tell = (json: true | undefined, value: object, words: string): void => {
  if (json === true) printJson(value);
  else print(words);
};

/** Report, import and correction. */
export const dataCommands = (house: () => House): readonly Command[] => [
  withProof(withWhom(new Command('report')))
    .description('write all that is held of a person: HTML, JSON, WAV and a signed manifest')
    .requiredOption('--to <file>', 'ZIP archive to write; only this user can read it')
    .option('--json', 'print one line of JSON')
    .action(async (options: WhomOptions & ProofOptions & Json & { to: string }) => {
      const made = await house().rooms(async (rooms) => {
        const asked = { query: queryOf(options), proof: proofOf(options) };
        return { file: options.to, ...(await rooms.fetch('reports.make', asked, options.to)) };
      });
      if (options.json === true) {
        printJson(made);
        return;
      }
      print(
        `written: ${made.file} (${String(made.calls)} calls, ${String(made.files.length)} files)`,
      );
      for (const { call, atMs, what } of made.mentions) {
        print(`not in it: spoken of in call ${call} at ${(atMs / 1000).toFixed(1)} s (${what})`);
      }
    }),
  new Command('import')
    .description('take in a report of another installation: its JSON, or its archive')
    .argument('<file>')
    .option('--json', 'print one line of JSON')
    .action(async (file: string, { json }: Json) => {
      const done = await house().rooms((rooms) =>
        rooms.give('reports.import', { place: file }, file),
      );
      const { calls, known, erased, recordings } = done;
      tell(
        json,
        done,
        `${String(calls)} calls taken in with ${String(recordings)} recordings, ` +
          `${String(known)} were there already, ${String(erased)} were erased here and stay so`,
      );
    }),
  new Command('correct')
    .description('say how something should read; the original stays, and both are shown')
    .argument('<call>', 'id of the call')
    .argument(
      '<thing>',
      'utterance:N for its turn N, or message:N:name, phone, reason, callbackTime',
    )
    .argument('<text>', 'how it should read')
    .option('--json', 'print one line of JSON')
    .action(async (call: string, thing: string, text: string, { json }: Json) => {
      await house().rooms((rooms) => rooms.ask('corrections.correct', { call, thing, text }));
      tell(json, { call, thing }, `${thing} of ${call} is corrected`);
    }),
];

/** `restrict` and `hold`: place, lift, list. */
export function freezeCommand(
  house: () => House,
  name: string,
  kind: FreezeKind,
  description: string,
): Command {
  return new Command(name)
    .description(description)
    .addCommand(
      withWhom(new Command('place'))
        .description('a person with all their calls, or one call')
        .option('--call <id>', 'only this call')
        .requiredOption('--why <reason>', 'kept with it and in the audit log')
        .option('--json', 'print one line of JSON')
        .action(async (options: WhomOptions & Json & { call?: string; why: string }) => {
          const { call, why, json } = options;
          const what = call === undefined ? queryOf(options) : { call };
          const placed = await house().rooms((rooms) =>
            rooms.ask('freezes.place', { kind, what, why }),
          );
          const ends = placed.map(
            (id) =>
              `${kind} ${String(id)} stands; it ends with: vestibule privacy ${name} lift ${String(id)} --why REASON`,
          );
          tell(json, { placed }, ends.join('\n'));
        }),
    )
    .addCommand(
      new Command('lift')
        .description('end one')
        .argument('<n>', 'its number in the list', wholeNumber)
        .requiredOption('--why <reason>', 'kept in the audit log')
        .option('--json', 'print one line of JSON')
        .action(async (id: number, { why, json }: Json & { why: string }) => {
          await house().rooms((rooms) => rooms.ask('freezes.lift', { kind, id, why }));
          tell(json, { lifted: id }, `${kind} ${String(id)} is lifted`);
        }),
    )
    .addCommand(
      new Command('list')
        .description('those that stand, and those that were lifted')
        .option('--json', 'print one line of JSON')
        .action(async ({ json }: Json) => {
          const found = await house().rooms((rooms) => rooms.ask('freezes.list', { kind }));
          if (json === true) printJson(found);
          else if (found.length === 0) print('none');
          else
            for (const { id, call, contact, at, by, why, lifted } of found) {
              const what = call === undefined ? `contact ${contact ?? '–'}` : `call ${call}`;
              const end = lifted === undefined ? '' : `  lifted ${iso(lifted.at)} by ${lifted.by}`;
              print(`${String(id)}  ${iso(at)}  ${what}  ${by}  ${why}${end}`);
            }
        }),
    );
}

const kindOption = (): Option =>
  new Option('--kind <kind>', 'no-record: calls are not recorded; no-assistant: they go to people')
    .choices(['no-record', 'no-assistant'])
    .makeOptionMandatory();

/** The list of objections. */
export const objectCommand = (house: () => House): Command => {
  const change = (name: 'add' | 'remove', description: string): Command =>
    new Command(name)
      .description(description)
      .argument('<number>')
      .addOption(kindOption())
      .option('--json', 'print one line of JSON')
      .action(async (number: string, { kind, json }: Json & { kind: ObjectionKind }) => {
        const changed = await house().rooms((rooms) =>
          rooms.ask(`objections.${name}`, { number, kind }),
        );
        tell(json, { changed }, changed ? 'done' : 'nothing to do');
      });
  return new Command('object')
    .description('numbers whose calls are not recorded, or go to people')
    .addCommand(change('add', 'put a number on the list; it counts from the next call on'))
    .addCommand(change('remove', 'take a number off the list'))
    .addCommand(
      new Command('list')
        .description('the numbers on the list')
        .option('--json', 'print one line of JSON')
        .action(async ({ json }: Json) => {
          const found = await house().rooms((rooms) => rooms.ask('objections.list', {}));
          if (json === true) printJson(found);
          else if (found.length === 0) print('none');
          else
            for (const { kind, number, at, by } of found) {
              print(`${number ?? '–'}  ${kind}  ${iso(at)}  ${by}`);
            }
        }),
    );
};
