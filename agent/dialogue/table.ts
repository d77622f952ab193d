import { dialogueErrors } from './errors.js';
import {
  diaryFailed,
  heardAtDiary,
  keyAtDiary,
  lateSlots,
  silenceAtDiary,
  slotBooked,
  slotLost,
  slotsFound,
} from './flows/appointment/diary-moves.js';
import { heardWhileAnnouncing } from './flows/emergency.js';
import {
  heardWhileChoosing,
  keyWhileChoosing,
  unheardWhileChoosing,
} from './flows/directory-choosing.js';
import {
  heardAtGate,
  keyAtGate,
  received,
  silenceAtGate,
  spokenAtGate,
  unheardAtGate,
} from './flows/gate.js';
import {
  consentAnswered,
  erasedMove,
  erasingAnswered,
  goneWhileErasing,
  keyWhileConsenting,
  keyWhileErasing,
  noConsent,
} from './flows/consent.js';
import {
  goneAtGuardian,
  guardianAnswered,
  keyAtGuardian,
  nobodyAtGuardian,
} from './flows/guardian.js';
import { gone, hangUp } from './flows/goodbye.js';
import { heardOverNotice, keyOverNotice, noticeLost, noticeSpoken } from './flows/greeting.js';
import { heardWhileLeaving } from './flows/leaving.js';
import { key } from './flows/keys.js';
import { heardWhileTaking } from './flows/topic.js';
import { keyWhileTaking } from './flows/message/keys.js';
import { notKept } from './flows/message/taking.js';
import { silenceWhileTaking, unheardWhileTaking } from './flows/message/unfinished.js';
import { talkNoted } from './flows/after-person.js';
import { connect, transferEnded } from './flows/person.js';
import { route } from './flows/route.js';
import { silence } from './flows/silence.js';
import { keptWaiting } from './flows/moment.js';
import { endedByStaff, takenOver } from './flows/staff.js';
import { timeNotNow, timeRunsOut } from './flows/time-limit.js';
import { unheard, unheardOverNotice } from './flows/unheard.js';
import { voiceless } from './flows/voiceless.js';
import {
  heardWhileTaping,
  keyWhileTaping,
  silenceWhileTaping,
  unheardWhileTaping,
} from './flows/voicemail.js';
import type { Office } from './office.js';
import type { DialogueEvent } from './ports.js';
import { ignored, type EventOf, type Move, type Phase, type TalkState } from './state.js';

type Kind = DialogueEvent['kind'];
type Handler<K extends Kind> = (office: Office, state: TalkState, event: EventOf<K>) => Move;
type Row = { readonly [K in Kind]?: Handler<K> };

/**
 * What may come in every phase: word from the diary where nobody waits for it, of people who talk, from the
 * staff, of a caller whose words nobody knows yet, and of a voice that failed.
 */
const ANYWHERE: Row = {
  'kept-waiting': keptWaiting,
  unspoken: ignored,
  talk: talkNoted,
  'taken-over': takenOver,
  'ended-by-staff': endedByStaff,
  'slots-found': lateSlots,
  'slot-booked': ignored,
  'slot-lost': ignored,
  'diary-failed': ignored,
};

const TALKING: Row = {
  heard: route,
  unheard,
  key,
  silence,
  spoken: ignored,
  unspoken: voiceless,
  'not-kept': notKept,
  time: timeRunsOut,
  'hung-up': gone,
};

/** The caller is with people, or gone: what was said or was on its way to us is no matter. */
const ELSEWHERE: Row = {
  time: timeNotNow,
  heard: ignored,
  unheard: ignored,
  key: ignored,
  silence: ignored,
  spoken: ignored,
  'not-kept': ignored,
};

/**
 *          begin            spoken               heard: answered
 *   new ─────────► greeting ──────► listening ───────────────────► more ◄─────────────┐
 *                     │ ▲ heard: kept  │ heard: not served          │ no, goodbye      │ no-answer, busy,
 *                     │ └──────┘       ▼                            │                  │ declined, failed
 *                     │             offering ── no ► offering-message ── no ► more      │
 *                     │                │ yes                     leaving ─ spoken ─► ended
 *                     │ 0, emergency   │ person, 0, emergency,                         │
 *                     ▼                ▼ nonsense twice        spoken                  │
 *                  announcing ◄────────┘────────────────────► transferring ────────────┘
 *                                                                │ answered
 *                                                                ▼
 *                                                            handed-over
 *
 * Before greeting, gate asks a suspicious caller for a key, or turns a blocked one away; from there
 * and from new, staff may ring first (transferring), and the greeting follows if nobody takes the
 * call. A caller who goes straight to voicemail is never in listening; choosing asks which of several
 * people is meant and goes on as listening does. When the time is up, all that talk lead to leaving.
 *
 * taking leads to diary and back, where free times are looked for or one is booked; from there a
 * person, 0 and danger lead to announcing as from everywhere.
 *
 * Where consent is asked for, consenting lies between greeting and listening; an objection to a
 * recording that runs leads through erasing to listening. consent.ts has the drawing of consent.
 *
 * From wherever an age is told guardian asks for a parent, and leads back there, or to more.
 *
 * Where our voice fails, all that talk lead to announcing; after a person who was not there, to voicemail.
 *
 * Silence: prompts in listening, more and offering, the third time leaving; elsewhere it stands for
 * a `spoken` that got lost. `hung-up` leads to ended from everywhere, staff who take the caller over to
 * announcing, staff who end the call to leaving. 0 leads to announcing from
 * wherever we talk. What is not in the table throws.
 */
const TABLE: Readonly<Record<Phase, Row>> = {
  new: { begin: received, 'hung-up': gone },
  gate: {
    heard: heardAtGate,
    unheard: unheardAtGate,
    key: keyAtGate,
    silence: silenceAtGate,
    spoken: spokenAtGate,
    unspoken: spokenAtGate,
    time: timeNotNow,
    'not-kept': ignored,
    'hung-up': gone,
  },
  voicemail: {
    heard: heardWhileTaping,
    unheard: unheardWhileTaping,
    key: keyWhileTaping,
    silence: silenceWhileTaping,
    spoken: ignored,
    'not-kept': notKept,
    time: timeRunsOut,
    'hung-up': gone,
  },
  choosing: {
    ...TALKING,
    heard: heardWhileChoosing,
    unheard: unheardWhileChoosing,
    key: keyWhileChoosing,
  },
  greeting: {
    spoken: noticeSpoken,
    heard: heardOverNotice,
    unheard: unheardOverNotice,
    key: keyOverNotice,
    silence: noticeLost,
    unspoken: noticeLost,
    time: timeNotNow,
    'hung-up': gone,
  },
  listening: TALKING,
  more: TALKING,
  consenting: {
    ...TALKING,
    heard: consentAnswered,
    unheard: noConsent,
    key: keyWhileConsenting,
    silence: noConsent,
    unspoken: noConsent,
  },
  erasing: {
    ...TALKING,
    heard: erasingAnswered,
    unheard: erasedMove,
    key: keyWhileErasing,
    silence: erasedMove,
    unspoken: erasedMove,
    'hung-up': goneWhileErasing,
  },
  guardian: {
    ...TALKING,
    heard: guardianAnswered,
    unheard: nobodyAtGuardian,
    key: keyAtGuardian,
    silence: nobodyAtGuardian,
    unspoken: nobodyAtGuardian,
    'hung-up': goneAtGuardian,
  },
  offering: TALKING,
  'offering-message': TALKING,
  taking: {
    heard: heardWhileTaking,
    unheard: unheardWhileTaking,
    key: keyWhileTaking,
    silence: silenceWhileTaking,
    spoken: ignored,
    unspoken: voiceless,
    'not-kept': notKept,
    time: timeRunsOut,
    'hung-up': gone,
  },
  diary: {
    'slots-found': slotsFound,
    'slot-booked': slotBooked,
    'slot-lost': slotLost,
    'diary-failed': diaryFailed,
    heard: heardAtDiary,
    unheard: ignored,
    key: keyAtDiary,
    silence: silenceAtDiary,
    spoken: ignored,
    'not-kept': notKept,
    // A look into the diary is over in seconds, and the time is told again.
    time: timeNotNow,
    'hung-up': gone,
  },
  announcing: {
    spoken: connect,
    silence: connect,
    unspoken: connect,
    heard: heardWhileAnnouncing,
    unheard: ignored,
    // A key cuts even this short: the caller does not want to hear the rest.
    key: connect,
    'not-kept': ignored,
    time: timeNotNow,
    'hung-up': gone,
  },
  transferring: {
    'transfer-ended': (office, state, { outcome, back, given }) =>
      transferEnded(office, state, outcome, back, given),
    ...ELSEWHERE,
    'hung-up': gone,
  },
  leaving: {
    spoken: hangUp,
    silence: hangUp,
    unspoken: hangUp,
    time: timeNotNow,
    heard: heardWhileLeaving,
    unheard,
    key,
    'not-kept': notKept,
    'hung-up': gone,
  },
  'handed-over': {
    ...ELSEWHERE,
    'hung-up': gone,
  },
  // Events that were on their way when we hung up.
  ended: {
    ...ELSEWHERE,
    'transfer-ended': ignored,
    'hung-up': ignored,
  },
};

/** Events that a dialogue in `phase` takes. */
export function eventsOf(phase: string): readonly Kind[] {
  return Object.keys((TABLE as Readonly<Record<string, Row | undefined>>)[phase] ?? {}) as Kind[];
}

/** What a dialogue in `phase` does about an event of `kind`. @throws DIALOGUE_UNLISTED_CHANGE */
export function handlerOf(phase: Phase, kind: Kind): Handler<Kind> {
  const row = TABLE[phase] as Row | undefined;
  const handler = (row?.[kind] ?? ANYWHERE[kind]) as Handler<Kind> | undefined;
  if (handler === undefined) {
    throw dialogueErrors.make('UNLISTED_CHANGE', { detail: `${kind} in ${phase}` });
  }
  return handler;
}
