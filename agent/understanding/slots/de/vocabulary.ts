import { Phrases } from '../tokens.js';
import type { CorrectionWords, SlotVocabulary } from '../vocabulary.js';
import { dates } from './dates.js';
import { email, letters } from './letters.js';
import { names } from './names.js';
import { mend, numbers, phone } from './numbers.js';

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const corrections: CorrectionWords = {
  digit: set('ziffer ziffern zahl zahlen stelle stellen'),
  last: set('letzte letzten letzter'),
  first: set('erste ersten erster'),
  is: new Phrases([
    ...['ist', 'sind', 'war', 'waren', 'muss', 'lautet', 'heißt', 'soll', 'sollte', 'müsste'],
    ...['ist eine', 'ist ein', 'ist die', 'muss eine', 'ist aber'],
  ]),
  not: new Phrases(['nicht', 'statt', 'anstatt', 'und nicht', 'kein', 'keine']),
  endsIn: new Phrases([
    ...['endet auf', 'endet mit', 'hört auf mit', 'am ende ist', 'am ende steht', 'am ende kommt'],
    ...['hinten ist', 'das ende ist', 'am ende', 'ganz am ende', 'am schluss', 'zum schluss'],
  ]),
  startsWith: new Phrases([
    'beginnt mit',
    'fängt an mit',
    'fängt mit',
    'der anfang ist',
    'vorne ist',
    'am anfang',
  ]),
  inFront: new Phrases(['davor', 'vorne', 'vorneweg', 'vorne dran', 'am anfang', 'vor der nummer']),
  areaCode: new Phrases(['vorwahl', 'die vorwahl', 'ortsvorwahl']),
  fromEnd: new Phrases(['von hinten', 'vom ende']),
  change: new Phrases(['ändern sie', 'sie haben', 'sie sagten']),
  turned: new Phrases([
    ...['andersherum', 'anders herum', 'andersrum', 'anders rum', 'umgekehrt', 'falsch herum'],
    ...['vertauscht', 'verdreht', 'getauscht', 'verwechselt', 'in der falschen reihenfolge'],
  ]),
  pair: set('beiden beide ziffern zahlen stellen'),
};

/** German, as it is spoken over the telephone. */
export const german: SlotVocabulary = {
  ...{ numbers, mend, phone, letters, names, email, dates, corrections },
  compounds: {
    pattern:
      /^(heute|morgen|übermorgen|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)(früh|morgen|vormittag|mittag|nachmittag|abend|nacht)s?$/u,
    instead: new Map([['morgen', 'morgens']]),
  },
};
