import t from 'tap';
import { correctPhone } from '../../../agent/understanding/slots/corrections.js';
import { CONTEXT } from './table.js';

// Over the read-back of a number: two of its digits stand in each other's place.

const changed = (before: string, text: string, language = 'en'): string | undefined =>
  correctPhone(before, text, { ...CONTEXT, language })?.value;

void t.test('digits the other way round', (t) => {
  const number = '4155550142';
  for (const [text, after] of [
    ['the last two digits are the other way round', '4155550124'],
    ['no the last two are swapped', '4155550124'],
    ["you've got the last couple of digits back to front", '4155550124'],
    ['the last digits are the wrong way around', '4155550124'],
    ['The first 2 digits are the other way around.', '1455550142'],
    ['the eighth and the ninth digit are switched', '4155550412'],
    ['the four and the two are the wrong way round', '4155550124'],
    ['no, one and four are swapped', '4155550412'],
    ['the last two are swapped, the rest is right', '4155550124'],
  ] as const) {
    t.equal(changed(number, text), after, text);
  }
  t.end();
});

void t.test('nothing is turned where it is not said what, or where both are the same', (t) => {
  t.equal(changed('4155550142', "no, it's the other way round"), undefined);
  t.equal(changed('4155550144', 'the last two digits are the other way round'), undefined);
  t.equal(changed('4155550142', 'the last two digits are four seven'), '4155550147', 'as before');
  t.end();
});

void t.test('in German and in Korean', (t) => {
  t.equal(
    changed('030901820142', 'die letzten beiden Ziffern sind vertauscht', 'de'),
    '030901820124',
  );
  t.equal(changed('030901820142', 'nein, die letzten zwei sind andersherum', 'de'), '030901820124');
  t.equal(changed('01012345678', '아니요 마지막 두 자리가 바뀌었어요', 'ko'), '01012345687');
  t.equal(changed('01012345678', '끝에 두 자리가 반대예요', 'ko'), '01012345687');
  t.end();
});
