import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import type { SearchQuery } from '../../agent/privacy/search-room.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { openBeside } from './beside.js';
import { aCall, anUtterance, startedStore, storeOf, temporaryHome } from './store.js';

const DAY = 86_400_000;
const told = (value: string) => ({ value, heard: value, confidence: 1, by: 'voice' });

interface Talk {
  readonly said: readonly string[];
  readonly number?: string;
  readonly day?: number;
  readonly outcome?: string;
  readonly intents?: readonly string[];
  readonly message?: { readonly name: string; readonly phone: string; readonly reason: string };
}

async function held(records: OpenRecords, id: string, talk: Talk): Promise<void> {
  const startedAt = (talk.day ?? 1) * DAY;
  await records.calls.open(aCall(id, { startedAt, callerNumber: talk.number }));
  await records.utterances.add(anUtterance(id, { party: 'agent', text: 'How can I help you?' }));
  for (const [index, text] of talk.said.entries())
    await records.utterances.add(anUtterance(id, { atMs: index * 1_000, text }));
  if (talk.message !== undefined) {
    const { name, phone, reason } = talk.message;
    await records.messages.keep({
      ...{ call: id, number: 1, at: startedAt, whole: true, urgent: undefined },
      ...{ recipient: undefined, intent: 'message.leave', confirmed: true },
      contactNumber: undefined,
      body: { name: told(name), phone: told(phone), reason: told(reason), callbackTime: null },
    });
  }
  await records.calls.close({
    ...{ call: id, endedAt: startedAt + 60_000, outcome: talk.outcome ?? 'answered' },
    endedBy: 'caller',
    record: {
      ...{ intent: talk.intents?.[0], urgency: 'normal' },
      body: JSON.stringify({ intents: talk.intents ?? [] }),
    },
  });
}

async function office(t: Test) {
  const { records, folder, home } = await startedStore(t);
  await held(records, 'giraffe', {
    said: ['My giraffe limps', 'on the left side, since Müller moved'],
    ...{ number: '+442079460142', day: 1, intents: ['appointment.book'] },
  });
  await held(records, 'left', {
    said: ['the side on the left'],
    ...{ number: '+15550100042', day: 2, outcome: 'message' },
    message: { name: 'Ida Brown', phone: '02079460777', reason: 'her giraffe again' },
  });
  await held(records, 'korean', { said: ['예약을 바꾸고 싶어요'], day: 3 });
  const room = new ReadingRoom(records, systemClock());
  const find = async (query: Partial<SearchQuery>): Promise<string[]> =>
    (await room.search.find({ limit: 10, ...query }, 'test')).map(({ id }) => id);
  return { records, room, find, folder, home };
}

await t.test('by words, phrases, number, name, day, intent and outcome', async (t) => {
  const { find, room } = await office(t);
  t.same(await find({ words: 'giraffe' }), ['left', 'giraffe'], 'the latest first');
  t.same(await find({ words: 'GIRAFFE limps' }), ['giraffe'], 'all of the words');
  t.same(await find({ words: '"left side"' }), ['giraffe'], 'in that order');
  t.same(await find({ words: 'muller' }), ['giraffe']);
  t.same(await find({ words: '예약' }), ['korean'], 'Korean words by their beginning');
  t.same(await find({ words: 'help' }), [], 'not what we said ourselves');
  t.same(await find({ number: '020 7946 0142' }), ['giraffe']);
  t.same(await find({ number: '0142' }), ['giraffe'], 'by its end');
  t.same(await find({ number: '0777' }), ['left'], 'the number to call back');
  t.same(await find({ number: '142' }), [], 'three digits would fit everybody');
  t.same(await find({ name: 'brown' }), ['left']);
  t.same(await find({ intent: 'appointment' }), ['giraffe']);
  t.same(await find({ intent: 'appointment.book' }), ['giraffe']);
  t.same(await find({ intent: 'message.leave' }), ['left']);
  t.same(await find({ outcome: 'message' }), ['left']);
  t.same(await find({ from: 2 * DAY, to: 3 * DAY }), ['left']);
  t.same(await find({ words: 'giraffe', to: 2 * DAY }), ['giraffe']);
  t.same(await find({ words: 'giraffe', limit: 1 }), ['left']);
  for (const words of ['"', '*', 'NEAR(', 'a AND', '-', '{said}:x', `'; DROP TABLE doc`])
    await find({ words });
  const [hit] = await room.search.find({ words: 'giraffe brown', limit: 1 }, 'test');
  t.match(hit, { id: 'left', lines: [{ text: 'Ida Brown' }, { text: 'her giraffe again' }] });
});

await t.test(
  'what was corrected is found by its new words and by those that were heard',
  async (t) => {
    const { find, records, room, home } = await office(t);
    t.same(await find({ words: 'okapi' }), [], 'the index has seen the call');
    const mend = (thing: string, text: string) =>
      records.rights.corrections.add({ call: 'giraffe', thing, at: 5 * DAY, by: 'a', text }, 'x');
    await mend('utterance:2', 'My zebra limps');
    await mend('utterance:2', 'My okapi limps');
    t.same(await find({ words: 'okapi' }), ['giraffe']);
    t.same(await find({ words: 'zebra' }), [], 'the last correction counts');
    t.same(await find({ words: 'giraffe limps' }), ['giraffe'], 'the original is not lost');
    const [hit] = await room.search.find({ words: 'giraffe limps', limit: 1 }, 'test');
    t.match(hit, { lines: [{ text: 'My okapi limps' }] }, 'shown as it should read');
    await records.rights.corrections.add(
      { call: 'left', thing: 'message:1:name', at: 5 * DAY, by: 'a', text: 'Ada Browne' },
      'Ida Brown',
    );
    t.same(await find({ name: 'browne' }), ['left']);
    await records.rights.erasures.erase({
      ...{ id: '00000000-0000-4000-8000-000000000002', at: 1, report: {} },
      ...{ calls: ['giraffe'], contacts: [], recordings: [] },
    });
    const database = openBeside(home, 'search');
    const texts = database.prepare('SELECT c0 FROM words_content').pluck().all() as string[];
    database.close();
    t.notMatch(texts.join(' '), /okapi/u, 'and goes with the call');
  },
);

await t.test('what is erased or restricted is not found, and no word of it is left', async (t) => {
  const { find, records, home } = await office(t);
  t.same(await find({ words: 'limps' }), ['giraffe']);
  const index = (): string => {
    const database = openBeside(home, 'search');
    const rows = database.prepare('SELECT block FROM words_data').pluck().all() as Uint8Array[];
    const texts = database.prepare('SELECT c0 FROM words_content').pluck().all() as string[];
    database.close();
    return `${Buffer.concat(rows).toString('latin1')} ${texts.join(' ')}`;
  };
  t.match(index(), /imps/u, 'words that begin alike are stored once');
  await records.rights.erasures.erase({
    ...{ id: '00000000-0000-4000-8000-000000000001', at: 1, report: {} },
    ...{ calls: ['giraffe'], contacts: [], recordings: [] },
  });
  t.notMatch(index(), /imps/u, 'before anybody searches again');
  t.same(await find({ words: 'giraffe' }), ['left']);
  await records.rights.freezes.place('restriction', { call: 'left' }, { at: 1, by: 'a', why: 'b' });
  t.same(await find({ words: 'giraffe' }), []);
});

await t.test('an index that is lost or spoilt is made again', async (t) => {
  const home = temporaryHome(t);
  const store = storeOf(home);
  await store.start();
  await held(store, 'one', { said: ['my giraffe limps'] });
  await store.search.refresh();
  await store.stop();
  const file = join(home, 'records', 'search.db');
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(7, 0, 4096));
  const { records } = await startedStore(t, home);
  t.same(await records.search.find({ words: 'giraffe', limit: 9 }), []);
  t.equal(await records.search.refresh(), 1);
  t.same(await records.search.find({ words: 'giraffe', limit: 9 }), ['one']);
  t.equal(await records.search.refresh(), 0, 'and nothing is done twice');
  await records.utterances.add(anUtterance('one', { text: 'and the zebra' }));
  t.equal(await records.search.refresh(true), 1);
  t.same(await records.search.find({ words: 'zebra', limit: 9 }), ['one']);
});
