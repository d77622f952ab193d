import t from 'tap';
import { findDay } from '../../../../agent/understanding/slots/day.js';
import { findSlot } from '../../../../agent/understanding/slots/slots.js';

const context = {
  language: 'de-DE',
  country: 'de',
  now: Date.parse('2026-11-24T09:00:00Z'),
  timeZone: 'Europe/Berlin',
};

void t.test('numbers as they are said', (t) => {
  for (const [text, value] of [
    ['null drei null zwei zwo eins fünf fünf vier vier', '0302215544'],
    [
      'meine Nummer ist null eins sieben sechs zwölf fünfundzwanzig einunddreißig vierzig',
      '017612253140',
    ],
    ['030 221 55 44', '0302215544'],
    ['null dreissig, und dann zwei zwei eins fünf', '0302215'],
    ['ich habe drei Kinder', undefined],
    ['fünf', undefined],
  ] as const) {
    t.equal(findSlot('phone', text, context)?.value, value, text);
  }
  t.end();
});

void t.test('names', (t) => {
  for (const [text, value] of [
    ['Mein Name ist Jana Köhler', 'Jana Köhler'],
    ['ja hallo ich heiße Frau Sabine von der Heide', 'Sabine von der Heide'],
    ['Müller', 'Müller'],
    ['hier spricht Özgür Yilmaz, guten Tag', 'Özgür Yilmaz'],
    ['ich möchte einen Termin', undefined],
    ['ja', undefined],
    ['das ist eine sehr lange Antwort ohne Namen', undefined],
  ] as const) {
    t.equal(findSlot('person_name', text, context)?.value, value, text);
  }
  t.equal(findSlot('date_time', 'morgen um neun', context), undefined, 'times stay in their words');
  t.end();
});

void t.test('days', (t) => {
  const holidays = [{ name: 'Weihnachten', aliases: ['Heiligabend'] }];
  for (const [text, value] of [
    ['haben Sie am Samstag auf', 'saturday'],
    ['Freitagnachmittag', 'friday'],
    ['samstags', 'saturday'],
    ['am Wochenende', 'weekend'],
    ['haben Sie morgen offen', 'tomorrow'],
    ['guten Morgen', undefined],
    ['guten Morgen, was ist mit Montag', 'monday'],
    ['übermorgen', undefined],
    ['haben Sie jetzt offen', 'now'],
    ['an Heiligabend', 'holiday:Weihnachten'],
  ] as const) {
    t.equal(findDay(text, 'de', holidays)?.value, value, text);
  }
  t.end();
});
