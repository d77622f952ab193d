import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import t from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { describedProgram } from '../scripts/commands-docs.js';
import { askedFor, blocks, ELSEWHERE, nameOf, NOT_RUN, typed, WORDS, wordsOf } from './guide.js';

// Every block of commands that people are told to type is run by a test, or says after ```sh why it is not; and
// whatever it says, each of its lines is one that the shell and our command line take.

t.test('each block is run by a test, or says why it is by none', (t) => {
  t.ok(blocks.length >= 70, 'the blocks are found');
  const asked = askedFor();
  for (const block of blocks) {
    t.ok(WORDS.includes(block.word), `${nameOf(block)}: ${block.word || 'run in a new office'}`);
    if (block.word !== ELSEWHERE) continue;
    const by = asked.get(nameOf(block)) ?? [];
    t.not(by.length, 0, `${nameOf(block)}: ${by.join(', ') || 'no test asks for it'}`);
  }
  const not = blocks.filter(({ word }) => Object.hasOwn(NOT_RUN, word));
  t.comment(`${String(blocks.length - not.length)} of ${String(blocks.length)} blocks are run`);
  for (const block of not) {
    t.comment(`${nameOf(block)} is not: ${NOT_RUN[block.word] ?? ''}: ${typed(block).join('; ')}`);
  }
  t.end();
});

t.test('those that run tests name tests that .ci/run runs by the same script', (t) => {
  const read = (path: string): string => readFileSync(join(checkoutRoot, path), 'utf8');
  t.match(read('.ci/run'), /^exec \.\/scripts\/test$/mu);
  const runs = blocks.filter(({ word }) => word === 'ci');
  t.not(runs.length, 0);
  for (const block of runs) {
    for (const line of typed(block)) {
      const [script, ...rest] = wordsOf(line);
      t.match(script, /^(?:\.\/)?scripts\/test$/u, `${nameOf(block)}: ${line}`);
      for (const word of rest) {
        const known = word.startsWith('-') ? read('scripts/test').includes(`${word})`) : true;
        t.ok(known, `scripts/test knows ${word}`);
        if (!word.startsWith('-')) t.ok(existsSync(join(checkoutRoot, word)), word);
      }
    }
  }
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
