import t from 'tap';
import { correctName, correctPhone } from '../../../../agent/understanding/slots/corrections.js';
import {
  findSlot,
  findSlots,
  type SlotContext,
  type SlotKind,
} from '../../../../agent/understanding/slots/slots.js';

const context: SlotContext = {
  language: 'ko',
  country: 'kr', // Tuesday, 24 November 2026, ten o'clock in Seoul.
  now: Date.parse('2026-11-24T10:00:00+09:00'),
  timeZone: 'Asia/Seoul',
};
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

void t.test('names that Korean callers tell before they are asked', (t) => {
  for (const [text, name] of [
    ['안녕하세요 김민수인데요 내일 오전에 진료 예약하고 싶어요', '김민수'],
    ['네, 저는 이영희라고 합니다', '이영희'],
    ['여보세요 박서준입니다', '박서준'],
    ['안녕하세요 고혈압인데요 약을 다시 받고 싶어요', undefined],
    ['안녕하세요 임신중인데요 진료를 받을 수 있나요', undefined],
    ['감기인데요', undefined],
    ['내일 오전인데요', undefined],
  ] as const) {
    t.equal(findSlots(text, context).person_name?.value, name, text);
  }
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

void t.test('days and times in Korean', (t) => {
  for (const [text, value] of [
    ['내일 오후 세 시요', '2026-11-25T15:00'],
    ['다음 주 화요일 오전 열 시 반', '2026-12-01T10:30'],
    ['십이월 삼일 두 시', '2026-12-03T14:00'],
    ['12월 3일 오후 2시 30분', '2026-12-03T14:30'],
    ['금요일이요', '2026-11-27'],
    ['모레 아침', '2026-11-26 morning'],
    ['내일모레 저녁', '2026-11-26 evening'],
    ['월요일은 안 돼요 수요일이요', '2026-11-25'],
    ['금요일 아니 토요일 열한 시', '2026-11-28T11:00'],
    ['두 시간 뒤에', '2026-11-24T12:00'],
    ['삼 일 후', '2026-11-27'],
    ['이 주 뒤에요', '2026-12-08'],
    ['이십오일이요', '2026-11-25'],
    ['15:30에', '2026-11-24T15:30'],
    ['정오에', '2026-11-24T12:00'],
    ['예약하고 싶어요', undefined],
    ['생일이 언제예요', undefined],
    ['일반 진료요', undefined],
    ['네 맞아요', undefined],
    ['다시 말해 주세요', undefined],
    ['', undefined],
  ] as const) {
    t.equal(valueOf('date_time', text), value, text);
  }
  t.end();
});

void t.test('dates of birth in Korean', (t) => {
  for (const [text, value] of [
    ['천구백팔십이년 오월 삼일', '1982-05-03'],
    ['82년 5월 3일생이요', '1982-05-03'],
    ['1982.5.3', '1982-05-03'],
    ['820503', '1982-05-03'],
    ['이천오년 일월 일일', '2005-01-01'],
    ['1982.13.3', undefined],
    ['내일요', undefined],
  ] as const) {
    t.equal(valueOf('dob', text), value, text);
  }
  t.end();
});

void t.test('what was read back is corrected in Korean', (t) => {
  for (const [text, digits] of [
    ['아니요 끝자리가 구예요', '01012345679'],
    ['마지막 자리는 이예요', '01012345672'],
    ['뒷자리가 오육칠구예요', '01012345679'],
    ['가운데는 일이삼오입니다', '01012355678'],
    ['앞자리는 공일일이에요', '01112345678'],
    ['세 번째는 이예요', '01212345678'],
    ['끝에서 두 번째 숫자는 팔이요', '01012345688'],
    ['팔이 아니라 구예요', '01012345679'],
    ['사 말고 구요', '01012395678'],
    ['끝자리가 팔이 아니라 구예요', '01012345679'],
    ['아니요, 공일공 구구팔이 영영삼륙이에요', '01099820036'],
    ['네 맞아요', undefined],
    ['내일 세 시예요', undefined],
    ['', undefined],
  ] as const) {
    t.equal(correctPhone('01012345678', text, context)?.value, digits, text);
  }
  for (const [text, name] of [
    ['아니요 김민서예요', '김민서'],
    ['아니요, 성은 박이에요', '박민수'],
    ['민수가 아니라 민서예요', '김민서'],
    ['김민수가 아니라 민서예요', '김민서'],
    ['민수가 아니라 김민서예요', '김민서'],
    ['김민수가 아니라 박민수예요', '박민수'],
    ['민서예요', '김민서'],
    ['남궁민수입니다', '남궁민수'],
    ['아니요', undefined],
    ['번호가 틀렸어요', undefined],
  ] as const) {
    t.equal(correctName('김민수', text, context)?.value, name, text);
  }
  t.end();
});

void t.test('Korean words that begin like names are none', (t) => {
  for (const text of [
    '네 엄마예요',
    '예방 접종이요',
    '금요일이요',
    '주차장이요',
    '처방전요',
    '어머니예요',
    '여보세요?',
    '어디예요?',
    '안 돼요',
  ])
    t.equal(valueOf('person_name', text), undefined, text);
  t.equal(valueOf('person_name', '예 김민수요'), '김민수');
  t.equal(valueOf('person_name', '여보세요, 김민수입니다'), '김민수');
  t.equal(
    valueOf('person_name', '예김민수입니다'),
    '김민수',
    'recognisers set spaces where they like',
  );
  t.equal(valueOf('person_name', '어, 박서연이에요'), '박서연');
  t.end();
});

void t.test('what is over is no time to come', (t) => {
  for (const [text, value] of [
    ['어제 오후 세 시에 갔었어요', undefined],
    ['지난주 목요일에 전화했어요', undefined],
    ['어제 예약했는데 내일 세 시로 바꿔 주세요', '2026-11-25T15:00'],
  ] as const) {
    t.equal(valueOf('date_time', text), value, text);
  }
  t.end();
});
