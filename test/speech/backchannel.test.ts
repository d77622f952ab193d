import t from 'tap';
import { isBackchannel, isDoubtful } from '../../agent/speech/backchannel.js';

t.test('sounds of listening never answer', (t) => {
  for (const text of ['Mhm.', 'Mm-hmm', 'Uh-huh.', 'Mmm', 'Hmm', 'Uh?', '음']) {
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

t.test('what recognisers make of noise is doubtful', (t) => {
  t.ok(isDoubtful('You', 0.76));
  t.ok(isDoubtful('Clean.', 0.46));
  t.ok(isDoubtful('Come make him.', 0.36));
  t.notOk(isDoubtful('Stop.', 0.6));
  t.notOk(isDoubtful('Can I come on Friday', 0.3), 'so many words are no noise');
  t.end();
});
