import t from 'tap';
import { de } from '../../../agent/dialogue/prompts/de.js';
import { en, type PromptId } from '../../../agent/dialogue/prompts/en.js';
import { Prompts } from '../../../agent/dialogue/prompts/prompts.js';

const ids = Object.keys(en.templates) as PromptId[];
/** Parts of other sentences: they end with none of their marks. */
const PARTS = new Set<string>([
  ...['colleague.caller_number', 'colleague.caller_withheld', 'colleague.said'],
]);
const slotsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\w+\}/gu)].map(([slot]) => slot).sort();

void t.test('every prompt is there, with the same gaps to fill', (t) => {
  t.strictSame(Object.keys(de.templates), ids);
  for (const id of ids) {
    t.strictSame(slotsOf(de.templates[id]), slotsOf(en.templates[id]), id);
    if (!PARTS.has(id)) t.match(de.templates[id], /[.?!:]$/u, id);
    t.not(de.templates[id], en.templates[id], id);
  }
  t.end();
});

void t.test('times, days and numbers as they are spoken', (t) => {
  t.strictSame(
    [0, 60, 510, 720, 1041, 1290, 1440].map((minute) => de.time(minute)),
    [
      'Mitternacht',
      'ein Uhr',
      'acht Uhr dreißig',
      'zwölf Uhr',
      'siebzehn Uhr einundzwanzig',
      'einundzwanzig Uhr dreißig',
      'Mitternacht',
    ],
  );
  t.equal(
    de.ranges([
      { from: 510, to: 720 },
      { from: 840, to: 1020 },
    ]),
    'von acht Uhr dreißig bis zwölf Uhr und von vierzehn Uhr bis siebzehn Uhr',
  );
  t.equal(de.onDate('friday', '2026-12-25'), 'am Freitag, dem fünfundzwanzigsten Dezember,');
  t.equal(de.onDate('thursday', '2027-01-07'), 'am Donnerstag, dem siebten Januar,');
  t.equal(de.onDate('tuesday', '2027-03-16'), 'am Dienstag, dem sechzehnten März,');
  t.equal(de.dayRun('monday', 'friday'), 'Montag bis Freitag');
  t.equal(de.digits('030'), 'null drei null');
  t.equal(de.spoken('Dr. Weber, Hauptstr. 5'), 'Doktor Weber, Hauptstraße 5');
  t.equal(
    new Prompts('de').phrase('hours.day_closed', { day: 'heute' }).text,
    'Heute haben wir geschlossen.',
  );
  t.end();
});
