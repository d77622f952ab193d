import { appendFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { writeWav } from '../../agent/audio/wav.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { Redactor } from '../../agent/privacy/redaction.js';
import { redactionSettings } from '../../agent/privacy/redaction-settings.js';
import { VoicemailDesk } from '../../agent/reception/voicemail/voicemail-desk.js';
import { piecesOf } from '../../agent/reception/voicemail/voicemail-pieces.js';
import type { Recogniser } from '../../agent/speech/ports.js';
import type { ChannelData } from '../../agent/telephony/ari.js';
import { startedStore } from '../records/store.js';
import { FakeClock } from '../telephony/fake-clock.js';

const SECOND = 8_000;
/** Eight seconds at 8 kHz: speech, a pause of two seconds, speech. */
const said = Int16Array.from({ length: 8 * SECOND }, (_, i) => {
  const second = Math.floor(i / SECOND);
  return second === 3 || second === 4 ? 0 : Math.round(8_000 * Math.sin(i / 3));
});

async function desk(t: Test, texts: readonly (string | Error)[], standing = new Set<string>()) {
  const { records, home } = await startedStore(t);
  const folder = join(home, 'voicemail');
  mkdirSync(folder, { recursive: true });
  let heard = 0;
  const recogniser: Recogniser = {
    listen: () => {
      const finish = async () => {
        await Promise.resolve();
        const text = texts[heard] ?? '';
        heard += 1;
        if (text instanceof Error) throw text;
        const numbers = { confidence: 0.9, secondsAudio: 1, secondsCpu: 0 };
        return { text, words: [], engine: 'fake', ...numbers };
      };
      return { push: () => undefined, speculate: finish, finish, cancel: () => undefined };
    },
  };
  const context = { language: 'en', country: 'gb', timeZone: 'UTC', now: 0 };
  let notice = '3';
  const asterisk = { asked: 0, silent: false };
  const fresh = (clock = systemClock()): VoicemailDesk =>
    new VoicemailDesk({
      ...{
        folder,
        records,
        recogniser,
        language: 'en',
        noticeVersion: () => notice,
        log: silentLog,
      },
      outcomeOf: async (call) => (await records.reading.calls.head(call))?.outcome,
      ari: {
        channels: () => {
          asterisk.asked += 1;
          if (asterisk.silent) return Promise.reject(new Error('it is starting'));
          return Promise.resolve([...standing].map((id) => ({ id }) as ChannelData));
        },
      },
      redactor: () => new Redactor(redactionSettings.parse({}), () => context),
      contactNumber: (number) => (number === '' ? undefined : `+44${number.slice(1)}`),
      clock,
    });
  const left = async (channel: string, note: string | undefined, pcm?: Int16Array) => {
    if (note !== undefined) writeFileSync(join(folder, `${channel}.txt`), note);
    if (pcm !== undefined) await writeWav(join(folder, `${channel}.wav`), [pcm], 8_000);
  };
  const reload = (version: string): void => {
    notice = version;
  };
  return { records, folder, fresh, left, standing, reload, asterisk };
}

const CHANNEL = 'vestibule-1795510800.7';

void t.test('a voicemail is sealed as a call with a message, and its files are gone', async (t) => {
  const texts = ['this is John Smith', 'my card is 4111 1111 1111 1111 please call me'];
  const { records, folder, fresh, left } = await desk(t, texts);
  await left(CHANNEL, '02079460142|reception|1795510805\n', said);
  await fresh().look();
  t.same(readdirSync(folder), [], 'nothing plain is left');
  const [call] = await records.reading.calls.list(5);
  t.equal(call?.outcome, 'message');
  t.equal(call?.startedAt, 1_795_510_805_000);
  const id = call?.id ?? '';
  t.equal(await records.reading.calls.callerNumber(id), '02079460142');
  t.equal((await records.reading.calls.consent(id))?.noticeVersion, '3');
  const turns = await records.reading.calls.utterances(id);
  t.equal(turns.length, 2, 'cut at the pause');
  t.equal(turns[0]?.text, 'this is John Smith');
  t.notMatch(turns[1]?.text, /4111/u, 'a card number is nowhere');
  const [message] = await records.reading.messages.list(5, []);
  t.equal(message?.call, id);
  const recording = await records.reading.recordings.of(id);
  t.ok((recording[0]?.seconds ?? 0) > 7.5, 'the whole sound is sealed');
});

void t.test('after a reload it is stored which notice was told now', async (t) => {
  const { records, fresh, left, reload } = await desk(t, ['one', 'two']);
  const running = fresh();
  await left(CHANNEL, '0207|reception|1795510805', said);
  await running.look();
  reload('4');
  await left('vestibule-1795510900.8', '0207|reception|1795510905', said);
  await running.look();
  const calls = await records.reading.calls.list(5);
  const versions = await Promise.all(
    calls.map(async ({ id }) => (await records.reading.calls.consent(id))?.noticeVersion),
  );
  t.same(versions.sort(), ['3', '4']);
});

void t.test(
  'what an earlier life left is taken, once, and what is being left is let be',
  async (t) => {
    const { records, folder, fresh, left, standing } = await desk(t, ['hello', 'hello again']);
    standing.add(CHANNEL);
    await left(CHANNEL, '0207|reception|1795510805', said);
    await fresh().look();
    t.equal((await records.reading.calls.list(5)).length, 0, 'the caller still speaks');
    standing.clear();
    await fresh().look();
    t.equal((await records.reading.calls.list(5)).length, 1);
    // The files come back, as if we had died before they were destroyed.
    await left(CHANNEL, '0207|reception|1795510805', said);
    await fresh().look();
    t.equal((await records.reading.calls.list(5)).length, 1, 'known, and not stored twice');
    t.same(readdirSync(folder), []);
  },
);

void t.test('Asterisk is asked once for all who speak, however their files grow', async (t) => {
  const { records, folder, fresh, left, standing, asterisk } = await desk(t, ['one', 'two']);
  const clock = new FakeClock();
  const running = fresh(clock);
  await running.start();
  await running.look();
  t.equal(asterisk.asked, 0, 'nobody has left anything');
  for (const channel of [CHANNEL, 'vestibule-1795510900.8']) {
    standing.add(channel);
    await left(channel, '0207|reception|1795510805', said);
  }
  const look = async (): Promise<void> => {
    clock.advance(2_000);
    await running.look();
  };
  await look();
  const { asked } = asterisk;
  t.ok(asked > 0, 'it says who still speaks');
  for (let times = 0; times < 20; times += 1) {
    appendFileSync(join(folder, `${CHANNEL}.wav`), Buffer.alloc(320));
    await sleep(5);
  }
  t.equal(asterisk.asked, asked, 'a file that grows makes nobody look');
  standing.clear();
  asterisk.silent = true;
  await look();
  t.equal((await records.reading.calls.list(5)).length, 0, 'who may still speak is let be');
  asterisk.silent = false;
  const before = asterisk.asked;
  await running.look();
  t.equal(asterisk.asked, before + 1, 'once for both');
  t.equal((await records.reading.calls.list(5)).length, 2);
  await running.stop();
});

void t.test('a message that cannot be heard now is kept, and listened to later', async (t) => {
  const { records, fresh, left } = await desk(t, [new Error('no worker'), new Error('no worker')]);
  await left(CHANNEL, '|reception|1795510805', said);
  await fresh().look();
  const [call] = await records.reading.calls.list(5);
  t.equal(call?.outcome, 'message');
  const next = await records.transcripts.next();
  t.equal(next?.id, call?.id, 'the second pass will listen to it');
});

void t.test('whoever hangs up before the tone has called, and left nothing', async (t) => {
  const { records, folder, fresh, left } = await desk(t, []);
  await left(CHANNEL, '0207|reception|1795510805');
  await fresh().look();
  const [call] = await records.reading.calls.list(5);
  t.equal(call?.outcome, 'abandoned');
  t.same(readdirSync(folder), []);
});

void t.test('a broken file stays until somebody looks, and harms no other', async (t) => {
  const { records, folder, fresh, left } = await desk(t, ['hello', 'hello']);
  writeFileSync(join(folder, 'vestibule-1795510800.1.wav'), 'not a sound');
  await left(CHANNEL, '0207|reception|1795510805', said);
  await fresh().look();
  t.equal(
    (await records.reading.calls.list(5)).filter(({ outcome }) => outcome === 'message').length,
    1,
  );
  t.ok(existsSync(join(folder, 'vestibule-1795510800.1.wav')));
});

void t.test(
  'pieces: never longer than the recogniser takes, nothing of the speech left out',
  (t) => {
    const pcm = Int16Array.from({ length: 16_000 * 40 }, (_, i) =>
      Math.round(8_000 * Math.sin(i / 5)),
    );
    const pieces = piecesOf(pcm);
    t.ok(
      pieces.every(({ fromMs, toMs }) => toMs - fromMs <= 12_600),
      JSON.stringify(pieces),
    );
    t.equal(pieces[0]?.fromMs, 0);
    t.ok((pieces.at(-1)?.toMs ?? 0) >= 39_900);
    pieces.slice(1).forEach(({ fromMs }, at) => {
      t.ok(fromMs <= (pieces[at]?.toMs ?? 0), 'no gap');
    });
    t.same(piecesOf(new Int16Array(16_000)), [], 'silence is nothing');
    t.end();
  },
);
