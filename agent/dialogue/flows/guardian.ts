import { findSlot } from '../../understanding/slots/slots.js';
import { isYounger, minorIn } from '../minors.js';
import type { Office } from '../office.js';
import type { DialogueAction, Phrase, Told } from '../ports.js';
import {
  say,
  type EventOf,
  type GuardianTalk,
  type Heard,
  type Move,
  type Phase,
  type Say,
  type TalkState,
} from '../state.js';
import { emergency } from './emergency.js';
import { askHelp } from './greeting.js';
import { anythingElse } from './listen.js';
import { agreement } from './message/step.js';
import { ask } from './message/taking.js';
import { announce, person } from './person.js';
import { objectsByKey } from './privacy.js';
import { route } from './route.js';
import { heardWhileTaking } from './topic.js';

/** What waits here goes on here; what waits in any other phase, as if it were the first that is said. */
const GOES_ON_HERE: ReadonlySet<Phase> = new Set([
  ...(['listening', 'more', 'offering', 'offering-message', 'taking'] as const),
]);
/** A telephone is handed over: that takes longer than an answer. */
const HANDING_MS = 20_000;
/** Silences, and answers that were none, after which nobody is there. */
const ENOUGH = 2;

/**
 * Somebody who is not of age calls, or is called for: their guardian is asked first, unless they only want
 * a person.
 */
export function minorMove(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { under } = office.settings.children;
  if (state.guardian !== null || heard.understood.emergency || wantsPerson(office, heard)) return;
  const who = minorIn(heard.text, office.language, under);
  if (who === undefined) return undefined;
  const stage = who === 'caller' ? 'fetch' : 'self';
  const back = GOES_ON_HERE.has(state.phase) ? state.phase : 'listening';
  // An objection does not wait, and there is nothing more to it.
  return objects(heard)
    ? unrecorded(office, { stage, back, heard: null, tries: 0 })
    : asked(office, { stage, back, heard, tries: 0 }, `guardian.${who}`);
}

const objects = ({ understood }: Heard): boolean => understood.intent === 'privacy.no_recording';

const wantsPerson = (office: Office, { understood, text }: Heard): boolean =>
  understood.intent === 'person.transfer' && office.cues.person.test(text);

/** The same for a date of birth that was told or keyed: what was told is kept, and waits. */
export function minorByBirth(office: Office, state: TalkState, move: Move): Move {
  const before = state.message?.details?.dob?.value;
  const told = move.change?.message as TalkState['message'] | undefined;
  const born = told?.details?.dob?.value;
  const news = typeof born === 'string' && born !== before && move.phase === 'taking';
  const { under } = office.settings.children;
  if (state.guardian !== null || !news || !isYounger(born, under, state.now)) return move;
  const next = asked(
    office,
    { stage: 'self', back: 'taking', heard: null, tries: 0 },
    'guardian.birth',
  );
  const kept = move.actions.filter((action) => action.do !== 'say');
  return {
    ...next,
    actions: [...kept, ...next.actions],
    change: { ...move.change, ...next.change },
  };
}

const CALLED = {
  ...{ fetch: 'guardian', self: 'guardian', agree: 'guardian_agrees', name: 'guardian_name' },
} as const;

function question(office: Office, { stage }: GuardianTalk, lead: readonly Phrase[]): Say {
  const asks = say(CALLED[stage], ...lead, office.prompts.phrase(`guardian.${stage}`));
  return { ...asks, expects: stage === 'name' ? 'name' : 'yes-no' };
}

function asked(
  office: Office,
  talk: GuardianTalk,
  reason: string,
  lead: readonly Phrase[] = [],
): Move {
  return {
    phase: 'guardian',
    actions: [question(office, talk, lead)],
    reason,
    change: { guardian: talk, silences: 0, misunderstood: 0 },
    ...(talk.stage === 'agree' ? { patienceMs: HANDING_MS } : {}),
  };
}

/** The recording ends at once; the question stays. */
function unrecorded(office: Office, talk: GuardianTalk): Move {
  const told = [office.prompts.phrase('privacy.not_recorded')];
  const next = asked(office, talk, 'guardian.no-recording', told);
  return {
    ...next,
    actions: [{ do: 'stop-recording' }, ...next.actions],
    change: { ...next.change, recordingRefused: true },
  };
}

/** An answer to what the guardian, or for the guardian, is asked. A person, danger and an objection come first. */
export function guardianAnswered(office: Office, state: TalkState, heard: Heard): Move {
  const { guardian: talk } = state;
  if (talk === null) return route(office, state, heard);
  if (heard.understood.emergency) return emergency(office);
  if (wantsPerson(office, heard)) return person(office, state, heard);
  if (objects(heard)) return unrecorded(office, talk);
  if (talk.stage === 'name') {
    const { text } = heard;
    const name = findSlot('person_name', text, office.slotContext(state.now));
    // Whoever said who they are is not asked again for the message.
    const known = { name: name === undefined ? null : byVoice(name), phone: null };
    return agreed(
      office,
      { ...state, known: state.known ?? known },
      talk,
      name?.value ?? text,
      'voice',
    );
  }
  const answer = agreement({ office, heard });
  if (answer === 'yes') return yes(office, talk);
  if (answer === 'no') return no(office, talk, 'voice');
  return again(office, talk, 'guardian.unclear', [office.prompts.phrase('listen.yes_or_no')]);
}

const byVoice = (found: Omit<Told, 'by'>): Told => ({ ...found, by: 'voice' });

export function keyAtGuardian(office: Office, state: TalkState, { digit }: EventOf<'key'>): Move {
  const { guardian: talk } = state;
  if (talk === null || digit === '0')
    return announce(office, office.settings.defaultTarget, 'key-0');
  if (objectsByKey(state, digit)) return unrecorded(office, talk);
  if (talk.stage === 'name') return agreed(office, state, talk, null, 'key');
  if (digit === '1') return yes(office, talk);
  if (digit === '2') return no(office, talk, 'key');
  return again(office, talk, 'guardian.unclear', [office.prompts.phrase('listen.yes_or_no')]);
}

/** Nobody answers, or was understood: asked once more. */
export function nobodyAtGuardian(office: Office, state: TalkState): Move {
  const { guardian: talk } = state;
  if (talk === null) return askHelp(office, state);
  if (talk.stage === 'name') return agreed(office, state, talk, null, 'voice');
  return again(office, talk, 'guardian.silence', []);
}

export const goneAtGuardian = (): Move => ({
  phase: 'ended',
  actions: [{ do: 'note-guardian', what: 'absent', who: null, how: 'hang-up' }],
  reason: 'caller.hung-up',
});

/** Where what somebody wants is noted. */
const NOTING: ReadonlySet<Phase> = new Set(['taking' as const, 'diary' as const]);

/** Once nobody agreed, nothing is noted in this call, however it is asked for. */
export function heldBack(office: Office, { guardian }: TalkState, move: Move): Move {
  if (guardian?.denied !== true || !NOTING.has(move.phase)) return move;
  return { ...turnedAway(office), reason: 'guardian.held-back' };
}

function again(office: Office, talk: GuardianTalk, reason: string, lead: readonly Phrase[]): Move {
  const tries = talk.tries + 1;
  return tries < ENOUGH
    ? asked(office, { ...talk, tries }, reason, lead)
    : absent(office, talk, 'absent', 'silence');
}

function yes(office: Office, talk: GuardianTalk): Move {
  const stage = talk.stage === 'fetch' ? 'agree' : 'name';
  return asked(office, { ...talk, stage, tries: 0 }, `guardian.${stage}`);
}

/** Who calls for a child and is not its guardian may have them there; who is asked and refuses does not agree. */
function no(office: Office, talk: GuardianTalk, how: 'voice' | 'key'): Move {
  if (talk.stage === 'self')
    return asked(office, { ...talk, stage: 'fetch', tries: 0 }, 'guardian.fetch');
  return absent(office, talk, talk.stage === 'agree' ? 'refused' : 'absent', how);
}

/** The guardian agrees: who they are is stored, and what was begun goes on. */
function agreed(
  office: Office,
  state: TalkState,
  talk: GuardianTalk,
  who: string | null,
  how: 'voice' | 'key',
): Move {
  const known: TalkState = { ...state, phase: talk.back, guardian: { ...talk, heard: null } };
  const next = resumed(office, known, talk.heard);
  const noted: DialogueAction = { do: 'note-guardian', what: 'agreed', who, how };
  return {
    ...next,
    actions: [noted, ...thanked(office, next.actions)],
    reason: 'guardian.agreed',
    change: {
      guardian: known.guardian,
      known: state.known,
      silences: 0,
      misunderstood: 0,
      ...next.change,
    },
  };
}

function resumed(office: Office, state: TalkState, heard: Heard | null): Move {
  if (state.phase === 'taking' && state.message !== null)
    return heard === null
      ? ask(office, state.message, [], 'guardian.resumed')
      : heardWhileTaking(office, state, heard);
  return heard === null ? askHelp(office, state) : route(office, state, heard);
}

function thanked(office: Office, actions: readonly DialogueAction[]): readonly DialogueAction[] {
  const at = actions.findIndex((action) => action.do === 'say');
  const thanks = office.prompts.phrase('guardian.thanks');
  return actions.map((action, index) =>
    index === at && action.do === 'say'
      ? { ...action, phrases: [thanks, ...action.phrases] }
      : action,
  );
}

/** Nobody may agree for the child: nothing more is recorded, and what was told is held. */
function absent(
  office: Office,
  talk: GuardianTalk,
  what: 'absent' | 'refused',
  how: 'voice' | 'key' | 'silence',
): Move {
  const next = turnedAway(office);
  return {
    ...next,
    actions: [
      { do: 'note-guardian', what, who: null, how },
      { do: 'stop-recording', erase: false },
      ...next.actions,
    ],
    reason: `guardian.${what}`,
    change: { ...next.change, guardian: { ...talk, heard: null, denied: true } },
  };
}

/** What was begun or left for later is not taken up again, and a person is always there. */
function turnedAway(office: Office): Pick<Move, 'phase' | 'actions' | 'change'> {
  return {
    phase: 'more',
    actions: [say('anything_else', office.prompts.phrase('guardian.absent'), anythingElse(office))],
    change: {
      ...{ message: null, wish: null, later: [], parked: [] },
      ...{ silences: 0, misunderstood: 0 },
    },
  };
}

export const guardianTexts = (office: Office): readonly Phrase[] =>
  (
    [
      ...(['guardian.fetch', 'guardian.self', 'guardian.agree', 'guardian.name'] as const),
      ...(['guardian.thanks', 'guardian.absent', 'listen.yes_or_no'] as const),
    ] as const
  ).map((id) => office.prompts.phrase(id));
