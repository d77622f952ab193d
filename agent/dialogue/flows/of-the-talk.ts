import { wordsOf } from '../../understanding/text.js';
import { turningCues } from '../cues/turning.js';
import type { Office } from '../office.js';
import { say, type Heard, type Move, type Phase, type TalkState } from '../state.js';
import { goodbye } from './goodbye.js';
import { repeat, whoIsThis } from './listen.js';
import { acceptMessage, declineMessage } from './message/start.js';
import { acceptOffer, person } from './person.js';
import { noRecording, objectsToTold, recordingTold } from './privacy.js';

/** A caller who dialled wrongly says little more than that. */
const MISDIALLED_WORDS = 8;

/** What is about the talk itself, whatever matter the model takes it for. */
export function ofTheTalk(office: Office, state: TalkState, heard: Heard): Move | undefined {
  const { text } = heard;
  const { cues } = office;
  if (cues.identity.test(text)) return whoIsThis(office);
  if (cues.recordingAsked.test(text)) return recordingTold(office, state);
  if (objectsToTold(office, state, text)) return noRecording(office, state);
  if (cues.slower.test(text)) return repeat(office, state);
  if (state.phase === 'more' && cues.nothingMore.test(text)) return goodbye(office);
  if (wantsItLookedUp(office, state, heard)) return cannotSee(office);
  if (insists(office, heard))
    return state.failedTransfers < ENOUGH_TRANSFERS
      ? person(office, state, heard)
      : declineMessage(office);
  if (declines(office, state, heard)) return declineMessage(office);
  // Whoever left a message speaks of the number in it.
  const misdialled = cues.wrongNumber.test(text) && state.messages === 0;
  if (misdialled && wordsOf(text).length <= MISDIALLED_WORDS)
    return { ...goodbye(office), reason: 'goodbye.wrong-number' };
  // "Two", after "press one for a person, or two for a message".
  if (state.phase === 'offering' && state.transfer?.why === 'not-understood') {
    if (cues.nth[0]?.test(text) === true) return acceptOffer(office, state);
    if (cues.nth[1]?.test(text) === true) return acceptMessage(office, state);
  }
  return undefined;
}

/** Where callers who were answered, or have not said yet what for, may think that we could look something up. */
const TALKS: ReadonlySet<Phase> = new Set(['listening', 'more']);

/** "Can't you look it up?", of which the model makes nothing, or a wish to wait. */
const wantsItLookedUp = (
  { cues }: Office,
  { phase, messages }: TalkState,
  { text, understood: { intent } }: Heard,
): boolean =>
  TALKS.has(phase) &&
  messages === 0 &&
  /^(?:oos|control\.wait)$/u.test(intent) &&
  cues.looksUp.test(text);

const cannotSee = (office: Office): Move => ({
  phase: 'offering-message',
  actions: [
    say(
      'offer_message',
      office.prompts.phrase('message.cannot_see'),
      office.prompts.phrase('message.offer'),
    ),
  ],
  reason: 'message.cannot-see',
});

/** Intents that "no message" and "never mind" are taken for. */
const DECLINED = /^(?:oos|message\.leave|control\.(?:no|yes))$/u;
/** More words tell something else, too. */
const DECLINED_WORDS = 5;
/** Except where a message was offered, or is refused plainly: "no, I don't want to leave a message". */
const DECLINED_OFFER_WORDS = 10;

/** After this many transfers that nobody took, no further one is tried. */
const ENOUGH_TRANSFERS = 2;

/** "I don't want to leave a message, I want to speak to her now" */
function insists({ cues, language }: Office, { text }: Heard): boolean {
  const { wantsNoMessage } = turningCues(language);
  const rest = text.replace(wantsNoMessage, ' ').replace(cues.cancel, ' ');
  return rest !== text && cues.person.test(rest) && !cues.asksMessage.test(rest);
}

/** "OK, no message", where none is being taken. */
function declines(
  { cues, language }: Office,
  { phase }: TalkState,
  { text, understood: { intent } }: Heard,
): boolean {
  const { wantsNoMessage } = turningCues(language);
  const plainly = phase === 'offering-message' || wantsNoMessage.test(text);
  const most = plainly ? DECLINED_OFFER_WORDS : DECLINED_WORDS;
  const rest = text.replace(cues.cancel, ' ').replace(wantsNoMessage, ' ');
  // "Never mind, just tell him that I called."
  if (rest === text || cues.telling.test(rest) || cues.asksMessage.test(rest)) return false;
  return DECLINED.test(intent) && wordsOf(text).length <= most;
}
