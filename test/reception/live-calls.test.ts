import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { silentLog } from '../../agent/log.js';
import { liveCallsIn, LiveCallsFile } from '../../agent/reception/live-calls.js';

void t.test('the calls that are held stand in a file, for commands and the next life', (t) => {
  const path = join(t.testdir(), 'live-calls.json');
  t.equal(liveCallsIn(path), undefined, 'nobody has ever noted any');
  const live = new LiveCallsFile(path, silentLog);
  const [one, two] = ['one', 'two'].map((call) => ({ call, channel: `of-${call}`, since: 7 }));
  if (one === undefined || two === undefined) throw new Error('two calls');
  live.tell('answering');
  live.began(one);
  live.began(two);
  const { pid } = process;
  t.same(liveCallsIn(path), { pid, state: 'answering', calls: [one, two] });
  live.tell('draining');
  live.ended('one');
  t.same(liveCallsIn(path), { pid, state: 'draining', calls: [two] });
  writeFileSync(path, '{"pid":1,"sta');
  t.equal(liveCallsIn(path), undefined, 'a file that is cut off tells nothing');
  const nowhere = new LiveCallsFile(join(path, 'in-a-file'), silentLog);
  nowhere.began(one);
  t.same(nowhere.calls, [one], 'a disk that refuses costs no call');
  t.end();
});
