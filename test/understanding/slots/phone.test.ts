import t from 'tap';
import { findSlot } from '../../../agent/understanding/slots/slots.js';
import { spokenPhone } from '../../../agent/understanding/slots/spoken.js';
import { CONTEXT, table } from './table.js';

table('phone', 'as figures', [
  ['415-555-0142', '4155550142'],
  ['It’s 415-555-0142.', '4155550142'],
  ['(415) 555-0142', '4155550142'],
  ['415.555.0142', '4155550142'],
  ['My number is 4155550142', '4155550142'],
  ['555-0142', '5550142'],
  ['You can reach me at 555 0142, thanks.', '5550142'],
  ['+1 415 555 0142', '14155550142'],
  ['1-800-555-0199', '18005550199'],
  ['4, 1, 5, 5, 5, 5, 0, 1, 4, 2.', '4155550142'],
  ['5 5 5 oh 1 42', '5550142'],
  ['415 five five five 0142', '4155550142'],
  ['Call me at 212-555-0198 after 3:30.', '2125550198'],
  ['212 555 0198 extension 204', '2125550198'],
]);

table('phone', 'as words', [
  ['four one five five five five oh one four two', '4155550142'],
  ['five five five zero one four two', '5550142'],
  ['five-five-five, oh-one-four-two', '5550142'],
  ['my number is two one two five five five oh one nine eight', '2125550198'],
  ['area code four one five, five five five, oh one four two', '4155550142'],
  ['four fifteen five fifty five oh one forty two', '4155550142'],
  ['four one five triple five oh one four two', '4155550142'],
  ['four one five, triple five, oh one double two', '4155550122'],
  ['double five five zero one double four', '5550144'],
  ['eight hundred five five five oh one nine nine', '8005550199'],
  ['one eight hundred five five five zero one nine nine', '18005550199'],
  ['plus one four one five five five five oh one four two', '14155550142'],
  ['four one five five five five five thousand', '4155555000'],
  ['two one two five five five twenty three hundred', '2125552300'],
  ['four one five five five five twenty three forty five', '4155552345'],
  ['two one two, three fives, oh one nine eight', '2125550198'],
  ['four one five dash five five five dash oh one four two', '4155550142'],
  ['um four one five uh five five five um oh one four two', '4155550142'],
  ['four one five and then five five five and then oh one four two', '4155550142'],
  ['niner one five five five five oh one four two', '9155550142'],
  ['six one seven five five five oh one one seven extension twelve', '6175550117'],
  ['the best number is four one five five five five oh one four two thank you', '4155550142'],
  ["yeah it's four one five five five five oh one four two my mobile", '4155550142'],
  ['oh five five five oh one four two', '5550142'],
  ['oh, it is four one five five five five zero one four two', '4155550142'],
  ['three oh three, five five five, oh one oh oh', '3035550100'],
]);

table('phone', 'an hour before it', [
  ['tomorrow at three, 415 555 0142, for a check-up', '4155550142'],
  ['at half past ten, four one five five five five oh one four two', '4155550142'],
]);

table('phone', 'homophones', [
  ['for one five five five five oh one for two', '4155550142'],
  ['four won five five five five oh won four to', '4155550142'],
  ['four one five five five five oh one four too', '4155550142'],
  ['two one two five five five oh one nine ate', '2125550198'],
  ['two one two tree five five oh one nine eight', '2123550198'],
  ['call me at four one five five five five oh one four two to confirm', '4155550142'],
  ['415 555 0142 for the results', '4155550142'],
]);

table('phone', 'self-corrections', [
  ['five five five, no wait, five six five, oh one four two', '5650142'],
  ['four one five five five five oh one four three, sorry, four two', '4155550142'],
  ['four one five five five six no five five five oh one four two', '4155550142'],
  ['415-555-0143, sorry, 0142.', '4155550142'],
  ['415-555-0143. No wait, 415-555-0142.', '4155550142'],
  ['four one six, I mean four one five, five five five, oh one four two', '4155550142'],
  ['five five five scratch that four one five five five five oh one four two', '4155550142'],
  [
    'two one two five five five oh one nine eight, let me repeat that, two one two five five five oh one nine eight',
    '2125550198',
  ],
  ['two one two five five five oh one nine nine actually make that nine eight', '2125550198'],
]);

table('phone', 'nothing of the kind', [
  ['', undefined],
  ['yes', undefined],
  ["I don't know it by heart", undefined],
  ['My name is Anna Lee.', undefined],
  ['I have two kids and a dog', undefined],
  ['at three thirty tomorrow', undefined],
  ['I was born on May third nineteen eighty two', undefined],
  ['my birthday is 5/3/1982', undefined],
  ['it costs five hundred dollars', undefined],
  ['I am forty two years old', undefined],
  ['one moment please', undefined],
  ['john at example dot com', undefined],
  ['I need two to three appointments for one child', undefined],
]);

table(
  'phone',
  'in Britain',
  [
    ['oh seven seven double oh nine hundred one two three', '07700900123'],
    ['0207 946 0018', '02079460018'],
    ['plus four four seven seven double oh nine double oh one two three', '447700900123'],
    ['oh one six one, four nine six, oh one double two', '01614960122'],
    ['oh two oh', '020'],
    ['nought two oh, seven nine four six, oh oh one eight', '02079460018'],
  ],
  { country: 'GB' },
);

t.test('confidence and extension', (t) => {
  const sure = (text: string): number => findSlot('phone', text, CONTEXT)?.confidence ?? 0;
  t.ok(sure('415 555 0142') > 0.9);
  t.ok(sure('555 0142') < sure('415 555 0142'), 'a local number');
  t.ok(sure('415 55') < sure('555 0142'), 'a part');
  t.ok(sure('415') < 0.5);
  t.ok(sure('415 555 0143, sorry, 0142') < sure('415 555 0142'));
  t.match(findSlot('phone', '212 555 0198 ext. 204', CONTEXT), { extension: '204' });
  t.equal(findSlot('phone', '415 555 0142', { ...CONTEXT, language: 'xx' }), undefined);
  t.equal(findSlot('phone', '415 555 0142', { ...CONTEXT, country: 'ZZ' })?.value, '4155550142');
  t.end();
});

t.test('numbers as a voice reads them', (t) => {
  t.equal(spokenPhone('4155550142', 'US'), '4 1 5, 5 5 5, 0 1 4 2');
  t.equal(spokenPhone('14155550142', 'US'), '1, 4 1 5, 5 5 5, 0 1 4 2');
  t.equal(spokenPhone('5550142', 'US'), '5 5 5, 0 1 4 2');
  t.equal(spokenPhone('02079460018', 'GB'), '0 2 0, 7 9 4 6, 0 0 1 8');
  t.equal(spokenPhone('442079460018', 'US'), '4 4, 2 0, 7 9 4 6, 0 0 1 8');
  t.equal(spokenPhone('204', 'US'), '2 0 4');
  t.equal(spokenPhone('', 'US'), '');
  t.end();
});

table('phone', 'a zero that is heard as a', [
  ['One, six, one, two, five, five, five, a one, nine, five.', '16125550195'],
  ['Six, one, two, five, five, five, a one, nine, five.', '6125550195'],
  ['a one', undefined],
  ['Seven, two, five, five, five, of one, one, one.', '725550111'],
  ['six one two five five five or one nine five', '6125550195'],
  ['one or two, three or four', undefined],
  ["It's six, one, two, five, five, five, but one, nine, five.", '6125550195'],
]);

table(
  'phone',
  'a zero at the beginning that is heard as another word',
  [
    ['Of 7-7, double-0-9, double-0-3-3-7.', '07700900337'],
    ['a 1, 2, 1, 4, 9, 6, O double 4, 1.', '01214960441'],
    ['it is 7700 900337', '7700900337'],
  ],
  { country: 'GB' },
);
