import t from 'tap';
import { likelyFor } from '../../agent/speech/expectations.js';

t.test('what is likely after a question', (t) => {
  const yesNo = likelyFor('en', 'yes-no');
  t.ok(yesNo.answers?.includes('yes please'));
  t.ok((yesNo.answers?.length ?? 0) >= 30, 'more than the two answers compete');
  t.equal(yesNo.expected, undefined, 'a yes is a whole answer and not one word of many');
  const number = likelyFor('en', 'number');
  t.ok(['four', '4', 'double'].every((word) => number.expected?.includes(word)));
  t.equal(number.answers, undefined, 'figures follow one another');
  const time = likelyFor('en', 'time');
  t.ok(
    ['tuesday', 'afternoon', 'half', 'past', 'anytime'].every((word) =>
      time.expected?.includes(word),
    ),
  );
  t.end();
});

t.test('names of the directory are likely where somebody is asked for', (t) => {
  t.strictSame(likelyFor('en', 'name', ['Ann Lee']), { names: ['Ann Lee'] });
  t.strictSame(likelyFor('ko', 'name', ['김서연']), { names: ['김서연'] }, 'in every language');
  t.strictSame(likelyFor('en', 'yes-no', ['Ann Lee']).names, undefined, 'and only there');
  t.strictSame(likelyFor('en', 'name', []), {});
  t.end();
});

t.test('where a fact is asked for, its other readings are wanted', (t) => {
  for (const asked of ['number', 'time', 'person', 'birth', 'email'] as const) {
    t.ok((likelyFor('en', asked).readings ?? 0) > 1, asked);
  }
  t.equal(likelyFor('en', 'yes-no').readings, undefined);
  t.ok(
    ['october', '31st', 'twenty first', 'nineteen'].every((word) =>
      likelyFor('en', 'birth').expected?.includes(word),
    ),
  );
  t.ok(likelyFor('en', 'time').expected?.includes('december'), 'a day may be one of a month');
  t.end();
});

t.test('nothing is likely where nothing was asked, or the language has no lists', (t) => {
  t.strictSame(likelyFor('en', undefined), {});
  t.strictSame(likelyFor('ko', 'yes-no'), {});
  t.end();
});
