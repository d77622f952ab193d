import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { pathsOf } from '../../../agent/config/paths.js';
import { causeIn, Commands } from '../../../agent/house/update/commands.js';
import type { Installation } from '../../../agent/house/update/installation.js';
import { stepsOf, type Tools } from '../../../agent/house/update/job-steps.js';
import {
  JournalFile,
  journalPath,
  unfinished,
  type Job,
} from '../../../agent/house/update/journal.js';
import { KeptState } from '../../../agent/house/update/kept-state.js';
import type { Service } from '../../../agent/house/update/service.js';
import { runSteps } from '../../../agent/house/update/steps.js';

const commands = new Commands(process.env);
const job: Job = {
  ...{ from: '1.0.0', to: '1.1.0', release: '/new', previous: '/old' },
  ...{ root: '/new', previousRoot: '/old', records: 'records' },
  ...{ running: true, migrates: true, fetches: false, backup: false, known: [] },
};

/** A store that says `was`, and what is kept of it. */
function storeOf(test: Test) {
  const home = test.testdir({
    'vestibule.yaml': 'before\n',
    records: { 'vestibule.db': 'before', 'keys.db': 'before' },
  });
  const database = join(home, 'records', 'vestibule.db');
  return {
    ...{ home, kept: new KeptState(pathsOf({ VESTIBULE_HOME: home }), 'records', commands) },
    change: (text: string) => {
      writeFileSync(database, text);
    },
    get text(): string {
      return readFileSync(database, 'utf8');
    },
    at: (...path: readonly string[]): string => join(home, 'update', ...path),
  };
}

t.test('a copy of which a part was destroyed is not put back', async (t) => {
  const store = storeOf(t);
  await store.kept.keep();
  store.change('after');
  // The machine dies in `forget`, before all of it is gone.
  rmSync(store.at('before', 'whole'));
  rmSync(store.at('before', 'keys.db'));
  await store.kept.putBack(false);
  t.equal(store.text, 'after');
  t.ok(existsSync(join(store.home, 'records', 'keys.db')));
});

t.test('what calls left is kept whole, however often putting back is cut off', async (t) => {
  const store = storeOf(t);
  await store.kept.keep();
  store.change('after');
  // The machine dies while they are copied.
  mkdirSync(store.at('after.part'), { mode: 0o700 });
  await store.kept.putBack(true);
  t.equal(store.text, 'before');
  t.equal(readFileSync(join(store.kept.after, 'vestibule.db'), 'utf8'), 'after');
  t.notOk(existsSync(store.at('after.part')));
  await store.kept.putBack(true);
  t.equal(readFileSync(join(store.kept.after, 'vestibule.db'), 'utf8'), 'after', 'not overwritten');
});

t.test('an update belongs to one process', (t) => {
  const keeping = t.testdir();
  t.equal(unfinished(keeping), undefined);
  const journal = new JournalFile(keeping, job, commands);
  journal.open();
  t.match(unfinished(keeping), { underWay: true, begun: [] });
  t.throws(
    () => {
      new JournalFile(keeping, job, commands).open();
    },
    { code: 'UPDATE_UNDER_WAY' },
  );
  journal.begin('drain');
  const path = journalPath(keeping);
  const noted = JSON.parse(readFileSync(path, 'utf8')) as { by: { startedAt: string } };
  // A process of another life, although its id is given again.
  writeFileSync(path, JSON.stringify({ ...noted, by: { ...noted.by, startedAt: '1' } }));
  const left = unfinished(keeping);
  t.match(left, { underWay: false, begun: ['drain'], job });
  const back = new JournalFile(keeping, job, commands, left?.begun);
  back.open();
  t.match(unfinished(keeping), { underWay: true, begun: ['drain'] });
  back.close();
  t.equal(unfinished(keeping), undefined);
  t.end();
});

t.test(
  'the store of before is kept beside only if calls were answered with the new one',
  async (t) => {
    for (const [fails, after] of [
      ['use', false],
      ['answering', true],
    ] as const) {
      const store = storeOf(t);
      const burn = (name: string) => (): Promise<void> =>
        name === fails ? Promise.reject(new Error('it burns')) : Promise.resolve();
      let used = 0;
      const tools = {
        ...{ commands: { vestibule: () => Promise.resolve('') }, kept: store.kept, drainMs: 0 },
        installation: {
          use: () => {
            used += 1;
            store.change('after');
            return used === 1 ? burn('use')() : Promise.resolve();
          },
        } as unknown as Installation,
        service: {
          ...{ drain: burn('drain'), stop: burn('stop'), start: burn('start') },
          answering: burn('answering'),
        } as unknown as Service,
        tell: () => undefined,
      } as unknown as Tools;
      await t.rejects(
        runSteps(
          stepsOf(job, tools),
          new JournalFile(t.testdirName, job, commands),
          () => undefined,
        ),
        { code: 'UPDATE_ROLLED_BACK' },
      );
      t.equal(store.text, 'before', fails);
      t.equal(existsSync(store.kept.after), after, fails);
      t.notOk(existsSync(store.at('before')), 'the copy is destroyed');
    }
  },
);

t.test('of a program that fails the cause is told, and not only its last line', (t) => {
  t.equal(causeIn('one\nthe last\n'), 'the last');
  const dpkg = [
    'Setting up vestibule (0.2.0) ...',
    'no room left',
    'dpkg: error processing package vestibule (--install):',
    ' installed vestibule package post-installation script subprocess returned error exit status 1',
    'Errors were encountered while processing:',
    ' vestibule',
  ];
  t.match(causeIn(dpkg.join('\n')), /^no room left; dpkg: error processing package vestibule/u);
  t.equal(causeIn(' \n'), '');
  t.end();
});
