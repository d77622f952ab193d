import t from 'tap';
import type { Expectation } from '../../agent/speech/expectations.js';
import {
  completenessAfter,
  completenessHeard,
  completenessOf,
  type Completeness,
} from '../../agent/speech/completeness.js';

const TABLE: Readonly<Record<Exclude<Completeness, 'unclear' | 'answered'>, readonly string[]>> = {
  nothing: ['', ' ', '...'],
  complete: [
    'Yes, please.',
    "I don't think so.",
    'No, thank you.',
    'Thank you, bye.',
    'That’s all',
    'In the morning.',
    'No, I will call again, thank you.',
  ],
  brief: ['Yes.', 'No', 'Oh, no.', 'Okay.', 'All right.'],
  likely: [
    'What time do you close on Friday?',
    'I would like an appointment, please.',
    'My name is Daniel White.',
    'Peter Jackson.',
    "It's Mary Ann Smith speaking.",
  ],
  open: [
    'Hello.',
    'I have a question',
    'five five one',
    'My son fell down the stairs.',
    'The letter is from my doctor.',
    'I have paid for that',
    'The week after next',
    'Beaver Wednesday.',
    'My name is Daniel',
    'Could you tell me?',
    'Do you have anything?',
    'Not really.',
    'I am not sure where it is.',
    'Send it to my other doctor.',
    'Just tell him that Jane called.',
  ],
  unfinished: [
    'I would like to',
    'My name is',
    'Um.',
    'and the',
    'Because',
    'I need it for',
    'Is it—',
    'Could you check whether',
    'Please tell Doctor',
    'Please tell Doctor Reed that',
    'They said that',
    'I cannot come on the first, but on the next',
    'Let me think, dumb.',
    'Doctor',
    'A message for Doctor',
    'My son is called',
  ],
};

t.test('completeness of English words', (t) => {
  for (const [completeness, texts] of Object.entries(TABLE)) {
    for (const text of texts) t.equal(completenessOf(text), completeness, text);
  }
  t.end();
});

t.test('completeness by what was asked', (t) => {
  const table: readonly (readonly [Expectation | undefined, string, Completeness])[] = [
    ['yes-no', 'Yes.', 'complete'],
    ['yes-no', 'No.', 'complete'],
    ['yes-no', 'Not really', 'complete'],
    ['yes-no', "I don't know", 'complete'],
    ['yes-no', 'Yes, and', 'unfinished'],
    ['yes-no', 'I would like to come on Friday', 'open'],
    ['yes-no', '', 'nothing'],
    ['number', 'five five five', 'unfinished'],
    ['number', '555 123 4567', 'complete'],
    ['number', 'My number is', 'unfinished'],
    ['number', 'Now to level', 'unfinished'],
    ['number', 'Sure.', 'unfinished'],
    ['number', 'No.', 'brief'],
    ['number', 'Yes.', 'brief'],
    ['number', "No, it's the other", 'open'],
    ['number', "That's right.", 'complete'],
    ['number', 'I would rather call you again tomorrow', 'open'],
    ['number', 'Can you call me on this one?', 'likely'],
    [undefined, 'five five five', 'open'],
    ['time', 'Tomorrow at ten in the morning', 'answered'],
    ['time', 'On Friday after two.', 'answered'],
    ['time', 'In the morning, please.', 'answered'],
    ['time', 'Tomorrow at ten', 'likely'],
    ['time', 'Tomorrow at ten, please.', 'answered'],
    ['time', "This afternoon, before four o'clock.", 'answered'],
    ['time', 'Some time next week', 'open'],
    ['time', 'Tomorrow.', 'open'],
    ['time', 'Thursday afternoon', 'open'],
    ['time', 'On Friday after lunch', 'open'],
    ['time', "That's all.", 'complete'],
    ['choice', 'Tomorrow.', 'complete'],
    ['choice', 'Thursday afternoon', 'answered'],
    ['choice', 'The one on Friday', 'likely'],
    ['choice', 'Not on Friday.', 'open'],
    [undefined, 'Tomorrow.', 'complete'],
    ['time', 'Not on Friday.', 'open'],
    ['time', 'On Thursday, or on', 'unfinished'],
    ['time', 'Could you call me on Friday?', 'likely'],
    ['time', 'I am at work on that day', 'open'],
    ['name', 'I am calling about', 'unfinished'],
    ['birth', 'June 20, 1969.', 'answered'],
    ['birth', 'It was 1969.', 'likely'],
    ['birth', '6/20/69', 'answered'],
    ['birth', 'The twentieth of June', 'unfinished'],
    ['birth', 'June 20th', 'unfinished'],
    ['birth', 'No.', 'brief'],
    ['email', 'John at gmail.com', 'likely'],
    ['email', 'j dot smith at gmail dot com', 'likely'],
    ['email', 'j dot smith at', 'unfinished'],
    ['email', 'John dot smith', 'unfinished'],
    ['email', 'S M I', 'unfinished'],
    ['email', 'I have none', 'open'],
    ['person', 'It is Miller, M I L', 'unfinished'],
    ['person', 'My name is Daniel White.', 'answered'],
    ['name', 'My name is Daniel White.', 'likely'],
    ['person', 'M, double L', 'unfinished'],
    ['person', '', 'nothing'],
  ];
  for (const [asked, text, completeness] of table) {
    t.equal(completenessAfter(text, asked), completeness, `${asked ?? 'nothing'}: ${text}`);
  }
  t.end();
});

t.test('words that are unsure do not tell', (t) => {
  const heard = (text: string, confidence: number, asked?: Expectation): Completeness =>
    completenessHeard({ text, confidence }, asked);
  t.equal(heard('Yes.', 0.9), 'brief');
  t.equal(heard('Yes.', 0.5), 'unclear');
  t.equal(heard('On Friday after two.', 0.5, 'time'), 'unclear');
  t.equal(heard('What time do you close?', 0.5), 'unclear');
  t.equal(heard('I left mine', 0.5), 'unclear');
  t.equal(heard('I would like to', 0.5), 'unfinished');
  t.equal(heard('Thank you, bye', 0.5), 'complete');
  t.equal(heard('555 123 456', 0.5, 'number'), 'open', 'digits are counted');
  t.equal(heard('555 123 4567', 0.5, 'number'), 'likely', 'and not believed');
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
