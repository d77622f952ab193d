import type { Office } from '../office.js';
import type { Heard, Move, Phase, TalkState } from '../state.js';
import { answerTo } from './answers.js';
import { emergency } from './emergency.js';
import { goodbye } from './goodbye.js';
import { answered, goOn, helloBack, repeat, wait } from './listen.js';
import { acceptMessage, declineMessage, takeMessage } from './message/start.js';
import { nonsense } from './nonsense.js';
import { acceptOffer, declineOffer, person } from './person.js';
import { noRecording } from './privacy.js';
import { otherLanguage, sales, unserved } from './unserved.js';

type Flow = (office: Office, state: TalkState, heard: Heard) => Move;

/** Which flow serves which intent. What is not listed is for people: a transfer or a message. */
const FLOWS: Readonly<Record<string, Flow>> = {
  'message.leave': takeMessage,
  'person.transfer': person,
  emergency,
  'privacy.no_recording': noRecording,
  'control.repeat': repeat,
  'control.wait': wait,
  'control.goodbye': goodbye,
  'control.greeting': helloBack,
  'control.yes': goOn,
  'control.no': goOn,
  'sales.solicitation': sales,
  'language.switch': otherLanguage,
  oos: nonsense,
};

/** What an intent means only after a certain question. */
const AFTER: Readonly<Partial<Record<Phase, Readonly<Record<string, Flow>>>>> = {
  more: { 'control.no': goodbye },
  offering: { 'control.yes': acceptOffer, 'control.no': declineOffer },
  'offering-message': { 'control.yes': acceptMessage, 'control.no': declineMessage },
};

/** Decides what to do about something heard. */
export function route(office: Office, state: TalkState, heard: Heard): Move {
  const { understood } = heard;
  const move = understood.emergency ? emergency(office) : decide(office, state, heard);
  return { ...move, change: { silences: 0, misunderstood: 0, ...move.change } };
}

function decide(office: Office, state: TalkState, heard: Heard): Move {
  // The caller only finished a yes that we had taken for whole: what it cut short is said again.
  if (state.phase === 'more' && office.cues.echo.test(heard.text)) return repeat(office, state);
  const answer = answerTo(office, heard);
  if (answer !== undefined) return answered(office, answer.reason, ...answer.phrases);
  const { intent } = heard.understood;
  const flow = AFTER[state.phase]?.[intent] ?? FLOWS[intent] ?? unserved;
  return flow(office, state, heard);
}
