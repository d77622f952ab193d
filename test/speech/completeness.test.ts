import t from 'tap';
import {
  completenessAfter,
  completenessOf,
  digitsIn,
  type Completeness,
} from '../../agent/speech/completeness.js';

const TABLE: Readonly<Record<Completeness, readonly string[]>> = {
  nothing: ['', ' ', '...'],
  complete: [
    'Yes.',
    'No, thank you.',
    'Thank you, bye.',
    'That’s all',
    'In the morning.',
    'No, I will call again, thank you.',
  ],
  likely: ['What time do you close on Friday?', 'I would like an appointment, please.'],
  open: ['Hello.', 'I have a question', 'five five one', 'My son fell down the stairs.'],
  unfinished: [
    'I would like to',
    'My name is',
    'Um.',
    'and the',
    'Because',
    'I need it for',
    'Is it—',
    'Let me think, dumb.',
  ],
};

t.test('completeness of English words', (t) => {
  for (const [completeness, texts] of Object.entries(TABLE)) {
    for (const text of texts) t.equal(completenessOf(text), completeness, text);
  }
  t.end();
});

t.test('a number is complete when it is whole', (t) => {
  t.equal(completenessAfter('five five five', 'number'), 'unfinished');
  t.equal(completenessAfter('555 123', 'number'), 'unfinished');
  t.equal(completenessAfter('555 123 4567', 'number'), 'complete');
  t.equal(completenessAfter('two oh seven nine four six oh nine five eight', 'number'), 'complete');
  t.equal(completenessAfter('five five five', undefined), 'open', 'where none was asked for');
  t.equal(completenessAfter('No.', 'number'), 'complete', 'words are judged as words');
  t.equal(digitsIn('double five triple two'), 5);
  t.end();
});

t.test('completeness of Korean words', (t) => {
  for (const text of ['네.', '아니요', '감사합니다.', '네, 감사합니다']) {
    t.equal(completenessOf(text), 'complete', text);
  }
  for (const text of ['저는', '예약을', '진료를 받으려고', '음', '제가', '머리가 아프고 그리고']) {
    t.equal(completenessOf(text), 'unfinished', text);
  }
  for (const text of ['예약하고 싶은데요', '몇 시까지 하세요?', '공일공']) {
    t.equal(completenessOf(text), 'open', text);
  }
  t.end();
});
