import t from 'tap';
import { storyOf } from '../../agent/cli/call-story.js';
import type { DialogueAction, DialogueEvent } from '../../agent/dialogue/ports.js';
import type { CallReading } from '../../agent/privacy/reading-room.js';

const NOW = Date.UTC(2026, 2, 2, 9);
const decision = (
  atMs: number,
  event: Partial<DialogueEvent>,
  reason: string,
  ...actions: readonly Partial<DialogueAction>[]
) => ({ atMs, event: JSON.stringify(event), reason, actions: JSON.stringify(actions) });
const line = { lengthMs: 900, whole: true, engine: 'x', words: undefined };

const CALL = {
  ...{ id: 'call-1', startedAt: NOW, answeredAt: NOW + 300, endedAt: NOW + 42_000 },
  ...{ outcome: 'message', endedBy: 'caller', language: 'en', callerNumber: '+442079460142' },
  consent: { basis: 'announcement', noticeVersion: '3', at: NOW + 4_000 },
  recording: { seconds: 38.25, state: 'complete' },
  utterances: [
    { ...line, party: 'agent', atMs: 300, text: 'Riverside Family Clinic.', confidence: undefined },
    {
      ...{ ...line, party: 'caller', atMs: 8_000, text: 'I need my inhalers', confidence: 0.91 },
      secondHearing: { text: 'I need my inhaler', differences: [] },
    },
  ],
  decisions: [
    decision(0, { kind: 'begin', now: NOW }, 'greeting.open', { do: 'say', asks: 'greeting' }),
    decision(
      9_000,
      {
        ...{ kind: 'heard', text: 'I need my inhalers', now: NOW },
        understood: {
          ...{ intent: 'prescription.refill', score: 0.42, emergency: false, faq: undefined },
          alternatives: [{ intent: 'medication.question', score: 0.3 }],
          slots: { phone: { value: '+442079460142', confidence: 0.9, heard: 'oh two' } },
        },
      },
      'message.begin',
      { do: 'keep-message', message: { number: 1, state: 'partial' } as never },
      { do: 'say', asks: 'callback_time' },
    ),
    {
      ...decision(12_000, { kind: 'key', digit: '0' }, 'person'),
      actions: 'not what we write now',
    },
    decision(
      13_000,
      {
        ...{ kind: 'heard', text: 'right', now: NOW },
        understood: {
          ...{ intent: 'oos', score: 0.07, emergency: false, faq: undefined, slots: {} },
          alternatives: [{ intent: 'control.yes', score: 0.4 }],
        },
      },
      'ignored.listening',
    ),
  ],
  redactions: [{ atMs: 20_000, kind: 'card' }],
  corrections: [{ thing: 'utterance:2', text: 'I need my blue inhalers', by: 'web:anna', at: NOW }],
  record: {
    ...{ intent: 'prescription.refill', intents: ['prescription.refill'], urgency: 'routine' },
    slots: { name: { value: 'Nora', heard: 'nora', confidence: 0.8, by: 'voice' } },
    ...{ summary: 'Wants inhalers.', transfers: [], trace: [] },
  },
} as unknown as CallReading;

t.test('a call is told in the order of time, and why', (t) => {
  const told = storyOf(CALL).join('\n');
  const at = (text: string | RegExp): number => {
    t.match(told, text);
    return typeof text === 'string' ? told.indexOf(text) : told.search(text);
  };
  const order = [
    at('+442079460142 called; answered after 0.3 s. The language is en.'),
    at('Consent to the recording by announcement, notice version 3.'),
    at(/^In seconds since it came in/mu),
    at(/0\.0 +decided +next: greeting \(greeting\.open\)/u),
    at(/0\.3 +receptionist +“Riverside Family Clinic\.”/u),
    at('“I need my inhalers” (91 % sure); heard again later as “I need my inhaler”'),
    at('prescription.refill 42 %, or medication.question 30 %, phone +442079460142'),
    at('keeps message 1, not whole yet; next: callback time (message.begin)'),
    at(/12\.0 +noticed +key 0/u),
    at(/13\.0 +understood +nothing of what it knows 7 %, though likelier control\.yes 40 %/u),
    at(/20\.0 +hidden +card/u),
    at('Over after 42.0 s, ended by the caller. Outcome: message.'),
    at('name: Nora (heard “nora”, 80 % sure, spoken)'),
    at('Summary: Wants inhalers.'),
    at('Corrected by web:anna: utterance:2 reads “I need my blue inhalers”.'),
  ];
  t.notMatch(told, 'ignored.', 'what decided nothing is not told');
  t.strictSame(
    order,
    [...order].sort((a, b) => a - b),
  );
  t.end();
});

t.test('a call that is still held, with nothing known', (t) => {
  const told = storyOf({
    ...{ id: 'x', startedAt: NOW, language: 'en', utterances: [], decisions: [] },
    ...{ redactions: [], corrections: [] },
  } as unknown as CallReading).join('\n');
  t.match(told, 'A withheld number called; nobody answered.');
  t.match(told, 'The call is still held, or its end was not seen.');
  t.end();
});
