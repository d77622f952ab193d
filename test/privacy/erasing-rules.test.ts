import t from 'tap';
import { ANNA, anOffice } from './office.js';
import { DAY_MS, IDA, NORA, plant } from './planted.js';

t.test('the rules for a number go with the person, and others stay', async (t) => {
  const { office, records, clock } = await anOffice(t);
  await plant(records, clock.at);
  clock.at += 10 * DAY_MS;
  const { rules } = records.handling;
  const rule = { called: undefined, target: undefined, seconds: undefined, until: undefined };
  for (const { number } of [NORA, IDA]) {
    await rules.set(number, { ...rule, caller: number, way: 'vip', recording: undefined }, 1, 'x');
  }
  const proof = { identity: 'showed her identity card' };
  await office.erasing.erase({ query: { number: NORA.number }, also: [], proof }, ANNA);
  t.strictSame(
    (await rules.all()).map(({ caller }) => caller),
    [IDA.number],
  );
});
