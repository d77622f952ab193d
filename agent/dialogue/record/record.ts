import type { DialogueAction, TakenMessage, Told, TransferOutcome } from '../ports.js';
import { wishesIn, type JournalStep, type Wish } from './journal.js';
import { summaryOf } from './summary.js';

export type { JournalStep } from './journal.js';

export type Urgency = 'emergency' | 'urgent' | 'normal' | 'unknown';

/** A person who was rung for the caller. */
export interface RecordedTransfer {
  /** Id of the transfer target. */
  readonly target: string;
  readonly why: string;
  /** Null while it was not known when the call ended. */
  readonly outcome: TransferOutcome | null;
}

/**
 * What a call came to, made of its journal and of nothing else: whoever asks why finds the decision
 * in the trace. Plain data: survives JSON.
 */
export interface DialogueRecord {
  /** What the call was mainly about; null when the caller wanted nothing that was understood. */
  readonly intent: string | null;
  /** Everything that was wanted, in the order said, each once. */
  readonly intents: readonly string[];
  readonly urgency: Urgency;
  /** What the caller told, by name of the detail. The latest message counts. */
  readonly slots: Readonly<Record<string, Told>>;
  /** The caller's own sentences and the details, for people: nothing else is in it. */
  readonly summary: string;
  /** The summary in other words, by a language model; for convenience, never in place of it. */
  readonly rephrased?: { readonly text: string; readonly model: string };
  readonly transfers: readonly RecordedTransfer[];
  /** Each decision's code, in order. */
  readonly trace: readonly string[];
}

/** The record of a dialogue in `language`. Pure: the same journal gives the same record. */
export function recordOf(journal: readonly JournalStep[], language: string): DialogueRecord {
  const wishes = wishesIn(journal);
  const messages = messagesIn(journal);
  const slots = slotsOf(journal, messages);
  const urgency = urgencyOf(journal, messages);
  return {
    intent: mainIntent(wishes, messages, urgency),
    intents: [...new Set(wishes.map(({ intent }) => intent))],
    urgency,
    slots,
    summary: summaryOf(
      { wishes, messages, slots, urgency, questions: ownQuestions(journal) },
      language,
    ),
    transfers: transfersIn(journal),
    trace: journal.map(({ reason }) => reason),
  };
}

/** The messages as they were kept last. */
function messagesIn(journal: readonly JournalStep[]): readonly TakenMessage[] {
  const kept = new Map<number, TakenMessage>();
  for (const action of actionsIn(journal)) {
    if (action.do !== 'keep-message') continue;
    // The latest last: a message may be left for another one and gone on with.
    kept.delete(action.message.number);
    kept.set(action.message.number, action.message);
  }
  return [...kept.values()];
}

function slotsOf(
  journal: readonly JournalStep[],
  messages: readonly TakenMessage[],
): Readonly<Record<string, Told>> {
  const slots = new Map<string, Told>();
  for (const { event, reason } of journal) {
    // A day counts where it was what the answer was about.
    if (event.kind !== 'heard' || !reason.startsWith('hours.')) continue;
    const { day } = event.understood.slots;
    if (day !== undefined) slots.set('day', { ...day, by: 'voice' });
  }
  for (const message of messages) {
    const { name, phone, reason, callbackTime, details = {} } = message;
    const told = { name, phone, reason, callback_time: callbackTime, ...details };
    for (const [key, value] of Object.entries(told)) {
      if (value !== null) slots.set(key, value);
    }
  }
  return Object.fromEntries(slots);
}

/** A question of the office's own: its prompt is named after the intent of its form and its id. */
const OWN_QUESTION = /^form\.[a-z0-9_.]+\.([a-z][a-z0-9_]*)$/u;

/** The office's own questions, word for word as they were asked, by the id of their answer. */
function ownQuestions(journal: readonly JournalStep[]): Readonly<Record<string, string>> {
  const asked = actionsIn(journal).flatMap((action) => (action.do === 'say' ? action.phrases : []));
  return Object.fromEntries(
    asked.flatMap(({ prompt, text }) => {
      const [, id] = OWN_QUESTION.exec(prompt) ?? [];
      return id === undefined ? [] : [[id, text]];
    }),
  );
}

function urgencyOf(journal: readonly JournalStep[], messages: readonly TakenMessage[]): Urgency {
  if (journal.some(({ reason }) => reason === 'emergency')) return 'emergency';
  // Connected at once, as the office wants it for what cannot wait.
  if (journal.some(({ reason }) => reason === 'person.urgent')) return 'urgent';
  const told = messages.map(({ urgent }) => urgent);
  if (told.includes(true)) return 'urgent';
  return told.includes(false) ? 'normal' : 'unknown';
}

/** Danger first, then what a message was taken for, then what was wanted first. */
function mainIntent(
  wishes: readonly Wish[],
  messages: readonly TakenMessage[],
  urgency: Urgency,
): string | null {
  if (urgency === 'emergency') return 'emergency';
  const message = messages.findLast(({ state }) => state === 'complete') ?? messages.at(-1);
  const [first] = wishes;
  // A message that only stands in for a person is about what was wanted before.
  const instead = message?.intent === 'message.leave' ? undefined : message?.intent;
  return instead ?? first?.intent ?? message?.intent ?? null;
}

function transfersIn(journal: readonly JournalStep[]): readonly RecordedTransfer[] {
  const transfers: RecordedTransfer[] = [];
  for (const { event, actions } of journal) {
    const open = transfers.at(-1);
    if (event.kind === 'transfer-ended' && open?.outcome === null) {
      transfers[transfers.length - 1] = { ...open, outcome: event.outcome };
    }
    for (const action of actions) {
      if (action.do !== 'transfer') continue;
      transfers.push({ target: action.target, why: action.why, outcome: null });
    }
  }
  return transfers;
}

const actionsIn = (journal: readonly JournalStep[]): readonly DialogueAction[] =>
  journal.flatMap(({ actions }) => actions);
