import { compact } from '../../hangul.js';
import type { SlotValue } from '../value.js';

/** Family names that nearly everybody in Korea has one of; those of two syllables first. */
export const FAMILY_NAMES =
  '남궁|황보|제갈|선우|독고|김|이|박|최|정|강|조|윤|장|임|한|오|서|신|권|황|안|송|류|유|전|홍|고|문|양|손|배|백|허|남|심|노|하|곽|성|차|주|우|구|민|진|나|지|엄|채|원|천|방|공|현|함|변|염|여|추|도|소|석|선|설|마|길|연|위|표|명|기|반|라|왕|금|옥|육|인|맹|제|모|탁|국|어|은|편|용';
const CARRIERS =
  /^(?:여보세요|안녕하세요|안녕하십니까|네|예|음|어|아|저는|제가|제|저희|이름은|제이름은|성함은|환자이름은|환자는|여기는)+/u;
const ENDINGS =
  /(?:이라고합니다|라고합니다|이라고해요|라고해요|이라고하는데요|라고하는데요|입니다|이에요|예요|인데요|이고요|이요|요|님)$/u;
const NAME = new RegExp(`^(?:${FAMILY_NAMES})[가-힣]{1,2}$`, 'u');

/** What begins like a name, with or without a carrier, and is none: relatives, days, errands. */
const NO_NAMES = new Set(
  (
    '엄마 오빠 어머니 어머님 남편 여동생 남동생 이모 고모 조카 장모 장모님 장인 손자 손녀 손주 부모 부모님 이모부 고모부 ' +
    '원장 원장님 선생 선생님 고객 환자 의사 의사선 기사 기자 변호사 ' +
    '금요일 목요일 수요일 화요일 월요일 토요일 일요일 오늘 오전 오후 내일 이번 지금 지난주 다음주 이틀 나중 여기 저기 거기 ' +
    '진료 주사 감기 진찰 처방 처방전 서류 문의 전화 안내 주차 주차장 방문 검사 검진 결과 예약 예방 접종 방접종 변경 취소 ' +
    '진단 진단서 소견서 염증 기침 구토 두통 복통 신청 확인 연락 위치 시간 문자 우편 이메일 이유 비용 보험 안과 치과 내과 ' +
    '마취 수술 입원 퇴원 통증 고열 반점 강아지 고양이 남자 여자 모름 나도 나는 우리 하나 사람 직원 상담 상담원 연결 ' +
    '맞아 맞습니다 아니 아니요 싫어 안녕 감사 고마워 천천히 한번 다시 반복 영어 한국어 현재 직접 본인 성함 이름 번호 ' +
    '여보세 어디 어떻게 어제 이거 이게 이건 안돼 전데 주세 방금 나중에 지금은 임신 은행 우체국 유치원'
  ).split(' '),
);

/** What looks like a whole name of three syllables, and is an illness, an office or a place. */
const NO_WHOLE_NAMES = new Set(
  (
    '임신중 임산부 고혈압 고지혈 신경과 강남구 강남역 강북구 서울시 성남시 인천시 천안시 안양시 고양시 용인시 전립선 기관지 ' +
    '편두통 인후염 위경련 위염약 변비약 천식약 장염약 신생아 유아실 황달기 백내장 노안이 소아과 성형과 연고가 고등학 안경점 ' +
    '여행사 은행원 공무원 변호인 주민증 신분증 진료과 추가분 문제가 전화기 이사중 방문중 입원중 현재로'
  ).split(' '),
);
/** A name with the ending of who introduces themselves, after a greeting: "안녕하세요 김민수인데요 …". */
const INTRODUCED =
  /^(?:(?:여보세요|안녕하세요|안녕하십니까|네|예|저|저는|제 이름은|이름은)[\s,.]+)+(?<name>[가-힣]{3})(?:인데요?|이라고 (?:합니다|하는데요?|해요)|라고 (?:합니다|하는데요?|해요)|입니다|이에요|예요|이고요)(?![가-힣])/u;

/** With words around it that say it is one, and without. */
const SAID = 0.85;
const ALONE = 0.7;

/** Finds a Korean name: a family name and one or two syllables, in a text that is little else. */
export function findKoreanName(text: string): SlotValue | undefined {
  const whole = compact(text);
  const carried = whole.replace(CARRIERS, '');
  // A family name may look like a carrier ("제", "어"): both readings are tried.
  for (const candidate of [carried, whole]) {
    const value = candidate.replace(ENDINGS, '');
    if (NAME.test(value) && !NO_NAMES.has(value)) {
      return { value, confidence: value === whole ? ALONE : SAID, heard: text };
    }
  }
  return koreanNameInPassing(text);
}

/** Who introduces themselves before anything is asked: a whole name of three syllables, behind a greeting. */
export function koreanNameInPassing(text: string): SlotValue | undefined {
  const { 0: heard, groups } = INTRODUCED.exec(text.trim()) ?? {};
  const value = groups?.name;
  if (heard === undefined || value === undefined || !NAME.test(value)) return undefined;
  if (NO_NAMES.has(value) || NO_WHOLE_NAMES.has(value)) return undefined;
  return { value, confidence: SAID, heard };
}
