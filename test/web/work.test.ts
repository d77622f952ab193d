import t from 'tap';
import { aMorning } from '../browser/office.js';
import { Browser, dashboard, loggedIn } from './house.js';

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly read: boolean;
  readonly assignedTo?: string;
  readonly done?: { readonly by: string };
}

const START = Date.parse('2026-11-24T09:00:00Z');

/** A morning's office with somebody of the reception and a clinician logged in. */
async function office(t: Parameters<typeof dashboard>[0]) {
  const house = await dashboard(t);
  await aMorning(house.records, START);
  const rita = (await loggedIn(house, 'reception', 'rita')).browser;
  const clara = (await loggedIn(house, 'clinician', 'clara')).browser;
  return { ...house, rita, clara };
}

const inbox = async (browser: Browser, state = 'all') =>
  (await browser.ask('GET', `/api/messages?state=${state}`)).json<{
    messages: Shown[];
    counts: { unread: number };
  }>();

t.test('several messages at once, and all of it taken back', async (t) => {
  const { rita, clara, events } = await office(t);
  const told: string[] = [];
  events.listen('message', 'test', ({ id }) => told.push(id));
  await rita.ask('POST', '/api/messages/call-1-1/assign', { to: 'clara' });
  const before = (await inbox(rita)).messages;
  const ids = ['call-1-1', 'call-2-1', 'call-4-1'];
  const change = await rita.ask('POST', '/api/messages/changes', { ids, done: true, to: 'rita' });
  const { count, undo } = change.json<{ count: number; undo: string }>();
  t.equal(count, 3);
  const changed = (await inbox(rita)).messages;
  for (const id of ids) {
    t.match(
      changed.find((one) => one.id === id),
      { state: 'done', assignedTo: 'rita' },
    );
  }
  t.equal(told.filter((id) => id === 'call-2-1').length, 1, 'other pages hear of each');
  const taken = (browser: Browser) => browser.ask('POST', '/api/messages/undo', { undo });
  t.equal((await taken(clara)).statusCode, 409, 'only whoever made it takes it back');
  // Meanwhile somebody else works on one of them.
  await clara.ask('POST', '/api/messages/call-2-1/assign', { to: 'clara' });
  t.match((await taken(rita)).json(), { count: 2 });
  const after = (await inbox(rita)).messages;
  for (const id of ['call-1-1', 'call-4-1']) {
    const of = (list: readonly Shown[]) => list.find((one) => one.id === id);
    t.strictSame(of(after), of(before), `${id} stands as before, unfinished ones too`);
  }
  t.match(
    after.find(({ id }) => id === 'call-2-1'),
    { state: 'done', assignedTo: 'clara' },
  );
  t.match((await taken(rita)).json(), { code: 'WEB_NOTHING_TO_UNDO' }, 'once only');
  const none = await rita.ask('POST', '/api/messages/changes', {
    ids: ['call-1-1', 'no'],
    done: true,
  });
  t.equal(none.statusCode, 404);
  t.not(
    (await inbox(rita)).messages.find(({ id }) => id === 'call-1-1')?.state,
    'done',
    'all or none',
  );
});

t.test('what nobody has opened is counted', async (t) => {
  const { rita, clara, records } = await office(t);
  t.equal((await inbox(rita, 'waiting')).counts.unread, 4);
  await clara.ask('GET', '/api/messages/call-2-1');
  const { counts, messages } = await inbox(rita, 'waiting');
  t.equal(counts.unread, 3);
  t.strictSame(
    messages.filter(({ read }) => read).map(({ id }) => id),
    ['call-2-1'],
  );
  const looks = await records.reading.audit.list({ limit: 50 });
  t.strictSame((await rita.ask('GET', '/api/messages/counts')).json(), counts);
  const after = await records.reading.audit.list({ limit: 50 });
  t.strictSame(after, looks, 'to count is no look at what they say');
});

t.test('calls by days, outcome, reason, urgency and recording; and by what was said', async (t) => {
  const { rita, records } = await office(t);
  const at = START + 2 * 3_600_000;
  await records.calls.open({
    ...{ id: 'bare', startedAt: at, callerNumber: '+441632960777', calledNumber: 'reception' },
    language: 'en',
  });
  await records.calls.close({
    ...{ call: 'bare', endedAt: at + 5_000, outcome: 'abandoned', endedBy: 'caller' },
    record: { intent: 'info.hours', urgency: 'normal', body: '{}' },
  });
  const found = async (query: string): Promise<readonly string[]> =>
    (await rita.ask('GET', `/api/calls${query}`))
      .json<{ calls: { id: string }[] }>()
      .calls.map(({ id }) => id);
  t.strictSame(await found('?outcome=abandoned'), ['bare']);
  t.strictSame(await found('?intent=info'), ['bare']);
  t.strictSame(await found('?intent=info.hour'), [], 'a whole part of the code');
  t.strictSame(await found('?urgency=normal'), ['bare']);
  t.strictSame(await found('?recorded=false'), ['bare']);
  t.equal((await found('?recorded=true')).length, 4);
  t.strictSame(await found(`?from=${String(START)}&to=${String(START + 1)}`), ['call-1']);
  const kinds = (await rita.ask('GET', '/api/calls/kinds')).json<object>();
  t.match(kinds, { outcome: ['abandoned', 'message'], intent: ['info.hours'] });
  t.strictSame(await found('/search?words=blood+test'), ['call-2']);
  t.strictSame(await found('/search?number=0983'), ['call-3']);
  t.strictSame(await found('/search?name=Okafor'), ['call-1']);
  t.strictSame(await found('/search?words=blood+test&recorded=false'), []);
});

t.test('a correction stands beside what was heard, and in what is taken away', async (t) => {
  const { rita, clara } = await office(t);
  const correct = (turn: number, text: string) =>
    rita.ask('POST', '/api/calls/call-2/corrections', { turn, text });
  t.equal((await correct(2, 'I would like to move my blood test')).statusCode, 200);
  t.equal((await correct(9, 'There is no such turn')).statusCode, 404);
  const call = (await rita.ask('GET', '/api/calls/call-2')).json<{
    utterances: { text: string }[];
    corrections: { thing: string; by: string; text: string }[];
  }>();
  t.match(call.utterances[1]?.text, /Tuesday to Thursday/u, 'the original stays');
  t.match(call.corrections, [{ thing: 'utterance:2', by: 'web:rita' }]);
  const text = await rita.ask('GET', '/api/calls/call-2/transcript.txt');
  t.match(text.headers['content-disposition'], /call-call-2\.txt/u);
  t.match(text.body, /0:02 Caller: I would like to move my blood test \[heard: .*Thursday/u);
  t.equal((await rita.ask('GET', '/api/calls/call-2/recording.wav?download=true')).statusCode, 403);
  const sound = await clara.ask('GET', '/api/calls/call-2/recording.wav?download=true');
  t.match(sound.headers['content-disposition'], /call-call-2\.wav/u);
});

t.test(
  'what was hidden is shown to whoever may listen and says why, and that is written down',
  async (t) => {
    const { rita, clara, records } = await office(t);
    await records.utterances.add({
      ...{ call: 'call-3', party: 'caller', atMs: 7_000, lengthMs: 900, whole: true },
      ...{
        text: 'I was born on [date of birth]',
        confidence: 0.9,
        engine: 'test',
        words: undefined,
      },
      hidden: JSON.stringify([{ kind: 'dob', text: 'the first of May 1961' }]),
    });
    const reveal = (browser: Browser, why: string) =>
      browser.ask('POST', '/api/calls/call-3/reveal', { why });
    t.equal((await reveal(rita, 'curious')).statusCode, 403);
    t.equal((await reveal(clara, ' ')).statusCode, 400, 'a reason is asked for');
    t.match((await reveal(clara, 'The lab asks for it')).json(), {
      hidden: [{ atMs: 7_000, kind: 'dob', text: 'the first of May 1961' }],
    });
    const [row] = await records.reading.audit.list({ limit: 1 });
    t.match(row, {
      who: 'web:clara',
      what: 'calls.reveal',
      subject: 'call-3',
      why: 'The lab asks for it',
    });
  },
);

t.test('a corrected sentence teaches what callers mean, where the office wants it', async (t) => {
  for (const on of [false, true]) {
    const house = await dashboard(t, [], { teachFromCalls: on });
    await aMorning(house.records, START);
    const { browser } = await loggedIn(house, 'reception');
    const { intents } = (await browser.ask('GET', '/api/calls/teaching')).json<{
      on: boolean;
      intents: string[];
    }>();
    t.equal(intents.includes('appointment.change'), on);
    const teach = (intent: string, text: string) =>
      browser.ask('POST', '/api/calls/call-2/corrections', {
        ...{ turn: 2, text: 'I want my blood test on another day' },
        teach: { intent, text },
      });
    const right = await teach('appointment.change', 'could the lab visit be on some other day');
    t.equal(right.statusCode, on ? 200 : 403);
    const own = house.workshop.intents
      .list()
      .intents.find(({ intent }) => intent === 'appointment.change')
      ?.examples.filter((one) => one.own);
    t.strictSame(
      own?.map(({ text }) => text),
      on ? ['could the lab visit be on some other day'] : [],
    );
    if (!on) continue;
    t.equal((await teach('no.such', 'could it be another day')).statusCode, 400);
    const number = await teach('appointment.change', 'call me at 020 7946 0142 for another day');
    t.equal(number.statusCode, 400, 'numbers of callers are no examples');
  }
});

t.test('who called is told to those who may read calls, and to nobody else', async (t) => {
  const { rita, records, ...house } = await office(t);
  const ask = (browser: Browser, ids: readonly string[]) =>
    browser.ask('POST', '/api/calls/callers', { ids });
  const of = async (ids: readonly string[]) =>
    (await ask(rita, ids)).json<{ callers: object }>().callers;
  t.strictSame(await of(['call-1', 'call-3', 'no-such-call']), {
    'call-1': '+442079460142',
    'call-3': '+441632960983',
  });
  const [row] = await records.reading.audit.list({ limit: 1 });
  t.match(row, { what: 'calls.callers', who: 'web:rita' }, 'one row for the whole view');
  const { browser: ivan } = await loggedIn(house, 'it', 'ivan');
  t.equal((await ask(ivan, ['call-1'])).statusCode, 403, 'IT lists no callers');
  const made = await rita.ask('POST', '/api/me/tokens', {
    ...{ name: 'the wall display', scopes: ['calls.list'], days: 1 },
  });
  const auth = { authorization: `Bearer ${made.json<{ token: string }>().token}` };
  const program = new Browser(house.server);
  t.equal((await program.ask('GET', '/api/calls', undefined, auth)).statusCode, 200);
  const refused = await program.ask('POST', '/api/calls/callers', { ids: ['call-1'] }, auth);
  t.equal(refused.statusCode, 403, 'nor does a program that may list calls alone');
  await records.rights.freezes.place(
    'restriction',
    { call: 'call-1' },
    { at: START, by: 'test', why: 'accuracy is disputed' },
  );
  t.strictSame(await of(['call-1', 'call-2']), { 'call-2': '+442079460377' }, 'restricted');
});
