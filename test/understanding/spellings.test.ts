import t from 'tap';
import { evenlySpelled } from '../../agent/understanding/spellings.js';

void t.test('what is written in several ways is read in one', (t) => {
  for (const [written, even] of [
    ['put me through to dr patel', 'put me through to doctor patel'],
    ['is some one there all right now', 'is someone there alright now'],
    ['if any body is there on saturdee', 'if anybody is there on saturday'],
    ['thurs day to morrow or to day', 'thursday tomorrow or today'],
    ['ok a check up', 'okay a checkup'],
    ["what's the post code", "what's the postcode"],
    ['send me an e mail good bye', 'send me an email goodbye'],
  ] as const) {
    t.equal(evenlySpelled(written, 'en'), even);
    t.equal(evenlySpelled(even, 'en'), even, 'what is even stays');
  }
  t.end();
});

void t.test('other words and other languages stay', (t) => {
  for (const text of ['a drop of milk', 'some bodywork to daylight', 'my sundress', 'broken e']) {
    t.equal(evenlySpelled(text, 'en'), text);
  }
  t.equal(evenlySpelled('frau dr weber', 'de'), 'frau dr weber');
  t.end();
});
