import { Command } from 'commander';
import type { Detail, MessageState, ListedMessage } from '../../privacy/message-room.js';
import type { Rooms } from '../../privacy/rooms/rooms.js';
import type { OutputOf } from '../../privacy/rooms/table.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { iso, lastOr, limitOption, shownDetail, shownDifferences } from './records-output.js';

interface ListOptions {
  readonly limit: number;
  readonly all?: true;
  readonly json?: true;
}

type Shown = OutputOf<'messages.show'>;

/** What `list` shows unless all are asked for. */
const WAITING: readonly MessageState[] = ['open', 'partial'];

export const messagesCommand = (house: () => House): Command =>
  new Command('messages')
    .description('the messages that callers left; every look is written to the audit log')
    .addCommand(
      new Command('list')
        .description('the latest messages that nobody has done yet')
        .addOption(limitOption())
        .option('--all', 'those that are done too')
        .option('--json', 'print one line of JSON')
        .action(async ({ limit, all, json }: ListOptions) => {
          const states = all === true ? [] : WAITING;
          const found = await house().rooms((rooms) =>
            rooms.ask('messages.list', { limit, states: [...states] }),
          );
          if (json === true) printJson(found);
          else if (found.length === 0) print('no messages');
          else for (const message of found) print(lineOf(message));
        }),
    )
    .addCommand(
      new Command('show')
        .description('one message, with the words that were heard')
        .argument('<id>', 'id of the message, or `last`')
        .option('--json', 'print one line of JSON')
        .action(async (id: string, { json }: { json?: true }) => {
          await house().rooms(async (rooms) => {
            const message = await rooms.ask('messages.show', { id: await resolveId(id, rooms) });
            if (json === true) printJson(message);
            else for (const line of linesOf(message)) print(line);
          });
        }),
    )
    .addCommand(
      new Command('done')
        .description('mark messages as done')
        .argument('<id...>', 'ids of messages, or `last`')
        .option('--undo', 'mark them as open again')
        .option('--json', 'print one line of JSON for each')
        .action(async (ids: string[], options: { undo?: true; json?: true }) => {
          await house().rooms(async (rooms) => {
            for (const id of ids) {
              const known = await resolveId(id, rooms);
              const done = options.undo !== true;
              await rooms.ask('messages.settle', { id: known, done });
              if (options.json === true) printJson({ id: known, state: done ? 'done' : 'open' });
              else print(`${known} is ${done ? 'done' : 'open again'}`);
            }
          });
        }),
    );

const resolveId = (id: string, rooms: Rooms): Promise<string> =>
  lastOr(id, () => rooms.ask('messages.list', { limit: 1, states: [] }));

function lineOf(message: ListedMessage): string {
  const { body, urgent, state } = message;
  if (body === undefined) {
    const why = message.restricted === true ? 'restricted' : 'erased';
    return `${message.id}  ${iso(message.takenAt)}  (${why})`;
  }
  const marks = [state, ...(urgent === true ? ['URGENT'] : [])].join(' ');
  const about = [body.name, body.phone, body.reason].map((one) => shownDetail(one) ?? '–');
  return `${message.id}  ${iso(message.takenAt)}  ${marks}  ${about.join(' · ')}`;
}

/** Where in the recording to listen: "at 1:05–1:09". */
const placeOf = (snippet: Detail['snippet']): readonly string[] =>
  snippet === undefined ? [] : [`at ${minutes(snippet.fromMs)}–${minutes(snippet.toMs)}`];

function minutes(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

function linesOf(message: Shown): readonly string[] {
  const { body, done } = message;
  const field = (label: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`  ${label.padEnd(11)} ${value}`];
  const detail = (label: string, told: Parameters<typeof shownDetail>[0]): readonly string[] => {
    const value = shownDetail(told);
    if (told === null || value === undefined) return [];
    const percent = `${String(Math.round(told.confidence * 100))} %`;
    const sure = [told.by, percent, ...placeOf(told.snippet)].join(', ');
    return field(label, told.heard === value ? value : `${value}  (${sure}: “${told.heard}”)`);
  };
  return [
    `message ${message.id}`,
    ...field('taken', iso(message.takenAt)),
    ...field('state', done === undefined ? message.state : `done ${iso(done.at)} by ${done.by}`),
    ...field('for', message.recipient),
    ...field('about', message.intent),
    ...(body === undefined
      ? field('said', 'erased')
      : [
          ...detail('name', body.name),
          ...detail('number', body.phone),
          ...detail('message', body.reason),
          ...detail('call back', body.callbackTime),
          ...Object.entries(body.details ?? {}).flatMap(([id, told]) =>
            detail(message.questions[id] ?? id.replaceAll('_', ' '), told),
          ),
        ]),
    ...message.corrections.flatMap(({ thing, text, by }) =>
      field('corrected', `${thing.split(':')[2] ?? ''} reads “${text}” (${by})`),
    ),
    ...(message.secondHearing.length === 0
      ? []
      : [`  second hearing: ${shownDifferences(message.secondHearing)}`]),
    ...field('urgent', message.urgent === undefined ? undefined : message.urgent ? 'yes' : 'no'),
    ...field('confirmed', message.confirmed ? 'by the caller' : 'no'),
    ...field('contact', message.contact),
    ...field('call', message.call),
  ];
}
