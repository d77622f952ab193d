import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { makeIdentity, backUp } from '../../agent/privacy/backup.js';
import { Redactor } from '../../agent/privacy/redaction.js';
import { redactionSettings } from '../../agent/privacy/redaction-settings.js';
import { Discretion } from '../../agent/reception/discretion.js';
import { Minutes } from '../../agent/reception/minutes.js';
import { Recorder } from '../../agent/reception/recorder.js';
import { openBeside } from './beside.js';
import { CANARY, CANARY_NUMBER, filesBelow, filesWith } from './canary.js';
import { aCall, grantFor, startedStore, tone } from './store.js';

const CARD = '4111111111111111';
const told = (value: string) => ({ value, heard: value, confidence: 1, by: 'voice' });
const heard = (text: string) => ({
  ...{ text, confidence: 0.9, engine: 'test', secondsAudio: 3, secondsCpu: 0.1 },
  words: text.split(' ').map((word, at) => ({ word, start: at, end: at + 1, confidence: 1 })),
});

await t.test(
  '2.2 transcripts: no word, number or name of a call stands in the open in any file',
  async (t) => {
    const { records, home } = await startedStore(t);
    const clock = systemClock();
    const everywhere = join(home, '..');
    await records.calls.open(aCall('one', { callerNumber: CANARY_NUMBER }));
    const recorder = new Recorder(records, silentLog);
    const redactor = new Redactor(redactionSettings.parse({}), () => ({
      ...{ language: 'en', country: 'US', timeZone: 'UTC', now: clock.now() },
    }));
    const notes: string[] = [];
    const discretion = new Discretion(redactor, recorder, (kind, place) =>
      notes.push(kind + place),
    );
    const minutes = new Minutes('one', records, silentLog, clock, discretion);

    await recorder.begin(await grantFor(records, 'one'));
    const sound = tone(4);
    for (let at = 0; at < sound.length; at += 320)
      recorder.write('caller', sound.subarray(at, at + 320), at / 16);
    recorder.turnBegan(3_900);
    const turn = discretion.heard({
      recognised: heard(`${CANARY} says four one one one ${CARD}`),
      ...{ fromMs: 3_900, toMs: 6_900 },
    });
    const { text } = turn.stored;
    await minutes.said({
      ...{ party: 'caller', atMs: 3_900, lengthMs: 3_000, whole: true, text },
      recognised: turn.stored,
    });
    for (const [index, digit] of Array.from(CARD).entries())
      await minutes.decided({
        ...{ atMs: index, actions: [], reason: 'key.unused' },
        event: { kind: 'key', digit },
      });
    await minutes.close();
    await records.messages.keep({
      ...{ call: 'one', number: 1, at: 1, whole: true, urgent: undefined, recipient: undefined },
      ...{ intent: 'message.leave', confirmed: true, contactNumber: CANARY_NUMBER },
      body: {
        ...{ name: told(CANARY), phone: told(CANARY_NUMBER), callbackTime: null },
        reason: told(discretion.inMessage(`it is ${CARD}`, 0)),
      },
    });
    await recorder.close();
    await records.calls.close({ call: 'one', endedAt: 9, outcome: 'message', endedBy: 'caller' });
    await records.search.refresh();
    const identity = join(everywhere, 'identity.txt');
    const recipient = await makeIdentity(identity);
    const place = {
      ...{ home, store: join(home, 'records'), keyFile: join(`${home}-keys`, 'root.key') },
      configuration: join(home, 'vestibule.yaml'),
    };
    const folder = join(everywhere, 'backups');
    await backUp(records, place, { folder, recipient, keep: 1 }, clock);

    t.ok(filesBelow(everywhere).length > 10, 'database, logs, recordings, index, keys, backup');
    for (const canary of [CANARY, CANARY.toLowerCase(), CANARY_NUMBER, CARD, '15550100042'])
      t.same(filesWith(everywhere, canary), [], canary);
    t.same(filesWith(everywhere, 'fLaC'), [], 'nor sound as it is coded before it is sealed');

    // And of the card not even behind the seals: whoever has every key finds marks.
    const stored = JSON.stringify([
      await records.reading.calls.utterances('one'),
      await records.reading.calls.decisions('one'),
      await records.reading.messages.ofCall('one'),
    ]);
    t.notMatch(stored, /4111/u);
    t.match(stored, /\[card number\]/u);
    t.equal(stored.match(/•/gu)?.length, CARD.length, 'nor one of its keys');
    const index = openBeside(home, 'search');
    const words = index.prepare('SELECT c0 || c1 FROM words_content').pluck().all().join(' ');
    index.close();
    t.notMatch(words, /4111/u);
    t.match(words, new RegExp(CANARY, 'u'));
    t.same([...new Set(notes)].sort(), ['cardkeys', 'cardmessage', 'cardsound', 'cardtext']);
    t.notMatch(readFileSync(identity, 'utf8'), new RegExp(CANARY, 'u'));
  },
);
