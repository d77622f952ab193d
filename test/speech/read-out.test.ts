import t from 'tap';
import { isReadOut, readOut } from '../../agent/speech/read-out.js';

void t.test('what can be written down while it is heard', (t) => {
  for (const [text, said] of [
    ['Call 415-555-0142.', 'Call 4 1 5, 5 5 5, 0 1 4 2.'],
    ['Call (415) 555 0142 now', 'Call 4 1 5, 5 5 5, 0 1 4 2 now'],
    ['or +44 20 7946 0142', 'or plus 4 4, 2 0, 7 9 4 6, 0 1 4 2'],
    ['4155550142', '4 1 5, 5 5 5, 0 1 4 2'],
    ['write to j.smith@example.com', 'write to j dot smith, at example, dot com'],
    [
      'Front_desk-2@mail.example.org!',
      'Front underscore desk dash 2, at mail dot example, dot org!',
    ],
    ['closed on 2026-12-25', 'closed on December 25, 2026'],
  ] as const) {
    t.equal(readOut(text, 'en'), said);
  }
  t.equal(
    readOut('praxis@beispiel.de, 030 1234567', 'de-DE'),
    'praxis, ät beispiel, Punkt de, 0 3 0, 1 2 3, 4 5 6 7',
  );
  t.equal(readOut('am 2026-10-03', 'de'), 'am 3. Oktober 2026');
  t.end();
});

void t.test('amounts, years and times stay', (t) => {
  for (const text of [
    'It costs 1,000,000 or 1.000.000 dollars.',
    'from 2025-2026, and 2025/2026',
    'from 9:30-12:30, or 08.30-12.30',
    'room 12, floor 3, suite 4500',
    'version 1.2.3',
    'a@b',
  ]) {
    t.equal(readOut(text, 'en'), text);
  }
  t.equal(readOut('me@example.com', 'xx'), 'me@example.com', 'a language without names of signs');
  t.end();
});

void t.test('what is read out', (t) => {
  const is = (text: string): boolean => isReadOut(text.split(' '));
  for (const text of [
    'I have 4 1 5',
    'five five five',
    'null eins zwo',
    'S M I',
    'dot com',
    '공 일 공',
  ]) {
    t.ok(is(text), text);
  }
  for (const text of ['one of four', 'I have two', 'a b', 'we open at nine', ''])
    t.notOk(is(text), text);
  t.end();
});
