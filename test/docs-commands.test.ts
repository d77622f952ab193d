import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import t, { type Test } from 'tap';
import { parse } from 'yaml';
import { edited } from '../agent/config/edit.js';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { describedProgram } from '../scripts/commands-docs.js';
import { message, plant } from './privacy/planted.js';
import { aCall, anUtterance, grantFor, storeOf, tone } from './records/store.js';

// Every block of commands that people are told to type is run, or says after ```sh why it cannot be; and
// whatever it says, each of its lines is one that the shell and our command line take.

/** Why a block is not run here. */
const WHY: Readonly<Record<string, string>> = {
  'needs-call': 'a login, a backup or words that are read from standard input',
  'needs-root': 'changes the machine: packages, units, users',
  'needs-running': 'a Vestibule that runs',
  'needs-sound': 'models, a microphone or a loudspeaker',
  'needs-network': 'fetches something',
  'needs-pbx': 'another PBX',
  'whole-run': 'the set-up or all tests, of which this test is a part',
};

/** Run where calls are stored, with the ids of what is planted there in place of CALL, MESSAGE and so on. */
const WITH_CALL = 'with-call';
/** A block without a language that shows commands of ours: its lines are held to the command line. */
const SHOWN = 'shown';

interface Block {
  readonly file: string;
  readonly line: number;
  readonly word: string;
  readonly text: string;
}

// commands.md is written by a program, and held to the commands by its own test.
const files = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(checkoutRoot, 'docs/guide'))
    .filter((name) => name.endsWith('.md') && name !== 'commands.md')
    .map((name) => `docs/guide/${name}`),
];

const blocks: readonly Block[] = files.flatMap((file) => {
  const text = readFileSync(join(checkoutRoot, file), 'utf8');
  return [...text.matchAll(/^( *)```(\w*) *(.*)\n([^]*?)^ *```$/gmu)].flatMap((match) => {
    const [, margin = '', language = '', word = '', inner = ''] = match;
    const own = inner.replaceAll(new RegExp(`^${margin}`, 'gmu'), '');
    const isShown = language === '' && /^(?:\$ )?(?:sudo )?(?:scripts\/)?vestibule \S/mu.test(own);
    if (!/^(?:sh|bash|shell)$/u.test(language) && !isShown) return [];
    const line = text.slice(0, match.index).split('\n').length;
    return [{ file, line, word: isShown ? SHOWN : word, text: own }];
  });
});

const nameOf = ({ file, line }: Block): string => `${file}:${String(line)}`;
/** Lines that are typed: all, or those behind a prompt where answers are shown too. */
const typed = ({ text }: Block): readonly string[] =>
  text.startsWith('$ ')
    ? [...text.matchAll(/^\$ (.+)$/gmu)].map(([, line = '']) => line)
    : text.split('\n').filter((line) => line.trim() !== '');

t.test('each block is run, or says why it is not', (t) => {
  t.ok(blocks.length > 45, 'the blocks are found');
  for (const block of blocks) {
    const known = ['', WITH_CALL, SHOWN].includes(block.word) || Object.hasOwn(WHY, block.word);
    t.ok(known, `${nameOf(block)}: ${block.word}`);
  }
  t.ok(blocks.filter(({ word }) => word === '').length >= 6, 'some are run');
  t.end();
});

t.test('the shell takes every line', (t) => {
  for (const block of blocks) {
    const { status, stderr } = spawnSync('bash', ['-n'], {
      input: typed(block).join('\n'),
      encoding: 'utf8',
    });
    t.equal(status, 0, `${nameOf(block)}: ${stderr}`);
  }
  t.end();
});

/** The words of a line as the shell has them, without a comment at its end. */
const wordsOf = (line: string): readonly string[] =>
  [...line.replace(/(?:^|\s)#.*$/u, '').matchAll(/"([^"]*)"|'([^']*)'|(\S+)/gu)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );

/** What is wrong with `words`, that follow `vestibule`; undefined if nothing. */
function faultOf(program: Command, words: readonly string[]): string | undefined {
  let command = program;
  let rest = [...words];
  for (;;) {
    const next = command.commands.find((one) => one.name() === rest[0]);
    if (next === undefined) break;
    command = next;
    rest = rest.slice(1);
  }
  const given: string[] = [];
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      given.push(word);
      continue;
    }
    const option = command.options.find(({ short, long }) =>
      [short, long].includes(word.split('=')[0]),
    );
    if (option === undefined) {
      if (word === '--help' || (command === program && word === '--version')) continue;
      return `${command.name()} knows no ${word}`;
    }
    if (option.required && !word.includes('=')) {
      at += 1;
      if (rest[at] === undefined) return `${word} needs a value`;
    } else if (option.optional && !(rest[at + 1] ?? '-').startsWith('-')) at += 1;
  }
  const wanted = command.registeredArguments;
  const needed = wanted.filter((one) => one.required).length;
  if (command.commands.length > 0 && wanted.length === 0 && given.length > 0) {
    return `${command.name()} has no command ${given[0] ?? ''}`;
  }
  // An ellipsis stands for what the line before had.
  if (given.includes('…')) return undefined;
  if (given.length < needed) return `${command.name()} needs ${String(needed)} arguments`;
  if (given.length > wanted.length && wanted.at(-1)?.variadic !== true) {
    return `${command.name()} takes no ${given.at(-1) ?? ''}`;
  }
  return undefined;
}

t.test('our command line takes every line, with its arguments and options', (t) => {
  const program = describedProgram();
  t.match(faultOf(program, ['calls', 'nonsense']), /no command nonsense/u);
  t.match(faultOf(program, ['calls', 'show']), /needs 1/u);
  t.match(faultOf(program, ['calls', 'show', 'last', '--loud']), /knows no --loud/u);
  t.match(faultOf(program, ['update', '--apply']), /needs a value/u);
  let seen = 0;
  for (const block of blocks) {
    for (const line of typed(block)) {
      const words = wordsOf(line);
      const at = words.findIndex((word) =>
        /^(?:(?:\.\/)?scripts\/vestibule|vestibule|\S*\/build\/agent\/main\.js)$/u.test(word),
      );
      // Behind another program it is a name: systemctl status vestibule.
      const first = words.findIndex((word) => word !== 'sudo' && !/^[A-Z_]+=/u.test(word));
      if (at < 0 || at !== first) continue;
      seen += 1;
      t.equal(faultOf(program, words.slice(at + 1)), undefined, `${nameOf(block)}: ${line}`);
    }
  }
  t.ok(seen > 80, 'the commands are found');
  t.end();
});

/** A checkout in which nothing is written to this one, an office in it, and what runs a block there. */
function officeOf(t: Test) {
  const work = t.testdir({ home: {} });
  const home = join(work, 'home');
  const checkout = join(work, 'checkout');
  mkdirSync(checkout);
  for (const name of readdirSync(checkoutRoot)) {
    if (!name.startsWith('.')) symlinkSync(join(checkoutRoot, name), join(checkout, name));
  }
  mkdirSync(join(work, 'bin'));
  const own = `#!/bin/sh\nexec ${join(checkoutRoot, 'scripts/vestibule')} "$@"\n`;
  writeFileSync(join(work, 'bin/vestibule'), own, { mode: 0o755 });
  // The example, with the people that the guide's own directory has.
  const text = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  const { dialogue } = parse(text) as { dialogue: { transferTargets: readonly object[] } };
  const people = [
    { id: 'anna', name: 'Dr Anna Berg', extension: '202' },
    { id: 'peter', name: 'Mr Peter Berg', extension: '203' },
  ];
  writeFileSync(
    join(home, 'vestibule.yaml'),
    edited(text, { 'dialogue.transferTargets': [...dialogue.transferTargets, ...people] }),
  );
  const run = (commands: string) =>
    spawnSync('bash', ['-euo', 'pipefail', '-c', commands], {
      cwd: checkout,
      env: {
        ...process.env,
        PATH: `${join(work, 'bin')}:${process.env.PATH ?? ''}`,
        VESTIBULE_HOME: home,
        // Dates in the guide lie ahead of this.
        VESTIBULE_NOW: '2026-11-24T09:00:00Z',
      },
      encoding: 'utf8',
    });
  return { home, run };
}

t.test('what can be run in a new office runs', (t) => {
  const { run } = officeOf(t);
  for (const block of blocks) {
    if (block.word !== '') continue;
    const { status, stderr } = run(block.text);
    t.equal(status, 0, `${nameOf(block)}: ${stderr}`);
  }
  t.end();
});

t.test('what looks at calls runs where calls are', async (t) => {
  const { home, run } = officeOf(t);
  const records = storeOf(home);
  await records.start();
  await plant(records, Date.parse('2026-11-20T09:00:00Z'));
  const at = Date.parse('2026-11-24T08:00:00Z');
  await records.calls.open(aCall('peter-1', { startedAt: at }));
  await records.utterances.add(anUtterance('peter-1'));
  await records.messages.keep(message('peter-1', 'Peter Berg', '+442079460188', at));
  const writer = await records.recordings.open(await grantFor(records, 'peter-1'));
  writer.write('caller', tone(24), 0);
  await writer.close();
  const end = { endedAt: at + 60_000, outcome: 'message', endedBy: 'caller' } as const;
  await records.calls.close({ call: 'peter-1', ...end });
  await records.stop();
  const listed = (what: string): readonly { readonly id: string }[] =>
    JSON.parse(run(`vestibule ${what} list --json`).stdout) as { id: string }[];
  const [contact, other] = listed('contacts');
  const ids: Readonly<Record<string, string | undefined>> = {
    ...{ CALL: 'peter-1', MESSAGE: listed('messages')[0]?.id },
    ...{ CONTACT: contact?.id, OTHER: other?.id },
  };
  let seen = 0;
  for (const block of blocks) {
    if (block.word !== WITH_CALL) continue;
    seen += 1;
    const commands = block.text.replaceAll(/\b[A-Z]{4,}\b/gu, (word) => ids[word] ?? word);
    const { status, stderr } = run(commands);
    t.equal(status, 0, `${nameOf(block)}: ${stderr}`);
  }
  t.ok(seen >= 4, 'some are run');
});
