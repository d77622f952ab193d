import { oneLine } from '../errors.js';
import type { DialogueAction } from '../dialogue/ports.js';
import type { ConversationLine } from './conversation-line.js';
import type { ConversationParts, EffectOf, Effects } from './conversation-parts.js';
import type { EventQueue } from './event-queue.js';
import { until } from './patience.js';
import type { Said } from './saying.js';
import type { TalkTrace } from './talk-trace.js';
import type { Transcript } from './transcript.js';

/** Whoever speaks longer than this while it is our turn is talked over. */
const LONGEST_WAIT_MS = 8_000;

type Say = Extract<DialogueAction, { do: 'say' }>;

/** What performing needs of its conversation. */
export interface Stage {
  readonly call: string;
  readonly effects: Effects;
  readonly transcript: Transcript;
  readonly trace: TalkTrace;
  readonly inbox: EventQueue;
  /** The line that is talked on; undefined while there is none. */
  readonly line: () => ConversationLine | undefined;
  /** Whether the caller speaks, or what was said is not understood yet. */
  readonly hears: () => boolean;
  /** Whether the conversation is over: nothing more is said. */
  readonly closed: () => boolean;
  /** Time of the call in milliseconds. */
  readonly now: () => number;
}

/** Does what the dialogue decided: says it, and has everything else done by its effect. */
export class Performing {
  readonly #parts: Pick<ConversationParts, 'clock' | 'log'>;
  readonly #stage: Stage;
  #saying: string | undefined;
  #asked = 'greeting';

  constructor(parts: Pick<ConversationParts, 'clock' | 'log'>, stage: Stage) {
    this.#parts = parts;
    this.#stage = stage;
  }

  /** What is being said, as the dialogue calls it. */
  get saying(): string | undefined {
    return this.#saying;
  }

  /** What the latest question is called. */
  get asked(): string {
    return this.#asked;
  }

  /** Performs the actions in order; returns whether something was said and heard to its end. */
  async perform(actions: readonly DialogueAction[]): Promise<boolean> {
    const { effects, inbox, closed } = this.#stage;
    let spoke = false;
    for (const action of actions) {
      if (closed() && action.do === 'say') return false;
      if (action.do === 'say') {
        if (!(await this.#say(action))) return false;
        spoke = true;
      } else {
        try {
          const effect = effects[action.do] as EffectOf<typeof action.do> | undefined;
          if (effect === undefined) inbox.add({ kind: 'diary-failed' });
          else await effect(action);
        } catch (error) {
          if (action.do !== 'keep-message') throw error;
          this.#notKept(error);
          return false;
        }
      }
    }
    return spoke;
  }

  /** Says what the actions say by `say`, beside whatever else is under way: what is asked stays. */
  async aside(
    actions: readonly DialogueAction[],
    say: (text: string) => Promise<Said>,
  ): Promise<void> {
    const { transcript, now } = this.#stage;
    for (const action of actions) {
      if (action.do !== 'say') continue;
      const text = action.phrases.map((phrase) => phrase.text).join(' ');
      const ended = transcript.weSay(text, undefined, now());
      ended({ ...(await say(text)), atMs: now() });
    }
  }

  /** Nobody is told that a message was kept which was not. */
  #notKept(error: unknown): void {
    const { call, inbox } = this.#stage;
    this.#parts.log.error('a message could not be stored', { call, reason: oneLine(error) });
    inbox.add({ kind: 'not-kept' });
  }

  async #say({ asks, phrases, interruptible, expects }: Say): Promise<boolean> {
    const { transcript, trace, inbox, hears, now } = this.#stage;
    const line = this.#stage.line();
    if (line === undefined) return false;
    if (line.saysAside) await line.asideOver();
    // A caller in the middle of a sentence is not talked over; what was said meanwhile is answered.
    if (interruptible) await until(this.#parts.clock, () => !hears(), LONGEST_WAIT_MS);
    if (interruptible && inbox.outdates) return false;
    // The line may have gone meanwhile.
    if (this.#stage.line() !== line) return false;
    line.expect(expects);
    line.floor.taken(interruptible);
    this.#saying = asks;
    this.#asked = asks;
    const texts = phrases.map(({ text }) => text);
    const ended = transcript.weSay(texts.join(' '), asks, now());
    const traced = trace.says(asks, now());
    const { whole, heardMs, failed } = await line.say(texts);
    traced(whole, now());
    this.#saying = undefined;
    line.floor.left();
    ended({ whole, heardMs, atMs: now() });
    // What the caller did meanwhile is answered instead.
    if (failed === true && !inbox.outdates) inbox.add({ kind: 'unspoken' });
    return whole;
  }
}
