import t from 'tap';
import { OpeningHours } from '../../../agent/understanding/hours.js';
import { findSlot } from '../../../agent/understanding/slots/slots.js';
import { CONTEXT, table } from './table.js';

// Now is Tuesday, 24 November 2026, 10:00.

table('date_time', 'days', [
  ['today', '2026-11-24'],
  ['Tomorrow.', '2026-11-25'],
  ['the day after tomorrow', '2026-11-26'],
  ['Friday', '2026-11-27'],
  ['on friday please', '2026-11-27'],
  ['this friday', '2026-11-27'],
  ['next Tuesday', '2026-12-01'],
  ['next friday', '2026-12-04'],
  ['tuesday', '2026-12-01'],
  ['a week from friday', '2026-12-04'],
  ['a week on friday', '2026-12-04'],
  ['friday week', '2026-12-04'],
  ['in two weeks', '2026-12-08'],
  ['two weeks from tomorrow', '2026-12-09'],
  ['in three days', '2026-11-27'],
  ['two days from now', '2026-11-26'],
  ['in a fortnight', '2026-12-08'],
  ['wednesday next week', '2026-12-02'],
  ['next week on Wednesday', '2026-12-02'],
  ['next week', '2026-11-30'],
  ['the fifth', '2026-12-05'],
  ['on the 27th', '2026-11-27'],
  ['November 27th', '2026-11-27'],
  ['the twenty seventh of november', '2026-11-27'],
  ['december third', '2026-12-03'],
  ['Dec. 3', '2026-12-03'],
  ['january 5th twenty twenty seven', '2027-01-05'],
  ['January 5, 2027', '2027-01-05'],
  ['march second', '2027-03-02'],
  ['12/3', '2026-12-03'],
  ['12/03/2026', '2026-12-03'],
  ['2026-12-03', '2026-12-03'],
  ['christmas eve', '2026-12-24'],
  ['this weekend', '2026-11-28'],
]);

table('date_time', 'times', [
  ['tomorrow at three', '2026-11-25T15:00'],
  ['Tomorrow at 3 PM.', '2026-11-25T15:00'],
  ['Tomorrow at 3 p.m.', '2026-11-25T15:00'],
  ['friday at half past three', '2026-11-27T15:30'],
  ['friday at quarter to nine', '2026-11-27T08:45'],
  ['a quarter past ten on friday', '2026-11-27T10:15'],
  ['next tuesday at ten thirty', '2026-12-01T10:30'],
  ['next Tuesday at 10:30', '2026-12-01T10:30'],
  ['ten to five on wednesday', '2026-11-25T16:50'],
  ['twenty past two tomorrow', '2026-11-25T14:20'],
  ["tomorrow at nine o'clock", '2026-11-25T09:00'],
  ['tomorrow at noon', '2026-11-25T12:00'],
  ['friday midday', '2026-11-27T12:00'],
  ['tomorrow any time after two', '2026-11-25T14:00'],
  ['any time after two', '2026-11-24T14:00'],
  ['at three', '2026-11-24T15:00'],
  ['at nine', '2026-11-25T09:00'],
  ['at eleven', '2026-11-24T11:00'],
  ['today at nine', '2026-11-24T21:00'],
  ['tomorrow three thirty', '2026-11-25T15:30'],
  ['tomorrow at eleven oh five', '2026-11-25T11:05'],
  ['Friday at 15:00', '2026-11-27T15:00'],
  ['tomorrow between two and four', '2026-11-25T14:00'],
  ['tomorrow morning at nine', '2026-11-25T09:00'],
  ['nine in the morning', '2026-11-25T09:00'],
  ['three in the afternoon on friday', '2026-11-27T15:00'],
  ['seven tomorrow evening', '2026-11-25T19:00'],
  ['tonight at eight', '2026-11-24T20:00'],
  ['eight am tomorrow', '2026-11-25T08:00'],
  ['four p m on thursday', '2026-11-26T16:00'],
  ['in an hour', '2026-11-24T11:00'],
  ['in half an hour', '2026-11-24T10:30'],
  ['in twenty minutes', '2026-11-24T10:20'],
  ['November 27 at 3', '2026-11-27T15:00'],
  ['the twenty seventh at two fifteen', '2026-11-27T14:15'],
  ['tomorrow at four, no wait, five', '2026-11-25T17:00'],
  ['Tuesday, sorry, Wednesday at four', '2026-11-25T16:00'],
]);

table('date_time', 'parts of the day', [
  ['tomorrow morning', '2026-11-25 morning'],
  ['friday afternoon', '2026-11-27 afternoon'],
  ['Thursday evening would be best.', '2026-11-26 evening'],
  ['in the afternoon', '2026-11-24 afternoon'],
  ['in the morning', '2026-11-25 morning'],
  ['this afternoon', '2026-11-24 afternoon'],
  ['tonight', '2026-11-24 evening'],
  ['next monday after lunch', '2026-11-30 afternoon'],
  ['good morning, can you call me tomorrow', '2026-11-25'],
  ['first thing tomorrow', '2026-11-25 morning'],
]);

table(
  'date_time',
  'in Britain, in words and figures',
  [
    ['3/12', '2026-12-03'],
    ['03/12/2026', '2026-12-03'],
    ['13/12', '2026-12-13'],
    ['half three tomorrow', '2026-11-25T15:30'],
  ],
  { country: 'GB', timeZone: 'Europe/London' },
);

table(
  'date_time',
  'by the hours of a night clinic',
  [
    ['friday at seven', '2026-11-27T19:00'],
    ['friday at nine', '2026-11-27T21:00'],
    ['friday at nine in the morning', '2026-11-27T09:00'],
  ],
  {
    hours: new OpeningHours({
      hours: { friday: [{ from: 18 * 60, to: 23 * 60 }] },
      holidays: [],
      timeZone: 'America/New_York',
    }),
  },
);

table('date_time', 'nothing of the kind', [
  ['', undefined],
  ['yes please', undefined],
  ['May I speak to the manager?', undefined],
  ['just a second', undefined],
  ['the first available', undefined],
  ['I have two kids', undefined],
  ['four one five five five five oh one four two', undefined],
  ['415-555-0142', undefined],
  ['as soon as possible', undefined],
  ['any time', undefined],
  ['My name is April Lee.', undefined],
  ['last tuesday', undefined],
  ['yesterday at three', undefined],
  ['it was yesterday morning', undefined],
  ['I came in last week on Thursday', undefined],
  ['I rang yesterday about my appointment on Friday at ten', '2026-11-27T10:00'],
  ['we had one yesterday at ten and I want one next Monday', '2026-11-30'],
  ['john at example dot com', undefined],
]);

void t.test('"after five" is not "five": what leads to a time is of it', (t) => {
  const heard = (text: string): string | undefined => findSlot('date_time', text, CONTEXT)?.heard;
  t.equal(heard('please call me after five'), 'after five');
  t.equal(heard('please call me before noon tomorrow'), 'before noon tomorrow');
  t.equal(heard('tomorrow at ten'), 'tomorrow at ten');
  t.end();
});
