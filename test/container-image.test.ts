import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { fetchedBase } from './container-base.js';
import { Image, instructionsOf } from './container-image.js';
import { cannotLend, lend, LentBase, lendPrograms } from './container-lent.js';
import { runs } from './container-run.js';

const cannotFetch =
  process.env.VESTIBULE_FULL === undefined || process.getuid?.() !== 0
    ? 'runs with --full, as root'
    : spawnSync('mmdebstrap', ['--version']).status !== 0
      ? 'no mmdebstrap here (Debian package mmdebstrap)'
      : false;

const steps = instructionsOf(readFileSync(join(checkoutRoot, 'Dockerfile'), 'utf8'));

t.test('instructions are read with their lines joined', (t) => {
  t.strictSame(instructionsOf('# what\nFROM a\nRUN b \\\n  && c\n'), [
    { name: 'FROM', text: 'a' },
    { name: 'RUN', text: 'b   && c' },
  ]);
  t.throws(() => instructionsOf('from a\n'), /no instruction/u);
  const image = new Image('/nowhere', fetchedBase());
  t.throws(() => {
    image.do({ name: 'ADD', text: 'a b' });
  }, /ADD: not done here/u);
  t.end();
});

function folderOf(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-image-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

const told = (t: Test, text: string): void => {
  for (const line of text.split('\n')) if (line !== '') t.comment(line);
};

t.test(
  'the image with what this checkout lends: each step is done, and what it runs is healthy',
  { skip: cannotLend(), timeout: 600_000 },
  async (t) => {
    const began = performance.now();
    const base = await LentBase.hold(folderOf(t));
    t.teardown(() => base.end());
    const image = new Image(base.root, base);
    for (const step of steps) {
      t.comment(`${step.name} ${step.text.slice(0, 100)}`);
      const said = image.do(step);
      // What a step would fetch is told as lent; all else of it is done.
      told(t, said.replace(/^(?!lent|neither).*\n/gmu, ''));
      if (step.name === 'FROM') {
        lendPrograms(base, image);
        told(t, 'lent by this system: all of the base, Node and npm');
      }
      if (step.name === 'COPY') {
        const lent = lend(image, {
          at: '/opt/vestibule',
          setUp: '/tmp/set-up',
          home: '/var/lib/vestibule/home',
          owner: '10001:10001',
        });
        told(t, `lent by this checkout: ${lent.join(', ')}`);
      }
    }
    t.throws(() => image.on('test', '-e', join(image.root, 'tmp/set-up')), 'no office is in it');
    await runs(t, image, base.within);
    const { stdout } = spawnSync('getent', ['passwd', '10001'], { encoding: 'utf8' });
    t.notMatch(stdout, /^vestibule:/u, 'this system has not changed');
    t.comment(`${String(Math.round(performance.now() - began))} ms`);
  },
);

t.test(
  'the image is built step by step, and what it runs is healthy',
  { skip: cannotFetch, timeout: 1_800_000 },
  async (t) => {
    const image = new Image(folderOf(t), fetchedBase());
    for (const step of steps) {
      t.comment(`${step.name} ${step.text.slice(0, 100)}`);
      try {
        image.do(step);
      } catch (error) {
        const log = join(image.root, 'opt/vestibule/.vestibule/npm.log');
        if (existsSync(log)) t.comment(readFileSync(log, 'utf8').slice(-3_000));
        throw error;
      }
    }
    t.notOk(existsSync(join(image.root, 'tmp/set-up')), 'no office is in it');
    await runs(t, image, []);
  },
);
