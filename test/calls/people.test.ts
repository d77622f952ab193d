import t from 'tap';
import { rmsDbfs } from '../../agent/audio/level.js';
import { lacking, Office } from './office.js';

/** Half a second of a tone at 8 kHz, loud enough to be told from silence. */
const tone = (hz: number): Int16Array =>
  Int16Array.from({ length: 4_000 }, (_, at) => 8_000 * Math.sin((2 * Math.PI * hz * at) / 8_000));

t.test('people', { skip: lacking }, async (t) => {
  const office = await Office.open();
  t.teardown(() => office.close());

  await t.test('0 reaches a person, and both hear each other', async (t) => {
    const desk = await office.phone('201');
    t.teardown(() => desk.stop());
    const answered = desk.nextCall(30_000);
    const calling = office.call({
      steps: [
        { 'wait-for': 'speech' },
        { silence: 1 },
        { key: '0' },
        { 'wait-for': 'agent' },
        { silence: 4 },
        { say: 'Hello, is that a person?' },
        { silence: 4 },
        { 'hang-up': null },
      ],
    });
    const call = await answered;
    if (call === undefined) throw new Error('the extension did not ring');
    call.ring();
    await call.answer();
    for (let times = 0; times < 6; times += 1) await call.say(tone(440));
    await call.untilEnded(30_000);
    const report = await calling;
    t.ok(report.passed, JSON.stringify(report.expectations));
    const { heard } = call.audio.recording.channels();
    t.ok(rmsDbfs(heard) > -60, 'the person hears the caller');
    t.ok(
      report.events.some((event) => event.type === 'hears' && event.atMs > 4_000),
      'the caller hears the person',
    );
    const stored = await office.closedCall();
    t.equal(stored.outcome, 'transferred');
    t.equal(stored.endedBy, 'caller');
    await office.untilEmpty();
  });

  await t.test('nobody at the extension: the caller is told, and goes on', async (t) => {
    const report = await office.call({
      steps: [
        { 'wait-for': 'speech' },
        { key: '0' },
        { 'wait-for': 'agent' },
        { 'wait-for': 'agent' },
        { say: 'Where can I park my car?' },
        { 'wait-for': 'agent' },
        { 'hang-up': null },
      ],
      expect: { heard: ['sorry', 'car park|mill lane'] },
    });
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    const stored = await office.closedCall();
    t.ok(stored.decisions.some(({ event }) => event.includes('"no-answer"')));
    await office.untilEmpty();
  });

  await t.test('who asks for a person in words is brought to one', async (t) => {
    const report = await office.call('person');
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    await office.untilEmpty();
  });

  await t.test('two misunderstandings lead to a person', async (t) => {
    const report = await office.call('mumbled');
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    const stored = await office.closedCall();
    t.ok(stored.decisions.some(({ actions }) => actions.includes('"transfer"')));
    await office.untilEmpty();
  });

  await t.test('a caller outside cannot dial an extension or an emergency number', async (t) => {
    for (const number of ['201', '911', '5551234']) {
      const report = await office.call({
        to: `sip:${number}@127.0.0.1`,
        steps: [{ silence: 1 }, { 'hang-up': null }],
      });
      t.equal(report.outcome.status, 404, `${number} is not found`);
    }
  });

  await t.test('an emergency call from an extension never reaches the receptionist', async (t) => {
    const before = (await office.stored()).length;
    const phone = await office.phone('205');
    t.teardown(() => phone.stop());
    const call = await phone.call('sip:911@127.0.0.1', { host: '127.0.0.1', port: office.sipPort });
    t.ok(await call.untilAnswered(5_000));
    await call.untilEnded(30_000);
    const { heard } = call.audio.recording.channels();
    const wide = new Int16Array(heard.length * 2);
    heard.forEach((sample, at) => wide.fill(sample, at * 2, at * 2 + 2));
    t.match(await office.transcribe(wide), /emergency/iu, 'it says that there is no trunk for it');
    t.equal((await office.stored()).length, before);
  });
});
