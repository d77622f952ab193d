import t from 'tap';
import { cuesOf, type Cues } from '../../../agent/dialogue/cues/cues.js';

const cues = cuesOf('ko');
const cases: readonly (readonly [
  cue: keyof Cues,
  yes: readonly string[],
  no: readonly string[],
])[] = [
  ['yes', ['네 맞아요', '예', '맞습니다'], ['아니요', '메시지요']],
  ['no', ['아니요 틀렸어요', '아뇨', '틀렸습니다'], ['네', '안녕하세요']],
  ['urgent', ['네 급해요', '빨리 전화 주세요'], ['아니요']],
  ['notUrgent', ['급하지 않아요', '안 급해요', '급한 건 아니에요'], ['급해요']],
  ['cancel', ['메시지는 필요 없어요', '그냥 취소할게요'], ['예약을 취소해 주세요']],
  ['person', ['직원 바꿔 주세요', '상담원 연결이요', '사람이랑 통화할게요'], ['사람이 많나요']],
  ['ownNumber', ['이 번호로요', '지금 번호 그대로요'], ['공일공']],
  ['anyTime', ['아무 때나 괜찮아요', '언제든지요'], ['내일 오전이요']],
  ['refuse', ['말하고 싶지 않아요', '안 알려 줄래요'], ['말씀드릴게요']],
  ['goodbye', ['끊을게요', '안녕히 계세요'], ['안녕하세요']],
  ['aboutName', ['이름이 틀려요'], ['번호요']],
  ['aboutNumber', ['번호가 틀려요'], ['이름이요']],
  ['aboutReason', ['메시지를 고칠게요'], ['이름이요']],
];

void t.test('what short answers mean in Korean', (t) => {
  for (const [cue, yes, no] of cases) {
    for (const text of yes) t.match(text, cues[cue], `${cue}: ${text}`);
    for (const text of no) t.notMatch(text, cues[cue], `not ${cue}: ${text}`);
  }
  t.equal(
    cues.newReason.exec('메시지는 내일 못 간다고 전해 주세요')?.groups?.rest,
    '내일 못 간다고 전해 주세요',
  );
  t.end();
});
