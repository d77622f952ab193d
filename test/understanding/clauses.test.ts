import t from 'tap';
import type { Classification } from '../../agent/understanding/classifier.js';
import { clausesOf } from '../../agent/understanding/clauses.js';
import { wishesOf } from '../../agent/understanding/wishes.js';

t.test('parts that may each be a wish', (t) => {
  const en = (text: string): readonly string[] => clausesOf(text, 'en');
  t.strictSame(en('I want to book an appointment and also ask about my bill'), [
    'i want to book an appointment',
    'ask about my bill',
  ]);
  t.strictSame(en('Are you open on Friday? And I need my pills.'), [
    'are you open on friday',
    'and i need my pills',
  ]);
  t.strictSame(en('cancel my visit and can you tell me what i owe'), [
    'cancel my visit',
    'can you tell me what i owe',
  ]);
  t.strictSame(en('me and my wife'), [], 'too short to be wishes');
  t.strictSame(en('John Miller, and do you have parking?'), ['and do you have parking']);
  t.strictSame(en('i need to see the doctor'), [], 'one wish is not parted');
  t.equal(en(Array(9).fill('where are you now').join(' and ')).length, 4, 'no more than four');
  t.strictSame(
    clausesOf('ich brauche einen Termin und außerdem habe ich eine Frage zur Rechnung', 'de'),
    ['ich brauche einen termin', 'habe ich eine frage zur rechnung'],
  );
  t.strictSame(
    clausesOf('예약하고 싶어요', 'ko'),
    [],
    'a language without joints is parted by sentences',
  );
  t.end();
});

t.test('what is wanted in all', (t) => {
  const of = (intent: string, score = 0.9): Classification => ({
    ...{ intent, score },
    ...{ alternatives: [], danger: 0 },
  });
  const names = (whole: Classification, ...parts: readonly Classification[]): unknown => {
    const { first, others } = wishesOf(whole, parts);
    return [first.intent, ...others.map(({ intent }) => intent)];
  };
  t.strictSame(names(of('a')), ['a']);
  t.strictSame(names(of('a'), of('a'), of('b')), ['a', 'b']);
  t.strictSame(names(of('b'), of('a'), of('b')), ['b', 'a']);
  t.strictSame(names(of('c'), of('a'), of('b')), ['a', 'b'], 'the whole fits neither part');
  t.strictSame(names(of('oos'), of('a'), of('b')), ['a', 'b']);
  t.strictSame(names(of('a'), of('a'), of('b', 0.4)), ['a'], 'not clear');
  t.strictSame(names(of('a'), of('a'), of('oos')), ['a']);
  t.strictSame(names(of('a'), of('control.yes'), of('a')), ['a'], 'a turn is no wish');
  t.strictSame(names(of('control.yes'), of('control.yes'), of('b')), ['control.yes']);
  t.strictSame(names(of('emergency'), of('a'), of('b')), ['emergency', 'a', 'b']);
  t.end();
});
