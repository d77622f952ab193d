import { Command, InvalidArgumentError } from 'commander';
import type { SearchHit } from '../../privacy/search-room.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { iso, limitOption } from './records-output.js';

interface SearchOptions {
  readonly number?: string;
  readonly name?: string;
  readonly intent?: string;
  readonly outcome?: string;
  readonly since?: number;
  readonly until?: number;
  readonly limit: number;
  readonly rebuild?: true;
  readonly json?: true;
}

/** A day counts from its beginning, in the time of this machine. */
function time(text: string): number {
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/u.test(text) ? `${text}T00:00` : text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('write a day as 2026-11-16.');
  return at;
}

/** Fewer digits than these are the end of too many numbers, and would find nothing. */
const LEAST_DIGITS = 4;

function digits(text: string): string {
  if (text.replaceAll(/\D/gu, '').length >= LEAST_DIGITS) return text;
  throw new InvalidArgumentError(`write ${String(LEAST_DIGITS)} digits or more.`);
}

export const searchCommand = (house: () => House): Command =>
  new Command('search')
    .description('find calls by what was said in them; every search is written to the audit log')
    .argument(
      '[words...]',
      'all of these, said by the caller or left in a message; "…" as a phrase',
    )
    .option('--number <digits>', 'telephone number, or its end (four digits or more)', digits)
    .option('--name <name>', 'of whoever left a message')
    .option('--intent <intent>', 'such as appointment.book, or appointment for all of them')
    .option('--outcome <outcome>', 'answered, message, transferred, abandoned or unserved')
    .option('--since <day>', 'from this day on', time)
    .option('--until <day>', 'before this day', time)
    .addOption(limitOption())
    .option('--rebuild', 'make the index again first')
    .option('--json', 'print one line of JSON')
    .action(async (words: string[], options: SearchOptions) => {
      const { limit, number, name, intent, outcome, since, until } = options;
      const hits = await house().rooms(async (rooms) => {
        if (options.rebuild === true) await rooms.ask('search.rebuild', {});
        return rooms.ask('search.find', {
          ...{ limit, number, name, intent, outcome, from: since, to: until },
          words: words.length === 0 ? undefined : words.map(asPhrase).join(' '),
        });
      });
      if (options.json === true) printJson(hits);
      else if (hits.length === 0) print('no calls');
      else for (const hit of hits) for (const line of linesOf(hit)) print(line);
    });

/** The shell takes quotation marks away: an argument of several words is a phrase. */
const asPhrase = (argument: string): string =>
  argument.includes(' ') && !argument.includes('"') ? `"${argument}"` : argument;

const linesOf = ({ id, startedAt, outcome, lines }: SearchHit): readonly string[] => [
  `${id}  ${iso(startedAt)}  ${outcome ?? 'in progress'}`,
  ...lines.map(({ atMs, text }) => {
    const where = atMs === undefined ? 'message' : `${(atMs / 1000).toFixed(1)} s`;
    return `  ${where.padStart(8)}  ${text}`;
  }),
];
