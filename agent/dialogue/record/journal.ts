import type { DialogueAction, DialogueEvent } from '../ports.js';

/** One step of a dialogue as it is journalled: what happened, what was done, and why. */
export interface JournalStep {
  readonly event: DialogueEvent;
  readonly actions: readonly DialogueAction[];
  /** Code of the decision. */
  readonly reason: string;
}

/** Something the caller said that was a wish of its own, and no answer to a question of ours. */
export interface Wish {
  readonly intent: string;
  readonly text: string;
  readonly reason: string;
}

/** After these questions whatever is said is a wish; after others it is an answer. */
const OPEN_QUESTIONS: ReadonlySet<string> = new Set([
  ...['greeting', 'how_can_i_help', 'anything_else', 'offer_person', 'offer_message', 'repeat'],
  ...['still_there', 'wait', 'transfer', 'emergency', 'goodbye', 'press_key'],
]);
/** Decisions that show that a caller left our question for a matter of their own. */
const OWN_MATTER =
  /^(?:message\.(?:digression|changed|begin)|emergency|person\.caller-asked|topic\.)/u;
/** Decisions about turns that were no wish: noise, politeness, what came too late. */
const NO_MATTER = /^(?:ignored\.|nonsense\.|listen\.|unheard\.|message\.declined)/u;
/** Decisions about callers who asked for somebody, whatever their words were taken for. */
const ASKED_FOR = /^(?:person\.caller-asked|directory\.)/u;
/** Turns in the talk, and what nobody could help with. */
const NO_INTENT = /^(?:control\..+|oos)$/u;

/** What the caller wanted, in the order said. */
export function wishesIn(journal: readonly JournalStep[]): readonly Wish[] {
  const wishes: Wish[] = [];
  let asked = 'greeting';
  let early: Extract<DialogueEvent, { kind: 'heard' }> | undefined;
  for (const { event, actions, reason } of journal) {
    const open = OPEN_QUESTIONS.has(asked);
    // What is said over the notice is decided when the notice has ended.
    const heard = event.kind === 'heard' ? event : event.kind === 'spoken' ? early : undefined;
    if (reason === 'greeting.kept-for-later' && event.kind === 'heard') early = event;
    else if (heard !== undefined) {
      early = undefined;
      wishes.push(...wishesOf(heard, reason, open));
    }
    const said = actions.findLast((action) => action.do === 'say');
    if (said !== undefined) asked = said.asks;
  }
  return wishes;
}

function wishesOf(
  { text, understood }: Extract<DialogueEvent, { kind: 'heard' }>,
  reason: string,
  open: boolean,
): readonly Wish[] {
  if (NO_MATTER.test(reason) || (!open && !OWN_MATTER.test(reason))) return [];
  // An approved answer that was given tells what was asked better than an intent that does not fit.
  const found = ASKED_FOR.test(reason) ? 'person.transfer' : understood.intent;
  const first = reason.startsWith('faq.') ? reason : found;
  return [first, ...(understood.others ?? []).map(({ intent }) => intent)]
    .filter((intent) => !NO_INTENT.test(intent))
    .map((intent) => ({ intent, text, reason }));
}
