import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { redactionSettings } from '../../agent/privacy/redaction-settings.js';
import { SecondPass } from '../../agent/reception/second-pass.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { PiperVoice } from '../../agent/engines/piper.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { OwnWorkers } from '../../agent/speech/own-workers.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import type { AriEvents } from '../../agent/telephony/ari.js';
import { passOver } from './pass-over.js';
import { byTelephone, collected } from '../speech/audio.js';
import { withModels } from '../speech/worker-process.js';
import { aCall, anUtterance, grantFor, startedStore, tone } from '../records/store.js';

/** A call of two turns, the first before the recording began. */
async function recorded(records: OpenRecords, id: string): Promise<void> {
  await records.calls.open(aCall(id));
  await records.utterances.add(anUtterance(id, { atMs: 100, text: 'before the consent' }));
  const writer = await records.recordings.open(await grantFor(records, id));
  for (const atMs of [3_000, 6_000]) {
    writer.write('caller', tone(1), atMs);
    await records.utterances.add(
      anUtterance(id, { atMs, lengthMs: 1_000, text: 'my name is John Smith' }),
    );
  }
  await writer.close();
  await records.calls.close({ call: id, endedAt: 9_000, outcome: 'message', endedBy: 'caller' });
}

await t.test('what is heard again is kept, and what differs is flagged', async (t) => {
  const { records, pass, look, next, lengths } = await passOver(t, (turn) =>
    Promise.resolve(turn === 1 ? 'my name is Joan Smith' : 'my name is John Smith'),
  );
  await recorded(records, 'one');
  await recorded(records, 'two');
  await pass.start();
  await pass.start();
  await look(async () => (await next()) === undefined);
  t.same(lengths, [2_000, 1_400, 2_000, 1_400], 'each turn with some of what is around it');
  t.same(await records.transcripts.differences('one'), [
    { kind: 'person_name', live: 'John Smith', second: 'Joan Smith' },
  ]);
  const said = await records.reading.calls.utterances('one');
  t.equal(said[0]?.secondHearing, undefined, 'what was not recorded is not heard');
  t.same(
    said.slice(1).map(({ text, secondHearing }) => [text, secondHearing?.text]),
    [
      ['my name is John Smith', 'my name is Joan Smith'],
      ['my name is John Smith', 'my name is John Smith'],
    ],
  );
});

await t.test(
  'nothing is stored of a second hearing that would be hidden in the call, nor of its differences',
  async (t) => {
    const hears = [
      ...['please call me at 415 555 0142', 'my date of birth is May 3rd, 1985', 'thank you'],
      ...['4111', '1111', '1111', '1111', 'my insurance number is', '12 34 56'],
    ];
    const heardOf = async (redaction: object): Promise<string> => {
      const made = await passOver(
        t,
        (turn) => Promise.resolve(hears[turn - 1] ?? 'bye'),
        redaction,
      );
      const { records, pass, look, next } = made;
      await records.calls.open(aCall('secret', { startedAt: Date.UTC(2026, 10, 16) }));
      const writer = await records.recordings.open(await grantFor(records, 'secret'));
      for (const at of hears.keys()) {
        writer.write('caller', tone(1), 2_000 + at * 3_000);
        await records.utterances.add(
          anUtterance('secret', {
            atMs: 2_000 + at * 3_000,
            lengthMs: 1_000,
            text: [3, 4].includes(at) ? `411${String(at)}` : 'what is that',
          }),
        );
      }
      await writer.close();
      await records.calls.close({
        call: 'secret',
        endedAt: 9,
        outcome: 'message',
        endedBy: 'caller',
      });
      await pass.start();
      await look(async () => (await next()) === undefined);
      const said = await records.reading.calls.utterances('secret');
      t.notMatch(JSON.stringify(said), /411[34]/u, 'nor what the call heard of the groups');
      const sound = await records.transcripts.callerSound('secret');
      const loud = [...hears.keys()].filter((at) => {
        const from = (2_000 + at * 3_000) * 16;
        return sound.subarray(from, from + 16_000).some((sample) => Math.abs(sample) > 1_500);
      });
      // The number, the date and the thanks.
      if (Object.keys(redaction).length === 0) t.same(loud, [0, 1, 2, 7]);
      t.equal(said.filter((one) => one.secondHearing !== undefined).length, hears.length);
      const differences = await records.transcripts.differences('secret');
      return JSON.stringify([said.map((one) => one.secondHearing?.text), differences]);
    };
    const usual = await heardOf({});
    t.notMatch(
      usual,
      /1111|12 34 56|123456/u,
      'a card in groups, the first too; what a turn before announced',
    );
    t.match(usual, /\[card number\].*\[insurance number\]/u);
    t.match(
      usual,
      /"kind":"phone".*4155550142/u,
      'what the office does not hide differs as before',
    );
    const strict = await heardOf({ hide: ['phone', 'dob'] });
    t.notMatch(
      strict,
      /415|0142|1985/u,
      'what the policy hides is hidden here too, in text and differences',
    );
  },
);

await t.test(
  'a number that only the second pass hears is a tone afterwards, and its digits are in no text',
  async (t) => {
    const { records, pass, look, next } = await passOver(t, (turn) =>
      Promise.resolve(turn === 1 ? 'it is 4111 1111 1111 1111 please' : 'thank you'),
    );
    await records.calls.open(aCall('late'));
    const writer = await records.recordings.open(await grantFor(records, 'late'));
    // Some of it was lost on the line: ten digits are no card.
    const said = 'it is 4111 1111 11 please';
    for (const [at, text] of [said, 'thank you'].entries()) {
      const atMs = 3_000 + at * 4_000;
      writer.write('caller', tone(1), atMs);
      await records.utterances.add(anUtterance('late', { atMs, lengthMs: 1_000, text }));
    }
    await writer.close();
    const event = JSON.stringify({ kind: 'heard', text: said, slots: { reason: '4111111111' } });
    await records.decisions.add({ call: 'late', atMs: 5, event, actions: '[]', reason: 'test' });
    const told = { value: said, heard: said, confidence: 1, by: 'voice' };
    await records.messages.keep({
      ...{ call: 'late', number: 1, at: 1, whole: true, urgent: undefined, recipient: undefined },
      ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
      body: { name: null, phone: null, reason: told, callbackTime: null },
    });
    const record = {
      intent: undefined,
      urgency: 'normal',
      body: JSON.stringify({ summary: said }),
    };
    await records.calls.close({
      ...{ call: 'late', endedAt: 9_000, outcome: 'message', endedBy: 'caller', record },
    });
    const before = await records.transcripts.callerSound('late');
    const [old] = await records.reading.recordings.of('late');
    await pass.start();
    await look(async () => (await next()) === undefined);

    const after = await records.transcripts.callerSound('late');
    const same = (fromMs: number, toMs: number): boolean =>
      after
        .subarray(fromMs * 16, toMs * 16)
        .every((sample, at) => sample === before[fromMs * 16 + at]);
    t.equal(after.length, before.length);
    const hidden = Array.from({ length: 50 }, (_, at) => same(3_000 + at * 20, 3_020 + at * 20));
    t.notOk(hidden.includes(true), 'nothing of it is as it was');
    t.ok(same(7_000, 8_000), 'the other turn is');
    const recordings = await records.reading.recordings.of('late');
    t.equal(recordings.length, 1);
    t.match(recordings, [{ id: old?.id, state: 'closed', seconds: 2 }]);
    const stored = JSON.stringify([
      await records.reading.calls.utterances('late'),
      await records.reading.calls.decisions('late'),
      await records.reading.messages.ofCall('late'),
      await records.reading.calls.record('late'),
    ]);
    t.notMatch(stored, /1111/u);
    t.equal(stored.match(/\[card number\]/gu)?.length, 7);
  },
);

await t.test('hiding that was cut off after the sound leaves no digits in a text', async (t) => {
  const { records, pass, look, next, lengths, rests } = await passOver(t, (turn) =>
    Promise.resolve(turn === 1 ? 'it is 4111 1111 1111 1111 please' : 'beep'),
  );
  const said = 'it is 4111 1111 11 please';
  await records.calls.open(aCall('cut'));
  const writer = await records.recordings.open(await grantFor(records, 'cut'));
  writer.write('caller', tone(1), 3_000);
  await records.utterances.add(anUtterance('cut', { atMs: 3_000, lengthMs: 1_000, text: said }));
  const event = JSON.stringify({ kind: 'heard', text: said });
  await records.decisions.add({ call: 'cut', atMs: 5, event, actions: '[]', reason: 'test' });
  await writer.close();
  await records.calls.close({ call: 'cut', endedAt: 9, outcome: 'message', endedBy: 'caller' });
  const { transcripts } = records;
  const whole = transcripts.tone.bind(transcripts);
  transcripts.tone = async (...asked) => {
    await whole(...asked);
    throw new Error('it died');
  };
  await pass.start();
  await look(() => lengths.length === 1 && rests());
  await look(async () => (await next()) === undefined);
  t.equal(lengths.length, 2, 'the second time there is a tone to be heard');
  const stored = JSON.stringify([
    await records.reading.calls.utterances('cut'),
    await records.reading.calls.decisions('cut'),
  ]);
  t.notMatch(stored, /1111/u);
  t.equal(stored.match(/\[card number\]/gu)?.length, 2);
});

await t.test('a turn is heard without its neighbours', async (t) => {
  const { records, pass, look, next, lengths } = await passOver(t, () => Promise.resolve('yes'));
  await records.calls.open(aCall('near'));
  const writer = await records.recordings.open(await grantFor(records, 'near'));
  writer.write('caller', tone(5), 1_000);
  for (const atMs of [1_000, 2_300, 3_400]) {
    await records.utterances.add(anUtterance('near', { atMs, lengthMs: 1_000 }));
  }
  await writer.close();
  await records.calls.close({ call: 'near', endedAt: 9, outcome: 'answered', endedBy: 'caller' });
  await pass.start();
  await look(async () => (await next()) === undefined);
  t.same(lengths, [400 + 1_000 + 180, 300 + 1_000, 100 + 1_000 + 600]);
});

await t.test('it stops at once when a call comes, and goes on afterwards', async (t) => {
  let free: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    free = resolve;
  });
  const { records, pass, look, next, lengths, comes, state } = await passOver(t, async (turn) => {
    if (turn === 2) await held;
    return 'my name is John Smith';
  });
  await recorded(records, 'one');
  await pass.start();
  await look(() => lengths.length === 2);
  comes();
  await look(
    async () => (await records.transcripts.turns('one')).filter(({ again }) => !again).length === 2,
  );
  await sleep(30);
  t.equal(lengths.length, 2, 'nothing is begun while a call runs');
  t.equal((await next())?.id, 'one');
  state.idle = true;
  free();
  await look(async () => (await next()) === undefined);
  t.equal(lengths.length, 3, 'only the turn that was missing');
});

await t.test('what fails is tried again, and what cannot be heard is left', async (t) => {
  let broken = true;
  const { records, pass, look, next, lengths } = await passOver(t, () =>
    broken ? Promise.reject(new Error('no worker')) : Promise.resolve('yes'),
  );
  await recorded(records, 'one');
  await pass.start();
  await look(() => lengths.length === 1);
  await sleep(20);
  t.equal((await next())?.id, 'one', 'it waits for its worker');
  broken = false;
  await look(async () => (await next()) === undefined);

  await recorded(records, 'two');
  broken = true;
  for (let count = lengths.length + 1; count <= 6; count += 1) {
    await look(() => lengths.length === count);
    await sleep(20);
  }
  t.equal(await next(), undefined, 'three times are enough');
});

await t.test('real speech is found again where it was said', withModels, async (t) => {
  const { records } = await startedStore(t);
  const models = modelPlaces().models;
  const voice = new PiperVoice(join(models, 'en_US-joe-medium'));
  await voice.start();
  const said = ['I would like to book an appointment.', 'Do you have parking for my car?'];
  await records.calls.open(aCall('real'));
  const writer = await records.recordings.open(await grantFor(records, 'real'));
  for (const [at, text] of said.entries()) {
    const pcm = byTelephone(await collected(voice.speak(text, { pace: 1 })));
    const atMs = 5_300 + at * 6_000;
    writer.write('caller', pcm, atMs);
    // Of each turn's words the live hearing lost some.
    await records.utterances.add(
      anUtterance('real', { atMs, lengthMs: Math.round(pcm.length / 16), text: 'misheard' }),
    );
  }
  await voice.stop();
  await writer.close();
  await records.calls.close({ call: 'real', endedAt: 9, outcome: 'answered', endedBy: 'caller' });
  const [place] = workerPlaces(speechSettings.parse({ recognisers: 1 }), '/nowhere').filter(
    ({ kind }) => kind === 'recogniser',
  );
  const workers = new OwnWorkers(models, place === undefined ? [] : [place]);
  t.teardown(() => {
    workers.stop();
  });
  await workers.lend(systemClock(), silentLog, async ({ recogniser }) => {
    const pass = new SecondPass({
      ...{ transcripts: records.transcripts, recogniser, events: new Events<AriEvents>(silentLog) },
      ...{ idle: () => true, office: { country: 'us', timeZone: 'UTC' }, log: silentLog },
      redaction: () => redactionSettings.parse({}),
      clock: { ...systemClock(), after: (_, then) => systemClock().after(10, then) },
    });
    await pass.start();
    for (
      let waited = 0;
      (await records.transcripts.next()) !== undefined && waited < 600;
      waited += 1
    )
      await sleep(50);
    await pass.stop();
  });
  const again = (await records.reading.calls.utterances('real')).map(
    ({ secondHearing }) => secondHearing?.text ?? '',
  );
  t.match(again[0], /book an appointment/iu);
  t.match(again[1], /parking/iu);
});
