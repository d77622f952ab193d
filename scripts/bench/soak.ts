import { parseArgs } from 'node:util';
import { Office } from '../../test/calls/office.js';
import { INSPECTABLE } from './inspect.js';
import { flood, floodPage } from './soak-flood.js';
import { writePart } from './soak-page.js';
import { shortCalls, shortPage } from './soak-short.js';
import { noSipp } from './soak-sipp.js';
import { talk, talkPage } from './soak-talk.js';

// Calls for hours, on one machine: what is left behind, and whether answers get slower. Run by scripts/bench/soak.

const HELP = `Usage: scripts/bench/soak --short N [--at-once K] [--before B]
       scripts/bench/soak --minutes N [--calls C] [--lines L]
       scripts/bench/soak --flood N,N [--rounds R] [--calls C] [--lines L]

Calls for hours against an office of its own. Prints what it found; --page writes it into
docs/benchmarks/soak.md, too.

  --short N       N short calls in a row by sipp, K of them at once (8): channels, bridges, sockets,
                  files, threads, timers and memory that are left. B (1000) calls go before and are not
                  counted: so many fill the caches that every life fills once.
  --minutes N     C callers (4) talk for N minutes: the response gap of the last tenth beside that of
                  the first, and what grew. Where fewer lines (60) than callers are admitted, those who are
                  told that all are busy call again.
  --flood N,N     N calls at the same moment where L (10) are admitted: what becomes of the others,
                  and how long C (4) who talk all the time wait for answers. R times (10), a minute
                  and a half each: of a few turns nothing can be said.
`;

const { values } = parseArgs({
  options: {
    short: { type: 'string' },
    'at-once': { type: 'string', default: '8' },
    before: { type: 'string', default: '1000' },
    minutes: { type: 'string' },
    calls: { type: 'string', default: '4' },
    flood: { type: 'string' },
    rounds: { type: 'string', default: '10' },
    lines: { type: 'string' },
    page: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const wrong = (what: string): never => {
  process.stderr.write(`soak: ${what}; see scripts/bench/soak --help\n`);
  process.exit(2);
};
const whole = (name: string, text: string | undefined, least = 1): number => {
  const number = Number(text);
  return Number.isInteger(number) && number >= least
    ? number
    : wrong(`--${name} is a whole number, ${String(least)} or more`);
};
if (values.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (noSipp !== false) wrong(noSipp);

const modes = [values.short, values.minutes, values.flood].filter((one) => one !== undefined);
if (modes.length !== 1) wrong('one of --short, --minutes and --flood');
const lines = whole('lines', values.lines ?? (values.flood === undefined ? '60' : '10'));
const callers = whole('calls', values.calls);
const atOnce = whole('at-once', values['at-once']);

const tell = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const office = await Office.open(INSPECTABLE, 'example-office.yaml', {
  mostCalls: lines,
  secondPass: false,
  // Who is refused tries again; a wave of calls is answered as an office answers it.
  ...(values.minutes === undefined ? {} : { whenFull: 'busy' }),
});
const run = async (): Promise<readonly ['short' | 'talk' | 'flood', string]> => {
  if (values.short !== undefined) {
    const before = whole('before', values.before);
    const job = { calls: whole('short', values.short), atOnce, before };
    return ['short', shortPage(job, await shortCalls(office, job, tell))];
  }
  if (values.minutes !== undefined) {
    const job = { callers, lines, minutes: whole('minutes', values.minutes) };
    return ['talk', talkPage(job, await talk(office, job, tell))];
  }
  const sizes = (values.flood ?? '').split(',').map((size) => whole('flood', size));
  const job = { sizes, rounds: whole('rounds', values.rounds), lines, talkers: callers };
  return ['flood', floodPage(await flood(office, job, tell))];
};
try {
  const [part, text] = await run();
  tell(text);
  if (values.page) writePart(part, text);
} finally {
  await office.close();
}
