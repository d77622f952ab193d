import t from 'tap';
import { directoryNames } from '../../agent/dialogue/names.js';
import type { TransferTarget } from '../../agent/dialogue/settings.js';
import { findTarget } from '../../agent/dialogue/targets.js';
import { Talk, begin, heard, listening, spoken } from './office.js';

const target = (id: string, name: string, ...aliases: string[]): TransferTarget => ({
  ...{ id, name, aliases, extension: '201' },
});

void t.test('a title, a surname and a whole name are said in several ways', (t) => {
  t.strictSame(directoryNames([target('c', 'Dr Emily Carter', 'the skin doctor')]), [
    ...['Dr. Emily Carter', 'Dr. Carter', 'Doctor Emily Carter', 'Doctor Carter', 'Emily Carter'],
    'the skin doctor',
  ]);
  t.strictSame(directoryNames([target('o', 'Nurse Okafor')]), ['Nurse Okafor']);
  t.strictSame(directoryNames([target('m', 'Maria Fernandez')]), ['Maria Fernandez']);
  t.strictSame(directoryNames([target('d', 'the front desk')]), ['the front desk']);
  t.end();
});

void t.test('what two people would be called is nobody’s, unless the office says whose', (t) => {
  const two = [target('a', 'Dr Ann Carter'), target('b', 'Dr Bob Carter')];
  const found = (text: string, targets = two): string | undefined =>
    findTarget(text, targets, (name) => name.replace(/^Dr\.? /u, 'Doctor '))?.id;
  t.notOk(directoryNames(two).includes('Doctor Carter'));
  t.equal(found('doctor carter please'), undefined);
  t.equal(found('is bob carter there'), 'b');
  t.equal(found('doctor ann carter'), 'a');
  const said = [target('a', 'Dr Ann Carter', 'Doctor Carter'), target('b', 'Dr Bob Carter')];
  t.equal(found('doctor carter please', said), 'a');
  t.end();
});

void t.test('names are expected where callers say whom they want', (t) => {
  const expected = (talk: Talk): unknown =>
    talk.last.actions.flatMap((action) => (action.do === 'say' ? [action.expects] : []));
  t.strictSame(expected(listening()), ['name']);
  t.strictSame(expected(new Talk().take(begin())), [undefined], 'not under the notice');
  t.strictSame(
    expected(new Talk().take(begin(), spoken, heard('info.location'))),
    ['yes-no'],
    'anything else?',
  );
  t.strictSame(
    expected(listening().take(heard('message.leave'))),
    ['person'],
    'the caller’s own name is in no directory, and is still a name',
  );
  t.end();
});
