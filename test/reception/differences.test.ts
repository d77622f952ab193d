import t from 'tap';
import { differencesOf } from '../../agent/reception/differences.js';
import type { Detail, MessageBody } from '../../agent/records/ports.js';

const context = {
  language: 'en',
  country: 'us',
  now: Date.parse('2026-11-24T15:00:00Z'),
  timeZone: 'America/New_York',
};
const detail = (heard: string): Detail => ({ value: null, heard, confidence: 0.8, by: 'voice' });
const message: MessageBody = {
  name: detail('Emily Carter'),
  phone: detail('four one five five five five oh one four two'),
  reason: null,
  callbackTime: null,
};

void t.test('facts that differ', (t) => {
  const of = (live: string, second: string, messages: readonly MessageBody[] = [message]) =>
    differencesOf(live, second, messages, context);
  t.same(
    of(
      'four one five five five five oh one four two',
      'four one five five five five oh one four three',
    ),
    [{ kind: 'phone', live: '4155550142', second: '4155550143' }],
  );
  t.same(of('my name is John Smith', 'my name is Joan Smith', []), [
    { kind: 'person_name', live: 'John Smith', second: 'Joan Smith' },
  ]);
  t.same(
    of('Emily Carter', 'Emily Porter'),
    [{ kind: 'person_name', live: 'Emily Carter', second: 'Emily Porter' }],
    'an answer that was taken for a name',
  );
  t.match(of('can I come on Tuesday at nine', 'can I come on Thursday at nine', []), [
    { kind: 'date_time' },
  ]);
  t.end();
});

void t.test('other words are no difference of facts', (t) => {
  const of = (live: string, second: string) => differencesOf(live, second, [message], context);
  t.same(of('I need my prescription', 'I need a subscription'), []);
  t.same(
    of('my name is John Smith', 'hello, my name is john smith.'),
    [],
    'capitals and what stands around',
  );
  t.same(of('', ''), []);
  t.end();
});
