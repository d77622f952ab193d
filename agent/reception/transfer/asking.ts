import type { Announced } from '../../dialogue/colleague.js';
import { Colleague, type Asked, type ColleagueParts } from './colleague.js';

/** Who is asked, how, and about what. */
export interface Round {
  readonly call: string;
  /** Ids and extensions of those who are asked. */
  readonly members: readonly { readonly target: string; readonly extension: string }[];
  /** One after the other, or all at once until one takes the call. */
  readonly inTurn: boolean;
  readonly about: Announced;
  readonly seconds: number;
  readonly recorded: boolean;
}

/** How a round of asking ended: with whom, or how. */
export type RoundEnd =
  | { readonly accepted: Colleague }
  | { readonly outcome: Exclude<Asked, 'accepted'>; readonly accepted?: undefined };

/** Why people are asked no longer: the caller has hung up, or we end. */
export type StopReason = 'caller_gone' | 'no-answer';

/** What is told to whoever could not be reached: the most telling of all answers. */
const TELLING: readonly Exclude<Asked, 'accepted'>[] = ['no-answer', 'declined', 'busy', 'failed'];

/** Asks people whether they take a call. `stop` ends whatever rings. */
export class Asking {
  readonly #parts: ColleagueParts;
  readonly #nextNth: () => number;
  readonly #told: (target: string) => void;
  readonly #asked = new Set<Colleague>();
  #stopped = false;

  /** `told` hears whom the caller is announced to. */
  constructor(parts: ColleagueParts, nextNth: () => number, told: (target: string) => void) {
    this.#parts = parts;
    this.#nextNth = nextNth;
    this.#told = told;
  }

  async round(round: Round): Promise<RoundEnd> {
    return round.inTurn ? this.#inTurn(round) : this.#atOnce(round, round.members);
  }

  /** Nobody is asked any more; those who are just being asked are told why, where there is something to tell. */
  async stop(why: StopReason): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#asked].map((one) => one.dismiss(why)));
  }

  async #inTurn(round: Round): Promise<RoundEnd> {
    const ended: Exclude<Asked, 'accepted'>[] = [];
    for (const member of round.members) {
      const end = await this.#atOnce(round, [member]);
      if (end.accepted !== undefined) return end;
      if (end.outcome === 'voicemail') return end;
      ended.push(end.outcome);
    }
    return { outcome: mostTelling(ended) };
  }

  async #atOnce(round: Round, members: Round['members']): Promise<RoundEnd> {
    if (this.#stopped) return { outcome: 'no-answer' };
    const { lines } = this.#parts.people;
    const free = members.filter(({ extension }) => !lines.isBusy(extension));
    if (free.length === 0) return { outcome: 'busy' };
    const asked = free.map(({ target, extension }) => {
      const { call, about, seconds, recorded } = round;
      const nth = this.#nextNth();
      const request = { call, nth, target, extension, about, seconds, recorded };
      const one = new Colleague(this.#parts, request);
      one.told = () => {
        this.#told(target);
      };
      this.#asked.add(one);
      return one;
    });
    const end = await firstOf(asked);
    for (const one of asked) {
      this.#asked.delete(one);
      // Whoever has answered otherwise is told what follows from it already.
      if (one !== end.accepted) void one.dismiss('taken');
    }
    return end;
  }
}

/** The first who accepts or wants a message; how it ended when nobody does. */
function firstOf(asked: readonly Colleague[]): Promise<RoundEnd> {
  return new Promise((resolve) => {
    const ended: Exclude<Asked, 'accepted'>[] = [];
    for (const one of asked) {
      void one.ask().then((how) => {
        if (how === 'accepted') resolve({ accepted: one });
        else if (how === 'voicemail') resolve({ outcome: how });
        else {
          ended.push(how);
          if (ended.length === asked.length) resolve({ outcome: mostTelling(ended) });
        }
      });
    }
  });
}

const mostTelling = (ended: readonly Exclude<Asked, 'accepted'>[]): Exclude<Asked, 'accepted'> =>
  TELLING.find((one) => ended.includes(one)) ?? 'no-answer';
