import t from 'tap';
import { en, type PromptId } from '../../../agent/dialogue/prompts/en.js';
import { ko } from '../../../agent/dialogue/prompts/ko.js';
import { Prompts } from '../../../agent/dialogue/prompts/prompts.js';

const ids = Object.keys(en.templates) as PromptId[];
/** Parts of other sentences: they end with none of their marks. */
const PARTS = new Set<string>([
  ...['colleague.caller_number', 'colleague.caller_withheld', 'colleague.said'],
]);
const slotsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{\w+\}/gu)].map(([slot]) => slot).sort();

void t.test('every prompt is there, with the same gaps to fill', (t) => {
  t.strictSame(Object.keys(ko.templates), ids);
  for (const id of ids) {
    t.strictSame(slotsOf(ko.templates[id]), slotsOf(en.templates[id]), id);
    if (!PARTS.has(id)) t.match(ko.templates[id], /[가-힣].*[.?!]$/u, id);
  }
  t.end();
});

void t.test('no form of a particle is ever spoken', (t) => {
  const prompts = new Prompts('ko');
  for (const id of ids) {
    for (const filling of ['강당', '의사', '서울', '12']) {
      const fill = Object.fromEntries(
        slotsOf(ko.templates[id]).map((slot) => [slot.slice(1, -1), filling]),
      );
      t.notMatch(prompts.phrase(id, fill).text, /[(){}]/u, id);
    }
  }
  t.end();
});

void t.test('particles by the sound before them', (t) => {
  const text = (id: PromptId, fill: Record<string, string>): string =>
    new Prompts('ko').phrase(id, fill).text;
  t.equal(
    text('services.list', { services: '예방 접종, 혈액 검사' }),
    '예방 접종, 혈액 검사를 하고 있습니다.',
  );
  t.equal(text('services.list', { services: '건강 검진' }), '건강 검진을 하고 있습니다.');
  t.equal(text('hours.day_closed', { day: '오늘' }), '오늘은 쉽니다.');
  t.equal(text('hours.day_holiday', { day: '오늘', holiday: '설날' }), '오늘은 설날이라서 쉽니다.');
  t.match(text('message.phone_offer', { last: '일 이 삼' }), '일 이 삼으로 다시');
  t.match(text('message.phone_offer', { last: '일 이 칠' }), '일 이 칠로 다시');
  t.match(text('message.phone_offer', { last: '일 이 이' }), '일 이 이로 다시');
  t.end();
});

void t.test('times, days and numbers as they are spoken', (t) => {
  t.strictSame(
    [0, 1, 510, 720, 750, 1050, 1439, 1440].map((minute) => ko.time(minute)),
    [
      '자정',
      '오전 열두 시 일 분',
      '오전 여덟 시 삼십 분',
      '정오',
      '오후 열두 시 삼십 분',
      '오후 다섯 시 삼십 분',
      '오후 열한 시 오십구 분',
      '자정',
    ],
  );
  t.equal(
    ko.ranges([
      { from: 540, to: 720 },
      { from: 840, to: 1080 },
    ]),
    '오전 아홉 시부터 정오까지, 그리고 오후 두 시부터 오후 여섯 시까지',
  );
  t.equal(ko.onDate('friday', '2026-12-25'), '십이월 이십오일 금요일');
  t.equal(ko.onDate('saturday', '2026-06-10'), '유월 십일 토요일');
  t.equal(ko.onDate('monday', '2026-10-31'), '시월 삼십일일 월요일');
  t.equal(ko.dayRun('monday', 'friday'), '월요일부터 금요일까지');
  t.equal(ko.list(['월요일', '화요일']), '월요일, 화요일');
  t.equal(ko.digits('119'), '일 일 구');
  t.equal(ko.digits('010-5'), '공 일 공 - 오');
  t.end();
});
