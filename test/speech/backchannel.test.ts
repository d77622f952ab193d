import t from 'tap';
import { isBackchannel, isDoubtful } from '../../agent/speech/backchannel.js';

t.test('sounds of listening never answer', (t) => {
  for (const text of ['Mhm.', 'Mm-hmm', 'Uh-huh.', 'Mmm', 'Hmm', 'Uh?', 'Um, hum', '음']) {
    t.ok(isBackchannel(text, false), text);
    t.ok(isBackchannel(text, true), `${text}, to a question`);
  }
  t.end();
});

t.test('words of agreement answer a question', (t) => {
  for (const text of ['Okay.', 'Right', 'I see.', 'Oh, okay', '네']) {
    t.ok(isBackchannel(text, false), text);
    t.notOk(isBackchannel(text, true), `${text}, to a question`);
  }
  t.end();
});

t.test('words that want something are none', (t) => {
  for (const text of ['Yes.', 'No', 'Stop', 'Okay, but when?', 'I see the doctor on Friday', '']) {
    t.notOk(isBackchannel(text, false), text);
  }
  t.end();
});

/** `seconds` from the beginning of the first word to the end of the last. */
const unsure = (text: string, confidence: number, seconds = 1) => ({
  ...{ text, confidence },
  words: [{ start: 0.3, end: 0.3 + seconds }],
});

t.test('what recognisers make of noise, and of listening, is doubtful', (t) => {
  const table: readonly (readonly [string, number, number, boolean, boolean])[] = [
    // text, confidence, seconds, doubtful over a statement, over a question
    ['You', 0.76, 1, true, true],
    ['Clean.', 0.46, 1, true, true],
    ['Come make him.', 0.36, 1, true, true],
    ['And fine.', 0.55, 0.6, true, false],
    ["Don't know.", 0.55, 0.4, true, false],
    ['Friday.', 0.55, 0.5, true, false],
    ['About Saturday.', 0.55, 1.2, false, false],
    ['Friday.', 0.75, 0.5, false, false],
    ['Stop.', 0.55, 0.5, false, false],
    ['Billing, please', 0.55, 0.6, false, false],
    ['No, no.', 0.55, 0.3, true, false],
    ['No, no.', 0.55, 0.8, false, false],
    ['Can I come on Friday', 0.3, 1, false, false],
  ];
  for (const [text, confidence, seconds, statement, question] of table) {
    const heard = unsure(text, confidence, seconds);
    t.equal(isDoubtful(heard, false), statement, `${text} ${confidence}`);
    t.equal(isDoubtful(heard, true), question, `${text} ${confidence}, to a question`);
  }
  t.end();
});
