import t from 'tap';
import { Redactor, withMarks } from '../../agent/privacy/redaction.js';
import { redactionSettings } from '../../agent/privacy/redaction-settings.js';

const NOW = Date.parse('2026-11-16T10:00:00Z');

const redactor = (language = 'en', hide: ('dob' | 'email' | 'phone')[] = []): Redactor =>
  new Redactor(redactionSettings.parse({ hide }), () => ({
    ...{ language, now: NOW, timeZone: 'Europe/London' },
    country: { en: 'US', de: 'DE', ko: 'KR' }[language] ?? 'US',
  }));

const shown = (text: string, language?: string, hide?: ('dob' | 'email' | 'phone')[]): string =>
  withMarks(text, redactor(language, hide).turn(text));

await t.test('card numbers, in figures and in words, with what stands beside them', (t) => {
  const said: readonly (readonly [string, string, string?])[] = [
    ['Sure, 4111 1111 1111 1111.', 'Sure, [card number].'],
    ['it is 4111-1111-1111-1111, expiring 12/27', 'it is [card number], expiring 12/27'],
    ['it is 5555555555554444 12 27 123 thanks', 'it is [card number] thanks'],
    ['three seven eight two eight two two four six three one oh oh oh five ok', '[card number] ok'],
    ['four one one one double one double one one one one one one one one one', '[card number]'],
    [
      'vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins danke',
      '[card number] danke',
      'de',
    ],
    ['사일일일 일일일일 일일일일 일일일일입니다', '[card number]입니다', 'ko'],
    // The recogniser missed a digit: it checks to nothing, and is no telephone number either.
    ['4111 1111 1111 112', '[card number]'],
    ['4242 4242 4242 4242 it is', '[card number] it is'],
    ['my card number is 4111 1111', 'my card number is [card number]'],
  ];
  for (const [text, hidden, language] of said) t.equal(shown(text, language), hidden, text);
  t.end();
});

await t.test('insurance, identity and bank numbers', (t) => {
  const said: readonly (readonly [string, string, string?])[] = [
    ['my social security number is 078051120', 'my social security number is [identity number]'],
    ['it is 219-09-9999', 'it is [identity number]'],
    ['QQ123456C is wrong, AB123456C is right', 'QQ123456C is wrong, [identity number] is right'],
    ['the member ID is W 2 9 4 4 7 1', 'the member ID is [insurance number]'],
    ['A123456780 bitte', '[insurance number] bitte', 'de'],
    ['meine Steuer-ID 86095742719', 'meine Steuer-ID [identity number]', 'de'],
    ['86095742719', '[identity number]', 'de'],
    ['meine IBAN DE89 3704 0044 0532 0130 00', 'meine IBAN [account number]', 'de'],
    ['DE89370400440532013000', '[account number]'],
    ['900101-1234567이요', '[identity number]이요', 'ko'],
    ['건강보험 번호는 1234567890입니다', '건강보험 번호는 [insurance number]입니다', 'ko'],
  ];
  for (const [text, hidden, language] of said) t.equal(shown(text, language), hidden, text);
  t.end();
});

await t.test('what the office needs stays', (t) => {
  for (const [text, language] of [
    ['my number is 415 555 0142', 'en'],
    ['four one five five five five oh one four two, four one five five five five oh one four two'],
    ['call me back at +1 415 555 0142 extension 204', 'en'],
    ['I have a question about my insurance, my number is 415 555 0142', 'en'],
    ['my credit card was declined, call 415 555 0142', 'en'],
    ['I was born on 3 March 1980 and live at 1200 Main Street', 'en'],
    ['on the 16th at 10 30, or 11 45', 'en'],
    ['Meine Nummer ist 030 12345678', 'de'],
    ['제 번호는 010-1234-5678입니다', 'ko'],
    ['이 사람이 오늘 오후에 올 거예요', 'ko'],
    ['one of the two of us', 'en'],
  ] as const)
    t.equal(shown(text, language ?? 'en'), text, text);
  t.end();
});

await t.test('dates of birth, addresses and telephone numbers where the policy says so', (t) => {
  const all: ('dob' | 'email' | 'phone')[] = ['dob', 'email', 'phone'];
  t.equal(
    shown('I was born on March 3rd 1980, my number is 415 555 0142', 'en', all),
    'I was born on [date of birth], my number is [telephone number]',
  );
  t.equal(shown('write to anna.lee@example.com', 'en', all), 'write to [e-mail address]');
  t.match(shown('it is anna dot lee at example dot com', 'en', all), /\[e-mail address\]/u);
  t.match(shown('geboren am 3. März 1980', 'de', all), /^geboren (?:am )?\[date of birth\]$/u);
  t.equal(shown('1980년 3월 3일생', 'ko', all), '[date of birth]생');
  t.equal(shown('제 번호는 010-1234-5678입니다', 'ko', all), '제 번호는 [telephone number]입니다');
  t.equal(shown('see you at 10 30', 'en', all), 'see you at 10 30');
  t.end();
});

await t.test('digits that come in the turns after they were announced or asked for', (t) => {
  const one = redactor();
  const turn = (text: string): string => withMarks(text, one.turn(text));
  t.equal(turn('here comes my card number'), 'here comes my card number');
  t.equal(turn('4111 1111'), '[card number]');
  t.equal(turn('1111 1112'), '[card number]');
  t.equal(turn('and room 1111 please'), 'and room 1111 please', 'not for ever');
  one.asked('insurance_number');
  t.ok(one.pausesFor('insurance_number'));
  t.notOk(one.pausesFor('phone'));
  t.equal(one.keys('294471'), 'insurance');
  t.equal(turn('W 29 44 71'), '[insurance number]');
  one.asked('phone');
  t.equal(turn('415 555 0142'), '415 555 0142');
  t.equal(one.keys('4155550142'), undefined);
  t.equal(one.keys('4111111111111111'), 'card');
  t.end();
});

await t.test('a text that still grows shows no number before it is known what it is', (t) => {
  const growing = (text: string): string => redactor().growing(text);
  t.equal(growing('it is four one'), 'it is four one');
  t.equal(growing('it is 4111 1'), 'it is …');
  t.equal(growing('my number is 020 7946 0142 thanks'), 'my number is … thanks');
  t.equal(growing('it is 4111 1111 1111 1111 and then'), 'it is [card number] and then');
  t.end();
});

await t.test('a card that is told in groups, a turn each, without a word about it', (t) => {
  const asked = (question: string, ...turns: readonly string[]): readonly string[] => {
    const one = redactor();
    one.asked(question);
    return turns.map((text) => withMarks(text, one.turn(text)));
  };
  const card = '[card number]';
  const groups = ['4111', '1111.', 'one one one one', '1111'];
  t.same(asked('how_can_i_help', ...groups), ['4111', `${card}.`, card, card]);
  t.same(asked('reason', '4111 1111', '1111 1111'), ['4111 1111', card]);
  t.same(asked('reason', '41111111', 'sorry', '1111'), ['41111111', 'sorry', card]);
  t.same(asked('reason', '41111111', 'wait', 'it is my knee', '1111').at(-1), '1111', 'forgotten');
  const pieces = ['4111', '1111', '1111', '1111'];
  t.equal(asked('phone', ...pieces).at(-1), card, 'a whole card is no telephone number');
  t.same(
    asked('phone', '415 555', '0142', '415 555', '0142').at(-1),
    '0142',
    'nor is one said twice a card',
  );
  const chain = redactor();
  chain.asked('anything_else');
  chain.turn('4111');
  t.match([chain.waits, chain.reached], [true, []], 'it may be the beginning of a number');
  chain.turn('1111');
  t.match([chain.waits, chain.reached], [false, ['4111']], 'and was');
  const growing = redactor();
  growing.asked('anything_else');
  growing.turn('4111 1111');
  t.match(growing.look('1111'), [{ kind: 'card' }], 'also while it is being said');
  t.same(asked('phone', '020', '7946', '0142'), ['020', '7946', '0142'], 'a number that was asked');
  t.same(asked('date_of_birth', '1985', '0412'), ['1985', '0412']);
  t.same(asked('how_can_i_help', '911', '911'), ['911', '911'], 'too few for a card');
  t.end();
});
