import t from 'tap';
import { cuesOf } from '../../../agent/dialogue/cues/cues.js';

void t.test('whom a German caller wants to speak with is a person', (t) => {
  const { person } = cuesOf('de');
  for (const text of [
    'nein ich möchte lieber mit Doktor Hale sprechen',
    'kann ich mit jemandem reden',
    'ich würde gern mit der Rechnungsstelle sprechen',
    'ich möchte Frau Weber sprechen',
    'verbinden Sie mich bitte',
  ]) {
    t.match(text, person, text);
  }
  for (const text of [
    'mit wem spreche ich',
    'es geht um ein Gespräch mit dem Arzt',
    'ich kann schlecht sprechen',
    'Doktor Weber hat mir das verschrieben',
  ]) {
    t.notMatch(text, person, text);
  }
  t.end();
});
