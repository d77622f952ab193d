import { indexOfPhrase, plain } from '../../understanding/text.js';
import type { Office } from '../office.js';
import type { DialogueAction, Phrase } from '../ports.js';
import type { Heard, Move, Phase, Say } from '../state.js';
import { answerTo, type Answer } from './answers.js';
import { anythingElse } from './listen.js';

/** Phases in which the talk goes on, or a person takes it over: what was asked besides is answered on the way. */
const ON_THE_WAY: ReadonlySet<Phase> = new Set([
  ...(['more', 'taking', 'choosing', 'diary', 'offering'] as const),
  ...(['offering-message', 'announcing'] as const),
]);

/** A part that an approved answer was found for. */
export interface Aside {
  readonly intent: string;
  readonly answer: Answer;
}

/** The office's own answers to what is asked in parts of a sentence that wants something else, too. */
export function asidesIn(office: Office, heard: Heard): readonly Aside[] {
  const { asked = [], slots, emergency } = heard.understood;
  if (emergency) return [];
  return asked.flatMap(({ text, intent, score, faq }) => {
    if (!intent.startsWith('info.') && !office.cues.question.test(text)) return [];
    const understood = { intent, score, faq, slots, alternatives: [], emergency: false };
    const answer = answerTo(office, { ...heard, text, understood });
    return answer?.reason.startsWith('faq.') === true ? [{ intent, answer }] : [];
  });
}

/** What was said besides those parts, as it was said. */
export function besidesAsides({ text, understood: { asked = [] } }: Heard): string {
  // Each word as `plain` writes it, which may be several.
  let words = text.split(/\s+/u).filter((word) => plain(word) !== '');
  for (const part of asked) {
    const plainly = words.map(plain);
    const from = indexOfPhrase(plainly, part.text.split(' '));
    if (from < 0) continue;
    words = words.toSpliced(from, part.text.split(' ').length);
  }
  return words.join(' ');
}

/** The move with those answers before what it asks; as it was where nothing is left to say, or nobody listens. */
export function withAsides(office: Office, move: Move, asides: readonly Aside[]): Move {
  if (asides.length === 0 || !ON_THE_WAY.has(move.phase)) return move;
  const at = move.actions.findLastIndex((action) => action.do === 'say');
  const last = move.actions[at] as Say | undefined;
  if (last === undefined) return move;
  const told = new Set(last.phrases.map(({ prompt }) => prompt));
  const news = asides.flatMap(({ answer }) => answer.phrases);
  const phrases = news.filter(({ prompt }, index) => {
    const first = news.findIndex((one) => one.prompt === prompt) === index;
    return first && !told.has(prompt);
  });
  const actions = move.actions.map((action, index): DialogueAction =>
    index === at ? { ...last, phrases: placed(office, last.phrases, phrases) } : action,
  );
  return { ...move, actions };
}

/** Behind the first answer and before "is there anything else"; before every other question. */
function placed(office: Office, said: readonly Phrase[], more: readonly Phrase[]): Phrase[] {
  const question = anythingElse(office).prompt;
  const ends = said.at(-1)?.prompt === question ? said.length - 1 : 0;
  return [...said.slice(0, ends), ...more, ...said.slice(ends)];
}
