import t from 'tap';
import { correctName, correctPhone } from '../../../agent/understanding/slots/corrections.js';
import { spelled } from '../../../agent/understanding/slots/spoken.js';
import { CONTEXT } from './table.js';

type Case = readonly [before: string, text: string, after: string | undefined];

const PHONE: readonly Case[] = [
  ['4155550142', 'no, the second digit is four', '4455550142'],
  ['4155550142', 'No, the second digit is 4.', '4455550142'],
  ['4155550142', 'the last digit is seven', '4155550147'],
  ['4155550142', "the last digit's a seven", '4155550147'],
  ['4155550142', 'it ends in forty seven', '4155550147'],
  ['4155550142', 'it ends with 47', '4155550147'],
  ['4155550142', 'the third one should be a six not a five', '4165550142'],
  ['4155520142', 'not 52, 62', '4155620142'],
  ['4155520142', '62, not 52', '4155620142'],
  ['4155520142', "no it's sixty two not fifty two", '4155620142'],
  ['2125550142', 'the area code is 415', '4155550142'],
  ['5550142', 'the area code is four one five', '4155550142'],
  ['4155550142', 'no, four one five, five five five, oh one four three', '4155550143'],
  ['4155550142', 'No. 415-555-0143.', '4155550143'],
  ['4155550142', 'the last four are zero one nine nine', '4155550199'],
  ['4155550142', 'The last four digits are 0199.', '4155550199'],
  ['4155550142', 'the last two digits are four seven', '4155550147'],
  ['4155550142', 'the first three are two one two', '2125550142'],
  ['4155550142', 'it starts with 212', '2125550142'],
  ['4155550142', 'the second to last digit is nine', '4155550192'],
  ['4155550142', 'the third digit from the end is an eight', '4155550842'],
  ['4155550142', 'the first number is a three', '3155550142'],
  ['4155550142', 'change 42 to 47', '4155550147'],
  ['4155550142', 'you said 0142, it is 0143', '4155550143'],
  ['4155550142', 'no, five six five', '4155650142'],
  ['4155550142', 'no, oh one four seven', '4155550147'],
  ['4155550142', 'the fifth digit is oh', '4155050142'],
  ['6175550173', "no, it's zero one seven eight at the end", '6175550178'],
  ['6175550173', 'the ending is seven seven', '6175550177'],
  ['4155550142', 'no', undefined],
  ['4155550142', "no that's wrong", undefined],
  ['4155550142', 'yes', undefined],
  ['4155550142', 'the name is wrong', undefined],
  ['4155550142', 'the twelfth digit is four', undefined],
  ['4155550142', 'what', undefined],
];

const NAME: readonly Case[] = [
  ['John Smith', "no, it's Smyth with a y", 'John Smyth'],
  ['John Smith', 'No, S-M-Y-T-H.', 'John Smyth'],
  ['Smith', 'no s m y t h', 'Smyth'],
  ['John Smith', 'with a y', 'John Smyth'],
  ['John Smith', "it's smith with a y not an i", 'John Smyth'],
  ['John Smith', 'the last name is spelled S M Y T H', 'John Smyth'],
  ['Anne Lee', 'my first name is Ann without an e', 'Ann Lee'],
  ['John Smith', 'no, my name is Peter Jones', 'Peter Jones'],
  ['John Smith', 'not Smith, Smyth', 'John Smyth'],
  ['John Smith', 'Smyth, not Smith.', 'John Smyth'],
  ['Hannah Lee', "no it's Anna", 'Anna Lee'],
  ['Anna Lee', "no, it's Lea", 'Anna Lea'],
  ['Anna Li', 'the last name is Lee', 'Anna Lee'],
  ['Jon Smith', 'the first name has an h', 'John Smith'],
  ['Catherine Bell', "it's Katherine with a K", 'Katherine Bell'],
  ['Catherine Bell', 'with a k', 'Katherine Bell'],
  ['Eliot Ness', "with two t's", 'Eliott Ness'],
  ['Phillip Glass', 'Phillip with one l', 'Philip Glass'],
  ['John Brown', 'brown with an e at the end', 'John Browne'],
  ['Sara Miller', 'Sarah with an h', 'Sarah Miller'],
  ['John Smith', 'first name j o n', 'Jon Smith'],
  ['', 'no, Anna Lee', 'Anna Lee'],
  ['Deborah Whitfield', "it's Debra, D-E-B-R-A", 'Debra Whitfield'],
  ['Wei Chang', 'no, Zhang with a z', 'Wei Zhang'],
  ['Jeffrey Cole', "it's Geoffrey with a G", 'Geoffrey Cole'],
  ['John Smith', 'no', undefined],
  ['John Smith', "no that's wrong", undefined],
  ['John Smith', 'yes', undefined],
  ['Katy Jones', 'it is Katie with an ie at the end', 'Katie Jones'],
  ['Anna Przybylsky', 'no, the last name is with an ie at the end', 'Anna Przybylskie'],
  ['Anna Przybylski', 'no, the last name is with an ie at the end', 'Anna Przybylskie'],
  ['John Smith', 'the number is wrong', undefined],
  ['John Smith', 'the second digit is four', undefined],
];

t.test('a number corrected', (t) => {
  for (const [before, text, after] of PHONE) {
    t.equal(correctPhone(before, text, CONTEXT)?.value, after, text);
  }
  t.equal(
    correctPhone('4155550142', 'no, 415 555 0143', { ...CONTEXT, language: 'fr' }),
    undefined,
  );
  const sure = (text: string): number => correctPhone('4155550142', text, CONTEXT)?.confidence ?? 0;
  t.ok(sure('not 5, 6') < sure('not 42, 47'), 'a digit that stands in three places');
  t.end();
});

t.test('a name corrected', (t) => {
  for (const [before, text, after] of NAME) {
    t.equal(correctName(before, text, CONTEXT)?.value, after, text);
  }
  t.equal(correctName('John Smith', 'no, Smyth', { ...CONTEXT, language: 'fr' }), undefined);
  t.end();
});

t.test('a name as it is spelled', (t) => {
  t.equal(spelled('Smith'), 'S, M, I, T, H');
  t.equal(spelled("Anna O'Brien"), 'A, N, N, A. O, B, R, I, E, N');
  t.equal(spelled('José'), 'J, O, S, É');
  t.equal(spelled(''), '');
  t.end();
});
