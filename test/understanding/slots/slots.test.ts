import t from 'tap';
import { findSlot, findSlots, SLOT_KINDS } from '../../../agent/understanding/slots/slots.js';
import { CONTEXT } from './table.js';

const found = (text: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(findSlots(text, CONTEXT)).map(([kind, slot]) => [kind, slot.value]),
  );

t.test('what a text clearly holds, whatever was asked', (t) => {
  t.strictSame(
    found(
      "This is Anna Lee, I'd like an appointment tomorrow at three, my number is 415 555 0142.",
    ),
    { person_name: 'Anna Lee', phone: '4155550142', date_time: '2026-11-25T15:00' },
  );
  t.strictSame(
    found('my name is john smith i was born may third eighty two, john at example dot com'),
    { person_name: 'John Smith', email: 'john@example.com', dob: '1982-05-03' },
  );
  t.strictSame(found('smith'), {}, 'a bare word is no name in passing');
  t.strictSame(found('415'), {}, 'nor are three digits a number');
  t.strictSame(
    found('the invoice of 5/3/2026'),
    { date_time: '2026-05-03' },
    'nor is it a birthday',
  );
  t.strictSame(found('where do I park'), {});
  t.strictSame(findSlots('this is anna lee', { ...CONTEXT, language: 'ko' }), {});
  t.end();
});

t.test('nothing throws or hangs, whatever the text', (t) => {
  const odd = [
    '\u0000',
    '😀 my name is 😀',
    "'''",
    '@@@ at at at dot dot dot',
    'no no no no sorry sorry wait wait',
    'double double double',
    'five '.repeat(2000),
    'a b '.repeat(1000),
    'at dot '.repeat(800),
    'as in as in as in for like',
    'the the the of of may may',
    '99999999999999999999 99/99/9999 00:00 25:61',
    'in 99999999 weeks',
    'oh',
    '٤١٥ ٥٥٥',
    '전화번호는 공일공',
  ];
  for (const text of odd) {
    for (const kind of SLOT_KINDS) {
      t.doesNotThrow(() => findSlot(kind, text, CONTEXT), `${kind}: ${text.slice(0, 20)}`);
    }
    t.doesNotThrow(() => findSlots(text, CONTEXT));
  }
  const nowhere = { ...CONTEXT, timeZone: 'Nowhere/Never', country: '??' };
  for (const kind of SLOT_KINDS) t.doesNotThrow(() => findSlot(kind, 'tomorrow 5/3/82', nowhere));
  t.end();
});
