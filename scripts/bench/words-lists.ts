/** A question that a short prompt could be the answer to, and what is likely to be answered. */
export interface QuestionKind {
  readonly kind: string;
  /** Names of the prompts that answer it; the first kind that fits has a prompt. */
  readonly prompts: RegExp;
  readonly answers: readonly string[];
}

const list = (text: string): readonly string[] =>
  text
    .split(/[,\n]/u)
    .map((answer) => answer.trim())
    .filter((answer) => answer !== '');

// Each list holds what such a question is answered with, and much that no prompt says, near-homophones
// among it: an answer key alone would measure nothing.

const CALENDAR = list(`
  monday, tuesday, wednesday, thursday, friday, saturday, sunday, today, tomorrow, yesterday, tonight
  january, february, march, april, may, june, july, august, september, october, november, december
  morning, afternoon, evening, night, noon, midnight, weekend, weekday, next week, this week, last week
  second, seconds, minute, minutes, hour, hours, day, days, week, weeks, month, months, year, years
  a.m., p.m., o'clock, now, later, soon, never, always, half past, quarter past, quarter to, at noon
  hold time, at, any time, in the morning, in the afternoon, less than, more than, early, late, time`);

const NUMBERS = list(`
  zero, oh, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen
  fourteen, fifteen, sixteen, seventeen, eighteen, nineteen, twenty, thirty, forty, fifty, sixty
  seventy, eighty, ninety, hundred, thousand, million, billion, trillion, dozen, double, triple, half
  first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, eleventh, twelfth
  thirteenth, fourteenth, fifteenth, sixteenth, seventeenth, eighteenth, nineteenth, twentieth
  thirtieth, fortieth, fiftieth, sixtieth, seventieth, eightieth, ninetieth, hundredth, thousandth
  millionth, billionth, twenty one, twenty two, twenty five, thirty five, forty two, ninety nine
  one hundred, two hundred, last, next, plus, minus, point, dash, pound, star, hash, slash, dollar
  dollars, cents, percent, once, twice, both, none, many, few`);

const LINES = list(`
  agent, console, dahdi, h.323, iax, jingle, local, mobile, bluetooth mobile, n b s, sip, skinny
  unistim, usb radio, zap, analog, digital, landline, cellular, satellite, ethernet, fiber, cable
  modem, pager, fax, telex, wireless, radio, bluetooth, headset, i s d n, voice over ip, gateway
  trunk, bridge, conference, daddy, jungle, single, vocal, council, counsel, asian, ginger, zip, ship
  skin, finny, operator, speaker, desk phone, softphone, intercom`);

const MAILBOX = list(`
  inbox, new, old, work, family, friends, urgent, folder one, folder two, folder three, folder four
  folder five, folder six, folder seven, folder eight, folder nine, message, messages, first, last
  next, previous, received, saved, saved to, deleted, undeleted, message deleted, message undeleted
  message saved, message sent, message marked urgent, urgent status removed, message from
  message from extension, this message lasts, from, for, to, and, or, then, with, you have, password
  extension, minutes, login, login incorrect, login incorrect mailbox, comedian mail mailbox
  mailbox, mailbox full, no, no more, no more messages, no new messages, yes, goodbye, is unavailable
  is available, is busy, please try again, press, press one, press one for, press star, then press pound
  nothing, everything, everyone, knew, gnu, know, words, walk, world, fork, farm, formally, famous
  massages, passwords, delivered, delighted`);

const TELEPHONE = list(`
  activated, deactivated, de-activated, added, removed, enabled, disabled, cancelled, confirmed
  connected, disconnected, recorded, paused, pause, play, playback, playback mode, record, record mode
  truncating audio, truncated audio, rewind, stop, start, continue, calling, call forwarding
  call forward unconditional, call forward busy, call waiting, call return, caller id, incoming call from
  incoming call, outgoing call, do not disturb, speed dial, redial, transfer, hold, extension
  to extension, number, telephone number, account number, location, time, hours, name, address, with
  for, is, is in use, is set to, is not set, is busy, your, you entered, you called, press, press pound
  lowercase, uppercase, letters, space, invalid choice, invalid extension, valid choice, agent logged in
  agent logged off, agent logged out, there are currently, there is currently, less than, more than
  hello, hello world, goodbye, good morning, thank you, thank you very much, you're welcome, i'm sorry
  we're sorry, sorry, please, please try again, please hold, one moment please, parking attempt failed
  transfer failed, attempt failed, 3d audio enabled, 3d audio disabled, audio enabled, audio disabled
  music on hold, minute, minutes, queue, second, seconds, hold time, add it, edit, fold, our, hours of
  operation, local, location of, sex, sixty, relocation`);

/** The kinds, in the order in which they are tried. */
export const QUESTION_KINDS: readonly QuestionKind[] = [
  {
    kind: 'day or time',
    prompts:
      /^digits\/(?:day-|mon-|today|tomorrow|yesterday|a-m|p-m|at$|oclock)|^(?:hours|minutes?|seconds?|queue-(?:less|minute|report|seconds).*)$/u,
    answers: CALENDAR,
  },
  { kind: 'number', prompts: /^digits\//u, answers: NUMBERS },
  { kind: 'kind of line', prompts: /^spy-/u, answers: LINES },
  { kind: 'mailbox', prompts: /^vm-/u, answers: MAILBOX },
  { kind: 'telephone', prompts: /^/u, answers: TELEPHONE },
];
