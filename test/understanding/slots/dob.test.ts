import { table } from './table.js';

table('dob', 'in words', [
  ['the third of may nineteen eighty two', '1982-05-03'],
  ['may third nineteen eighty two', '1982-05-03'],
  ['may third eighty two', '1982-05-03'],
  ['I was born on May 3rd, 1982.', '1982-05-03'],
  ['may the third nineteen eighty two', '1982-05-03'],
  ['december twenty first two thousand and three', '2003-12-21'],
  ['december twenty first two thousand three', '2003-12-21'],
  ['the thirty first of january nineteen oh five', '1905-01-31'],
  ['july fourth twenty ten', '2010-07-04'],
  ['february twenty ninth two thousand', '2000-02-29'],
  ['my date of birth is the tenth of october nineteen seventy', '1970-10-10'],
  ['march seven ninety nine', '1999-03-07'],
  ['october twelve twenty oh one', '2001-10-12'],
  ['may fourth, no, may third eighty two', '1982-05-03'],
  ['um june um eleventh nineteen ninety', undefined],
]);

table('dob', 'in figures', [
  ['5/3/82', '1982-05-03'],
  ['5/3/1982', '1982-05-03'],
  ['05-03-1982', '1982-05-03'],
  ['1982-05-03', '1982-05-03'],
  ['25/12/1982', '1982-12-25'],
  ['five three eighty two', '1982-05-03'],
  ['oh five oh three eighty two', '1982-05-03'],
  ['zero five zero three nineteen eighty two', '1982-05-03'],
  ['five three one nine eight two', '1982-05-03'],
  ['five slash three slash eighty two', '1982-05-03'],
  ['five dash three dash nineteen eighty two', '1982-05-03'],
  ['05031982', '1982-05-03'],
  ['05 03 1982', '1982-05-03'],
  ['11/25/26', '1926-11-25'],
  ['11/23/26', '2026-11-23'],
]);

table(
  'dob',
  'in Britain',
  [
    ['5/3/82', '1982-03-05'],
    ['five three eighty two', '1982-03-05'],
    ['05.03.1982', '1982-03-05'],
    ['3 May 1982', '1982-05-03'],
    ['12/25/1982', '1982-12-25'],
  ],
  { country: 'GB' },
);

table('dob', 'nothing of the kind', [
  ['', undefined],
  ['I am forty two', undefined],
  ['may third', undefined],
  ['next Tuesday', undefined],
  ['four one five five five five oh one four two', undefined],
  ['415-555-0142', undefined],
  ['may third twenty thirty', undefined],
  ['february thirtieth nineteen eighty two', undefined],
  ['13/13/1982', undefined],
  ['My name is May West', undefined],
]);
