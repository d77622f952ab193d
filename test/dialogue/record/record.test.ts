import t from 'tap';
import {
  recordOf,
  type DialogueRecord,
  type JournalStep,
} from '../../../agent/dialogue/record/record.js';
import { asPeopleWrite } from '../../../agent/dialogue/record/when.js';
import { summaryWords } from '../../../agent/dialogue/record/words.js';
import type { DialogueEvent } from '../../../agent/dialogue/ports.js';
import { begin, day, dialogueOf, heard, key, spoken } from '../office.js';

/** The journal of a call that takes `events` after the greeting. */
const journalOf = (...events: readonly DialogueEvent[]): readonly JournalStep[] =>
  journalIn({}, ...events);

/** The same in an office whose talk has settings of its own. */
function journalIn(
  talk: Readonly<Record<string, unknown>>,
  ...events: readonly DialogueEvent[]
): readonly JournalStep[] {
  const dialogue = dialogueOf({ country: 'gb' }, talk);
  let state = dialogue.start();
  return [begin(), spoken, ...events].map((event) => {
    const step = dialogue.step(state, event);
    ({ state } = step);
    return { event, actions: step.actions, reason: step.reason };
  });
}

const recorded = (...events: readonly DialogueEvent[]): DialogueRecord =>
  recordOf(journalOf(...events), 'en');

const MATTER = 'My hearing aid makes a strange noise.';
const message: readonly DialogueEvent[] = [
  heard('message.leave', { text: 'I would like to leave a message.' }),
  heard('person.transfer', { text: 'My name is John Smith.' }),
  heard('oos', { text: '020 7946 0142' }),
  heard('control.yes', { text: 'yes' }),
  heard('billing.question', { text: MATTER }),
  heard('control.yes', { text: 'Yes, it is urgent.' }),
  heard('oos', { text: 'any time' }),
  heard('control.yes', { text: 'yes' }),
];

t.test('a message: what was told, and nothing that an answer only sounds like', (t) => {
  const record = recorded(...message);
  t.equal(record.intent, 'message.leave');
  t.strictSame(record.intents, ['message.leave'], 'a name and a matter are answers, no wishes');
  t.equal(record.urgency, 'urgent');
  t.equal(record.slots.name?.value, 'John Smith');
  t.equal(record.slots.phone?.value, '02079460142');
  t.equal(
    record.summary,
    `“${MATTER}” · “I would like to leave a message.” · Name: John Smith · Number: 02079460142 · ` +
      'Call back: “any time” · Urgent',
  );
  t.equal(record.trace.at(-1), 'message.agreed');
  t.end();
});

t.test('a time stands with the words around it', (t) => {
  const after = message.with(-2, heard('oos', { text: 'tomorrow after five please' }));
  const { summary } = recorded(...after);
  t.match(
    summary,
    /Call back: Wednesday, November 25, 2026, 5:00 PM \(“tomorrow after five please”\)/u,
  );
  t.end();
});

t.test('days and times stand as people of the language write them', (t) => {
  const written = (value: string, language: string): string =>
    asPeopleWrite(value, language, summaryWords(language));
  t.equal(written('2026-11-25T17:00', 'de'), 'Mittwoch, 25. November 2026, 17:00');
  t.equal(written('2026-11-25 morning', 'de'), 'Mittwoch, 25. November 2026, morgens');
  t.equal(written('2026-11-25T17:30', 'ko'), '2026년 11월 25일 수요일, 17:30');
  t.equal(written('2026-11-25 evening', 'ko'), '2026년 11월 25일 수요일, 저녁');
  t.equal(written('2026-11-25', 'en'), 'Wednesday, November 25, 2026');
  t.equal(asPeopleWrite('1964-03-02', 'de', summaryWords('de'), false), '2. März 1964');
  for (const other of ['invoice 2026-11-25', '2026-13-45', 'amlodipine']) {
    t.equal(written(other, 'de'), other, 'no day');
  }
  const callback = message.with(-2, heard('oos', { text: 'tomorrow after five please' }));
  const german = recordOf(journalOf(...callback), 'de').summary;
  t.match(german, /Rückruf: Mittwoch, 25\. November 2026, 17:00 /u);
  t.notMatch(german, /\d{4}-\d{2}-\d{2}/u);
  t.end();
});

t.test('what the office asks itself stands with its question, not with an id', (t) => {
  const ask = 'What would you like to eat?';
  const forms = { 'order.takeaway': [{ id: 'question_1', ask }, 'callback_time'] };
  const journal = journalIn(
    { forms },
    heard('order.takeaway', { text: 'Can I order' }),
    heard('oos', { text: 'Mary Johnson' }),
    heard('oos', { text: 'Two soups.' }),
  );
  const { slots, summary } = recordOf(journal, 'en');
  t.match(slots.question_1, { value: 'Two soups.' });
  t.match(summary, `${ask} Two soups.`);
  t.notMatch(summary, 'question_1');
  t.end();
});

t.test('what was asked is not quoted again as a detail', (t) => {
  const text = 'How much is a levitation?';
  const { slots, summary } = recorded(heard('info.price', { text }));
  t.match(slots.service, { value: null, heard: text }, 'no service of that name');
  t.equal(summary, `“${text}”`);
  t.end();
});

t.test('a question: what was asked, and the day of it', (t) => {
  const text = 'Are you open on Saturday?';
  const record = recorded(heard('info.hours', { text, slots: day('saturday') }));
  t.match(record, { intent: 'info.hours', urgency: 'unknown', summary: `“${text}”` });
  t.equal(record.slots.day?.value, 'saturday');
  t.end();
});

t.test('an approved answer is told by its id, several wishes each by its own', (t) => {
  const faq = { id: 'parking', score: 0.9, margin: 0.4 };
  t.strictSame(recorded(heard('oos', { faq, text: 'where do I park' })).intents, ['faq.parking']);
  const two = recorded(heard('info.location', { others: [{ intent: 'info.price', score: 0.8 }] }));
  t.strictSame(two.intents, ['info.location', 'info.price']);
  t.end();
});

t.test('danger is what a call is about, whatever else was said', (t) => {
  const record = recorded(
    heard('info.hours'),
    heard('emergency', { text: 'my husband cannot breathe' }),
    spoken,
    { kind: 'transfer-ended', outcome: 'answered' },
  );
  t.match(record, { intent: 'emergency', urgency: 'emergency' });
  t.match(record.summary, /my husband cannot breathe.*EMERGENCY/u);
  t.strictSame(record.transfers, [{ target: 'duty', why: 'emergency', outcome: 'answered' }]);
  t.end();
});

t.test('nothing understood, keys only, and a call that is cut in the middle', (t) => {
  t.match(recorded(heard('oos', { text: 'marmalade' })), {
    intent: null,
    intents: [],
    summary: '',
  });
  const keyed = recorded(key('0'), spoken);
  t.match(keyed, { intent: null, transfers: [{ target: 'desk', outcome: null }] });
  const cut = recorded(...message.slice(0, 2));
  t.equal(cut.slots.name?.value, 'John Smith');
  t.match(recordOf([], 'en'), { intent: null, slots: {}, summary: '', trace: [] });
  t.end();
});

t.test('every word of a summary is the caller’s, a value or a label', (t) => {
  const journal = journalOf(...message);
  const said = journal.flatMap(({ event }) => (event.kind === 'heard' ? [event.text] : []));
  const known = [...said, 'John Smith', '02079460142', 'Name', 'Number', 'Call back', 'Urgent']
    .join(' ')
    .toLowerCase();
  for (const word of recordOf(journal, 'en')
    .summary.toLowerCase()
    .match(/[\p{L}\p{N}']+/gu) ?? []) {
    t.ok(known.includes(word), word);
  }
  t.match(recordOf(journal, 'de').summary, /Nummer: 02079460142/u);
  t.end();
});

t.test('a long story is cut at a word', (t) => {
  const text = `${'well you see '.repeat(40)}the end`;
  const { summary } = recorded(heard('info.hours', { text }));
  t.ok(summary.length < 260);
  t.match(summary, /(?:well|you|see) …”$/u);
  t.end();
});
