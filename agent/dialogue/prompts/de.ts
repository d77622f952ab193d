import type { TimeRange, Weekday } from '../../understanding/settings.js';
import type { DayPart } from '../../understanding/slots/vocabulary.js';
import type { PromptId, PromptLanguage } from './en.js';
import { colleague } from './colleague.de.js';
import { requests } from './requests.de.js';

/** Everything the receptionist says in German, in the polite form. Names of people and places stand in the dative. */
const templates: Readonly<Record<PromptId, string>> = {
  ...requests,
  ...colleague,
  'greeting.hello': 'Guten Tag, hier ist {office}. Schön, dass Sie anrufen.',
  'greeting.notice':
    'Ich bin eine automatische Assistentin, und dieses Gespräch wird aufgezeichnet. Wenn Sie das ' +
    'nicht möchten, sagen Sie es einfach. Einen Menschen erreichen Sie jederzeit mit der Taste null.',
  'greeting.notice_listened':
    'Ich bin eine automatische Assistentin, dieses Gespräch wird aufgezeichnet, und jemand aus unserem ' +
    'Haus kann mithören. Wenn Sie das nicht möchten, sagen Sie es einfach. Einen Menschen erreichen Sie ' +
    'jederzeit mit der Taste null.',
  'greeting.notice_unrecorded':
    'Ich bin eine automatische Assistentin. Einen Menschen erreichen Sie jederzeit mit der Taste null.',
  'greeting.closed': 'Im Moment haben wir geschlossen.',
  'greeting.closed_holiday': 'Heute haben wir wegen {holiday} geschlossen.',
  'greeting.help': 'Wie kann ich Ihnen helfen?',
  'listen.go_on': 'Gerne. Wie kann ich Ihnen helfen?',
  'listen.hello_back': 'Guten Tag! Wie kann ich Ihnen helfen?',
  'listen.automated':
    'Hier ist {office}. Sie sprechen mit der automatischen Assistentin, nicht mit einem Menschen. Ich kann Fragen beantworten, eine Nachricht aufnehmen oder Sie verbinden.',
  'listen.anything_else': 'Kann ich noch etwas für Sie tun?',
  'listen.wait': 'Natürlich, lassen Sie sich Zeit.',
  'wait.moment': 'Einen Moment, bitte.',
  'listen.not_understood':
    'Das habe ich leider nicht verstanden. Können Sie es bitte mit anderen Worten sagen?',
  'listen.unheard':
    'Entschuldigung, ich kann Sie gerade schlecht hören. Bitte sagen Sie es noch einmal, oder drücken Sie die Taste null.',
  'silence.first': 'Sind Sie noch da?',
  'silence.second':
    'Ich höre nichts von Ihnen. Bitte sagen Sie mir, wie ich helfen kann, oder drücken Sie die Taste null.',
  'silence.goodbye':
    'Ich höre Sie leider immer noch nicht und lege jetzt auf. Bitte rufen Sie wieder an. Auf Wiederhören.',
  'goodbye.say': 'Danke für Ihren Anruf. Auf Wiederhören.',
  'goodbye.sorry':
    'Es tut mir leid, dass ich heute nicht helfen konnte. Bitte rufen Sie später wieder an. Auf Wiederhören.',
  'hours.week': 'Wir haben {days} geöffnet.',
  'hours.week_closed': 'Geschlossen haben wir {days}.',
  'hours.week_never': 'Wir haben keine festen Öffnungszeiten.',
  'hours.open_now': 'Ja, wir haben jetzt geöffnet, bis {time}.',
  'hours.closed_now': 'Im Augenblick haben wir geschlossen.',
  'hours.next': 'Wir öffnen wieder {day} um {time}.',
  'hours.day': '{day} haben wir {ranges} geöffnet.',
  'hours.day_closed': '{day} haben wir geschlossen.',
  'hours.day_holiday': '{day} haben wir wegen {holiday} geschlossen.',
  'hours.weekend_closed': 'Am Wochenende haben wir geschlossen.',
  'location.address': 'Sie finden uns hier: {address}.',
  'services.list': 'Wir bieten an: {services}.',
  'transfer.announce': 'Gut, ich verbinde Sie mit {name}. Einen Moment, bitte.',
  'transfer.unknown':
    'Diesen Namen finde ich hier nicht. Ich verbinde Sie mit {name}. Einen Moment, bitte.',
  'transfer.not_understood':
    'Das habe ich leider wieder nicht verstanden. Ich verbinde Sie mit {name}. Einen Moment, bitte.',
  'transfer.failed': 'Es tut mir leid, im Moment ist niemand zu erreichen.',
  'transfer.failed_name': 'Es tut mir leid, ich kann Sie im Moment nicht mit {name} verbinden.',
  'transfer.message_wanted': 'Bei {name} passt es gerade nicht. Ich soll eine Nachricht aufnehmen.',
  'transfer.offer': 'Soll ich Sie mit {name} verbinden?',
  'transfer.declined': 'Gut.',
  'emergency.script':
    'Wenn jemand in Gefahr ist, legen Sie bitte jetzt auf und wählen Sie {number}. ' +
    'Sonst bleiben Sie am Apparat. Ich verbinde Sie mit {name}.',
  'emergency.nobody':
    'Hier ist niemand zu erreichen. Wenn jemand in Gefahr ist, legen Sie bitte jetzt auf und wählen Sie {number}.',
  'unserved.topic': 'Es tut mir leid, {topic} kann ich noch nicht selbst.',
  'unserved.general': 'Es tut mir leid, dabei kann ich noch nicht selbst helfen.',
  'unserved.sales':
    'Danke, aber auf dieser Leitung nehmen wir keine Werbung an. Bitte schreiben Sie uns.',
  'unserved.language': 'Es tut mir leid, ich spreche bisher nur Deutsch.',
  'message.note': 'Ich gebe das weiter, und jemand ruft Sie zurück.',
  'message.offer': 'Soll ich eine Nachricht aufnehmen?',
  'message.offer_instead': 'Gut. Soll ich stattdessen eine Nachricht aufnehmen?',
  'message.instead': 'Das habe ich leider wieder nicht verstanden. Ich nehme eine Nachricht auf.',
  'message.name': 'Wie ist bitte Ihr Name?',
  'message.name_again':
    'Ihren Namen habe ich leider nicht verstanden. Bitte sagen Sie ihn noch einmal, ganz langsam.',
  'message.thanks_name': 'Danke, {name}.',
  'message.phone_offer':
    'Sollen wir Sie unter der Nummer zurückrufen, von der Sie anrufen, am Ende {last}?',
  'message.phone':
    'Unter welcher Nummer können wir Sie zurückrufen? Sie können sie sagen oder eintippen.',
  'message.phone_again':
    'Die Nummer war leider nicht vollständig. Bitte sagen Sie sie Ziffer für Ziffer.',
  'message.phone_keys': 'Bitte tippen Sie die Nummer ein und drücken Sie dann die Rautetaste.',
  'message.phone_more': 'Weiter, bitte.',
  'message.phone_check': 'Ich habe {number}. Ist das richtig?',
  'message.reason': 'Und worum geht es?',
  'message.reason_for': 'Und was soll ich {name} ausrichten?',
  'message.urgency': 'Ist es dringend?',
  'message.callback_time': 'Wann können wir Sie am besten zurückrufen?',
  'message.read_back': 'Ich lese noch einmal vor.',
  'message.read_name': 'Ihr Name ist {name}.',
  'message.read_name_spelled': 'Ihr Name ist {name}, buchstabiert {letters}.',
  'message.read_reason': 'Ihre Nachricht lautet: {reason}.',
  'message.right': 'Ist das richtig?',
  'message.what_wrong': 'Was soll ich ändern: den Namen, die Nummer oder die Nachricht?',
  'message.as_heard': 'Ich gebe weiter, was ich gehört habe, und ein Mensch sieht es sich an.',
  'message.as_listened': 'Ein Mensch wird sich Ihre Worte anhören.',
  'message.cancelled': 'Gut, keine Nachricht.',
  'message.kept': 'Danke. Ich habe Ihre Nachricht, und wir rufen Sie zurück.',
  'message.kept_only': 'Danke. Ich habe Ihre Nachricht.',
  'message.kept_so_far': 'Ich habe notiert, was Sie mir gesagt haben.',
  'message.lost':
    'Es tut mir leid, ich kann Ihre Nachricht im Moment nicht speichern. Ich verbinde Sie mit {name}.',
  'voice.lost':
    'Es tut mir leid, ich kann im Moment schlecht sprechen. Ich verbinde Sie mit {name}. Einen Moment, bitte.',
  'gate.press': 'Um fortzufahren, drücken Sie bitte die {digit}, oder sagen Sie sie.',
  'gate.again': 'Das passte leider nicht. Bitte drücken Sie auf Ihrem Telefon die {digit}.',
  'gate.refused': 'Es tut mir leid, ich kann diesen Anruf nicht annehmen. Auf Wiederhören.',
  'gate.blocked':
    'Es tut mir leid, von dieser Nummer nehmen wir keine Anrufe an. Wenn jemand in Gefahr sein könnte, legen Sie bitte jetzt auf und wählen Sie {number}. Auf Wiederhören.',
  'directory.which': 'Möchten Sie zu {first} oder zu {second}?',
  'directory.which_three': 'Möchten Sie zu {first}, zu {second} oder zu {third}?',
  'directory.full_name':
    'Hier gibt es mehrere Personen dieses Namens. Bitte nennen Sie den ganzen Namen.',
  'directory.key': 'Mit Taste {digit} kommen Sie zu {name}.',
  'directory.away': 'Leider kann ich Sie im Moment nicht mit {name} verbinden.',
  'directory.next':
    'Bei {name} meldet sich leider niemand. Ich versuche es bei {next}. Einen Moment, bitte.',
  'voicemail.say':
    'Im Moment kann niemand ans Telefon kommen. Bitte sprechen Sie jetzt Ihre Nachricht, mit Ihrem Namen und Ihrer Nummer. Wenn Sie fertig sind, legen Sie einfach auf oder schweigen Sie.',
  'voicemail.more': 'Ich höre nichts. Bitte sprechen Sie jetzt Ihre Nachricht.',
  'voicemail.kept': 'Danke, Ihre Nachricht ist notiert. Auf Wiederhören.',
  'limit.warning': 'Es tut mir leid, dieses Gespräch muss in etwa einer Minute enden.',
  'limit.goodbye':
    'Es tut mir leid, unsere Zeit ist um. Bitte rufen Sie wieder an. Auf Wiederhören.',
  'staff.takes_over': 'Einen Moment, bitte. Jemand aus unserem Haus übernimmt das Gespräch.',
  'staff.ends':
    'Es tut mir leid, ich muss das Gespräch hier beenden. Danke für Ihren Anruf. Auf Wiederhören.',
  'privacy.is_recorded':
    'Ja, dieses Gespräch wird aufgezeichnet. Wenn Sie das nicht möchten, sagen Sie es einfach.',
  'privacy.is_not_recorded': 'Nein, dieses Gespräch wird nicht aufgezeichnet.',
  'privacy.not_recorded': 'Gut, dieses Gespräch wird nicht aufgezeichnet.',
  'privacy.stopped':
    'Gut, ich zeichne nicht mehr auf. Soll ich auch löschen, was bisher aufgezeichnet wurde?',
  'privacy.erased': 'Es ist gelöscht.',
  'consent.ask':
    'Darf dieses Gespräch aufgezeichnet werden, damit nichts verloren geht? Bitte sagen Sie ja oder nein.',
  'consent.ask_listened':
    'Darf dieses Gespräch aufgezeichnet werden, und darf jemand aus unserem Haus mithören? Bitte sagen ' +
    'Sie ja oder nein.',
  'consent.reminder': 'Zur Erinnerung: Dieses Gespräch wird aufgezeichnet.',
  'guardian.fetch':
    'Danke, dass Sie es sagen. Für Minderjährige brauche ich einen Elternteil oder Vormund. Ist jemand davon da, und kann ans Telefon kommen?',
  'guardian.self':
    'Danke. Für Minderjährige brauche ich einen Elternteil oder Vormund. Sind Sie das, und sind Sie einverstanden, dass ich das aufnehme?',
  'guardian.agree':
    'Bitte geben Sie das Telefon weiter. … Guten Tag, hier ist die automatische Assistentin. Sind Sie der Elternteil oder Vormund, und sind Sie einverstanden, dass ich das Anliegen aufnehme?',
  'guardian.name': 'Danke. Damit bekannt ist, wer zugestimmt hat: Wie ist Ihr Name, bitte?',
  'guardian.thanks': 'Danke, das ist vermerkt.',
  'guardian.absent':
    'Dann gebe ich das nicht weiter, und was Sie mir gesagt haben, bleibt gesperrt, bis ein Elternteil oder Vormund entschieden hat. Bitte lassen Sie einen von ihnen bei uns anrufen. Wenn Sie jetzt einen Menschen brauchen, drücken Sie die Null oder sagen Sie es.',
  'appointment.note':
    'Ich kann Ihren Terminwunsch aufnehmen, und wir rufen Sie zurück, um ihn zu bestätigen.',
  'appointment.change':
    'Ich kann Termine selbst weder sehen noch ändern. Ich notiere, was Sie möchten, und wir rufen Sie zurück.',
  'appointment.cancel':
    'Ich kann Termine selbst weder sehen noch absagen. Ich gebe es weiter, und wir rufen Sie zurück.',
  'appointment.query':
    'Ich kann Termine nicht sehen und am Telefon keine Auskunft darüber geben. Ich notiere Ihre Frage, und wir rufen Sie zurück.',
  'appointment.visit_type': 'Worum geht es bei dem Termin: {visits}?',
  'appointment.visit_type_open': 'Was für einen Termin möchten Sie?',
  'appointment.visit_type_again':
    'Das habe ich leider nicht verstanden. Zur Wahl stehen {visits}, oder sagen Sie, dass es etwas anderes ist.',
  'appointment.wish': 'Welcher Tag passt Ihnen, und lieber vormittags oder nachmittags?',
  'appointment.wish_again': 'Den Tag habe ich leider nicht verstanden. Welcher Tag passt Ihnen?',
  'appointment.another_day': 'Welcher andere Tag passt Ihnen?',
  'appointment.new_wish': 'Und wann möchten Sie stattdessen kommen?',
  'appointment.which': 'Wann ist der Termin, den Sie verschieben möchten?',
  'appointment.which_cancel': 'Wann ist der Termin, den Sie absagen möchten?',
  'appointment.moment': 'Einen Moment bitte, ich sehe im Kalender nach.',
  'appointment.offer_one': 'Eine Zeit ist noch frei.',
  'appointment.offer': 'Diese Zeiten sind frei.',
  'appointment.option': 'Nummer {number}: {day} um {time}.',
  'appointment.offer_ask_one':
    'Passt Ihnen das? Sie können auch sagen: später, oder ein anderer Tag.',
  'appointment.offer_ask':
    'Welche passt Ihnen? Sagen oder drücken Sie die Nummer, oder sagen Sie: später, oder ein anderer Tag.',
  'appointment.not_then': 'Dann ist leider nichts frei.',
  'appointment.none':
    'Ich finde leider keine freie Zeit. Ich notiere Ihren Wunsch, und wir rufen Sie zurück.',
  'appointment.none_suits': 'Ich notiere Ihren Wunsch, und wir finden mit Ihnen einen Termin.',
  'appointment.lost': 'Diese Zeit wurde leider gerade vergeben.',
  'appointment.no_diary':
    'Ich kann den Kalender im Moment leider nicht sehen. Ich notiere Ihren Wunsch, und wir rufen Sie zurück.',
  'appointment.read_visit': 'Ihr Termin: {visit}.',
  'appointment.read_which': 'Der Termin ist {when}.',
  'appointment.read_wish': 'Sie möchten {when} kommen.',
  'appointment.read_slot': 'Ihre Zeit ist {day} um {time}.',
  'appointment.book_it': 'Soll ich das so eintragen?',
  'appointment.what_wrong': 'Was soll ich ändern: den Namen, die Nummer oder die Zeit?',
  'appointment.kept':
    'Danke. Ich habe Ihren Wunsch notiert. Es ist noch nichts gebucht: Wir rufen Sie zurück, um ihn zu bestätigen.',
  'appointment.kept_change':
    'Danke. Ich habe es notiert. Es ist noch nichts geändert: Wir rufen Sie zurück.',
  'appointment.kept_query': 'Danke. Ich habe es notiert, und wir rufen Sie zurück.',
  'appointment.booked': 'Danke, der Termin ist eingetragen: {day} um {time}.',
};

const ONES = [
  'null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn',
  'sechzehn siebzehn achtzehn neunzehn',
]
  .join(' ')
  .split(' ');
const TENS = ['', '', 'zwanzig', 'dreißig', 'vierzig', 'fünfzig'];
const MONTHS =
  'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ');
/** 1st to 7th after "dem"; the others end in -ten or -sten. */
const ORDINALS = ['', 'ersten', 'zweiten', 'dritten', 'vierten', 'fünften', 'sechsten', 'siebten'];
const DAYS: Readonly<Record<Weekday, string>> = {
  monday: 'Montag',
  tuesday: 'Dienstag',
  wednesday: 'Mittwoch',
  thursday: 'Donnerstag',
  friday: 'Freitag',
  saturday: 'Samstag',
  sunday: 'Sonntag',
};

const DAY_PARTS: Readonly<Record<DayPart, string>> = {
  morning: 'vormittags',
  afternoon: 'nachmittags',
  evening: 'abends',
};

/** 0..59 in words; "ein" in front of other words. */
function number(value: number): string {
  if (value < 20) return ONES[value] ?? '';
  const rest = value % 10;
  const one = rest === 1 ? 'ein' : (ONES[rest] ?? '');
  return `${rest === 0 ? '' : `${one}und`}${TENS[Math.floor(value / 10)] ?? ''}`;
}

/** 1..31, as after "dem". */
const ordinal = (day: number): string =>
  ORDINALS[day] ?? `${number(day)}${day < 20 ? 'ten' : 'sten'}`;

function time(minute: number): string {
  if (minute % 1440 === 0) return 'Mitternacht';
  const hour = Math.floor(minute / 60);
  const past = minute % 60;
  return `${hour === 1 ? 'ein' : number(hour)} Uhr${past === 0 ? '' : ` ${number(past)}`}`;
}

function list(items: readonly string[], last = 'und'): string {
  if (items.length < 2) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1) ?? ''}`;
}

const ranges = (all: readonly TimeRange[]): string =>
  list(all.map(({ from, to }) => `von ${time(from)} bis ${time(to)}`));

/** German. */
export const de: PromptLanguage = {
  templates,
  time,
  ranges,
  onDay: (weekday) => `am ${DAYS[weekday]}`,
  onDate: (weekday, date) => {
    const [, month, day] = date.split('-').map(Number);
    return `am ${DAYS[weekday]}, dem ${ordinal(day ?? 1)} ${MONTHS[(month ?? 1) - 1] ?? ''},`;
  },
  moment: (day, minute) => `${day} um ${time(minute)}`,
  dayPart: (part) => DAY_PARTS[part],
  today: 'heute',
  tomorrow: 'morgen',
  dayRun: (first, last) => `${DAYS[first]} bis ${DAYS[last]}`,
  dayName: (weekday) => DAYS[weekday],
  list: (items) => list(items),
  either: (items) => list(items, 'oder'),
  date: (date) => {
    const [year, month, day] = date.split('-').map(Number);
    return `${String(day ?? 1)}. ${MONTHS[(month ?? 1) - 1] ?? ''} ${String(year ?? '')}`;
  },
  email: (address) => address.replace('@', ' ät ').replaceAll('.', ' Punkt '),
  digits: (text) => Array.from(text, (digit) => ONES[Number(digit)] ?? digit).join(' '),
  spoken: (text) =>
    text
      .replace(/(?<!\p{L})dr\.?(?!\p{L})/giu, 'Doktor')
      .replace(/(?<=\p{L})str\.(?!\p{L})/gu, 'straße')
      .replace(/(?<!\p{L})Str\.(?!\p{L})/gu, 'Straße'),
  sentence: (text) => text.charAt(0).toUpperCase() + text.slice(1),
};
