import t from 'tap';
import { correctName, correctPhone } from '../../../../agent/understanding/slots/corrections.js';
import { findDay } from '../../../../agent/understanding/slots/day.js';
import { findSlot, findSlots } from '../../../../agent/understanding/slots/slots.js';

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
  for (const [text, value] of [
    ['Meier, M E I E R', 'Meier'],
    ['k wie kaufmann ö wie ökonom h l e r', 'Köhler'],
    ['Mein Name ist Maier mit a i', 'Maier'],
    ['Schmidt mit dt', 'Schmidt'],
    ['Vorname Anna Nachname Groß', 'Anna Groß'],
    ['Müller-Lüdenscheidt', 'Müller-Lüdenscheidt'],
    ['Mein Name ist Sabine Vogt, V O G T', 'Sabine Vogt'],
  ] as const) {
    t.equal(findSlot('person_name', text, context)?.value, value, text);
  }
  t.end();
});

void t.test('names told with the wish, and what is none', (t) => {
  for (const [text, value] of [
    ['Guten Tag, hier ist Weber, ich würde gern einen Termin machen', 'Weber'],
    ['hier ist thomas weber ich brauche ein rezept', 'Thomas Weber'],
    ['mein name ist karl von arnim ich rufe wegen der rechnung an', 'Karl von Arnim'],
    ['guten tag weber hier ich hätte gern einen termin', 'Weber'],
    ['Thomas Weber am Apparat', 'Thomas Weber'],
    ['guten tag, weber mein name, ich wollte etwas fragen', 'Weber'],
    ['hier ist die Frau Müller vom dritten Stock', 'Müller'],
    ['Dr. Weber hier', 'Weber'],
    ['ja genau', undefined],
    ['ich bin krank', undefined],
    ['ich bin seit gestern erkältet', undefined],
    ['hier ist besetzt', undefined],
    ['hier ist es laut', undefined],
    ['ist jemand hier', undefined],
    ['bin ich hier richtig', undefined],
    ['Weber', undefined],
  ] as const) {
    t.equal(findSlots(text, context).person_name?.value, value, text);
  }
  for (const text of ['ich bin krank', 'hier ist besetzt', 'ja genau']) {
    t.equal(findSlot('person_name', text, context), undefined, `${text}, asked for a name`);
  }
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

const read = (
  kind: 'date_time' | 'dob' | 'email',
  cases: readonly (readonly [text: string, value: string | undefined])[],
): void => {
  void t.test(`${kind} in German`, (t) => {
    for (const [text, value] of cases) t.equal(findSlot(kind, text, context)?.value, value, text);
    t.end();
  });
};

// Tuesday, 24 November 2026, ten o'clock in Berlin.
read('date_time', [
  ['morgen um neun', '2026-11-25T09:00'],
  ['am dritten Dezember um halb drei', '2026-12-03T14:30'],
  ['übermorgen nachmittag', '2026-11-26 afternoon'],
  ['Freitagvormittag', '2026-11-27 morning'],
  ['am Montagmorgen', '2026-11-30 morning'],
  ['nächste Woche Dienstag um viertel nach zehn', '2026-12-01T10:15'],
  ['am Montag um fünfzehn Uhr dreißig', '2026-11-30T15:30'],
  ['am 3.12. um 15.30 Uhr', '2026-12-03T15:30'],
  ['heute Abend', '2026-11-24 evening'],
  ['guten Morgen, am Donnerstag bitte', '2026-11-26'],
  ['in zwei Wochen', '2026-12-08'],
  ['heute in einer Woche', '2026-12-01'],
  ['Dienstag in einer Woche', '2026-12-08'],
  ['in einer halben Stunde', '2026-11-24T10:30'],
  ['nicht am Montag, am Dienstag', '2026-12-01'],
  ['Mittwoch geht nicht, Donnerstag um elf', '2026-11-26T11:00'],
  ['am Freitag, nein, am Samstag um zehn', '2026-11-28T10:00'],
  ['fünf vor halb vier am Freitag', '2026-11-27T15:25'],
  ['dreiviertel neun', '2026-11-25T08:45'],
  ['um acht Uhr fünf', '2026-11-25T08:05'],
  ['gegen 16 Uhr', '2026-11-24T16:00'],
  ['am einundzwanzigsten Januar', '2027-01-21'],
  ['am fünften', '2026-12-05'],
  ['Heiligabend', '2026-12-24'],
  ['ich habe seit drei Tagen Husten', undefined],
  ['ich rufe zum zweiten Mal an', undefined],
]);

read('dob', [
  ['der dritte Mai neunzehnhundertzweiundachtzig', '1982-05-03'],
  ['geboren am 3.5.1982', '1982-05-03'],
  ['dritter fünfter zweiundachtzig', '1982-05-03'],
  ['erster Januar zweitausendfünf', '2005-01-01'],
  ['einunddreißigster Dezember neunzehnhundert achtundneunzig', '1998-12-31'],
  ['null drei null fünf neunzehnhundertachtzig', '1980-05-03'],
  ['am vierten, nein, am fünften Juni 1990', '1990-06-05'],
  ['morgen', undefined],
]);

read('email', [
  ['jana punkt koehler at gmx punkt de', 'jana.koehler@gmx.de'],
  ['meine Mailadresse ist info at praxis bindestrich linden punkt de', 'info@praxis-linden.de'],
  ['ich schicke eine Mail', undefined],
]);

void t.test('late corrections in German', (t) => {
  const name = (before: string, text: string): string | undefined =>
    correctName(before, text, context)?.value;
  const number = (before: string, text: string): string | undefined =>
    correctPhone(before, text, context)?.value;
  t.equal(name('Jana Müller', 'nein, nicht Müller, Möller'), 'Jana Möller');
  t.equal(name('Jana Meier', 'nein, M A I E R'), 'Jana Maier');
  t.equal(name('Jana Meier', 'mein Name ist Hanna Meier'), 'Hanna Meier');
  t.equal(name('Jana Meier', 'das ist gut'), undefined);
  t.equal(number('0302215544', 'nein, die letzte Ziffer ist fünf'), '0302215545');
  t.equal(number('0302215544', 'die Nummer endet auf vier fünf'), '0302215545');
  t.equal(number('0302215544', 'die zweite Ziffer ist vier'), '0402215544');
  t.equal(number('0302215544', 'ja'), undefined);
  t.equal(number('017612345678', 'nein, am Ende eine neun'), '017612345679');
  t.equal(number('017612345678', 'ganz am Ende sieben neun'), '017612345679');
  t.equal(number('017612345678', 'am Anfang null eins fünf'), '015612345678');
  const { person_name: told, dob } = findSlots(
    'mein Name ist Jana Köhler, geboren am dritten Mai 1982',
    context,
  );
  t.equal(told?.value, 'Jana Köhler');
  t.equal(dob?.value, '1982-05-03');
  t.end();
});
