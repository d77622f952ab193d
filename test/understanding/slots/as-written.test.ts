import { table } from './table.js';

// Found by the fourteenth set: what callers prefer, why, and in which part of a month; how names and addresses are written.

table('date_time', 'the day that is preferred to another', [
  ['i was thinking monday but tuesday works better', '2026-12-01'],
  ['i wanted thursday but friday', '2026-11-27'],
  ['thursday or preferably friday', '2026-11-27'],
  ['monday or tuesday', '2026-11-30'],
  ['monday but not before ten', '2026-11-30T10:00'],
  ['friday works better than thursday', '2026-11-27'],
]);
table('date_time', 'a reason is no answer', [
  ['wednesday evening would be ideal because i work until five', '2026-11-25 evening'],
  ["not monday because i work so tuesday's fine", '2026-12-01'],
]);
table('date_time', 'parts of months and weeks', [
  ['first week of january maybe the fifth', '2027-01-05'],
  ['the second week of december on a thursday', '2026-12-10'],
  ['early december', '2026-12-01'],
  ['the middle of next month', '2026-12-15'],
  ['the end of january', '2027-01-31'],
  ['the week after christmas on tuesday the twenty ninth', '2026-12-29'],
  ['a week after christmas', '2027-01-01'],
  ['in three weeks on a monday', '2026-12-14'],
  ['at the weekend on the sunday', '2026-11-29'],
  ['early on friday', '2026-11-27 morning'],
  ['early next week', '2026-11-30'],
  ['thursday after next', '2026-12-10'],
  ['tomorrow fortnight', '2026-12-09'],
]);
table('person_name', 'the family name before a comma', [
  ['Smith, John', 'John Smith'],
  ['smith comma john', 'John Smith'],
  ['Okafor, Chidi Emeka', 'Chidi Emeka Okafor'],
  ['John, Haverstock', 'John Haverstock'],
  ['Karen, Karen Whitlock', 'Karen Whitlock'],
  ['Haverstock, thanks', 'Haverstock'],
]);
table('email', 'letters that stand around others', [
  ['jon without an h j o n dot smith at gmail dot com', 'jon.smith@gmail.com'],
  ['dk at k and k dot com', 'dk@kandk.com'],
  ['the real marcus w at gmail dot com', 'therealmarcusw@gmail.com'],
  ['okay ready d k at gmail dot com', 'dk@gmail.com'],
]);
table('dob', 'a month and its day apart', [
  ['he was born in may on the third in twenty nineteen', '2019-05-03'],
]);
table('phone', 'an area code with a hundred in it', [
  ['seven hundred two five five five oh one eight eight', '7025550188'],
  ['eight hundred five five five oh one eight eight', '8005550188'],
]);
