import t from 'tap';
import { recordOf } from '../../agent/dialogue/record/record.js';
import { dialogueOf, heard, listening, type Talk } from './office.js';

const german = { language: 'de', country: 'de' };
const korean = { language: 'ko', country: 'kr' };

/** A message under way in an office, up to the question for the number. */
const asked = (facts: Readonly<Record<string, unknown>>, name = 'John Miller'): Talk =>
  listening(dialogueOf(facts)).take(heard('message.leave'), heard('oos', { text: name }));

const message = (talk: Talk): unknown => talk.last.state.message;

t.test('an extension is kept beside its number, and read back', (t) => {
  const cases: readonly [object, string, string, string, string][] = [
    [
      { country: 'gb' },
      '020 7946 0142 extension 204',
      '02079460142',
      '204',
      'extension two zero four',
    ],
    [
      { country: 'gb' },
      "it's 0207 946 0142 and the extension is two oh four",
      ...(['02079460142', '204', 'extension two zero four'] as const),
    ],
    [german, '030 901820 Durchwahl zwölf', '030901820', '12', 'Durchwahl eins zwei'],
    [korean, '02 1234 5678 내선 십이 번', '0212345678', '12', '내선 일 이'],
  ];
  for (const [facts, text, value, extension, spoken] of cases) {
    const talk = asked(facts as Record<string, unknown>, '김민수').take(heard('oos', { text }));
    t.match(
      message(talk),
      { phone: { value }, details: { extension: { value: extension } } },
      text,
    );
    t.ok(talk.text.includes(spoken), talk.text);
  }
  t.end();
});

t.test('an extension that is told before its number is kept for it', (t) => {
  const talk = asked({ country: 'gb' }).take(heard('oos', { text: 'extension twelve' }));
  t.equal(talk.prompts[0], 'message.phone_again', 'it is no number, and nothing is lost');
  talk.take(heard('oos', { text: '020 7946 0142' }));
  t.match(message(talk), {
    phone: { value: '02079460142' },
    details: { extension: { value: '12' } },
  });
  t.match(talk.text, /extension one two/u, 'both are read back');
  t.end();
});

t.test('the country of a number may be told behind it', (t) => {
  const talk = asked({ country: 'us' }).take(
    heard('oos', { text: 'oh seven seven double oh nine hundred three one two' }),
    heard('oos', { text: "it's a uk number" }),
  );
  t.match(message(talk), { phone: { value: '+447700900312' }, step: 'phone_check' });
  t.match(talk.text, /plus four four/u);
  talk.take(heard('control.yes', { text: 'yes' }));
  t.equal(talk.prompts[0], 'message.reason');
  t.end();
});

t.test('an extension that comes by itself is added to the number, or put right', (t) => {
  const talk = asked({ country: 'gb' }).take(
    heard('oos', { text: '020 7946 0142' }),
    heard('oos', { text: 'and the extension is 204' }),
  );
  t.match(message(talk), {
    phone: { value: '02079460142' },
    details: { extension: { value: '204' } },
    step: 'phone_check',
  });
  talk.take(heard('oos', { text: 'no, extension 205' }));
  t.match(message(talk), {
    phone: { value: '02079460142' },
    details: { extension: { value: '205' } },
  });
  t.match(talk.text, /extension two zero five/u);
  talk.take(heard('control.yes', { text: 'yes' }));
  t.equal(talk.prompts[0], 'message.reason');
  talk.take(heard('oos', { text: 'tell them that extension 311 is dead' }));
  t.match(message(talk), { details: { extension: { value: '205' } } }, 'no part of the number');
  t.end();
});

t.test('the extension of a first sentence is kept, and told to people', (t) => {
  const events = [
    heard('message.leave', {
      text: 'I want to leave a message, my number is 020 7946 0142 extension 204',
    }),
  ];
  const talk = listening(dialogueOf({ country: 'gb' })).take(...events);
  t.match(message(talk), { details: { extension: { value: '204' } } });
  const step = { event: events[0]!, actions: talk.last.actions, reason: talk.last.reason };
  t.match(recordOf([step], 'de').summary, /Nummer: 02079460142 · Durchwahl: 204/u);
  t.end();
});

t.test('the number of another country keeps its plus, which is said', (t) => {
  const talk = asked({ country: 'gb' }).take(
    heard('oos', { text: 'plus four nine three oh one two three four five six' }),
  );
  t.match(message(talk), { phone: { value: '+4930123456' } });
  t.match(talk.text, /plus four nine, three zero, /u);
  talk.take(heard('oos', { text: 'no, it ends in seven' }));
  t.match(message(talk), { phone: { value: '+4930123457' } }, 'a correction keeps it');
  talk.take(heard('oos', { text: 'no, it is 020 7946 0142' }));
  t.match(message(talk), { phone: { value: '02079460142' } }, 'another number has none');
  const parts = asked({ country: 'gb' }).take(
    heard('oos', { text: 'plus four nine three oh' }),
    heard('oos', { text: 'one two three four five six' }),
  );
  t.match(message(parts), { phone: { value: '+4930123456' } }, 'in two parts');
  const own = asked({ country: 'gb' }).take(heard('oos', { text: '+44 20 7946 0142' }));
  t.match(message(own), { phone: { value: '442079460142' } }, 'our own country needs none');
  const abroad = asked(german).take(
    heard('oos', { text: 'plus vier drei eins zwei drei vier fünf sechs sieben' }),
  );
  t.match(message(abroad), { phone: { value: '+431234567' } });
  t.match(abroad.text, /plus vier drei/u);
  const seoul = asked(korean, '김민수').take(
    heard('oos', { text: '플러스 사구 삼공 일이삼사오육' }),
  );
  t.match(message(seoul), { phone: { value: '+4930123456' } });
  t.match(seoul.text, /플러스 사 구/u);
  t.end();
});

t.test('a number sounds like no danger, and hides none that is told beside it', (t) => {
  const cases: readonly [facts: object, text: string, score: number, danger: boolean][] = [
    [{ country: 'gb' }, '020 7946 0142', 0.9, false],
    [{ country: 'gb' }, "it's oh two oh seven nine four six oh one four two", 0.4, false],
    [{ country: 'gb' }, '020 7946 0142 my husband is not breathing', 1, true],
    [{ country: 'gb' }, '02079460142 please send help', 1, true],
    [{ country: 'gb' }, '02079460142 my baby is blue', 0.9, true],
    [german, '030 901820', 0.9, false],
    [german, 'null drei null neun null eins acht zwei null mein Mann atmet nicht', 1, true],
    [german, '030901820 mein Mann ist ganz blau angelaufen', 0.9, true],
    [korean, '010 1234 5678', 0.9, false],
    [korean, '010 1234 5678 숨을 못 쉬어요', 1, true],
    [korean, '01012345678 아기가 파래졌어요', 0.9, true],
  ];
  for (const [facts, text, score, danger] of cases) {
    const talk = asked(facts as Record<string, unknown>, '김민수');
    talk.take(heard('emergency', { text, score }));
    t.equal(talk.last.reason === 'emergency', danger, `${text}, ${String(score)}`);
  }
  t.end();
});
