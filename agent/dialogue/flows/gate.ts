import { wordsOf } from '../../understanding/text.js';
import type { Office } from '../office.js';
import type { CallHandling, GateEvent, Phrase } from '../ports.js';
import {
  say,
  sayThrough,
  stay,
  type EventOf,
  type Heard,
  type Move,
  type TalkState,
} from '../state.js';
import { emergency } from './emergency.js';
import { hangUp } from './goodbye.js';
import { begin, hello } from './greeting.js';

/** Silence after which the gate asks again, or lets a blocked caller go, in milliseconds. */
const CHALLENGE_PATIENCE_MS = 6_000;
const BLOCKED_PATIENCE_MS = 2_500;
/** Answers that do not fit, or none, after which the gate closes. */
const ENOUGH = 2;
/** Who says the digit says no more words than this. */
const FEW_WORDS = 4;

const count = (what: GateEvent): { readonly do: 'count'; readonly what: GateEvent } => ({
  do: 'count',
  what,
});

/** A call begins: past the gate, to whom it was decided to go. */
export function received(office: Office, state: TalkState, event: EventOf<'begin'>): Move {
  const known: TalkState = {
    ...state,
    handling: event.handling ?? null,
    caller: event.caller ?? null,
  };
  const move = first(office, known, event.handling);
  return { ...move, change: { ...move.change, handling: known.handling, caller: known.caller } };
}

function first(office: Office, state: TalkState, handling: CallHandling | undefined): Move {
  if (handling?.way === 'block') {
    return {
      phase: 'gate',
      actions: [count('blocked'), sayThrough('blocked', blockedPhrase(office))],
      reason: 'gate.blocked',
      change: { gate: 'blocked' },
      patienceMs: BLOCKED_PATIENCE_MS,
    };
  }
  if (handling?.challenge === undefined) return admitted(office, state);
  return {
    ...challenge([hello(office), pressPhrase(office, handling.challenge)], 'gate.challenged'),
    actions: [
      count('challenged'),
      say('challenge', hello(office), pressPhrase(office, handling.challenge)),
    ],
  };
}

const challenge = (phrases: readonly Phrase[], reason: string): Move => ({
  phase: 'gate',
  actions: [say('challenge', ...phrases)],
  reason,
  change: { gate: 'challenge' },
  patienceMs: CHALLENGE_PATIENCE_MS,
});

/** Staff ring first without a word from us; else the greeting. */
export function admitted(office: Office, state: TalkState): Move {
  const { handling, now, caller } = state;
  const staff = handling?.way === 'staff' ? handling.staff : undefined;
  if (staff === undefined) {
    const move = begin(office, state, {
      kind: 'begin',
      now,
      ...(caller === null ? {} : { caller }),
    });
    return { ...move, change: { ...move.change, gate: null } };
  }
  const { target, seconds } = staff;
  return {
    phase: 'transferring',
    actions: [{ do: 'transfer', target, why: 'staff-first', seconds }],
    reason: 'gate.staff-first',
    change: { transfer: { target, why: 'staff-first', rest: [] }, gate: null },
  };
}

/** Danger always gets through; what else is said may be the digit. */
export function heardAtGate(office: Office, state: TalkState, heard: Heard): Move {
  if (heard.understood.emergency) {
    const move = emergency(office);
    return { ...move, actions: [count('emergency'), ...move.actions] };
  }
  if (state.gate !== 'challenge') return stay(state, 'ignored.gate');
  const digit = digitOf(state);
  const words = wordsOf(heard.text);
  const [spoken = digit] = wordsOf(office.prompts.language.digits(digit));
  // A recorded voice that happens to say the number says more than that.
  const said =
    words.length <= FEW_WORDS && words.some((word) => word === digit || word.startsWith(spoken));
  return said ? passed(office, state) : unfit(office, state, 'gate.said-other');
}

export function keyAtGate(office: Office, state: TalkState, { digit }: EventOf<'key'>): Move {
  if (state.gate !== 'challenge') return stay(state, 'ignored.gate');
  return digit === digitOf(state) ? passed(office, state) : unfit(office, state, 'gate.other-key');
}

/** What was said may have been the digit, or danger: it is asked for again. */
export const unheardAtGate = (office: Office, state: TalkState): Move =>
  state.gate === 'challenge' ? unfit(office, state, 'gate.unheard') : stay(state, 'ignored.gate');

export function silenceAtGate(office: Office, state: TalkState): Move {
  if (state.gate === 'challenge') return unfit(office, state, 'gate.silent');
  return { ...hangUp(), reason: 'gate.hang-up' };
}

/** A blocked caller is listened to a moment longer: they may be in danger. */
export const spokenAtGate = (_office: Office, state: TalkState): Move =>
  state.gate === 'closing' ? { ...hangUp(), reason: 'gate.hang-up' } : stay(state, 'gate.waits');

/** The last words to a caller who is not let in, or not let in again: only danger is heard after it. */
export const closing = (phrase: Phrase, reason: string): Move => ({
  phase: 'gate',
  actions: [sayThrough('goodbye', phrase)],
  reason,
  change: { gate: 'closing' },
});

function passed(office: Office, state: TalkState): Move {
  const move = admitted(office, { ...state, silences: 0 });
  return {
    ...move,
    actions: [count('passed'), ...move.actions],
    change: { silences: 0, misunderstood: 0, ...move.change },
  };
}

function unfit(office: Office, state: TalkState, reason: string): Move {
  const misunderstood = state.misunderstood + 1;
  if (misunderstood > ENOUGH) {
    const move = closing(office.prompts.phrase('gate.refused'), 'gate.refused');
    return { ...move, actions: [count('refused'), ...move.actions] };
  }
  const move = challenge([againPhrase(office, digitOf(state))], reason);
  return { ...move, change: { ...move.change, misunderstood } };
}

const digitOf = (state: TalkState): string => state.handling?.challenge ?? '';

const spokenDigit = (office: Office, digit: string): { digit: string } => ({
  digit: office.prompts.language.digits(digit),
});
const pressPhrase = (office: Office, digit: string): Phrase =>
  office.prompts.phrase('gate.press', spokenDigit(office, digit));
const againPhrase = (office: Office, digit: string): Phrase =>
  office.prompts.phrase('gate.again', spokenDigit(office, digit));

function blockedPhrase(office: Office): Phrase {
  const number = office.prompts.language.digits(office.settings.emergencyNumber);
  return office.prompts.phrase('gate.blocked', { number });
}

/** Digits that may be asked for: not 0, which is for a person. */
export const CHALLENGES = Array.from('123456789');

export const gateTexts = (office: Office): readonly Phrase[] => [
  blockedPhrase(office),
  office.prompts.phrase('gate.refused'),
  ...CHALLENGES.flatMap((digit) => [pressPhrase(office, digit), againPhrase(office, digit)]),
];
