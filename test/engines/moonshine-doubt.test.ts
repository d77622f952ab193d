import t from 'tap';
import { isSpeech, mayBeAnswer, risesFromSilence } from '../../agent/engines/moonshine-doubt.js';

/** A text of so many tokens, of one mean log-probability. */
const decoded = (score: number, ids: readonly number[]): Parameters<typeof isSpeech>[0] => ({
  chosen: ids.map((id) => ({ id, probability: Math.exp(score) })),
  score,
  sum: score * (ids.length + 1),
});
const few = [301, 302, 303];
const many = [301, 302, 303, 304, 305, 306, 307, 308];

t.test('what is too unlikely was not said, the longer the likelier it must be', (t) => {
  t.ok(isSpeech(decoded(-0.6, few), 'Ninetieth.'));
  t.notOk(isSpeech(decoded(-0.7, few), 'Ninetieth.'));
  t.ok(isSpeech(decoded(-0.45, many), 'Followed by the pound key.'));
  t.notOk(isSpeech(decoded(-0.55, many), 'No one will ever have a life.'));
  t.end();
});

t.test('what noise is heard as must be likelier', (t) => {
  t.notOk(isSpeech(decoded(-0.45, few), 'Thank you.'));
  t.ok(isSpeech(decoded(-0.2, few), 'Thank you.'));
  t.ok(isSpeech(decoded(-0.45, few), 'Thank the doctor.'));
  t.end();
});

t.test('a phrase said twice must be likely, and one said five times was not said', (t) => {
  const phrase = [301, 302, 303, 304];
  const said = (rounds: number, score: number): boolean =>
    isSpeech(decoded(score, Array.from({ length: rounds }, () => phrase).flat()), 'words');
  t.ok(said(2, -0.2));
  t.notOk(said(2, -0.3));
  t.ok(said(4, -0.2));
  t.notOk(said(5, -0.01));
  t.end();
});

t.test('a sentence that was not said is no answer, a word may be', (t) => {
  t.ok(mayBeAnswer(decoded(-0.9, few)));
  t.notOk(mayBeAnswer(decoded(-0.9, many)));
  t.end();
});

t.test('a name that rises out of silence is believed', (t) => {
  t.ok(isSpeech(decoded(-0.9, few), 'Daniel Brown.', true));
  t.notOk(isSpeech(decoded(-0.9, few), 'Daniel Brown.', false));
  t.notOk(isSpeech(decoded(-1.3, few), 'Daniel Brown.', true));
  t.ok(isSpeech(decoded(-0.9, many), 'It is Maria Fernandez.', true));
  t.notOk(isSpeech(decoded(-0.9, few), 'Previous summer.', true), 'but nothing else');
  const tone = (from: number, ms: number, level: number): Int16Array =>
    Int16Array.from({ length: (from + ms) * 16 }, (_, at) =>
      at < from * 16 ? (at % 2 === 0 ? 20 : -20) : at % 2 === 0 ? level : -level,
    );
  t.ok(risesFromSilence(tone(300, 800, 4000)));
  t.notOk(risesFromSilence(tone(300, 400, 4000)), 'a cough is short');
  t.notOk(risesFromSilence(tone(300, 800, 400)), 'a line that was never silent');
  t.notOk(risesFromSilence(tone(0, 1200, 4000)), 'babble goes on and on');
  t.end();
});
