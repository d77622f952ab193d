import type { Destination } from '../directory.js';
import { looseNames } from '../names.js';
import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, sayThrough, type Move, type TalkState, type Transfer } from '../state.js';
import { transferEnded } from './person.js';

/** More than this are not read out: the whole name is asked for. */
const MOST_READ_OUT = 3;

/** Several people are called that: which one is meant? */
export function which(
  office: Office,
  found: readonly Destination[],
  choiceFor: TalkState['choiceFor'],
  misunderstood = 0,
): Move {
  return {
    phase: 'choosing',
    actions: [say('which_person', ...whichPhrases(office, found))],
    reason: 'directory.which',
    change: { choice: found.map(({ id }) => id), choiceFor, misunderstood },
  };
}

function whichPhrases(office: Office, found: readonly Destination[]): readonly Phrase[] {
  const [first, second, third] = found.map((one) => office.nameOf(one));
  if (first === undefined || second === undefined || found.length > MOST_READ_OUT) {
    return [office.prompts.phrase('directory.full_name')];
  }
  const question =
    third === undefined
      ? office.prompts.phrase('directory.which', { first, second })
      : office.prompts.phrase('directory.which_three', { first, second, third });
  return [question, ...found.map((one, at) => keyPhrase(office, one, at))];
}

const keyPhrase = (office: Office, one: Destination, at: number): Phrase =>
  office.prompts.phrase('directory.key', {
    digit: office.prompts.language.digits(String(at + 1)),
    name: office.nameOf(one),
  });

/**
 * Whoever is announced can be reached: settles who is rung for the destination of `move`, and who after
 * them. A move that announces nobody stays as it is.
 */
export function towards(office: Office, state: TalkState, move: Move): Move {
  const wanted =
    move.phase === 'announcing' ? (move.change?.transfer as TalkState['transfer']) : null;
  if (!wanted || wanted.rest !== undefined) return move;
  const danger = wanted.why === 'emergency';
  const asked = wanted.target;
  const found = office.steps(asked, state.now, state.handling?.away ?? [], danger);
  const [first, ...rest] = found;
  if (first === undefined) {
    const ended = transferEnded(office, { ...state, transfer: wanted }, 'no-answer');
    return { ...ended, reason: 'directory.nobody' };
  }
  const transfer: Transfer = { ...wanted, target: first, asked, rest };
  const change = { ...move.change, transfer };
  const asItIs = danger || first === asked || !office.directory.isPerson(asked);
  if (asItIs) return { ...move, change };
  const name = { name: office.nameOf(office.target(asked)) };
  const next = { name: office.nameOf(office.target(first)) };
  return {
    ...move,
    actions: [
      ...move.actions.filter((action) => action.do !== 'say'),
      sayThrough(
        'transfer',
        office.prompts.phrase('directory.away', name),
        office.prompts.phrase('transfer.announce', next),
      ),
    ],
    reason: 'directory.instead',
    change,
  };
}

/** Nobody answered there: the next one is rung, if there is one. */
export function tryNext(office: Office, state: TalkState): Move | undefined {
  const { transfer } = state;
  const [target, ...rest] = transfer?.rest ?? [];
  if (transfer === null || target === undefined) return undefined;
  const name = office.nameOf(office.target(transfer.target));
  const next = office.nameOf(office.target(target));
  return {
    phase: 'announcing',
    actions: [sayThrough('transfer', office.prompts.phrase('directory.next', { name, next }))],
    reason: 'directory.next',
    change: { transfer: { ...transfer, target, rest } },
  };
}

export function directoryTexts(office: Office): readonly Phrase[] {
  const names = office.directory.destinations.map((one) => office.nameOf(one));
  return [
    office.prompts.phrase('directory.full_name'),
    ...names.map((name) => office.prompts.phrase('directory.away', { name })),
    ...confusable(office).flatMap((one) =>
      Array.from({ length: MOST_READ_OUT }, (_, at) => keyPhrase(office, one, at)),
    ),
  ];
}

/** Those who share a name, a part of it, or a role with somebody else. */
function confusable(office: Office): readonly Destination[] {
  const shared = [...looseNames(office.directory.destinations).values()]
    .filter(({ of }) => of.length > 1)
    .flatMap(({ of }) => of);
  return [...new Set(shared)];
}
