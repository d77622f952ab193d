import t from 'tap';
import { correctPhone } from '../../../agent/understanding/slots/corrections.js';
import { findSlots } from '../../../agent/understanding/slots/slots.js';
import { CONTEXT, table } from './table.js';

const GB = { country: 'GB', timeZone: 'Europe/London' } as const;

table('phone', 'of elsewhere, as it is dialled there', [
  ['oh seven seven double oh nine hundred three one two', '07700900312'],
  ['zero two zero seven nine four six zero nine one eight', '02079460918'],
  ['oh oh four four seven seven double oh nine hundred one one two', '00447700900112'],
  ['oh five five five oh one four two', '5550142'],
]);
table(
  'phone',
  'with the zero that is dialled at home only',
  [
    ['plus four four zero seven seven zero zero nine zero zero one two two', '447700900122'],
    ['+44 (0)20 7946 0142', '442079460142'],
    ['0044 (0)20 7946 0142', '00442079460142'],
  ],
  GB,
);
table('phone', 'hundreds and a part said before', [
  ['ends in oh one six six so four one five five five five oh one six six', '4155550166'],
]);
table(
  'phone',
  'nine hundred and what follows',
  [['plus four four seven seven double oh nine hundred and thirty three four', '447700900334']],
  GB,
);

t.test('a zero in front that was taken for a sigh', (t) => {
  const said = 'oh two oh seven nine four six oh nine one eight';
  t.equal(
    findSlots(said, CONTEXT).phone?.value,
    '2079460918',
    'a number of the country is likelier',
  );
  for (const words of [`no ${said}`, 'it starts with a zero', "there's a zero in front"]) {
    t.equal(correctPhone('2079460918', words, CONTEXT)?.value, '02079460918', words);
  }
  t.equal(
    correctPhone('2125550123', 'it starts with two one three', CONTEXT)?.value,
    '2135550123',
    'other first digits take the place of those before',
  );
  t.end();
});

table('person_name', 'how callers add to it', [
  ['lyn no e lyn harker', 'Lyn Harker'],
  ['my surname is macdonald m a c donald', 'MacDonald'],
  ['it would be in the name of delgado', 'Delgado'],
  ['liz just liz', 'Liz'],
  ["the name's stone no i'm joking it's peter stone", 'Peter Stone'],
  ["fernandez with two n's", 'Fernandez'],
  ['park', 'Park'],
]);
table('person_name', 'what befell the caller is no name', [
  ["i'm parked outside", undefined],
  ["i'm locked out", undefined],
  ["it's blocked again", undefined],
  ["it's black with a wooden handle", undefined],
  ["it's clark with an e", 'Clarke'],
  ["it's ahmed", 'Ahmed'],
  ['this is mildred', 'Mildred'],
]);

table('date_time', 'another week, and an hour before its day', [
  ['not this friday the friday after', '2026-12-04'],
  ['not this wednesday the following wednesday', '2026-12-02'],
  ['three on thursday', '2026-11-26T15:00'],
  ['a table for three on thursday', '2026-11-26'],
]);

table('email', 'letters and second thoughts', [
  ['t for tango dot mills at example dot com', 't.mills@example.com'],
  ['amy double t at example dot com', 'amytt@example.com'],
  ['anna at example dot com no at example dot co dot uk', 'anna@example.co.uk'],
  ['phil with one l at example dot com', 'phil@example.com'],
]);

table('dob', 'in parts', [
  ['my birthday is the third of may and i was born in nineteen eighty two', '1982-05-03'],
  ["april fools' day nineteen seventy one", '1971-04-01'],
  ['five three oh two', '2002-05-03'],
  ['my code is five three oh two', undefined],
  ['one two three four', undefined],
]);

table('phone', 'in pieces, with words between them', [
  [
    'my number is seven one three and then my number is five five five oh one two nine',
    '7135550129',
  ],
  ['five five five oh one two nine with a seven one three in front', '7135550129'],
  ['seven hundred and six five five five oh one two nine', '7065550129'],
  ['five five five oh one two nine in the seven one three area code', '7135550129'],
  [
    'seven one three five five five oh one two eight is that right no oh one two nine',
    '7135550129',
  ],
]);
table(
  'phone',
  'in pieces, the code behind',
  [["four nine six oh one three eight that's a leeds number oh one one three", '01134960138']],
  GB,
);
table('dob', 'part by part', [
  ['the month is april the day is the ninth the year is sixty one', '1961-04-09'],
  ['day nine month four year nineteen sixty one', '1961-04-09'],
  ['fourth month ninth day nineteen sixty one', '1961-04-09'],
  ['she was born on the ninth of april this year', '2026-04-09'],
  ['he was born last year on the ninth of april', '2025-04-09'],
  ['sixty one april ninth', '1961-04-09'],
  ['year nineteen sixty one month april day nine', '1961-04-09'],
  ['april ninth nineteen sixty two i mean one', '1961-04-09'],
  ['the ninth of march sorry april nineteen sixty one', '1961-04-09'],
  ['leap day nineteen ninety six', '1996-02-29'],
]);
table('date_time', 'what takes back what', [
  ['i finish work at four so half past four on thursday', '2026-11-26T16:30'],
  ['could we make it five instead of four on friday', '2026-11-27T17:00'],
  ['at ten in the morning no three tomorrow', '2026-11-25T15:00'],
  ['no earlier than eleven on wednesday', '2026-11-25T11:00'],
  ['twelve slash nine', '2026-12-09'],
  ['the last day of the month', '2026-11-30'],
  ['oh nine hundred on the second of december', '2026-12-02T09:00'],
  ['my pain is about six out of ten', undefined],
]);
table('person_name', 'and what is said around them', [
  ['peter p e t e r lowe', 'Peter Lowe'],
  ['a l a n then l o w e', 'Alan Lowe'],
  ['first name alan surname lowe', 'Alan Lowe'],
  ['not lane lowe', 'Lowe'],
  ["it's farid with one r in the middle farid aziz", 'Farid Aziz'],
  ["it's marsh m a r s h julia marsh", 'Julia Marsh'],
  ['hello um my name um is zofia um bielska', 'Zofia Bielska'],
  ["it's about my mother in law ana maria lopes", 'Ana Maria Lopes'],
]);
table('email', 'and how they are put right', [
  ['zoe at lowe dot com i mean lowe dot org', 'zoe@lowe.org'],
  ['zoe at lowe dot com sorry dot co dot uk', 'zoe@lowe.co.uk'],
  ['a pike at t minus online dot de', 'apike@t-online.de'],
  ['the pikes at talktalk dot net', 'thepikes@talktalk.net'],
  ['zoe then an under score then lowe at gmail dot com', 'zoe_lowe@gmail.com'],
  ["zoelowe twelve at gmail dot com that's l o w e", 'zoelowe12@gmail.com'],
]);
