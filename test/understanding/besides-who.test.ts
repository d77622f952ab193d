import t from 'tap';
import { besidesWho } from '../../agent/understanding/besides-who.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { officeFacts } from '../dialogue/office.js';

const settings = understandingSettings.parse({ ...officeFacts, language: 'en', country: 'gb' });

void t.test('a wish is what is said besides name, birth date and number', (t) => {
  for (const [text, wish] of [
    [
      "hi it's Mary Jones, date of birth third of March 1980, I need my repeat of ramipril, my number is 020 7946 0188",
      /need my repeat of ramipril/u,
    ],
    ['my name is Tom Hardy and I would like my results', /i would like my results/u],
  ] as const) {
    const rest = besidesWho(text, settings);
    t.match(rest, wish);
    t.notMatch(rest, /mary|jones|hardy|7946|1980/iu);
  }
  t.end();
});

void t.test('where nobody says who they are, or nothing else, there is none', (t) => {
  for (const text of ['do you have parking', 'my name is Tom Hardy', '020 7946 0188', ''])
    t.equal(besidesWho(text, settings), undefined, text);
  t.end();
});
