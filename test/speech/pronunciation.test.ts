import t from 'tap';
import { pronounced, pronunciationsIn, respelled } from '../../agent/speech/pronunciation.js';

const OFFICE = [
  { word: 'Okafor', say: 'oh kah for' },
  { word: 'Dr Okafor', say: 'doctor oh kah for' },
  { word: 'Nguyen', say: '/wɪn/' },
  { word: 'C++', say: 'see plus plus' },
];

void t.test('whole words in any case, the longest first', (t) => {
  t.equal(respelled('Ask for OKAFOR, please', OFFICE), 'Ask for oh kah for, please');
  t.equal(respelled("Dr  Okafor's room", OFFICE), "doctor oh kah for's room");
  t.equal(respelled('Okafors and Anokafor', OFFICE), 'Okafors and Anokafor');
  t.equal(respelled('Okafor Okafor', OFFICE), 'oh kah for oh kah for');
  t.equal(respelled('we teach C++ here', OFFICE), 'we teach see plus plus here');
  t.equal(respelled('nothing of it', []), 'nothing of it');
  t.equal(respelled('Jose\u0301 is in', [{ word: 'JOSÉ', say: 'ho zay' }]), 'ho zay is in');
  t.end();
});

void t.test('IPA is kept apart', (t) => {
  t.same(pronounced('Ms Nguyen and Okafor are in', OFFICE), [
    { kind: 'text', text: 'Ms' },
    { kind: 'ipa', text: 'wɪn' },
    { kind: 'text', text: 'and oh kah for are in' },
  ]);
  t.equal(respelled('Ms Nguyen', OFFICE), 'Ms Nguyen', 'voices that read letters keep the word');
  t.end();
});

void t.test('those of a text', (t) => {
  t.same(pronunciationsIn('To nguyen.', OFFICE), [OFFICE[2]]);
  t.same(pronunciationsIn('To nobody.', OFFICE), []);
  t.same(pronunciationsIn('To nobody.', [{ word: ' ', say: 'x' }]), []);
  t.end();
});
