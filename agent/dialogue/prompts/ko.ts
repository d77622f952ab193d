import type { Weekday } from '../../understanding/settings.js';
import type { DayPart } from '../../understanding/slots/vocabulary.js';
import type { PromptId, PromptLanguage } from './en.js';
import { colleague } from './colleague.ko.js';
import { requests } from './requests.ko.js';

/**
 * Everything the receptionist says in Korean, in the polite form. Particles that depend on the
 * sound before them stand as in a form, "을(를)"; `sentence` chooses.
 */
const templates: Readonly<Record<PromptId, string>> = {
  ...requests,
  ...colleague,
  'greeting.hello': '안녕하세요, {office}입니다. 전화 주셔서 감사합니다.',
  'greeting.notice':
    '저는 자동 안내이며, 이 통화는 녹음됩니다. 녹음을 원하지 않으시면 말씀해 주세요. ' +
    '직원과 통화하시려면 언제든지 영번을 눌러 주세요.',
  'greeting.notice_listened':
    '저는 자동 안내이며, 이 통화는 녹음되고 직원이 함께 들을 수 있습니다. 원하지 않으시면 말씀해 주세요. ' +
    '직원과 통화하시려면 언제든지 영번을 눌러 주세요.',
  'greeting.notice_unrecorded':
    '저는 자동 안내입니다. 직원과 통화하시려면 언제든지 영번을 눌러 주세요.',
  'greeting.closed': '지금은 운영 시간이 아닙니다.',
  'greeting.closed_holiday': '오늘은 {holiday}(이)라서 쉽니다.',
  'greeting.help': '무엇을 도와드릴까요?',
  'listen.go_on': '네, 무엇을 도와드릴까요?',
  'listen.hello_back': '안녕하세요! 무엇을 도와드릴까요?',
  'listen.automated':
    '저는 사람이 아니라 {office}의 자동 안내입니다. 질문에 답하거나, 메시지를 받거나, 담당자에게 연결해 드릴 수 있습니다.',
  'listen.anything_else': '더 도와드릴 일이 있을까요?',
  'listen.wait': '네, 천천히 하세요.',
  'wait.moment': '잠시만 기다려 주세요.',
  'listen.not_understood': '죄송합니다. 잘 알아듣지 못했습니다. 다른 말로 다시 말씀해 주시겠어요?',
  'listen.unheard':
    '죄송합니다. 지금 말씀이 잘 들리지 않습니다. 다시 한번 말씀해 주시거나, 직원과 통화하시려면 영번을 눌러 주세요.',
  'silence.first': '듣고 계신가요?',
  'silence.second':
    '말씀이 들리지 않습니다. 무엇을 도와드릴지 말씀해 주시거나, 직원과 통화하시려면 영번을 눌러 주세요.',
  'silence.goodbye':
    '여전히 말씀이 들리지 않아 전화를 끊겠습니다. 다시 전화해 주세요. 안녕히 계세요.',
  'goodbye.say': '전화 주셔서 감사합니다. 안녕히 계세요.',
  'goodbye.sorry': '오늘 도와드리지 못해 죄송합니다. 나중에 다시 전화해 주세요. 안녕히 계세요.',
  'hours.week': '{days} 엽니다.',
  'hours.week_closed': '{days}은(는) 쉽니다.',
  'hours.week_never': '정해진 운영 시간이 없습니다.',
  'hours.open_now': '네, 지금 열려 있습니다. {time}까지 합니다.',
  'hours.closed_now': '지금은 닫혀 있습니다.',
  'hours.next': '{day} {time}에 다시 엽니다.',
  'hours.day': '{day}은(는) {ranges} 엽니다.',
  'hours.day_closed': '{day}은(는) 쉽니다.',
  'hours.day_holiday': '{day}은(는) {holiday}(이)라서 쉽니다.',
  'hours.weekend_closed': '주말에는 쉽니다.',
  'location.address': '위치는 {address}입니다.',
  'services.list': '{services}을(를) 하고 있습니다.',
  'transfer.announce': '네, {name} 연결해 드리겠습니다. 잠시만 기다려 주세요.',
  'transfer.unknown':
    '말씀하신 성함을 찾지 못했습니다. {name} 연결해 드리겠습니다. 잠시만 기다려 주세요.',
  'transfer.not_understood':
    '죄송합니다. 이번에도 알아듣지 못했습니다. {name} 연결해 드리겠습니다. 잠시만 기다려 주세요.',
  'transfer.failed': '죄송합니다. 지금은 아무도 전화를 받지 못합니다.',
  'transfer.failed_name': '죄송합니다. 지금은 {name} 연결이 되지 않습니다.',
  'transfer.message_wanted': '지금 {name} 통화가 어렵습니다. 제가 메시지를 받아 두겠습니다.',
  'transfer.offer': '{name} 연결해 드릴까요?',
  'transfer.declined': '네, 알겠습니다.',
  'emergency.script':
    '위급한 상황이면 지금 전화를 끊고 {number}에 전화하세요. ' +
    '그렇지 않으면 끊지 말고 기다려 주세요. {name} 연결해 드리겠습니다.',
  'emergency.nobody':
    '지금 여기서는 아무도 연결되지 않습니다. 위급한 상황이면 지금 전화를 끊고 {number}에 전화하세요.',
  'unserved.topic': '죄송합니다. 제가 직접 {topic} 수는 아직 없습니다.',
  'unserved.general': '죄송합니다. 그 일은 제가 아직 도와드릴 수 없습니다.',
  'unserved.sales': '감사합니다만, 이 전화로는 영업 문의를 받지 않습니다. 서면으로 보내 주세요.',
  'unserved.language': '죄송합니다. 아직 한국어로만 안내해 드릴 수 있습니다.',
  'message.note': '내용을 적어 두겠습니다. 담당자가 다시 전화드릴 것입니다.',
  'message.offer': '메시지를 남기시겠어요?',
  'message.offer_instead': '네, 알겠습니다. 대신 메시지를 남기시겠어요?',
  'message.instead': '죄송합니다. 이번에도 알아듣지 못했습니다. 메시지를 받아 두겠습니다.',
  'message.name': '성함이 어떻게 되세요?',
  'message.name_again': '죄송합니다. 성함을 잘 듣지 못했습니다. 천천히 한 번 더 말씀해 주세요.',
  'message.thanks_name': '감사합니다, {name} 님.',
  'message.phone_offer': '지금 거신 번호, 끝자리 {last}(으)로 다시 전화드릴까요?',
  'message.phone': '어느 번호로 다시 전화드릴까요? 말씀하시거나 눌러 주세요.',
  'message.phone_again': '죄송합니다. 번호를 다 듣지 못했습니다. 한 자리씩 말씀해 주세요.',
  'message.phone_keys': '전화번호를 누르신 다음 우물 정자를 눌러 주세요.',
  'message.phone_more': '네, 계속하세요.',
  'message.phone_check': '번호가 {number}, 맞습니까?',
  'message.reason': '무슨 일로 전화하셨나요?',
  'message.reason_for': '{name} 앞으로 어떤 말씀을 남기시겠어요?',
  'message.urgency': '급한 일인가요?',
  'message.callback_time': '언제 다시 전화드리면 좋을까요?',
  'message.read_back': '확인해 드리겠습니다.',
  'message.read_name': '성함은 {name}입니다.',
  'message.read_name_spelled': '성함은 {name}, 철자는 {letters}입니다.',
  'message.read_reason': '메시지는 다음과 같습니다. {reason}.',
  'message.right': '맞습니까?',
  'message.what_wrong': '무엇을 고칠까요? 성함, 번호, 아니면 메시지인가요?',
  'message.as_heard': '들은 그대로 전해 드리고, 직원이 확인하겠습니다.',
  'message.as_listened': '직원이 말씀하신 내용을 직접 들어 보겠습니다.',
  'message.cancelled': '네, 메시지는 남기지 않겠습니다.',
  'message.kept': '감사합니다. 메시지를 받았습니다. 담당자가 다시 전화드릴 것입니다.',
  'message.kept_only': '감사합니다. 메시지를 받았습니다.',
  'message.kept_so_far': '말씀하신 데까지 적어 두었습니다.',
  'message.lost':
    '죄송합니다. 지금은 메시지를 저장할 수 없습니다. {name} 연결해 드리겠습니다. 잠시만 기다려 주세요.',
  'voice.lost':
    '죄송합니다. 지금은 제가 말씀을 드리기 어렵습니다. {name} 연결해 드리겠습니다. 잠시만 기다려 주세요.',
  'gate.press': '계속하시려면 {digit}번을 누르시거나 말씀해 주세요.',
  'gate.again': '죄송합니다. 맞지 않습니다. 전화기에서 {digit}번을 눌러 주세요.',
  'gate.refused': '죄송합니다. 이 전화는 받을 수 없습니다. 안녕히 계세요.',
  'gate.blocked':
    '죄송합니다. 이 번호에서 거는 전화는 받지 않습니다. 위급한 상황이면 지금 전화를 끊고 {number}에 전화하세요. 안녕히 계세요.',
  'directory.which': '{first}, {second} 중 어느 분을 말씀하시나요?',
  'directory.which_three': '{first}, {second}, {third} 중 어느 분을 말씀하시나요?',
  'directory.full_name': '같은 이름이 여럿 있습니다. 성함을 전부 말씀해 주세요.',
  'directory.key': '{name}은(는) {digit}번입니다.',
  'directory.away': '죄송합니다. 지금은 {name} 연결이 되지 않습니다.',
  'directory.next':
    '죄송합니다. {name}이(가) 전화를 받지 않습니다. {next} 연결해 보겠습니다. 잠시만 기다려 주세요.',
  'voicemail.say':
    '지금은 전화를 받을 수 없습니다. 성함과 전화번호를 포함해 메시지를 말씀해 주세요. 다 말씀하신 뒤에는 끊거나 그대로 계시면 됩니다.',
  'voicemail.more': '말씀이 들리지 않습니다. 지금 메시지를 말씀해 주세요.',
  'voicemail.kept': '감사합니다. 메시지를 남겨 두었습니다. 안녕히 계세요.',
  'limit.warning': '죄송합니다. 이 통화는 약 일 분 뒤에 끝나야 합니다.',
  'limit.goodbye': '죄송합니다. 통화 시간이 다 되었습니다. 다시 전화해 주세요. 안녕히 계세요.',
  'staff.takes_over': '잠시만 기다려 주세요. 직원이 전화를 이어받겠습니다.',
  'staff.ends': '죄송하지만 통화를 여기서 마치겠습니다. 전화 주셔서 감사합니다. 안녕히 계세요.',
  'privacy.is_recorded': '네, 이 통화는 녹음되고 있습니다. 원하지 않으시면 말씀해 주세요.',
  'privacy.is_not_recorded': '아니요, 이 통화는 녹음되고 있지 않습니다.',
  'privacy.not_recorded': '네, 이 통화는 녹음하지 않겠습니다.',
  'privacy.stopped': '네, 녹음을 멈추었습니다. 지금까지 녹음된 내용도 지울까요?',
  'privacy.erased': '삭제했습니다.',
  'consent.ask':
    '말씀하신 내용을 놓치지 않도록 이 통화를 녹음해도 될까요? 예 또는 아니요로 말씀해 주세요.',
  'consent.ask_listened':
    '이 통화를 녹음하고 직원이 함께 들어도 될까요? 예 또는 아니요로 말씀해 주세요.',
  'consent.reminder': '다시 안내드립니다. 이 통화는 녹음됩니다.',
  'guardian.fetch':
    '말씀해 주셔서 감사합니다. 미성년자의 경우 부모님이나 보호자의 동의가 필요합니다. 지금 옆에 계신가요, 전화를 바꿔 주실 수 있나요?',
  'guardian.self':
    '감사합니다. 미성년자의 경우 부모님이나 보호자의 동의가 필요합니다. 보호자이신가요, 그리고 이 내용을 적어 두는 데 동의하시나요?',
  'guardian.agree':
    '전화를 바꿔 주세요. … 안녕하세요, 자동 안내입니다. 부모님이나 보호자이신가요, 그리고 이 요청을 적어 두는 데 동의하시나요?',
  'guardian.name': '감사합니다. 누가 동의하셨는지 남겨 두려고 합니다. 성함이 어떻게 되시나요?',
  'guardian.thanks': '감사합니다. 적어 두었습니다.',
  'guardian.absent':
    '그러면 이 내용은 전달하지 않고, 부모님이나 보호자가 결정할 때까지 잠가 두겠습니다. 부모님이나 보호자께서 전화해 주시도록 부탁해 주세요. 지금 사람이 필요하시면 0번을 누르거나 말씀해 주세요.',
  'appointment.note': '예약 희망을 적어 두면, 담당자가 다시 전화드려 확정해 드립니다.',
  'appointment.change':
    '저는 예약을 보거나 바꿀 수 없습니다. 원하시는 내용을 적어 두면, 담당자가 다시 전화드릴 것입니다.',
  'appointment.cancel':
    '저는 예약을 보거나 취소할 수 없습니다. 내용을 전해 드리면, 담당자가 다시 전화드릴 것입니다.',
  'appointment.query':
    '저는 예약을 볼 수 없고, 전화로 알려 드릴 수도 없습니다. 질문을 적어 두면, 담당자가 다시 전화드릴 것입니다.',
  'appointment.visit_type': '무슨 예약을 원하시나요? {visits} 중에서 말씀해 주시겠어요?',
  'appointment.visit_type_open': '어떤 예약을 원하시나요?',
  'appointment.visit_type_again':
    '죄송합니다. 잘 듣지 못했습니다. {visits} 중에서 고르시거나, 다른 일이라고 말씀해 주세요.',
  'appointment.wish': '어느 날이 좋으신가요? 오전과 오후 중 언제가 좋으신가요?',
  'appointment.wish_again': '죄송합니다. 날짜를 잘 듣지 못했습니다. 어느 날이 좋으신가요?',
  'appointment.another_day': '다른 날은 언제가 좋으신가요?',
  'appointment.new_wish': '대신 언제 오시겠어요?',
  'appointment.which': '바꾸려는 예약이 언제인가요?',
  'appointment.which_cancel': '취소하려는 예약이 언제인가요?',
  'appointment.moment': '잠시만 기다려 주세요. 일정을 보고 있습니다.',
  'appointment.offer_one': '빈 시간이 하나 있습니다.',
  'appointment.offer': '다음 시간이 비어 있습니다.',
  'appointment.option': '{number}번, {day} {time}입니다.',
  'appointment.offer_ask_one': '괜찮으신가요? 더 늦은 시간이나 다른 날을 말씀하셔도 됩니다.',
  'appointment.offer_ask':
    '어느 시간이 좋으신가요? 번호를 말씀하시거나 눌러 주세요. 더 늦은 시간이나 다른 날을 말씀하셔도 됩니다.',
  'appointment.not_then': '죄송합니다. 그때는 빈 시간이 없습니다.',
  'appointment.none':
    '죄송합니다. 빈 시간이 보이지 않습니다. 희망을 적어 두면, 담당자가 다시 전화드릴 것입니다.',
  'appointment.none_suits': '희망을 적어 두면, 담당자가 함께 시간을 찾아 드릴 것입니다.',
  'appointment.lost': '죄송합니다. 그 시간은 방금 예약되었습니다.',
  'appointment.no_diary':
    '죄송합니다. 지금은 일정을 볼 수 없습니다. 희망을 적어 두면, 담당자가 다시 전화드릴 것입니다.',
  'appointment.read_visit': '예약 내용은 {visit}입니다.',
  'appointment.read_which': '예약은 {when}입니다.',
  'appointment.read_wish': '희망하시는 때는 {when}입니다.',
  'appointment.read_slot': '시간은 {day} {time}입니다.',
  'appointment.book_it': '이대로 예약할까요?',
  'appointment.what_wrong': '무엇을 고칠까요? 성함, 번호, 아니면 시간인가요?',
  'appointment.kept':
    '감사합니다. 희망을 적어 두었습니다. 아직 예약된 것은 아닙니다. 담당자가 다시 전화드려 확정해 드립니다.',
  'appointment.kept_change':
    '감사합니다. 적어 두었습니다. 아직 바뀐 것은 없습니다. 담당자가 다시 전화드릴 것입니다.',
  'appointment.kept_query': '감사합니다. 적어 두었습니다. 담당자가 다시 전화드릴 것입니다.',
  'appointment.booked': '감사합니다. {day} {time}에 예약되었습니다.',
};

const SINO = ['', '일', '이', '삼', '사', '오', '육', '칠', '팔', '구'];
/** Hours are counted in Korean's own numbers. */
const HOURS = '한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두'.split(' ');
/** In telephone numbers nought is "gong". */
const DIGITS = ['공', ...SINO.slice(1)];
const DAYS: Readonly<Record<Weekday, string>> = {
  monday: '월요일',
  tuesday: '화요일',
  wednesday: '수요일',
  thursday: '목요일',
  friday: '금요일',
  saturday: '토요일',
  sunday: '일요일',
};

const DAY_PARTS: Readonly<Record<DayPart, string>> = {
  morning: '오전',
  afternoon: '오후',
  evening: '저녁',
};

/** 1..99 in Sino-Korean, as minutes, months and days are counted. */
function sino(value: number): string {
  const tens = Math.floor(value / 10);
  return `${tens > 1 ? (SINO[tens] ?? '') : ''}${tens > 0 ? '십' : ''}${SINO[value % 10] ?? ''}`;
}

function month(number: number): string {
  // June and October lose a letter.
  if (number === 6) return '유월';
  return number === 10 ? '시월' : `${sino(number)}월`;
}

function time(minute: number): string {
  if (minute === 720) return '정오';
  if (minute % 1440 === 0) return '자정';
  const half = minute < 720 ? '오전' : '오후';
  const hour = HOURS[(Math.floor(minute / 60) + 11) % 12] ?? '';
  const past = minute % 60;
  return `${half} ${hour} 시${past === 0 ? '' : ` ${sino(past)} 분`}`;
}

/** Particles as in a form, and which half follows a consonant and which a vowel. */
const PARTICLES: Readonly<Record<string, readonly [afterConsonant: string, afterVowel: string]>> = {
  '은(는)': ['은', '는'],
  '이(가)': ['이', '가'],
  '을(를)': ['을', '를'],
  '과(와)': ['과', '와'],
  '(이)': ['이', ''],
  '(으)로': ['으로', '로'],
};

const FIRST_SYLLABLE = 0xac_00;
const LAST_SYLLABLE = 0xd7_a3;
/** Place of ㄹ among the 28 finals of a syllable; 0 is none. */
const RIEUL = 8;

/** The final consonant of the syllable `sign`, 0 for none; other signs count as vowels. */
function finalOf(sign: string): number {
  const code = sign.charCodeAt(0);
  const syllable = code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE;
  return syllable ? (code - FIRST_SYLLABLE) % 28 : 0;
}

function chooseParticles(text: string): string {
  return text.replace(
    /(.)(은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로|\(이\))/gu,
    (_, before: string, form: string) => {
      const [afterConsonant = '', afterVowel = ''] = PARTICLES[form] ?? [];
      const final = finalOf(before);
      // "(으)로" after ㄹ is as after a vowel.
      const vowel = final === 0 || (final === RIEUL && form === '(으)로');
      return before + (vowel ? afterVowel : afterConsonant);
    },
  );
}

/** Korean. */
export const ko: PromptLanguage = {
  templates,
  time,
  ranges: (ranges) =>
    ranges.map(({ from, to }) => `${time(from)}부터 ${time(to)}까지`).join(', 그리고 '),
  onDay: (weekday) => DAYS[weekday],
  onDate: (weekday, date) => {
    const [, monthNumber, day] = date.split('-').map(Number);
    return `${month(monthNumber ?? 1)} ${sino(day ?? 1)}일 ${DAYS[weekday]}`;
  },
  moment: (day, minute) => `${day} ${time(minute)}`,
  dayPart: (part) => DAY_PARTS[part],
  today: '오늘',
  tomorrow: '내일',
  dayRun: (first, last) => `${DAYS[first]}부터 ${DAYS[last]}까지`,
  dayName: (weekday) => DAYS[weekday],
  list: (items) => items.join(', '),
  either: (items) => items.join(', '),
  date: (date) => {
    const [year, monthNumber, day] = date.split('-').map(Number);
    return `${String(year ?? '')}년 ${month(monthNumber ?? 1)} ${sino(day ?? 1)}일`;
  },
  email: (address) => address.replace('@', ' 골뱅이 ').replaceAll('.', ' 점 '),
  digits: (text) => Array.from(text, (digit) => DIGITS[Number(digit)] ?? digit).join(' '),
  spoken: (text) => text,
  sentence: chooseParticles,
};
