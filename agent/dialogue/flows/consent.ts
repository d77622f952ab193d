import { nextConsent, type ConsentStage } from '../consent.js';
import type { Office } from '../office.js';
import type { DialogueAction, DialogueEvent, Phrase } from '../ports.js';
import { say, type EventOf, type Heard, type Move, type TalkState } from '../state.js';
import { askHelp } from './greeting.js';
import { route } from './route.js';

/** The notice was heard where consent has to be given: the question for it. */
export function askConsent(office: Office, state: TalkState): Move {
  return {
    phase: 'consenting',
    actions: [say('consent', office.consentQuestion)],
    reason: 'consent.asked',
    change: { consent: nextConsent(office.settings.consentMode, state.consent, 'notice-heard') },
  };
}

/** The answer. Whoever says something else has not agreed, and is served all the same. */
export function consentAnswered(office: Office, state: TalkState, heard: Heard): Move {
  const { intent, emergency } = heard.understood;
  if (intent === 'control.yes' && !emergency) return consented(office, state, 'voice');
  if (intent === 'control.no' && !emergency) return declined(office, state);
  const move = route(office, state, heard);
  return { ...move, change: { consent: 'refused', recordingRefused: true, ...move.change } };
}

export function keyWhileConsenting(office: Office, state: TalkState, event: EventOf<'key'>): Move {
  return event.digit === '1' ? consented(office, state, 'key') : declined(office, state);
}

export const noConsent = (office: Office, state: TalkState): Move => declined(office, state);

function consented(office: Office, state: TalkState, how: 'voice' | 'key'): Move {
  const next = afterConsent(office, state);
  const { consentMode: basis, noticeVersion } = office.settings;
  return {
    ...next,
    actions: [{ do: 'grant-consent', basis, noticeVersion, how }, ...next.actions],
    reason: 'consent.granted',
    change: { ...next.change, consent: nextConsent(basis, state.consent, 'yes') },
  };
}

function declined(office: Office, state: TalkState): Move {
  const next = afterConsent(office, state);
  return {
    ...next,
    actions: [{ do: 'stop-recording' }, ...next.actions],
    reason: 'consent.refused',
    change: { ...next.change, consent: 'refused', recordingRefused: true },
  };
}

/** What the caller said over the notice comes first; else the question for the wish. */
function afterConsent(office: Office, state: TalkState): Move {
  const next =
    state.pending === null ? askHelp(office, state) : route(office, state, state.pending);
  return { ...next, change: { ...next.change, pending: null } };
}

/**
 * What a step means for consent, whatever flow took it: with opt-out whoever goes on after the notice
 * agrees; an objection ends it for good; after a transfer callers are told again.
 */
export function withConsent(
  office: Office,
  state: TalkState,
  event: DialogueEvent,
  move: Move,
): Move {
  const { consentMode: mode, noticeVersion } = office.settings;
  const stage = move.change?.consent ?? state.consent;
  if (move.actions.some((action) => action.do === 'stop-recording')) {
    const next: ConsentStage = state.consent === 'granted' ? 'withdrawn' : 'refused';
    const how = event.kind === 'key' ? 'key' : 'voice';
    const noted = { basis: mode, noticeVersion, withdrawn: next === 'withdrawn', how } as const;
    const actions = move.actions.map((action): DialogueAction =>
      action.do === 'stop-recording' ? { ...noted, ...action } : action,
    );
    return { ...move, actions, change: { ...move.change, consent: next } };
  }
  const caller = event.kind === 'heard' || event.kind === 'key';
  if (mode === 'opt-out' && state.consent === 'asked' && caller && !state.recordingRefused) {
    const grant = { do: 'grant-consent', basis: mode, noticeVersion, how: 'voice' } as const;
    const consent = nextConsent(mode, 'asked', 'went-on');
    return { ...move, actions: [grant, ...move.actions], change: { ...move.change, consent } };
  }
  // Who is in danger is told nothing else.
  const danger = state.transfer?.why === 'emergency';
  if (event.kind === 'transfer-ended' && stage === 'granted' && !danger)
    return remind(office, move);
  return move;
}

/** The caller comes back from a person, and the recording goes on. */
function remind(office: Office, move: Move): Move {
  const at = move.actions.findIndex((action) => action.do === 'say');
  const reminder = office.prompts.phrase('consent.reminder');
  const actions = move.actions.map((action, index): DialogueAction =>
    index === at && action.do === 'say'
      ? { ...action, phrases: [reminder, ...action.phrases] }
      : action,
  );
  return { ...move, actions };
}

/** What was recorded is kept only if the caller says so. */
export function erasingAnswered(office: Office, state: TalkState, heard: Heard): Move {
  const { intent, emergency } = heard.understood;
  if (intent === 'control.no' && !emergency) return keptMove(office);
  // "I don't want to be recorded", once more, and "yes, erase it" mean the same here.
  const wanted = intent === 'control.yes' || intent.startsWith('privacy.');
  if (!emergency && (wanted || office.cues.yes.test(heard.text))) return erasedMove(office);
  const move = route(office, state, heard);
  return { ...move, actions: [{ do: 'stop-recording', erase: true }, ...move.actions] };
}

export function keyWhileErasing(office: Office, _state: TalkState, event: EventOf<'key'>): Move {
  return event.digit === '2' ? keptMove(office) : erasedMove(office);
}

export const erasedMove = (office: Office): Move => ({
  phase: 'listening',
  actions: [
    { do: 'stop-recording', erase: true },
    say(
      'how_can_i_help',
      office.prompts.phrase('privacy.erased'),
      office.prompts.phrase('greeting.help'),
    ),
  ],
  reason: 'privacy.erased',
});

export const goneWhileErasing = (): Move => ({
  phase: 'ended',
  actions: [{ do: 'stop-recording', erase: true }],
  reason: 'caller.hung-up',
});

const keptMove = (office: Office): Move => ({
  phase: 'listening',
  actions: [say('how_can_i_help', office.prompts.phrase('greeting.help'))],
  reason: 'privacy.kept',
});

export const consentTexts = (office: Office): readonly Phrase[] => [
  office.consentQuestion,
  ...(['consent.reminder', 'privacy.stopped', 'privacy.erased'] as const).map((id) =>
    office.prompts.phrase(id),
  ),
];
