import t from 'tap';
import { plant } from '../privacy/planted.js';
import { startedStore } from './store.js';

await t.test('the queue holds what changed or went, and nothing while it is off', async (t) => {
  const { records } = await startedStore(t);
  const { central } = records;
  await plant(records, Date.now());
  t.equal(await central.waiting(), 0, 'off');
  await central.on();
  t.equal(await central.waiting(), 5, 'three calls and two messages that were there');
  await central.on();
  t.equal(await central.waiting(), 5, 'once');
  const named = async (): Promise<string[]> =>
    (await central.due(9)).map(({ kind, id }) => `${kind} ${id}`);

  const sent = await central.due(9);
  await records.reading.messages.settle('nora-1-1', { at: 1, by: 'web:anna' });
  await central.done(sent);
  t.strictSame(await named(), ['message nora-1-1'], 'what changed while it was sent is sent again');

  await central.done(await central.due(9));
  await records.reading.messages.settle('nora-1-1', undefined);
  await records.reading.messages.settle('nora-1-1', { at: 2, by: 'web:anna' });
  await records.revise('nora-1', '{}');
  t.strictSame(await named(), ['message nora-1-1'], 'once, and only what is told of it counts');

  await records.rights.erasures.erase({
    ...{ id: 'an-erasure', at: Date.now(), calls: ['ida-1'], contacts: [], recordings: [] },
    report: {},
  });
  const gone = (await named()).filter((one) => one.includes('ida-1')).sort();
  t.strictSame(gone, ['call ida-1', 'message ida-1-1']);
  t.strictSame(await central.calls(['ida-1', 'nora-2']).then((all) => all.map(({ id }) => id)), [
    'nora-2',
  ]);

  await central.off();
  await records.reading.messages.settle('nora-1-1', undefined);
  t.equal(await central.waiting(), 0);
});
