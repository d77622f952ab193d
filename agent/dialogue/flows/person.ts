import type { Office } from '../office.js';
import type { Phrase, TransferOutcome } from '../ports.js';
import {
  say,
  sayThrough,
  type Heard,
  type Move,
  type TalkState,
  type Transfer,
  type TransferWhy,
} from '../state.js';
import type { PromptId } from '../prompts/en.js';
import { atExtension } from './asked-for.js';
import { afterTalk, connection, whenMissed } from './after-person.js';
import { tryNext, which } from './directory.js';
import { begin } from './greeting.js';
import { anythingElse } from './listen.js';

/** The caller asked for a person, by name or at all. */
export function person(office: Office, _state: TalkState, heard: Heard): Move {
  // Whoever complains about somebody does not want to be connected with them.
  const text = heard.text.replace(office.cues.concerning, ' ');
  const named = office.targetsIn(text, heard.now);
  if (named.length > 1) return which(office, named, 'transfer');
  const wanted = named[0] ?? atExtension(office, text, heard.now);
  // Nobody is let wait for somebody who is not here.
  const unknown = wanted === undefined && office.cues.titled.test(text);
  const move = announce(
    office,
    wanted?.id ?? office.settings.defaultTarget,
    'caller-asked',
    unknown ? 'transfer.unknown' : 'transfer.announce',
  );
  const transfer = move.change?.transfer;
  if (transfer === undefined || transfer === null) return move;
  return { ...move, change: { ...move.change, transfer: { ...transfer, said: heard.text } } };
}

/** Tells the caller who comes next; the transfer follows when that has been heard. */
export function announce(
  office: Office,
  id: string,
  why: TransferWhy,
  prompt: PromptId = 'transfer.announce',
): Move {
  const target = office.target(id);
  const phrase = office.prompts.phrase(prompt, { name: office.nameOf(target) });
  return {
    phase: 'announcing',
    actions: [sayThrough('transfer', phrase)],
    reason: `person.${why}`,
    change: { transfer: { target: target.id, why } },
  };
}

/** The announcement was heard: connect. */
export function connect(office: Office, state: TalkState): Move {
  const transfer: Transfer = state.transfer ?? {
    target: office.settings.defaultTarget,
    why: 'caller-asked',
  };
  const { target, why, extension } = transfer;
  const at = extension === undefined ? {} : { extension };
  return {
    phase: 'transferring',
    actions: [{ do: 'transfer', target, why, ...at, ...connection(office, state, target, why) }],
    reason: 'person.connect',
    change: { transfer },
  };
}

/** What became of the transfer; `back` if the caller is with us again after a talk, `given` if people want that. */
export function transferEnded(
  office: Office,
  state: TalkState,
  outcome: TransferOutcome,
  back = false,
  given = false,
): Move {
  if (outcome === 'answered' && back) return afterTalk(office, given);
  if (outcome === 'answered') {
    return {
      phase: 'handed-over',
      actions: [],
      reason: 'person.answered',
      change: { settled: 'transferred' },
    };
  }
  if (state.transfer?.why === 'staff-first') return staffMissed(office, state);
  // Whoever wants a message taken wants no colleague rung.
  const next = outcome === 'voicemail' ? undefined : tryNext(office, state);
  if (next !== undefined) return next;
  const danger = state.transfer?.why === 'emergency';
  if (!danger) {
    const missed = whenMissed(office, state, outcome);
    if (missed !== undefined) return missed;
  }
  return {
    phase: danger ? 'more' : 'offering-message',
    actions: [
      danger
        ? say('anything_else', ...sorry(office, state), anythingElse(office))
        : say('offer_message', ...sorry(office, state), office.prompts.phrase('message.offer')),
    ],
    reason: `person.${outcome}`,
    change: {
      settled: 'unserved',
      wish: wishAfter(office, state),
      transfer: null,
      silences: 0,
      misunderstood: 0,
      failedTransfers: state.failedTransfers + 1,
    },
  };
}

/** Nobody took the call before us: it begins as any other. */
function staffMissed(office: Office, state: TalkState): Move {
  const { now, caller } = state;
  const move = begin(office, state, {
    kind: 'begin',
    now,
    ...(caller === null ? {} : { caller }),
  });
  return { ...move, reason: 'person.staff-missed', change: { ...move.change, transfer: null } };
}

/** A message that is taken now is for whoever could not be reached. */
export function wishAfter(office: Office, { transfer, wish }: TalkState): TalkState['wish'] {
  const missed = transfer?.asked ?? transfer?.target ?? office.settings.defaultTarget;
  const recipient = missed === office.settings.defaultTarget ? null : missed;
  // "Could I speak to Dr Carter, it's Anna Price about my referral": who and what need not be told again.
  const text = transfer?.said ?? '';
  return wish === null ? { text, intent: 'message.leave', recipient } : { ...wish, recipient };
}

function sorry(office: Office, state: TalkState): readonly Phrase[] {
  if (state.transfer?.why === 'emergency') return [nobody(office)];
  const name = missedName(office, state);
  if (name === undefined) return [office.prompts.phrase('transfer.failed')];
  return [office.prompts.phrase('transfer.failed_name', { name })];
}

/** The name of who could not be reached; undefined where nobody in particular was asked for. */
export function missedName(office: Office, { transfer }: TalkState): string | undefined {
  const asked = transfer?.asked ?? transfer?.target ?? office.settings.defaultTarget;
  return asked === office.settings.defaultTarget ? undefined : office.nameOf(office.target(asked));
}

function nobody(office: Office): Phrase {
  const number = office.prompts.language.digits(office.settings.emergencyNumber);
  return office.prompts.phrase('emergency.nobody', { number });
}

/** The question whether a person would help; `target` is who would be asked. */
export function offerPhrase(office: Office, target = office.settings.defaultTarget): Phrase {
  const name = office.nameOf(office.target(target));
  return office.prompts.phrase('transfer.offer', { name });
}

/** "Yes" to that question. */
export function acceptOffer(office: Office, state: TalkState): Move {
  return announce(
    office,
    state.transfer?.target ?? office.settings.defaultTarget,
    'offer-accepted',
  );
}

/** "No" to it: a message may do. */
export function declineOffer(office: Office): Move {
  return {
    phase: 'offering-message',
    actions: [say('offer_message', office.prompts.phrase('message.offer_instead'))],
    reason: 'person.offer-declined',
    change: { transfer: null },
  };
}

export function personTexts(office: Office): readonly Phrase[] {
  const named = office.directory.destinations.flatMap((target) => {
    const fill = { name: office.nameOf(target) };
    return [
      office.prompts.phrase('transfer.announce', fill),
      office.prompts.phrase('transfer.failed_name', fill),
      office.prompts.phrase('transfer.offer', fill),
    ];
  });
  const first = { name: office.nameOf(office.target(office.settings.defaultTarget)) };
  return [
    ...named,
    office.prompts.phrase('transfer.not_understood', first),
    office.prompts.phrase('transfer.unknown', first),
    office.prompts.phrase('transfer.failed'),
    office.prompts.phrase('transfer.declined'),
    nobody(office),
  ];
}
