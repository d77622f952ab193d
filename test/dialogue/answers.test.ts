import t from 'tap';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { CLOSED, day, dialogueOf, heard, listening } from './office.js';

const faq = { id: 'parking', score: 0.9, margin: 0.4 };

const TODAY =
  "Today we're open from eight thirty to twelve thirty and from one thirty to five thirty.";
const answers: readonly [asked: string, event: DialogueEvent, answer: string, reason: string][] = [
  ['today, while open', heard('info.hours', { slots: day('today') }), TODAY, 'hours.today'],
  [
    'today, after closing',
    heard('info.hours', { slots: day('today'), now: CLOSED }),
    `${TODAY} We're closed right now. We open again tomorrow at eight thirty in the morning.`,
    'hours.today',
  ],
  [
    'now, open',
    heard('info.hours', { slots: day('now') }),
    "Yes, we're open now, until twelve thirty in the afternoon.",
    'hours.now',
  ],
  [
    'now, closed for lunch',
    heard('info.hours', { slots: day('now'), now: Date.parse('2026-11-24T12:00:00Z') }),
    "We're closed right now. We open again today at one thirty in the afternoon.",
    'hours.now',
  ],
  [
    'saturday',
    heard('info.hours', { slots: day('saturday') }),
    "On Saturday we're closed.",
    'hours.saturday',
  ],
  [
    'friday',
    heard('info.hours', { slots: day('friday') }),
    "On Friday we're open from nine to noon.",
    'hours.friday',
  ],
  [
    'the weekend',
    heard('info.hours', { slots: day('weekend') }),
    "We're closed at the weekend.",
    'hours.weekend',
  ],
  [
    'a holiday',
    heard('info.hours', { slots: day('holiday:Christmas Day') }),
    "On Friday, December twenty-fifth we're closed for Christmas Day.",
    'hours.holiday',
  ],
  [
    'tomorrow, a holiday with hours',
    heard('info.hours', { slots: day('tomorrow'), now: Date.parse('2026-12-23T10:00:00Z') }),
    "Tomorrow we're open from nine to eleven.",
    'hours.tomorrow',
  ],
  [
    'no day',
    heard('info.hours'),
    "We're open Monday to Thursday from eight thirty to twelve thirty and from one thirty to " +
      "five thirty and Friday from nine to noon. We're closed on Saturday and Sunday.",
    'hours.week',
  ],
  ['location', heard('info.location'), "We're at 5 Quay Street. Ring twice.", 'location'],
  ['services', heard('info.services'), 'We offer repairs and advice.', 'services'],
  ['faq', heard('oos', { faq }), 'You can park behind the house.', 'faq.parking'],
  [
    'faq over info',
    heard('info.location', { faq }),
    'You can park behind the house.',
    'faq.parking',
  ],
  [
    'faq over what is not served',
    heard('registration.new', { faq }),
    'You can park behind the house.',
    'faq.parking',
  ],
  [
    'calendar over faq when a day is named',
    heard('info.hours', { faq, slots: day('saturday') }),
    "On Saturday we're closed.",
    'hours.saturday',
  ],
];

void t.test('answers', (t) => {
  for (const [asked, event, answer, reason] of answers) {
    const talk = listening().take(event);
    t.equal(talk.text, `${answer} Is there anything else I can help you with?`, asked);
    t.equal(talk.last.reason, reason, asked);
    t.equal(talk.phase, 'more', asked);
    t.equal(talk.outcome, 'answered', asked);
  }
  t.end();
});

void t.test('what is not configured is not known, and noted', (t) => {
  const bare = dialogueOf({ office: { name: 'Bare' }, hours: {} });
  for (const intent of ['info.location', 'info.services', 'info.hours']) {
    const talk = listening(bare).take(heard(intent));
    t.strictSame(talk.prompts, ['request.unknown', 'message.name'], intent);
  }
  t.end();
});

void t.test('where a person is that is waited for, is not where the office is', (t) => {
  for (const text of ['where is he', "where's the plumber", 'do you know where she is']) {
    const talk = listening().take(heard('info.location', { text }));
    t.strictSame(talk.prompts, ['request.unknown', 'message.name'], text);
  }
  for (const text of ['where are you', 'my son asks where he is to go']) {
    const talk = listening().take(heard('info.location', { text }));
    t.equal(talk.last.reason, 'location', text);
  }
  t.end();
});
