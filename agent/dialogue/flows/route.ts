import { OUT_OF_SCOPE } from '../../understanding/intents.js';
import { wordsOf } from '../../understanding/text.js';
import { turningCues } from '../cues/turning.js';
import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import type { Heard, Move, Phase, TalkState } from '../state.js';
import { answerTo, type Answer } from './answers.js';
import { askedFor } from './asked-for.js';
import { appointment } from './appointment/start.js';
import { cuesAt } from './appointment/wish.js';
import { asidesIn, besidesAsides, withAsides, type Aside } from './asides.js';
import { emergency } from './emergency.js';
import { followUp } from './follow-up.js';
import { goodbye } from './goodbye.js';
import { minorMove } from './guardian.js';
import { answered, goOn, helloBack, onceMore, repeat, wait } from './listen.js';
import { amended } from './message/amend.js';
import { isRatherNumber } from './message/number.js';
import { acceptMessage, declineMessage, takeMessage } from './message/start.js';
import { ask } from './message/taking.js';
import { namedAlone, withName } from './named.js';
import { nonsense } from './nonsense.js';
import { ofTheTalk } from './of-the-talk.js';
import { acceptOffer, declineOffer, person } from './person.js';
import { noRecording } from './privacy.js';
import { otherLanguage, sales, unserved } from './unserved.js';
import { urgently } from './urgent.js';

type Flow = (office: Office, state: TalkState, heard: Heard) => Move;

/** Which flow serves which intent. What is not listed is for people: a transfer or a message. */
const FLOWS: Readonly<Record<string, Flow>> = {
  'message.leave': takeMessage,
  'appointment.book': appointment,
  'appointment.change': appointment,
  'appointment.cancel': appointment,
  'appointment.query': appointment,
  'person.transfer': person,
  emergency,
  'privacy.no_recording': noRecording,
  'control.repeat': (office, state) => onceMore(office, state) ?? nonsense(office, state),
  'control.wait': wait,
  'control.goodbye': takesLeave,
  'control.greeting': (office, state, heard) => withName(office, state, heard, helloBack(office)),
  'control.yes': goOnOnce,
  // "Is there anything else?", "yes", and then "no": that was all.
  'control.no': (office, state) =>
    state.settled === 'nothing' ? goOnOnce(office, state) : goodbye(office),
  'sales.solicitation': sales,
  'language.switch': otherLanguage,
  oos: (office, state, heard) => namedAlone(office, state, heard) ?? nonsense(office, state),
};

/** From this score on, what only the model takes for a goodbye is one of a caller who got nothing yet. */
const SURELY_LEAVES = 0.8;

/** The caller is done, in words that say so, or most likely: nobody is hung up on for a guess. */
function takesLeave(office: Office, state: TalkState, heard: Heard): Move {
  const { goodbye: leaves, nothingMore, dismisses, courtesy, cancel } = office.cues;
  const plainly = [leaves, nothingMore, dismisses, courtesy, cancel].some((cue) =>
    cue.test(heard.text),
  );
  const got = state.settled !== 'nothing' || state.phase !== 'listening';
  return plainly || got || heard.understood.score >= SURELY_LEAVES
    ? goodbye(office)
    : nonsense(office, state);
}

/** "Yes", and again "yes", tells nothing: whoever says no more is asked otherwise. */
function goOnOnce(office: Office, state: TalkState): Move {
  const again = state.last?.phrases.some(({ prompt }) => prompt === 'listen.go_on') === true;
  return again ? nonsense(office, state) : goOn(office);
}

/** What an intent means only after a certain question. */
const AFTER: Readonly<Partial<Record<Phase, Readonly<Record<string, Flow>>>>> = {
  more: { 'control.no': goodbye },
  offering: { 'control.yes': acceptOffer, 'control.no': declineOffer },
  'offering-message': {
    'control.yes': acceptMessage,
    'control.no': declineMessage,
    // "Yes, take a message": what it is about was told before.
    'message.leave': acceptMessage,
  },
};

/** Decides what to do about something heard. */
export function route(office: Office, state: TalkState, heard: Heard): Move {
  const { understood } = heard;
  const asides = asidesIn(office, heard);
  const danger = understood.emergency && !isRatherNumber(office, heard);
  const plain = danger
    ? emergency(office)
    : (minorMove(office, state, heard) ??
      onlyAsked(office, heard, asides) ??
      decide(office, state, heard));
  const answeredNow = withAsides(office, plain, asides);
  const left = (answeredNow.change?.later as TalkState['later'] | undefined) ?? state.later;
  const wishes = besides(office, state, heard, { move: answeredNow, asides });
  // What has an answer is told before a message is taken, and not after it.
  const short = answeredNow.phase === 'taking' ? shortly(office, wishes) : [];
  const move = withAsides(
    office,
    answeredNow,
    short.map(({ wish, answer }) => ({ intent: wish.understood.intent, answer })),
  );
  const later = [...left, ...wishes.filter((one) => !short.some(({ wish }) => wish === one))];
  return { ...move, change: { silences: 0, misunderstood: 0, ...move.change, later } };
}

/** Those of `wishes` that an answer serves. */
const shortly = (
  office: Office,
  wishes: readonly Heard[],
): readonly { readonly wish: Heard; readonly answer: Answer }[] =>
  wishes.flatMap((wish) => {
    const answer = answerTo(office, wish);
    return answer === undefined ? [] : [{ wish, answer }];
  });

/** Below this score, words with a question that has an approved answer are that question. */
const UNSURE = 0.6;
/** So few words beside it are none of another matter: "lovely, do I need to bring anything". */
const BESIDE_WORDS = 2;

/** All that was said is a question of the caller's own that is answered, whatever else it may be taken for. */
function onlyAsked(office: Office, heard: Heard, asides: readonly Aside[]): Move | undefined {
  const { intent, score } = heard.understood;
  const [first] = asides;
  // The answer to this very question: what the rest of the words asks is no reason to say that we do not know.
  const own = asides.some((aside) => aside.intent === intent);
  if (own && intent.startsWith('info.') && answerTo(office, heard) === undefined)
    return answered(office, asides[0]?.answer.reason ?? intent, ...told(asides));
  if (first === undefined || score >= UNSURE || !/^(?:appointment|info)\./u.test(intent))
    return undefined;
  if (wordsOf(besidesAsides(heard)).length > BESIDE_WORDS) return undefined;
  return answered(office, first.answer.reason, ...told(asides));
}

const told = (asides: readonly Aside[]): readonly Phrase[] =>
  asides.flatMap(({ answer }) => answer.phrases);

/** From this score on, a second wish in one breath is served after the first. */
const CLEARLY = 0.75;
/** After these moves the talk goes on here, so that a second wish can follow. */
const GOES_ON: ReadonlySet<Phase> = new Set(['more', 'taking']);

/** What else was wanted in the same breath, each as if it had been said alone. */
function besides(
  office: Office,
  state: TalkState,
  heard: Heard,
  { move, asides }: { readonly move: Move; readonly asides: readonly Aside[] },
): readonly Heard[] {
  const { intent, others = [] } = heard.understood;
  if (!GOES_ON.has(move.phase) || state.later.length > 0) return [];
  const whole = isWholeMessage(move, heard);
  const area = intent.split('.')[0];
  const { aboutHours } = office.cues;
  const { wantsVisit } = cuesAt(office);
  return (
    others
      // "I've had the flu since Monday, you can ring me" tells more of the first wish, and wants no visit besides.
      .filter((other) => other.intent !== 'appointment.book' || wantsVisit.test(heard.text))
      // "Can I come in today?" is one wish, though it sounds like hours too.
      .filter((other) => other.intent !== 'info.hours' || aboutHours.test(heard.text))
      // What is for people is told in the message already.
      .filter((other) => !whole || other.intent.startsWith('info.'))
      // Its approved answer was given already.
      .filter((other) => !asides.some((aside) => aside.intent === other.intent))
      .filter((other) => other.score >= CLEARLY && canFollow(office, heard, other.intent))
      .filter((other) => area === 'info' || other.intent.split('.')[0] !== area)
      .map((other) => ({
        ...heard,
        understood: {
          ...{ intent: other.intent, score: other.score, alternatives: [], emergency: false },
          ...{ slots: heard.understood.slots, faq: undefined },
        },
      }))
  );
}

/** Whether all that was said is the matter of the message that is taken now. */
function isWholeMessage({ change }: Move, { text, understood }: Heard): boolean {
  const draft = change?.message as TalkState['message'] | undefined;
  return understood.intent === 'message.leave' && draft?.reason?.heard === text.trim();
}

/** Behind an answer a message or a person is a second wish, too: "do you have parking, and is Ann there?" */
function canFollow({ cues }: Office, { text, understood }: Heard, intent: string): boolean {
  if (SECOND.test(intent)) return true;
  if (!understood.intent.startsWith('info.')) return false;
  return intent === 'message.leave' || (intent === 'person.transfer' && cues.person.test(text));
}

/** What can be a second wish; turns of the talk and goodbyes are none. */
const SECOND =
  /^(?:info|prescription|results|billing|document|registration|privacy\.request|appointment)/u;

function decide(office: Office, state: TalkState, heard: Heard): Move {
  // The caller only finished a yes that we had taken for whole: what it cut short is said again.
  if (state.phase === 'more' && office.cues.echo.test(heard.text)) return repeat(office, state);
  const talk = ofTheTalk(office, state, heard);
  if (talk !== undefined) return talk;
  // "Okay, go on with the appointment", after a person who was not there.
  const { resumes } = turningCues(office.language);
  if (state.message !== null && resumes.test(heard.text))
    return ask(office, state.message, [], 'message.resumed');
  const right = amended(office, state, heard);
  if (right !== undefined) return right;
  if (office.cues.opener.test(heard.text)) return goOn(office);
  const again = followUp(office, state, heard);
  if (again !== undefined) return again;
  const wanted = askedFor(office, state, heard);
  if (wanted !== undefined) return wanted;
  const { intent } = heard.understood;
  if (office.isUrgent(intent)) return urgently(office, state, heard);
  const answer = answerTo(office, heard);
  if (answer !== undefined) return answered(office, answer.reason, ...answer.phrases);
  // "Could somebody ring me tomorrow about …" wishes a call, and no visit.
  const call = intent === 'appointment.book' && office.cues.callBack.test(heard.text);
  if (call && !office.cues.booking.test(heard.text)) return takeMessage(office, state, heard);
  // "… could Grace Okoye ring me back", in words that the model does not know.
  const { callBack, asksMessage } = office.cues;
  if (intent === OUT_OF_SCOPE && (callBack.test(heard.text) || asksMessage.test(heard.text)))
    return takeMessage(office, state, heard);
  const flow = AFTER[state.phase]?.[intent] ?? FLOWS[intent] ?? unserved;
  return flow(office, state, heard);
}
