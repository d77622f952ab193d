import { join } from 'node:path';
import t from 'tap';
import { readWav } from '../../agent/audio/wav.js';
import { lacking, Office } from './office.js';

t.test('conversations', { skip: lacking }, async (t) => {
  const office = await Office.open();
  t.teardown(() => office.close());

  await t.test('a caller asks for the hours, is heard and answered', async (t) => {
    const report = await office.call('opening-hours');
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    const call = await office.closedCall();
    t.equal(call.outcome, 'answered');
    t.equal(call.endedBy, 'agent');
    t.equal(call.callerNumber, '5550101');
    const caller = call.utterances.filter(({ party }) => party === 'caller');
    t.match(caller.map(({ text }) => text).join(' '), /friday/iu, 'what was said is stored');
    t.ok(caller.every(({ confidence }) => (confidence ?? 0) > 0));
    const [greeting] = call.utterances;
    t.match(greeting?.text, /automat/iu, 'the caller is told that a machine answers');
    t.match(greeting?.text, /record/iu, 'and that the call is recorded');
    t.equal(call.consent?.basis, 'announcement');
    t.ok(call.decisions.some(({ reason }) => reason.startsWith('hours.')));
    await office.untilEmpty();

    t.equal(call.recording?.state, 'closed');
    const file = join(office.home, 'call.wav');
    await office.reading((room) => room.exportRecording(call.id, file, 'test'));
    const [left, right] = (await readWav(file)).channels;
    t.match(await office.transcribe(left!), /friday/iu, 'left is the caller');
    t.match(await office.transcribe(right!), /thirty|:30/iu, 'right is what the caller was played');
    t.match(
      await office.transcribe(right!),
      /record/iu,
      'what waited in memory for the consent is there: the caller was told',
    );
  });

  await t.test('an answer of the FAQ is given word for word', async (t) => {
    const report = await office.call('parking');
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    const call = await office.closedCall();
    t.ok(call.decisions.some(({ reason }) => reason === 'faq.parking'));
    t.ok(
      call.utterances.some(({ text }) => text.includes('There is a free car park behind the')),
      'the approved answer was said',
    );
  });

  await t.test('the caller talks over an answer and is heard', async (t) => {
    const report = await office.call('barge-in-answer');
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    t.ok(report.figures.bargeIns.length > 0);
    const call = await office.closedCall();
    t.ok(
      call.utterances.some(({ party, whole }) => party === 'agent' && !whole),
      'what was cut short is stored as such',
    );
  });

  await t.test('silence is asked about, then the call ends', async (t) => {
    const report = await office.call('silence');
    t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    const call = await office.closedCall();
    t.equal(call.endedBy, 'agent');
    await office.untilEmpty();
  });

  await t.test('two callers at once are both served', async (t) => {
    const reports = await Promise.all([office.call('parking'), office.call('opening-hours')]);
    for (const report of reports) {
      t.ok(report.passed, JSON.stringify(report.expectations.filter(({ met }) => !met)));
    }
    await office.untilEmpty();
  });

  for (const scenario of [
    'hang-up-1-ringing',
    'hang-up-2-greeting',
    'hang-up-3-question',
    'hang-up-4-thinking',
    'hang-up-5-answer',
  ]) {
    await t.test(`${scenario}: nothing is left behind`, async (t) => {
      const before = (await office.stored()).length;
      await office.call(scenario);
      await office.untilEmpty();
      const calls = await office.stored();
      t.ok(calls.length - before <= 1);
      if (calls.length > before) {
        const call = await office.closedCall();
        t.equal(call.endedBy, 'caller');
        t.ok(call.recording === undefined || call.recording.state === 'closed');
      }
    });
  }
});
