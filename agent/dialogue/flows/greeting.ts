import { nextConsent } from '../consent.js';
import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, sayThrough, type EventOf, type Heard, type Move, type TalkState } from '../state.js';
import { askConsent } from './consent.js';
import { emergency } from './emergency.js';
import { hoursTexts, nextOpening } from './hours.js';
import { key } from './keys.js';
import { route } from './route.js';
import { voicemail } from './voicemail.js';

/** Whose office this is, that a machine answers, and that it records: heard to the end. */
export function begin(office: Office, state: TalkState, event: EventOf<'begin'>): Move {
  return {
    phase: 'greeting',
    actions: [sayThrough('greeting', hello(office), office.noticeOf(isRecorded(office, state)))],
    reason: office.openAt(event.now) ? 'greeting.open' : 'greeting.closed',
    change: { caller: event.caller ?? null },
  };
}

/** Said over the notice: kept until it ends, unless somebody is in danger. */
export function heardOverNotice(office: Office, state: TalkState, heard: Heard): Move {
  if (heard.understood.emergency) return emergency(office);
  const refused = heard.understood.intent === 'privacy.no_recording';
  // An objection is what counts: nothing said after it takes its place.
  const change = state.recordingRefused ? {} : { pending: heard, recordingRefused: refused };
  return { phase: 'greeting', actions: [], reason: 'greeting.kept-for-later', change };
}

/** The notice was heard to its end: consent by it, or a question for consent, unless the caller objected. */
export function noticeSpoken(office: Office, state: TalkState): Move {
  const { consentMode: mode, noticeVersion } = office.settings;
  const recorded = !state.recordingRefused && isRecorded(office, state);
  if (recorded && mode === 'opt-in' && !isTaped(state) && state.consent !== 'granted')
    return askConsent(office, state);
  const next =
    state.pending === null || isTaped(state)
      ? askHelp(office, state)
      : route(office, state, state.pending);
  if (!recorded) return { ...next, change: { ...next.change, pending: null } };
  const consent = nextConsent(mode, state.consent, 'notice-heard');
  const granted = consent === 'granted' && state.consent !== 'granted';
  const grant = { do: 'grant-consent', basis: mode, noticeVersion } as const;
  return {
    ...next,
    actions: granted ? [grant, ...next.actions] : next.actions,
    change: { ...next.change, pending: null, consent },
  };
}

/** Silence where the notice should have ended: go on without consent. */
export function noticeLost(office: Office, state: TalkState): Move {
  return { ...askHelp(office, state), reason: 'greeting.notice-not-heard' };
}

/** Any key cuts the notice short. Not having heard it, the caller has not agreed to it. */
export function keyOverNotice(office: Office, state: TalkState, event: EventOf<'key'>): Move {
  return event.digit === '0' ? key(office, state, event) : noticeLost(office, state);
}

/** Whether this call is recorded once the notice was heard. */
const isRecorded = (office: Office, { handling }: TalkState): boolean =>
  handling?.recorded ?? office.records;

const isTaped = ({ handling }: TalkState): boolean => handling?.way === 'voicemail';

/** The first question. */
export function askHelp(office: Office, state: TalkState): Move {
  if (isTaped(state)) return voicemail(office, state);
  // From the first question on, "repeat" says what the caller can act on.
  const phrases = [...closed(office, state.now), office.prompts.phrase('greeting.help')];
  return {
    phase: 'listening',
    actions: [say('how_can_i_help', ...phrases)],
    reason: 'greeting.how-can-i-help',
  };
}

function closed(office: Office, now: number): readonly Phrase[] {
  if (office.openAt(now)) return [];
  const { holiday, ranges } = office.hours.describeDay(now);
  const why =
    holiday !== undefined && ranges.length === 0
      ? office.prompts.phrase('greeting.closed_holiday', { holiday })
      : office.prompts.phrase('greeting.closed');
  return [why, ...nextOpening(office, now)];
}

/** Whose office this is. */
export function hello(office: Office): Phrase {
  const own = office.settings.greeting;
  return own === undefined
    ? office.prompts.phrase('greeting.hello', {
        office: office.prompts.language.spoken(office.facts.name),
      })
    : office.prompts.own('greeting.own', own);
}

export const greetingTexts = (office: Office): readonly Phrase[] => [
  hello(office),
  office.noticeOf(true),
  office.noticeOf(false),
  office.prompts.phrase('greeting.help'),
  office.prompts.phrase('greeting.closed'),
  ...office.hours
    .holidays()
    .flatMap(({ holiday, ranges }) =>
      holiday !== undefined && ranges.length === 0
        ? [office.prompts.phrase('greeting.closed_holiday', { holiday })]
        : [],
    ),
  ...hoursTexts(office),
];
