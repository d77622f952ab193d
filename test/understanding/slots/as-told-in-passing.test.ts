import { table } from './table.js';

// What callers say around a name, a number, a day or an address, by the kinds of it that were once read wrongly.

table('person_name', 'and what the caller calls for', [
  ["odette marlow and i'm calling about my son", 'Odette Marlow'],
  ['odette marlow but we spoke earlier', 'Odette Marlow'],
  ['leslie with an i e leslie swan like the bird', 'Leslie Swan'],
  ['not my husband no just me odette marlow', 'Odette Marlow'],
]);
table('person_name', 'of families, with the endings of things', [
  ['fielding', 'Fielding'],
  ['under manning please', 'Manning'],
  ["it's boring", undefined],
  ['my name is ken darling', 'Ken Darling'],
  ['i am waiting', undefined],
]);
table('person_name', 'family names before given ones', [
  ["hoffmann with two f's and one n at the end felix", 'Felix Hoffman'],
  ["o'dowd o apostrophe d o w d brian o'dowd", "Brian O'Dowd"],
  ['lim hye jin first name hye jin', 'Hye Jin Lim'],
]);

table('person_name', 'letters of which the word has some already', [
  ["rhiannon farrell two r's two l's", 'Rhiannon Farrell'],
  ["it's carrigan double r i g a n", 'Carrigan'],
  ['i am maeve maeve with an m a e v e kinsella', 'Maeve Kinsella'],
  ['jon without an h j o n', 'Jon'],
  ['fuentes f u e n t e s manuel with an e', 'Manuel Fuentes'],
]);
table('person_name', 'words that are names in one place only', [
  ['hye jin oh', 'Hye Jin Oh'],
  ['martin hale oh', 'Martin Hale'],
  ['louisa st clair', 'Louisa St Clair'],
  ['wolfe like wild animals w o l f e', 'Wolfe'],
]);
table('person_name', 'the name of now, and which part is which', [
  ['nadine koval formerly nadine webb', 'Nadine Koval'],
  ["demir is the surname and kerem's the first name", 'Kerem Demir'],
  ['would you put it down as nadine koval', 'Nadine Koval'],
  ["you have me down as webb but it's now koval", 'Koval'],
]);

table('phone', 'the end told before the beginning', [
  ['the last four are oh one four two and it starts six one seven five five five', '6175550142'],
  ['it ends in oh one four two and begins six one seven five five five', '6175550142'],
  ['six one seven five five five and then oh one four two', '6175550142'],
]);
table('phone', 'the old number and the one of now', [
  [
    'it was six one seven five five five oh one four two and now it is six one seven five five five oh one four three',
    '6175550143',
  ],
]);

table('date_time', 'early and late beside a part of the day', [
  ['early friday afternoon', '2026-11-27 afternoon'],
  ['late friday morning', '2026-11-27 morning'],
  ['early friday', '2026-11-27 morning'],
]);
table('date_time', 'what follows from another time', [
  ['on thursday i start at one so half past eleven', '2026-11-26T11:30'],
  ['thursday at one so that my husband can drive me', '2026-11-26T13:00'],
]);
table('date_time', 'weeks by one of their days', [
  ['the week of the seventh on the friday', '2026-12-11'],
  ['the week commencing december the seventh say thursday', '2026-12-10'],
  ['between christmas and new year say the thirtieth', '2026-12-30'],
]);
table('date_time', 'habits are no wish', [
  ['every evening it hurts', undefined],
  ["i swim every tuesday so thursday's good", '2026-11-26'],
]);

table('email', 'begun again, and signs at the edge', [
  ['ned ned dot barlow at gmail dot com', 'ned.barlow@gmail.com'],
  ['bob bob at gmail dot com', 'bobbob@gmail.com'],
  ['ned underscore at gmail dot com', 'ned_@gmail.com'],
]);

table('dob', 'an age, and the last day of a month', [
  ["i'm fifty three may twenty first nineteen seventy three", '1973-05-21'],
  ['twenty three may nineteen seventy three', '1973-05-23'],
  ['the last day of february nineteen eighty', '1980-02-29'],
  ['last day of june two thousand and one', '2001-06-30'],
]);
