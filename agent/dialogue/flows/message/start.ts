import { wordsOf } from '../../../understanding/text.js';
import { findSlot, findSlots } from '../../../understanding/slots/slots.js';
import type { Office } from '../../office.js';
import type { Phrase, Told } from '../../ports.js';
import { say, type Heard, type Move, type TalkState } from '../../state.js';
import { leadOf, PATIENT } from '../../forms.js';
import { appointmentsOf } from '../appointment/plan.js';
import { which } from '../directory.js';
import { anythingElse } from '../listen.js';
import { toldDetails } from './detail.js';
import { atStep, LEAST_DIGITS, newDraft, withAnswer, type Draft } from './draft.js';
import { holdsMatter } from './matter.js';
import { numberIn, toldExtension } from './number.js';
import { asTold, timeTold, urgency } from './reason.js';
import { ask, keep } from './taking.js';

/** What is found in a first sentence counts only from this confidence. */
const SURE = 0.8;
/** And a given name and a family name that are said to be a name, from this one. */
const ANNOUNCED = 0.75;
/** Intent of a caller who wants to leave a message, without having said what it is about. */
const LEAVE = 'message.leave';

/** The caller wants to leave a message: asks for what is not told yet, or goes on with one left open. */
export function takeMessage(office: Office, state: TalkState, heard: Heard): Move {
  const { text, now } = heard;
  const [one, ...others] = state.message === null ? office.targetsIn(text, now) : [];
  if (one === undefined) return begin(office, state, LEAVE, text, []);
  const wish = { text, intent: LEAVE, recipient: one.id };
  if (others.length === 0) return begin(office, { ...state, wish }, LEAVE, text, []);
  const move = which(office, [one, ...others], 'message');
  return { ...move, change: { ...move.change, wish: { ...wish, recipient: null } } };
}

/** A request that only people can serve: taken down with all that they will need. */
export function noteRequest(office: Office, state: TalkState, heard: Heard): Move {
  const { intent } = heard.understood;
  return begin(office, state, intent, heard.text, [office.prompts.phrase(leadOf(intent))]);
}

/** A matter that fits nothing, and is for people: taken down as it was told. */
export function noteMatter(office: Office, state: TalkState, heard: Heard): Move {
  const move = begin(office, state, LEAVE, heard.text, [office.prompts.phrase('message.note')]);
  const draft = move.change?.message as Draft | null | undefined;
  if (state.message !== null || draft?.reason !== null) return move;
  const told = withAnswer({ ...draft, reason: asTold(heard.text) }, {});
  const asked = ask(office, told, [office.prompts.phrase('message.note')], 'message.begin');
  return {
    ...asked,
    actions: [...keep(null, told), ...asked.actions],
    change: { ...move.change, ...asked.change },
  };
}

/** "Yes" to "Shall I take a message?": about what the caller wanted before, if that is known. */
export function acceptMessage(office: Office, state: TalkState, heard?: Heard): Move {
  // "No, just tell him the part has come": the matter, and no mere yes.
  const said = heard?.text ?? '';
  const tells = said !== '' && tellsMatter(office, state, LEAVE, said);
  const text = tells ? said : (state.wish?.text ?? '');
  return begin(office, state, state.wish?.intent ?? LEAVE, text, []);
}

/** Neither understood nor connected: a message needs no understanding. */
export const messageInstead = (office: Office, state: TalkState): Move =>
  begin(office, state, LEAVE, '', [office.prompts.phrase('message.instead')]);

/** Whom the caller asked for wants a message taken, or the office does when nobody was reached. */
export const messageFor = (office: Office, state: TalkState, lead: readonly Phrase[]): Move =>
  begin(office, state, state.wish?.intent ?? LEAVE, state.wish?.text ?? '', lead);

/** "No" to it. */
export function declineMessage(office: Office): Move {
  const declined = office.prompts.phrase('transfer.declined');
  return {
    phase: 'more',
    actions: [say('anything_else', declined, anythingElse(office))],
    reason: 'message.declined',
    change: { wish: null },
  };
}

/** Whether `messageInstead` would be something new to this caller. */
export const canTakeMessage = ({ messages }: TalkState): boolean => messages === 0;

function begin(
  office: Office,
  state: TalkState,
  intent: string,
  text: string,
  lead: readonly Phrase[],
): Move {
  const { message: before } = state;
  const other = before !== null && intent !== LEAVE && intent !== before.intent;
  if (before !== null && !other) return ask(office, before, lead, 'message.resumed');
  const draft = filled(office, state, intent, text);
  const asked = ask(office, draft, lead, 'message.begin');
  return {
    ...asked,
    actions: [
      ...((draft.reason ?? draft.name ?? draft.phone) ? keep(null, draft) : []),
      ...asked.actions,
    ],
    change: {
      ...asked.change,
      messages: state.messages + 1,
      transfer: null,
      ...(before === null ? {} : { parked: [...state.parked, before] }),
    },
  };
}

/** A draft with what the first sentence already told. */
export function filled(office: Office, state: TalkState, intent: string, text: string): Draft {
  // Whoever would rather be called elsewhere is not offered it again with the next matter.
  const ownRefused = state.parked.at(-1)?.ownRefused === true;
  const offered =
    !ownRefused && (state.caller ?? '').replace(/\D/gu, '').length >= LEAST_DIGITS
      ? state.caller
      : null;
  const recipient = office.targetIn(text)?.id ?? state.wish?.recipient ?? office.routeOf(intent);
  const form = formFor(office, state, intent, text);
  const empty = newDraft(state.messages + 1, intent, recipient, offered, form);
  const sure = (found: Omit<Told, 'by'> | undefined): Told | null =>
    found === undefined || found.confidence < SURE ? null : { ...found, by: 'voice' };
  const phone = sure(numberIn(office, state.now, text));
  // Whoever told name and number once in this call is not asked again; they are read back all the same.
  const known = [state.parked.at(-1), state.known, state.guest];
  const before = (id: 'name' | 'phone'): Told | null =>
    known.map((one) => one?.[id]).find((told) => told !== null && told !== undefined) ?? null;
  const details: Record<string, Told> = {
    ...toldDetails(office, intent, text, state.now),
    ...(phone === null ? {} : toldExtension(office, state.now, text)),
  };
  const { dob, callbackTime } = state.known ?? {};
  const born = form.includes('dob') && details.patient === undefined ? dob : undefined;
  if (born !== undefined && details.dob === undefined) details.dob = born;
  return atStep({
    ...empty,
    ...(Object.keys(details).length === 0 ? {} : { details }),
    ...(text === '' ? {} : { opening: text }),
    ...(ownRefused ? { ownRefused } : {}),
    name: nameIn(office, state.now, text) ?? before('name'),
    phone: phone ?? before('phone'),
    reason: tellsMatter(office, state, intent, text) ? asTold(text) : null,
    urgent: urgency(office.cues, text) ?? (office.isUrgent(intent) ? true : null),
    callbackTime: calledBackAt(office, state, form, text) ?? callbackTime ?? null,
  });
}

/** What is asked; whoever speaks for somebody else and names nobody is asked for the name. */
function formFor(
  office: Office,
  { now }: TalkState,
  intent: string,
  text: string,
): readonly string[] {
  const form = office.forms.asked(intent);
  const own =
    form.includes('dob') || (isAppointment(intent) && appointmentsOf(office).by !== 'people');
  const other = own && office.cues.relative.test(text) && office.patientIn(text, now) === undefined;
  return other ? [PATIENT, ...form] : form;
}

const isAppointment = (intent: string): boolean =>
  intent.startsWith('appointment.') && intent !== 'appointment.query';

/** "Hi, this is Maria Lopez, I'd like …": a whole name that is said to be one, or a sure one. */
export function nameIn(office: Office, now: number, text: string): Told | null {
  const context = office.slotContext(now);
  const found = findSlot('person_name', text, context);
  // "Results of my husband Brian Finch": that is whom the call is for.
  if (found === undefined || found.value === office.patientIn(text, now)?.value) return null;
  const announced = findSlots(text, context).person_name;
  const whole = announced?.value === found.value && found.value.includes(' ');
  const enough = found.confidence >= (whole ? ANNOUNCED : SURE);
  return enough ? { ...found, by: 'voice' } : null;
}

/** "Call me back after five": when, in the caller's own words. */
function calledBackAt(
  office: Office,
  { now }: TalkState,
  form: readonly string[],
  text: string,
): Told | null {
  if (!form.includes('callback_time') || !office.cues.callBack.test(text)) return null;
  const found = findSlot('date_time', text, office.slotContext(now));
  return found === undefined ? null : timeTold(found, text);
}

/** Whoever only wants to leave a message has not said yet what it is, unless they did. */
function tellsMatter(office: Office, { phase }: TalkState, intent: string, text: string): boolean {
  const { telling, concerning } = office.cues;
  if (intent !== LEAVE || telling.test(text)) return text !== '';
  if (holdsMatter(office, text)) return true;
  // Whoever asked for a person said what it was about, though not as a message.
  const about = concerning.exec(text)?.[0] ?? '';
  return phase === 'offering-message' && wordsOf(about).length > 1;
}
