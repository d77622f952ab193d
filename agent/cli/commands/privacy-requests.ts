import { Command, Option } from 'commander';
import type { QueuedRequest, RequestKind } from '../../privacy/request-desk.js';
import { REQUEST_KINDS } from '../../privacy/request-kinds.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { wholeNumber } from './privacy-options.js';
import { iso } from './records-output.js';

interface Json {
  readonly json?: true;
}

interface TakeOptions extends Json {
  readonly kind: RequestKind;
  readonly name?: string;
  readonly number?: string;
  readonly email?: string;
  readonly note?: string;
}

const kindOption = (): Option =>
  new Option('--kind <kind>', 'what is asked for').choices([...REQUEST_KINDS]);

const tell = (json: true | undefined, value: object, words: string): void => {
  if (json === true) printJson(value);
  else print(words);
};

/** A command about one request. */
const about = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .argument('<n>', 'number of the request', wholeNumber)
    .option('--json', 'print one line of JSON');

export const requestsCommand = (house: () => House): Command =>
  new Command('requests')
    .description('the queue of what people ask for, with its terms; spoken requests land here too')
    .addCommand(listCommand(house))
    .addCommand(
      new Command('take')
        .description('add a request that came by letter, by e-mail or in person')
        .addOption(kindOption().makeOptionMandatory())
        .option('--name <name>', 'who asks')
        .option('--number <number>', 'their telephone number')
        .option('--email <address>', 'their e-mail address')
        .option('--note <text>', 'what they said')
        .option('--json', 'print one line of JSON')
        .action(async ({ kind, json, name, number, email, note }: TakeOptions) => {
          const id = await house().rooms((rooms) =>
            rooms.ask('requests.take', { kind, name, number, email, note }),
          );
          tell(json, { request: id }, `request ${String(id)}`);
        }),
    )
    .addCommand(
      about('kind', 'say what a spoken request asks for')
        .addOption(kindOption().makeOptionMandatory())
        .action(async (id: number, { kind, json }: Json & { kind: RequestKind }) => {
          await house().rooms((rooms) => rooms.ask('requests.kind', { request: id, kind }));
          tell(json, { request: id, kind }, `request ${String(id)} is of the kind ${kind}`);
        }),
    )
    .addCommand(
      about(
        'code',
        'make a code for the identity check: call back, on a number known before',
      ).action(async (id: number, { json }: Json) => {
        const made = await house().rooms((rooms) => rooms.ask('requests.code', { request: id }));
        tell(
          json,
          made,
          `call ${made.numbers.join(' or ')} and tell the code ${made.code}; who asked gives it back`,
        );
      }),
    )
    .addCommand(
      about('verify', 'check the code that who asked gave back')
        .argument('<code>')
        .action(async (id: number, code: string, { json }: Json) => {
          await house().rooms((rooms) => rooms.ask('requests.verify', { request: id, code }));
          tell(json, { request: id, verified: true }, 'the code is right');
        }),
    )
    .addCommand(
      about('vouch', 'say how the identity was checked otherwise')
        .requiredOption('--how <words>', 'such as: showed her identity card')
        .action(async (id: number, { how, json }: Json & { how: string }) => {
          await house().rooms((rooms) => rooms.ask('requests.vouch', { request: id, how }));
          tell(json, { request: id, verified: true }, 'noted');
        }),
    )
    .addCommand(
      about('extend', 'take more time, once, and say why')
        .requiredOption('--why <reason>', 'to be told to who asked')
        .action(async (id: number, { why, json }: Json & { why: string }) => {
          const dueAt = await house().rooms((rooms) =>
            rooms.ask('requests.extend', { request: id, why }),
          );
          tell(json, { request: id, dueAt }, `due ${iso(dueAt)}`);
        }),
    )
    .addCommand(
      about('close', 'the request was answered, or refused')
        .requiredOption('--outcome <words>', 'what was done, or why it was refused')
        .option('--refused', 'it was refused')
        .action(
          async (
            id: number,
            { outcome, refused, json }: Json & { outcome: string; refused?: true },
          ) => {
            const state = refused === true ? 'refused' : 'done';
            await house().rooms((rooms) =>
              rooms.ask('requests.close', { request: id, state, outcome }),
            );
            tell(json, { request: id, state }, `request ${String(id)} is closed: ${state}`);
          },
        ),
    );

const listCommand = (house: () => House): Command =>
  new Command('list')
    .description('open requests, those due first')
    .option('--all', 'closed ones too')
    .option('--json', 'print one line of JSON')
    .action(async ({ all, json }: Json & { all?: true }) => {
      const found = await house().rooms((rooms) =>
        rooms.ask('requests.list', { all: all === true }),
      );
      if (json === true) printJson(found);
      else if (found.length === 0) print('no open requests');
      else for (const one of found) print(lineOf(one));
    });

const URGENCIES: Readonly<Record<QueuedRequest['urgency'], string>> = {
  'in-time': '',
  'due-soon': '  DUE SOON',
  overdue: '  OVERDUE',
  closed: '',
};

function lineOf({ id, kind, state, via, receivedAt, dueAt, body, urgency }: QueuedRequest): string {
  const who = [body?.name, body?.number, body?.email].filter((one) => one !== undefined);
  return (
    `${String(id)}  ${kind}  ${state}  by ${via}  received ${iso(receivedAt).slice(0, 10)}  ` +
    `due ${iso(dueAt).slice(0, 10)}  ${who.join(' · ') || '–'}${URGENCIES[urgency]}`
  );
}
