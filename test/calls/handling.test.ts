import t from 'tap';
import { lacking, Office, told } from './office.js';

const rule = { called: undefined, recording: undefined, until: undefined } as const;

/** The number that callers of tests dial answers as somebody else than the rest of the configuration. */
const numbers = [
  {
    id: 'harbour',
    called: ['reception'],
    dialogue: { greeting: 'Thank you for calling the harbour line.' },
  },
];

t.test('handling', { skip: lacking }, async (t) => {
  const office = await Office.open({}, undefined, {}, {}, { numbers });
  t.teardown(() => office.close());
  await office.reading(async ({ handling }) => {
    const staff = { way: 'staff', target: 'carter', seconds: 3 } as const;
    await handling.set({ ...rule, caller: '+442079460142', ...staff }, 'test');
    const block = { way: 'block', target: undefined, seconds: undefined } as const;
    await handling.set({ ...rule, caller: '+442079460199', ...block }, 'test');
  });

  await t.test(
    'staff ring first for three seconds, then the assistant takes the call',
    async (t) => {
      const desk = await office.phone('202');
      t.teardown(async () => {
        await desk.register(office.registrar, 0);
        await desk.stop();
      });
      const rung = desk.nextCall(10_000);
      const calling = office.call({
        from: '02079460142',
        steps: [{ 'wait-for': 'greeting' }, { 'hang-up': null }],
        expect: { heard: ['harbou?r line'] },
      });
      const call = await rung;
      if (call === undefined) throw new Error('the extension did not ring');
      call.ring();
      await call.untilEnded(10_000);
      t.equal(call.answeredMs, undefined, 'it rings and stops ringing');
      const report = await calling;
      t.ok(report.passed, told(report));
      const { decisions } = await office.closedCall();
      const reasons = decisions.map(({ reason }) => reason);
      t.strictSame(reasons.slice(0, 2), ['gate.staff-first', 'person.staff-missed']);
      await office.untilEmpty();
    },
  );

  await t.test('a blocked caller hears one sentence and is hung up on', async (t) => {
    const report = await office.call({
      from: '02079460199',
      steps: [{ 'wait-for': 'greeting' }, { silence: 5 }, { 'hang-up': null }],
      expect: { heard: ["(?:don't|do not) take calls from this number"] },
    });
    t.ok(report.passed, told(report));
    const stored = await office.closedCall();
    t.equal(stored.decisions[0]?.reason, 'gate.blocked');
    t.equal(stored.endedBy, 'agent');
    const counts = await office.reading((room) => room.handling.counts('2000-01-01'));
    t.match(counts, [{ what: 'blocked', count: 1 }]);
    await office.untilEmpty();
  });
});
