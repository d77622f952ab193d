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
