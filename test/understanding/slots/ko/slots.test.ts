import t from 'tap';
import {
  findSlot,
  type SlotContext,
  type SlotKind,
} from '../../../../agent/understanding/slots/slots.js';

const context: SlotContext = { language: 'ko', country: 'kr', now: 0, timeZone: 'Asia/Seoul' };
const valueOf = (kind: SlotKind, text: string): string | undefined =>
  findSlot(kind, text, context)?.value;

void t.test('telephone numbers in Korean', (t) => {
  for (const [text, digits] of [
    ['공일공 일이삼사 오육칠팔', '01012345678'],
    ['공 일 공에 일 이 삼 사에 오 육 칠 팔입니다', '01012345678'],
    ['제 번호는 공일공에 구구팔이에 영영삼륙이에요', '01099820036'],
    ['010-1234-5678이요', '01012345678'],
    ['하나 둘 삼 사', '1234'],
    ['다음 주에 진료를 받고 싶어서요', undefined],
    ['이 번호요', undefined],
    ['', undefined],
  ] as const) {
    t.equal(valueOf('phone', text), digits, text);
  }
  t.ok(findSlot('phone', '공일공 일이삼사 오육칠팔', context)!.confidence > 0.75, 'a whole number');
  t.ok(findSlot('phone', '하나 둘 삼 사', context)!.confidence < 0.65, 'no whole one');
  t.end();
});

void t.test('names in Korean', (t) => {
  for (const [text, name] of [
    ['김민수입니다', '김민수'],
    ['김 민수 입니다.', '김민수'],
    ['제 이름은 이영희예요', '이영희'],
    ['저는 박지훈이라고 합니다', '박지훈'],
    ['남궁민이요', '남궁민'],
    ['최준', '최준'],
    ['제갈공명입니다', '제갈공명'],
    ['예약하고 싶어요', undefined],
    ['왜요', undefined],
    ['말하기 싫어요', undefined],
    ['', undefined],
  ] as const) {
    t.equal(valueOf('person_name', text), name, text);
  }
  t.equal(valueOf('email', 'kim@example.org'), undefined, 'other kinds are not read yet');
  t.end();
});
