import type { Office } from '../office.js';
import type { Phrase } from '../ports.js';
import { say, type Move, type TalkState } from '../state.js';

/** The question that follows every answer. */
export const anythingElse = (office: Office): Phrase =>
  office.prompts.phrase('listen.anything_else');

/** An answer, and the question whether there is more. */
export function answered(office: Office, reason: string, ...answer: readonly Phrase[]): Move {
  return {
    phase: 'more',
    actions: [say('anything_else', ...answer, anythingElse(office))],
    reason,
    change: { settled: 'answered' },
  };
}

/** The caller said yes, or no, without having said what for. */
export const goOn = (office: Office): Move => ({
  phase: 'listening',
  actions: [say('how_can_i_help', office.prompts.phrase('listen.go_on'))],
  reason: 'listen.go-on',
});

export const helloBack = (office: Office): Move => ({
  phase: 'listening',
  actions: [say('how_can_i_help', office.prompts.phrase('listen.hello_back'))],
  reason: 'listen.hello',
});

/** Who or what is speaking: the truth, whenever it is asked. */
export const automated = (office: Office): Phrase =>
  office.prompts.phrase('listen.automated', { office: office.facts.name });

/** The caller asked what answers, before saying what for. */
export const whoIsThis = (office: Office): Move => ({
  phase: 'listening',
  actions: [say('how_can_i_help', automated(office), office.prompts.phrase('greeting.help'))],
  reason: 'listen.identity',
});

/** Says the last thing again. */
export function repeat(office: Office, state: TalkState): Move {
  if (state.last === null) return { ...goOn(office), reason: 'listen.nothing-to-repeat' };
  return {
    phase: state.phase === 'leaving' ? 'more' : state.phase,
    actions: [say(state.last.asks, ...state.last.phrases)],
    reason: 'listen.repeat',
  };
}

/** So often the last thing is said again because the model hears a wish for that. */
const MOST_REPEATS = 2;

/** The last thing again; undefined for whoever was not helped by it twice, and means something else. */
export const onceMore = (office: Office, state: TalkState): Move | undefined =>
  state.misunderstood < MOST_REPEATS
    ? { ...repeat(office, state), change: { misunderstood: state.misunderstood + 1 } }
    : undefined;

/** The caller needs time: the next silence is not counted. */
export const wait = (office: Office, state: TalkState): Move => ({
  phase: state.phase === 'leaving' ? 'more' : state.phase,
  actions: [say('wait', office.prompts.phrase('listen.wait'))],
  reason: 'listen.wait',
  change: { silences: -1 },
});

export const listenTexts = (office: Office): readonly Phrase[] => [
  automated(office),
  ...(
    [
      'listen.go_on',
      'listen.hello_back',
      'listen.anything_else',
      'listen.wait',
      'listen.not_understood',
      'listen.unheard',
    ] as const
  ).map((id) => office.prompts.phrase(id)),
];
