import { findSlot } from '../../understanding/slots/slots.js';
import type { Office } from '../office.js';
import type { DialogueAction, Phrase, Told } from '../ports.js';
import { objectsByKey } from './privacy.js';
import { say, stay, type EventOf, type Heard, type Move, type TalkState } from '../state.js';
import { closing } from './gate.js';
import { emergency } from './emergency.js';
import { newDraft, taken, type Draft } from './message/draft.js';
import { numberIn, toldExtension } from './message/number.js';
import { asTold, urgency } from './message/reason.js';

/** Silence after which a message that was begun is over, in milliseconds. */
const DONE_MS = 5_000;
/** A name counts only from this confidence; else it is in the words that are kept anyway. */
const SURE = 0.8;
/** Silent spells after which nobody is waited for. */
const ENOUGH = 2;

/** The caller's words are taken down, and nothing is asked. */
export function voicemail(office: Office, state: TalkState): Move {
  if (state.pending !== null) return heardWhileTaping(office, state, state.pending);
  return {
    phase: 'voicemail',
    actions: [say('voicemail', office.prompts.phrase('voicemail.say'))],
    reason: 'voicemail.begin',
    change: { silences: 0 },
    patienceMs: DONE_MS,
  };
}

/** More of the message. It is stored whole after every sentence: whoever hangs up has left it. */
export function heardWhileTaping(office: Office, state: TalkState, heard: Heard): Move {
  const { text, understood } = heard;
  if (understood.emergency) return emergency(office);
  if (understood.intent === 'privacy.no_recording') return unrecorded(office);
  if (state.message !== null && office.cues.goodbye.test(text)) return kept(office);
  const message = longer(office, state, text);
  return {
    phase: 'voicemail',
    actions: keepOf(message),
    reason: 'voicemail.more',
    change: {
      ...{ message, silences: 0, settled: 'message' },
      messages: Math.max(state.messages, message.number),
    },
    patienceMs: DONE_MS,
  };
}

const keepOf = (draft: Draft): readonly DialogueAction[] => [
  { do: 'keep-message', message: taken(draft) },
];

/** `#` ends the message, 9 is against its sound; there is nobody to be reached by a key. */
export function keyWhileTaping(office: Office, state: TalkState, { digit }: EventOf<'key'>): Move {
  if (digit === '#' && state.message !== null) return kept(office);
  return objectsByKey(state, digit) ? unrecorded(office) : stay(state, 'voicemail.key-unused');
}

/** The sound goes, what was said stays as words. */
const unrecorded = (office: Office): Move => ({
  phase: 'voicemail',
  actions: [
    { do: 'stop-recording' },
    say('voicemail', office.prompts.phrase('privacy.not_recorded')),
  ],
  reason: 'privacy.no-recording',
  change: { recordingRefused: true },
  patienceMs: DONE_MS,
});

export function silenceWhileTaping(office: Office, state: TalkState): Move {
  if (state.message !== null) return kept(office);
  if (state.silences >= ENOUGH) {
    const move = closing(office.prompts.phrase('silence.goodbye'), 'silence.goodbye');
    return { ...move, actions: [{ do: 'count', what: 'silent' }, ...move.actions] };
  }
  return {
    phase: 'voicemail',
    actions: [say('voicemail', office.prompts.phrase('voicemail.more'))],
    reason: 'voicemail.silent',
    change: { silences: state.silences + 1 },
    patienceMs: DONE_MS,
  };
}

/** Our hearing failed: the recording, if there is one, has what was said. */
export const unheardWhileTaping = (_office: Office, state: TalkState): Move => ({
  ...stay(state, 'voicemail.unheard'),
  patienceMs: DONE_MS,
});

const kept = (office: Office): Move => ({
  ...closing(office.prompts.phrase('voicemail.kept'), 'voicemail.kept'),
});

function longer(office: Office, state: TalkState, text: string): Draft {
  const before = state.message ?? fresh(office, state);
  const words = [before.reason?.heard, text.trim()].filter((part) => part !== undefined).join(' ');
  const name = before.name ?? sure(findSlot('person_name', text, office.slotContext(state.now)));
  const number = sure(numberIn(office, state.now, text));
  const extension = number === null ? {} : toldExtension(office, state.now, text);
  const phone = number ?? before.phone;
  const urgent = urgency(office.cues, text) ?? before.urgent;
  const details = { ...before.details, ...extension };
  return {
    ...{ ...before, name, phone, urgent, reason: asTold(words), state: 'complete' },
    ...(Object.keys(details).length === 0 ? {} : { details }),
  };
}

const sure = (found: Omit<Told, 'by'> | undefined): Told | null =>
  found === undefined || found.confidence < SURE ? null : { ...found, by: 'voice' };

function fresh(office: Office, state: TalkState): Draft {
  const { caller } = state;
  const draft = newDraft(
    state.messages + 1,
    'message.leave',
    state.handling?.staff?.target ?? office.routeOf('message.leave'),
    null,
  );
  const phone: Told | null =
    caller === null ? null : { value: caller, heard: caller, confidence: 1, by: 'caller-id' };
  return { ...draft, phone };
}

export const voicemailTexts = (office: Office): readonly Phrase[] =>
  (['voicemail.say', 'voicemail.more', 'voicemail.kept'] as const).map((id) =>
    office.prompts.phrase(id),
  );
