import { execFile } from 'node:child_process';
import { join } from 'node:path';
import t from 'tap';
import { readWav } from '../../agent/audio/wav.js';
import type { RehearsalReport } from '../../agent/reception/rehearse/report.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { argumentsOf, guideBlock } from '../guide.js';
import { lacking, Office, told } from './office.js';

const OTHER_LINES = guideBlock('lines.md', 'vestibule rehearse');

/** The report of a call that the guide has typed, placed in this office. */
const typed = (office: Office, line: string): Promise<RehearsalReport> =>
  new Promise((resolve, reject) => {
    const sip = `127.0.0.1:${String(office.sipPort)}`;
    const main = join(checkoutRoot, 'build/agent/main.js');
    const args = [main, ...argumentsOf(line), '--json', '--sip', sip];
    const env = { ...process.env, VESTIBULE_HOME: office.home };
    execFile(process.execPath, args, { cwd: checkoutRoot, env }, (_, stdout, stderr) => {
      // What is heard over a bad line is no matter here; that it was tried is.
      if (stdout === '') reject(new Error(stderr));
      else resolve(JSON.parse(stdout) as RehearsalReport);
    });
  });

t.test('conversations', { skip: lacking }, async (t) => {
  const office = await Office.open();
  t.teardown(() => office.close());

  await t.test('callers two at a time are each served', (t) => {
    // Options of their own each: tap tells all that share an object by the first one's result.
    t.jobs = 2;
    void t.test(
      'a caller asks for the hours, is heard and answered',
      { buffered: true },
      async (t) => {
        const report = await office.call('opening-hours');
        t.ok(report.passed, told(report));
        const call = await office.closedCall('5550101');
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

        t.equal(call.recording?.state, 'closed');
        const file = join(office.home, 'call.wav');
        await office.reading((room) => room.exportRecording(call.id, file, 'test'));
        const [left, right] = (await readWav(file)).channels;
        t.match(await office.transcribe(left!), /friday/iu, 'left is the caller');
        t.match(
          await office.transcribe(right!),
          /thirty|:30/iu,
          'right is what the caller was played',
        );
        t.match(
          await office.transcribe(right!),
          /record/iu,
          'what waited in memory for the consent is there: the caller was told',
        );
      },
    );

    void t.test('an answer of the FAQ is given word for word', { buffered: true }, async (t) => {
      const parking = OTHER_LINES.find((line) => line.includes('parking')) ?? '';
      // How the talk ends over that line is no matter here; that it is heard and answered is.
      const report = await typed(office, parking);
      t.ok(report.rtp.received > 0, told(report));
      const call = await office.closedCall('5550103');
      t.ok(call.decisions.some(({ reason }) => reason === 'faq.parking'));
      t.ok(
        call.utterances.some(({ text }) => text.includes('There is a free car park behind the')),
        'the approved answer was said',
      );
    });

    void t.test('the caller talks over an answer and is heard', { buffered: true }, async (t) => {
      const report = await office.call('barge-in-answer');
      t.ok(report.passed, told(report));
      t.ok(report.figures.bargeIns.length > 0);
      const call = await office.closedCall('5550109');
      t.ok(
        call.utterances.some(({ party, whole }) => party === 'agent' && !whole),
        'what was cut short is stored as such',
      );
    });

    void t.test('silence is asked about, then the call ends', { buffered: true }, async (t) => {
      const lossy = OTHER_LINES.find((line) => line.includes('--loss')) ?? '';
      const [report, { rtp }] = await Promise.all([office.call('silence'), typed(office, lossy)]);
      t.ok(rtp.dropped > 0, `another caller’s line lost ${String(rtp.dropped)} packets`);
      t.ok(report.passed, told(report));
      const call = await office.closedCall('5550107');
      t.equal(call.endedBy, 'agent');
    });
    t.end();
  });
  await office.untilEmpty();

  await t.test('five callers hang up, each at another moment', async (t) => {
    const leaving = {
      '5550121': 'hang-up-1-ringing',
      '5550122': 'hang-up-2-greeting',
      '5550123': 'hang-up-3-question',
      '5550124': 'hang-up-4-thinking',
      '5550125': 'hang-up-5-answer',
    };
    await Promise.all(Object.values(leaving).map((scenario) => office.call(scenario)));
    await office.untilEmpty();
    const calls = await office.stored();
    for (const [number, scenario] of Object.entries(leaving)) {
      const theirs = calls.filter(({ callerNumber }) => callerNumber === number);
      // Who gives up before we answered may have left no call.
      const least = scenario === 'hang-up-1-ringing' ? 0 : 1;
      t.ok(theirs.length === 1 || theirs.length === least, `${scenario}: one call`);
      for (const { endedBy, recording } of theirs) {
        t.equal(endedBy, 'caller', scenario);
        t.ok(recording === undefined || recording.state === 'closed', `${scenario}: nothing open`);
      }
    }
  });
});
