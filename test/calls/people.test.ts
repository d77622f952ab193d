import { join } from 'node:path';
import type { Page } from 'playwright-core';
import t, { type Test } from 'tap';
import { rmsDbfs } from '../../agent/audio/level.js';
import { readWav } from '../../agent/audio/wav.js';
import { noBrowser, openBrowser, openWindow } from '../browser/chromium.js';
import { firstLogin } from '../browser/first-login.js';
import { untilLoud } from '../browser/page-checks.js';
import { lacking, Office, told } from './office.js';
import { share } from './tones.js';

/** Half a second of a tone at 8 kHz, loud enough to be told from silence. */
const tone = (hz: number): Int16Array =>
  Int16Array.from({ length: 4_000 }, (_, at) => 8_000 * Math.sin((2 * Math.PI * hz * at) / 8_000));

/** The strongest share of a tone in any quarter of a second of 8 kHz `pcm`. */
const loudest = (pcm: Int16Array, hz: number): number =>
  Math.max(
    0,
    ...Array.from({ length: Math.floor(pcm.length / 2_000) }, (_, at) =>
      share(pcm.subarray(at * 2_000, (at + 1) * 2_000), hz),
    ),
  );

async function chooseTelephone(page: Page, number: string): Promise<void> {
  await page.getByRole('textbox', { name: 'My telephone' }).click();
  await page.getByRole('option', { name: new RegExp(`^${number} `, 'u') }).click();
}

/** The dashboard of somebody who may listen, with the telephone 203. */
async function aClinician(t: Test, office: Office): Promise<Page> {
  const { password } = await office.reading((room) =>
    room.accounts.add('clara', 'clinician', 'test'),
  );
  const { page } = await openWindow(await openBrowser(t), office.dashboard);
  await firstLogin(page, 'clara', password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'My account' }).click();
  await chooseTelephone(page, '203');
  return page;
}

t.test('people', { skip: lacking }, async (t) => {
  // A Tuesday, 10:00: open. While it is closed, whoever is not understood is offered a message instead.
  // The staff may listen in and whisper, and callers are told so.
  const web = { live: { listen: true, whisper: true } };
  const now = { VESTIBULE_NOW: '2026-11-24T10:00:00Z' };
  const office = await Office.open(now, undefined, {}, {}, { web });
  t.teardown(() => office.close());

  await t.test('0 reaches a person, and both hear each other', async (t) => {
    const desk = await office.phone('201');
    t.teardown(async () => {
      await desk.register(office.registrar, 0);
      await desk.stop();
    });
    const answered = desk.nextCall(30_000);
    const recordTo = join(office.home, 'person.wav');
    const steps = [
      { 'wait-for': 'speech' },
      { silence: 1 },
      { key: '0' },
      { 'wait-for': 'agent' },
      { silence: 4 },
      { say: 'Hello, is that a person?' },
      { silence: 4 },
      { 'hang-up': null },
    ];
    const calling = office.call({ steps }, { recordTo });
    const call = await answered;
    if (call === undefined) throw new Error('the extension did not ring');
    call.ring();
    await call.answer();
    for (let times = 0; times < 6; times += 1) await call.say(tone(440));
    await call.untilEnded(30_000);
    const report = await calling;
    t.ok(report.passed, told(report));
    const { heard } = call.audio.recording.channels();
    t.ok(rmsDbfs(heard) > -60, 'the person hears the caller');
    const heardByCaller = (await readWav(recordTo)).channels[1]!;
    const windows = Array.from({ length: Math.floor(heardByCaller.length / 2_000) }, (_, at) =>
      share(heardByCaller.subarray(at * 2_000, (at + 1) * 2_000), 440),
    );
    t.ok(windows.filter((one) => one > 0.9).length >= 4, 'and the caller hears the person');
    const stored = await office.closedCall();
    t.equal(stored.outcome, 'transferred');
    t.equal(stored.endedBy, 'caller');
    await office.untilEmpty();
  });

  await t.test(
    'the page shows the words of a call; the staff listens in, takes over, whispers',
    { skip: noBrowser() },
    async (t) => {
      const page = await aClinician(t, office);
      const [own, other] = [await office.phone('203'), await office.phone('204')];
      t.teardown(() => Promise.all([own.stop(), other.stop()]));
      const rings = own.nextCall(40_000);
      const recordTo = join(office.home, 'taken-over.wav');
      const steps = [
        { 'wait-for': 'greeting' },
        { say: 'When do you close on Friday?' },
        { 'wait-for': 'agent' },
        { silence: 18 },
        { 'hang-up': null },
      ];
      const calling = office.call({ steps }, { recordTo });
      await page.getByRole('link', { name: 'Live' }).click();
      const card = page.getByRole('article');
      await card.getByText('somebody of our staff may listen in').waitFor({ timeout: 20_000 });
      await card.getByRole('button', { name: 'Listen in' }).click({ timeout: 20_000 });
      await untilLoud(page, 'agent', 5);
      await card.getByText(/close on friday/iu).waitFor({ timeout: 20_000 });
      await card.getByRole('button', { name: 'Take over' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Take over' }).click();
      const taken = await rings;
      if (taken === undefined) throw new Error('the telephone of the staff did not ring');
      taken.ring();
      await taken.answer();
      await page.getByText('A colleague who was not told has the call').waitFor();
      await card.getByText('with a colleague').waitFor();

      // The same account, now at another telephone, whispers to that colleague.
      const whispers = other.nextCall(20_000);
      await page.getByRole('link', { name: 'My account' }).click();
      await chooseTelephone(page, '204');
      await page.getByRole('link', { name: 'Live' }).click();
      await card.getByRole('button', { name: 'Whisper' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Whisper' }).click();
      const whisper = await whispers;
      if (whisper === undefined) throw new Error('the whisperer’s telephone did not ring');
      whisper.ring();
      await whisper.answer();
      for (let times = 0; times < 4; times += 1) {
        await Promise.all([taken.say(tone(440)), whisper.say(tone(900))]);
      }
      await taken.untilEnded(40_000);
      const report = await calling;
      t.ok(report.passed, told(report));
      const heardByCaller = (await readWav(recordTo)).channels[1]!;
      t.ok(loudest(heardByCaller, 440) > 0.8, 'the caller hears whoever took over');
      t.ok(loudest(heardByCaller, 900) < 0.2, 'and no whisper');
      t.ok(loudest(taken.audio.recording.channels().heard, 900) > 0.5, 'the colleague hears it');
      t.ok(loudest(whisper.audio.recording.channels().heard, 440) > 0.5, 'and is heard by it');
      await page.getByText('No call is running.').waitFor();
      const stored = await office.closedCall();
      t.equal(stored.outcome, 'transferred');
      t.ok(stored.decisions.some(({ reason }) => reason === 'staff.takes-over'));
      await office.untilEmpty();
    },
  );

  await t.test('nobody at the extension: the caller is told, and goes on', async (t) => {
    const report = await office.call({
      steps: [
        { 'wait-for': 'speech' },
        { key: '0' },
        { 'wait-for': 'agent' },
        { say: 'When do you close on Friday?' },
        { 'wait-for': 'agent' },
        { silence: 4 },
        { 'hang-up': null },
      ],
      expect: { heard: ['nobody', 'thirty|17|:30'] },
    });
    t.ok(report.passed, told(report));
    const stored = await office.closedCall();
    t.ok(stored.decisions.some(({ event }) => event.includes('"no-answer"')));
    await office.untilEmpty();
  });

  await t.test('callers two at a time', (t) => {
    // Options of their own each: tap tells all that share an object by the first one's result.
    t.jobs = 2;
    void t.test(
      'two misunderstandings, a person is offered, and 1 brings the caller there',
      { buffered: true },
      async (t) => {
        const report = await office.call('mumbled');
        t.ok(report.passed, told(report));
        const stored = await office.closedCall('5550110');
        t.ok(stored.decisions.some(({ actions }) => actions.includes('"transfer"')));
      },
    );

    void t.test(
      'who asks for a person in words is brought to one',
      { buffered: true },
      async (t) => {
        const report = await office.call('person');
        t.ok(report.passed, told(report));
      },
    );

    void t.test(
      'danger is answered before the caller has told all of it',
      { buffered: true },
      async (t) => {
        const line =
          'Please help me, my husband has chest pain and he cannot get up any more, he is sitting on the ' +
          'sofa in the living room, and I do not know what I should do with him until somebody comes.';
        await office.call({
          from: '5550182',
          steps: [{ 'wait-for': 'greeting' }, { say: line }, { silence: 3 }, { 'hang-up': null }],
        });
        const stored = await office.closedCall('5550182');
        const alarm = stored.decisions.find(({ reason }) => reason === 'emergency');
        const said = stored.utterances.find(({ text }) => /husband|chest pain/iu.test(text));
        t.ok(alarm !== undefined && said !== undefined, 'heard, and taken for danger');
        const endMs = (said?.atMs ?? 0) + (said?.lengthMs ?? 0);
        const atMs = alarm?.atMs ?? Infinity;
        t.ok(atMs < endMs, `at ${String(atMs)} ms of ${String(endMs)} ms`);
      },
    );
    t.end();
  });
  await office.untilEmpty();

  await t.test('a caller outside cannot dial an extension or an emergency number', async (t) => {
    for (const number of ['201', '911', '5551234']) {
      const report = await office.call({
        to: `sip:${number}@127.0.0.1`,
        steps: [{ silence: 1 }, { 'hang-up': null }],
      });
      t.equal(report.outcome.status, 401, `${number}: no answer tells whether there is one`);
    }
  });

  await t.test('an emergency call from an extension never reaches the receptionist', async (t) => {
    const before = (await office.stored()).length;
    const phone = await office.phone('205');
    t.teardown(() => phone.stop());
    const call = await phone.call('sip:911@127.0.0.1', office.registrar);
    t.ok(await call.untilAnswered(5_000));
    await call.untilEnded(30_000);
    const { heard } = call.audio.recording.channels();
    const wide = new Int16Array(heard.length * 2);
    heard.forEach((sample, at) => wide.fill(sample, at * 2, at * 2 + 2));
    t.match(await office.transcribe(wide), /emergency/iu, 'it says that there is no trunk for it');
    t.equal((await office.stored()).length, before);
  });

  await t.test(
    'hours that are changed in the page are heard by the next call; the voice is heard at once',
    { skip: noBrowser() },
    async (t) => {
      const { password } = await office.reading((room) =>
        room.accounts.add('olga', 'owner', 'test'),
      );
      const { page } = await openWindow(await openBrowser(t), office.dashboard);
      await firstLogin(page, 'olga', password);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Inbox' }).waitFor();
      await page.goto('/settings/prompts');
      await page.getByRole('textbox', { name: 'Hear any text' }).fill('Good morning.');
      const said = page.waitForResponse(/prompts\/say$/u);
      await page.getByRole('button', { name: /^Hear it: Hear any text/u }).click();
      t.ok(Number(await (await said).headerValue('content-length')) > 16_000, 'a voice speaks');

      await page.goto('/settings/hours');
      const remove = page.getByRole('button', { name: 'Friday: remove these hours' });
      await remove.first().click();
      await remove.click();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(/^Saved as version 2; new calls/u).waitFor({ timeout: 60_000 });
      const report = await office.call({
        steps: [
          { 'wait-for': 'greeting' },
          { say: 'When do you close on Friday?' },
          { 'wait-for': 'agent' },
          { silence: 4 },
          { 'hang-up': null },
        ],
        expect: { heard: ['friday', 'closed'] },
      });
      t.ok(report.passed, told(report));
      await office.untilEmpty();

      await page.goto('/settings/versions');
      await page.getByRole('button', { name: /^Version 1/u }).click();
      await page.getByRole('button', { name: 'Back to this version' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Back to this version' }).click();
      await page.getByText(/^Saved as version 3/u).waitFor({ timeout: 60_000 });
    },
  );
});
