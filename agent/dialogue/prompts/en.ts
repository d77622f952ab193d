import type { TimeRange, Weekday } from '../../understanding/settings.js';
import type { DayPart } from '../../understanding/slots/vocabulary.js';
import { colleague } from './colleague.en.js';
import { requests } from './requests.en.js';

/**
 * Everything the receptionist says in English besides the office's own texts. `{name}` is filled.
 * Telephone style: short sentences, the answer first, one question at the end.
 */
const templates = {
  ...requests,
  ...colleague,
  'greeting.hello': 'Hello, and thank you for calling {office}.',
  'greeting.notice':
    "I'm an automated assistant, and this call is recorded. If you don't want that, just say so. " +
    'For a person, press zero at any time.',
  'greeting.notice_listened':
    "I'm an automated assistant, this call is recorded, and somebody of our staff may listen in. " +
    "If you don't want that, just say so. For a person, press zero at any time.",
  'greeting.notice_unrecorded': "I'm an automated assistant. For a person, press zero at any time.",
  'greeting.closed': 'Our office is closed at the moment.',
  'greeting.closed_holiday': "We're closed today for {holiday}.",
  'greeting.help': 'How can I help you?',
  'listen.go_on': 'Of course. How can I help you?',
  'listen.hello_back': 'Hello! How can I help you?',
  'listen.automated':
    "I'm the automated assistant of {office}, not a person. I can answer questions, take a message, or connect you with somebody.",
  'listen.anything_else': 'Is there anything else I can help you with?',
  'listen.wait': 'Of course, take your time.',
  'wait.moment': 'One moment, please.',
  'listen.not_understood':
    "I'm sorry, I did not understand that. Could you say it in a few different words?",
  'listen.unheard':
    "I'm sorry, I have trouble hearing you. Please say that again, or press zero for a person.",
  'silence.first': 'Are you still there?',
  'silence.second':
    "I can't hear anything from you. Please tell me how I can help, or press zero for a person.",
  'silence.goodbye': "I still can't hear you, so I'll hang up now. Please call again. Goodbye.",
  'goodbye.say': 'Thank you for calling. Goodbye.',
  'goodbye.sorry': "I'm sorry that I couldn't help you today. Please call us again later. Goodbye.",
  'hours.week': "We're open {days}.",
  'hours.week_closed': "We're closed on {days}.",
  'hours.week_never': 'Our office has no regular opening hours.',
  'hours.open_now': "Yes, we're open now, until {time}.",
  'hours.closed_now': "We're closed right now.",
  'hours.next': 'We open again {day} at {time}.',
  'hours.day': "{day} we're open {ranges}.",
  'hours.day_closed': "{day} we're closed.",
  'hours.day_holiday': "{day} we're closed for {holiday}.",
  'hours.weekend_closed': "We're closed at the weekend.",
  'location.address': "We're at {address}.",
  'services.list': 'We offer {services}.',
  'transfer.announce': "All right, I'll connect you with {name}. One moment, please.",
  'transfer.unknown':
    "I don't find that name here. I'll connect you with {name}. One moment, please.",
  'transfer.not_understood':
    "I'm sorry, I still did not understand. I'll connect you with {name}. One moment, please.",
  'transfer.failed': "I'm sorry, nobody could be reached right now.",
  'transfer.failed_name': "I'm sorry, I couldn't reach {name} right now.",
  'transfer.message_wanted': "{name} can't take the call just now and asks me to take a message.",
  'transfer.offer': 'Shall I connect you with {name}?',
  'transfer.declined': 'All right.',
  'emergency.script':
    'If someone may be in danger, please hang up now and dial {number}. ' +
    "Otherwise stay on the line. I'm connecting you with {name}.",
  'emergency.nobody':
    'Nobody could be reached here. If someone may be in danger, please hang up now and dial {number}.',
  'unserved.topic': "I'm sorry, I can't {topic} myself yet.",
  'unserved.general': "I'm sorry, I can't help with that myself yet.",
  'unserved.sales':
    "Thank you, but we don't take sales calls on this line. Please write to our office instead.",
  'unserved.language': "I'm sorry, so far I only speak English.",
  'message.note': "I'll note that for our office, and somebody will call you back.",
  'message.offer': 'Shall I take a message?',
  'message.offer_instead': 'All right. Shall I take a message instead?',
  'message.instead': "I'm sorry, I still did not understand. Let me take a message.",
  'message.name': 'May I have your name, please?',
  'message.name_again': "I'm sorry, I did not catch your name. Please say it once more, slowly.",
  'message.thanks_name': 'Thank you, {name}.',
  'message.phone_offer':
    "Shall we call you back on the number you're calling from, ending in {last}?",
  'message.phone': 'Which number can we call you back on? You can say it or key it in.',
  'message.phone_again': "I'm sorry, I did not get a whole number. Please say it digit by digit.",
  'message.phone_keys': 'Please key the number in on your telephone, and then press the hash key.',
  'message.phone_more': 'Go on.',
  'message.phone_check': 'I have {number}. Is that right?',
  'message.reason': 'And what is it about?',
  'message.reason_for': 'And what would you like to tell {name}?',
  'message.urgency': 'Is it urgent?',
  'message.callback_time': 'When is a good time to call you back?',
  'message.read_back': 'Let me read that back.',
  'message.read_name': 'Your name is {name}.',
  'message.read_name_spelled': 'Your name is {name}, spelled {letters}.',
  'message.read_reason': 'Your message is: {reason}.',
  'message.right': 'Is that right?',
  'message.what_wrong': 'What should I change: the name, the number, or the message?',
  'message.as_heard': "I'll pass on what I heard, and a person will look at it.",
  'message.as_listened': 'A person will listen to your words.',
  'message.cancelled': 'All right, no message.',
  'message.kept': 'Thank you. I have your message, and our office will call you back.',
  'message.kept_only': 'Thank you. I have your message.',
  'message.kept_so_far': "I've noted what you told me.",
  'message.lost':
    "I'm sorry, I can't keep your message at the moment. I'll connect you with {name}.",
  'voice.lost':
    "I'm sorry, I have trouble speaking right now. I'll connect you with {name}. One moment, please.",
  'gate.press': 'To go on, please press {digit}, or say it.',
  'gate.again': "I'm sorry, that did not fit. Please press {digit} on your telephone.",
  'gate.refused': "I'm sorry, I can't take this call. Goodbye.",
  'gate.blocked':
    "I'm sorry, we don't take calls from this number. If someone may be in danger, please hang up now and dial {number}. Goodbye.",
  'directory.which': 'Do you mean {first} or {second}?',
  'directory.which_three': 'Do you mean {first}, {second} or {third}?',
  'directory.full_name': 'There are several people of that name here. Please say the whole name.',
  'directory.key': 'Press {digit} for {name}.',
  'directory.away': "I'm sorry, {name} can't be reached at the moment.",
  'directory.next': "I'm sorry, {name} doesn't answer. I'll try {next}. One moment, please.",
  'voicemail.say':
    'Nobody can come to the telephone. Please say your message now, with your name and your number. When you are done, just hang up or stay silent.',
  'voicemail.more': "I can't hear anything. Please say your message now.",
  'voicemail.kept': 'Thank you, your message is kept. Goodbye.',
  'limit.warning': "I'm sorry, this call has to end in about a minute.",
  'limit.goodbye': "I'm sorry, our time is up. Please call again. Goodbye.",
  'staff.takes_over': 'One moment, please. Somebody of our staff is taking over.',
  'staff.ends': "I'm sorry, I have to end this call here. Thank you for calling. Goodbye.",
  'privacy.is_recorded': "Yes, this call is recorded. If you don't want that, just say so.",
  'privacy.is_not_recorded': 'No, this call is not being recorded.',
  'privacy.not_recorded': 'All right, this call will not be recorded.',
  'privacy.stopped':
    'All right, I have stopped recording. Shall I also erase what was recorded so far?',
  'privacy.erased': 'It is erased.',
  'consent.ask':
    'May this call be recorded, so that nothing you say gets lost? Please say yes or no.',
  'consent.ask_listened':
    'May this call be recorded, and may somebody of our staff listen in? Please say yes or no.',
  'consent.reminder': 'A reminder: this call is recorded.',
  'guardian.fetch':
    'Thank you for telling me. For somebody under age I need a parent or guardian. Is one of them with you, and can they come to the phone?',
  'guardian.self':
    'Thank you. For somebody under age I need a parent or guardian. Are you one, and do you agree that I note this down?',
  'guardian.agree':
    'Please hand them the phone. … Hello, this is the automatic assistant. Are you the parent or guardian, and do you agree that I note this request down?',
  'guardian.name': 'Thank you. So that it is known who agreed: what is your name, please?',
  'guardian.thanks': 'Thank you, I have noted that.',
  'guardian.absent':
    "Then I won't pass this on, and what you told me is kept locked until a parent or guardian has decided. Please ask one of them to call us. If you need a person now, press zero or say so.",
  'appointment.note':
    'I can take your wish for an appointment, and our office will call you back to confirm it.',
  'appointment.change':
    "I can't see or change appointments myself. I'll note what you'd like, and our office will call you back.",
  'appointment.cancel':
    "I can't see or cancel appointments myself. I'll pass it on, and our office will call you back.",
  'appointment.query':
    "I can't see appointments, and I can't tell about them on the telephone. I'll note your question, and our office will call you back.",
  'appointment.visit_type': 'What is the appointment for: {visits}?',
  'appointment.visit_type_open': 'What kind of appointment would you like?',
  'appointment.visit_type_again':
    "I'm sorry, I did not get that. You can choose {visits}, or say that it's something else.",
  'appointment.wish': 'Which day would suit you, and rather the morning or the afternoon?',
  'appointment.wish_again': "I'm sorry, I did not get the day. Which day would suit you?",
  'appointment.another_day': 'Which other day would suit you?',
  'appointment.new_wish': 'And when would you like to come instead?',
  'appointment.which': "When is the appointment that you'd like to change?",
  'appointment.which_cancel': "When is the appointment that you'd like to cancel?",
  'appointment.moment': "One moment, please, I'm looking into the diary.",
  'appointment.offer_one': 'I have one free time.',
  'appointment.offer': 'I have these free times.',
  'appointment.option': 'Number {number}: {day} at {time}.',
  'appointment.offer_ask_one': 'Does that suit you? You can also say later, or another day.',
  'appointment.offer_ask':
    'Which one suits you? Say or press its number, or say later, or another day.',
  'appointment.not_then': "I'm sorry, I have nothing free then.",
  'appointment.none':
    "I'm sorry, I don't see any free time. I'll note your wish, and our office will call you back.",
  'appointment.none_suits': "I'll note your wish, and our office will find a time with you.",
  'appointment.lost': "I'm sorry, that time has just been taken.",
  'appointment.no_diary':
    "I'm sorry, I can't see the diary at the moment. I'll note your wish, and our office will call you back.",
  'appointment.read_visit': 'Your appointment is for {visit}.',
  'appointment.read_which': 'The appointment is {when}.',
  'appointment.read_wish': "You'd like to come {when}.",
  'appointment.read_slot': 'Your time is {day} at {time}.',
  'appointment.book_it': 'Shall I book it?',
  'appointment.what_wrong': 'What should I change: the name, the number, or the time?',
  'appointment.kept':
    'Thank you. I have noted your wish. Nothing is booked yet: our office will call you back to confirm it.',
  'appointment.kept_change':
    'Thank you. I have noted it. Nothing has been changed yet: our office will call you back.',
  'appointment.kept_query': 'Thank you. I have noted it, and our office will call you back.',
  'appointment.booked': 'Thank you, it is booked: {day} at {time}.',
} as const;

/** Ids of all prompts. Other languages have the same. */
export type PromptId = keyof typeof templates;

/** A language's prompts and how it speaks times, days, names and numbers. */
export interface PromptLanguage {
  readonly templates: Readonly<Record<PromptId, string>>;
  /** A time of day, for use after "at" or "until". `minute` counts from midnight. */
  time(minute: number): string;
  /** Opening ranges, for use after "we're open". */
  ranges(ranges: readonly TimeRange[]): string;
  /** A day of the week for the middle of a sentence: "on Monday". */
  onDay(weekday: Weekday): string;
  /** A date more than a week away: "on Monday, January fourth". `date` is ISO. */
  onDate(weekday: Weekday, date: string): string;
  /** A time of a day: "tomorrow at noon". `minute` counts from midnight. */
  moment(day: string, minute: number): string;
  /** A part of a day, after the day: "in the morning". */
  dayPart(part: DayPart): string;
  readonly today: string;
  readonly tomorrow: string;
  /** Days in a row that share their hours: "Monday to Friday". */
  dayRun(first: Weekday, last: Weekday): string;
  dayName(weekday: Weekday): string;
  /** "a, b and c". */
  list(items: readonly string[]): string;
  /** "a, b or c". */
  either(items: readonly string[]): string;
  /** A date of the past for the middle of a sentence: "March fifth, 1980". `date` is ISO. */
  date(date: string): string;
  /** An e-mail address as it is spoken. */
  email(address: string): string;
  /** Digits one by one. */
  digits(text: string): string;
  /** A name or text with abbreviations spoken out. */
  spoken(text: string): string;
  /** For the start of a sentence. */
  sentence(text: string): string;
}

const ONES = [
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen',
  'sixteen seventeen eighteen nineteen',
]
  .join(' ')
  .split(' ');
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty'];
const MONTHS =
  'January February March April May June July August September October November December'.split(
    ' ',
  );
const ORDINALS = [
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth',
  'fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth',
]
  .join(' ')
  .split(' ');

/** 0..59 in words. */
function number(value: number): string {
  if (value < 20) return ONES[value] ?? '';
  const rest = value % 10;
  return `${TENS[Math.floor(value / 10)] ?? ''}${rest === 0 ? '' : `-${ONES[rest] ?? ''}`}`;
}

/** 1..31 as an ordinal. */
function ordinal(day: number): string {
  if (day <= 20) return ORDINALS[day - 1] ?? '';
  if (day === 30) return 'thirtieth';
  return `${TENS[Math.floor(day / 10)] ?? ''}-${ORDINALS[(day % 10) - 1] ?? ''}`;
}

function clock(minute: number): string {
  if (minute === 720) return 'noon';
  if (minute % 1440 === 0) return 'midnight';
  const hour = number(((Math.floor(minute / 60) + 11) % 12) + 1);
  const past = minute % 60;
  if (past === 0) return hour;
  return `${hour} ${past < 10 ? `oh ${number(past)}` : number(past)}`;
}

/** Day part where the hour alone would leave doubt. */
function partOfDay(minute: number): string {
  if (minute % 720 === 0) return '';
  if (minute < 720) return ' in the morning';
  return minute < 1080 ? ' in the afternoon' : ' in the evening';
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function list(items: readonly string[], last = 'and'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}

/** English. */
export const en: PromptLanguage = {
  templates,
  time: (minute) => clock(minute) + partOfDay(minute),
  ranges: (ranges) => list(ranges.map(({ from, to }) => `from ${clock(from)} to ${clock(to)}`)),
  onDay: (weekday) => `on ${capital(weekday)}`,
  onDate: (weekday, date) => {
    const [, month, day] = date.split('-').map(Number);
    return `on ${capital(weekday)}, ${MONTHS[(month ?? 1) - 1] ?? ''} ${ordinal(day ?? 1)}`;
  },
  moment: (day, minute) => `${day} at ${clock(minute)}${partOfDay(minute)}`,
  dayPart: (part) => `in the ${part}`,
  today: 'today',
  tomorrow: 'tomorrow',
  dayRun: (first, last) => `${capital(first)} to ${capital(last)}`,
  dayName: capital,
  list: (items) => list(items),
  either: (items) => list(items, 'or'),
  date: (date) => {
    const [year, month, day] = date.split('-').map(Number);
    return `${MONTHS[(month ?? 1) - 1] ?? ''} ${ordinal(day ?? 1)}, ${String(year ?? '')}`;
  },
  email: (address) => address.replace('@', ' at ').replaceAll('.', ' dot '),
  digits: (text) => Array.from(text, (digit) => ONES[Number(digit)] ?? digit).join(' '),
  spoken: (text) => text.replace(/\bdr\b\.?/giu, 'Doctor').replace(/\bSt\.(?= )/gu, 'Saint'),
  sentence: capital,
};
