import t from 'tap';
import { findSlot } from '../../../agent/understanding/slots/slots.js';

/** A Tuesday, half past nine in London. */
const NOW = Date.parse('2026-12-01T09:30:00Z');
const at = (text: string, language = 'en'): string | undefined =>
  findSlot('date_time', text, { language, country: 'gb', now: NOW, timeZone: 'Europe/London' })
    ?.value;

void t.test('what was due at a time that is over was due today', (t) => {
  t.equal(at('I was meant to be there at nine'), '2026-12-01T09:00');
  t.equal(at('Tom was supposed to be here at nine today'), '2026-12-01T09:00');
  t.equal(at('I had an appointment at nine and I missed it'), '2026-12-01T09:00');
  t.equal(at('ich hatte um neun einen Termin', 'de'), '2026-12-01T09:00');
  t.end();
});

void t.test('what is wished for is still to come, and a day that is named counts', (t) => {
  t.equal(at('can I come at nine'), '2026-12-02T09:00');
  t.equal(at('at nine, as I was supposed to'), '2026-12-02T09:00');
  t.equal(at('I was booked for tomorrow at nine'), '2026-12-02T09:00');
  t.equal(at('I was meant to be there at three in the afternoon'), '2026-12-01T15:00');
  t.end();
});

void t.test('a day that was refused is not meant where it is named once more', (t) => {
  t.equal(at("not Wednesday because Wednesday I've got the children"), undefined);
  t.equal(at('not Wednesday, Thursday at ten'), '2026-12-03T10:00');
  t.end();
});
