import { within } from '../../clock.js';
import { ColleagueTalk } from '../../dialogue/colleague.js';
import type { TalkEvent } from '../../dialogue/ports.js';
import { oneLine } from '../../errors.js';
import type { Colleague } from './colleague.js';
import { TalkBridge, type TalkBridgeParts } from './talk-bridge.js';
import { TalkKeys, type TalkWish } from './talk-keys.js';

/** How a talk ended: the people left, or gave the caller back. A caller who hangs up ends the visit. */
export type TalkEnd = 'people-left' | 'given-back';

export interface TalkParts extends TalkBridgeParts {
  readonly language: string;
  /** Rings a further person of the list and asks them; undefined if they do not come. */
  readonly bring: (extension: string, by: Colleague) => Promise<Colleague | undefined>;
  /** Rings somebody of the staff who takes the caller over; undefined if they do not take it up. */
  readonly take: (extension: string) => Promise<Colleague | undefined>;
  /** Somebody does not want to be recorded. */
  readonly stopRecording: () => Promise<void>;
  /** What happened, for the journal. */
  readonly tell: (what: TalkEvent, who?: string) => void;
  /** A person hears and speaks from now on; the returned function ends it. */
  readonly attend: (colleague: Colleague) => () => Promise<void>;
}

/** A telephone that hangs up so soon after it was told that its REFER failed has not meant to cut the caller off. */
const HASTY_MS = 3_000;
/** Whoever is let go waits no longer than this to be told, and to be apart from the talk. */
const APART_MS = 4_000;

interface Seat {
  /** Ends what is kept of the person. */
  readonly off: () => Promise<void>;
}

/**
 * A caller and people of the office in one bridge. Owns the bridge and the people's channels; the
 * caller's channel stays the visit's.
 */
export class Talk {
  readonly #parts: TalkParts;
  readonly #bridge: TalkBridge;
  readonly #texts: ColleagueTalk;
  readonly #people = new Map<Colleague, Seat>();
  readonly #off: (() => void)[] = [];
  #held = new Set<string>();
  /** How many are just being rung for the caller, who waits for them if everybody else leaves. */
  #sending = 0;
  /** When somebody's telephone was told last that it could not send the caller on. */
  #refusedAt = -Infinity;
  #end: (end: TalkEnd) => void = () => undefined;
  readonly ended: Promise<TalkEnd>;
  #closing: Promise<void> | undefined;

  constructor(parts: TalkParts) {
    this.#parts = parts;
    this.#bridge = new TalkBridge(parts);
    this.#texts = new ColleagueTalk(parts.language);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Makes the bridge, so that it stands when somebody accepts. */
  async prepare(): Promise<void> {
    const { ari } = this.#parts.people;
    await this.#bridge.make();
    this.#off.push(
      ari.events.listen('hold', 'talk', ({ channelId, held }) => {
        const one = [...this.#people.keys()].find((who) => who.channelId === channelId);
        const byCaller = channelId === this.#parts.caller && this.#people.size > 0;
        if ((one === undefined && !byCaller) || this.#held.has(channelId) === held) return;
        if (held) this.#held.add(channelId);
        else this.#held.delete(channelId);
        if (one === undefined) this.#parts.tell(held ? 'caller-held' : 'caller-resumed');
        else this.#parts.tell(held ? 'held' : 'resumed', one.target);
      }),
      ari.events.listen('refer', 'talk', ({ channelId, to, attended }) => {
        const one = [...this.#people.keys()].find((who) => who.channelId === channelId);
        if (one !== undefined) void this.#sendOn(one, attended ? undefined : to);
      }),
    );
  }

  /** Connects the caller with whoever accepted first; false if one of them is gone, and the other is alone. */
  async connect(first: Colleague): Promise<boolean> {
    const { people, caller, tell, log } = this.#parts;
    try {
      if (!(await this.#let(first, caller))) return false;
    } catch (error) {
      log.debug('a person was not connected', { reason: oneLine(error) });
      return false;
    }
    tell('connected', first.target);
    // If we die, they go on talking.
    await people.ari.setVariable(caller, 'VESTIBULE_PHASE', 'human');
    return true;
  }

  /** Lets `one` in, beside `others`; false if they have hung up, or all is over. Leaves nobody on the line alone. */
  async #let(one: Colleague, ...others: readonly string[]): Promise<boolean> {
    try {
      await this.#bridge.enter(...others, one.channelId);
    } catch (error) {
      await one.close();
      if (one.lost) return false;
      throw error;
    }
    if (this.#closing !== undefined) await one.dismiss('caller_gone');
    else if (one.lost) await one.close();
    else {
      this.#seat(one);
      return true;
    }
    return false;
  }

  /** Whether caller and people do not hear each other just now. */
  get apart(): boolean {
    return this.#bridge.parked || this.#held.size > 0;
  }

  /** Rings `extension`; once it is taken up, the caller is with it, and all others go. Never rejects. */
  async takeOver(extension: string): Promise<boolean> {
    const others = await this.#fetch(extension);
    await Promise.all((others ?? []).map(([one, seat]) => this.#relieve(one, seat)));
    return others !== undefined;
  }

  /**
   * Rings `extension` and connects the caller with it. Returns those who talked with them until then;
   * undefined if nobody has taken the caller up.
   */
  async #fetch(extension: string): Promise<readonly (readonly [Colleague, Seat])[] | undefined> {
    try {
      const joined = await this.#parts.take(extension);
      if (joined === undefined || !(await this.#join(joined))) return undefined;
      if (this.#bridge.parked) await this.#bridge.unpark();
      // They may have hung up meanwhile: the caller stays where they were.
      if (!this.#people.has(joined)) return undefined;
      return [...this.#people].filter(([one]) => one !== joined);
    } catch (error) {
      this.#parts.log.warn('a talk could not be taken over', { reason: oneLine(error) });
      return undefined;
    }
  }

  /** Whoever was rung for the talk is in it; false if there is none any more. */
  async #join(joined: Colleague): Promise<boolean> {
    if (this.#closing !== undefined || (this.#people.size === 0 && this.#sending === 0)) {
      await joined.dismiss('caller_gone');
      return false;
    }
    if (!(await this.#let(joined))) return false;
    this.#parts.tell('joined', joined.target);
    return true;
  }

  /**
   * The telephone of `by` sends the caller on to `extension`: to people of the list and telephones of the
   * office, and nowhere else. Whoever does so may hang up at once; the caller waits, and comes back to us if nobody
   * takes them.
   */
  async #sendOn(by: Colleague, extension: string | undefined): Promise<void> {
    const { people, tell } = this.#parts;
    const known =
      extension !== undefined &&
      (people.personAt(extension) !== undefined || people.isHere(extension));
    if (!known) {
      await this.#refuse(by, 'declined');
      return;
    }
    tell('sent-on', by.target);
    this.#sending += 1;
    const others = await this.#fetch(extension);
    this.#sending -= 1;
    if (others !== undefined) {
      const told = this.#tellReferrer(by, 'answered');
      await Promise.all(
        others.map(([one, seat]) => this.#relieve(one, seat, one === by ? told : undefined)),
      );
    } else if (this.#people.size === 0) this.#end('given-back');
    else await this.#refuse(by, 'unavailable');
  }

  /** The telephone of `by` keeps the caller: it is told so (RFC 3515), and so is whoever holds it. */
  async #refuse(by: Colleague, why: 'declined' | 'unavailable'): Promise<void> {
    this.#refusedAt = this.#parts.clock.monotonic();
    await this.#tellReferrer(by, why);
    if (this.#people.has(by)) await by.say([this.#texts.after('unreached')]);
  }

  /** Nobody is kept waiting by a network that does not take the news. */
  #tellReferrer(by: Colleague, what: 'answered' | 'declined' | 'unavailable'): Promise<void> {
    const { people, clock } = this.#parts;
    return this.#tried(within(clock, APART_MS, people.ari.tellReferrer(by.channelId, what)));
  }

  /**
   * Somebody else has the caller now: this one is told so, alone, and let go. Whoever has sent the caller on
   * by their telephone knows, once it is `told`.
   */
  async #relieve(one: Colleague, seat: Seat, told?: Promise<void>): Promise<void> {
    if (!this.#people.delete(one)) return;
    this.#held.delete(one.channelId);
    this.#parts.tell('left', one.target);
    const apart = this.#bridge.leave(one.channelId, told === undefined);
    // Their telephone may have left by itself: they are let go all the same.
    const done = [apart, seat.off()].map((work) =>
      this.#tried(within(this.#parts.clock, APART_MS, work)),
    );
    await Promise.all([...done, told]);
    if (told === undefined) await one.dismiss('taken');
    else await one.close();
  }

  /** Resolves as `work` does, which may fail. */
  async #tried(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#parts.log.debug('a person was not apart any more', { reason: oneLine(error) });
    }
  }

  /** Forgets the people and lets them talk: their ears are closed, and no more. */
  async abandon(): Promise<void> {
    for (const off of this.#off.splice(0)) off();
    const people = [...this.#people];
    this.#people.clear();
    this.#closing = Promise.resolve();
    await Promise.all(
      people.map(async ([one, { off }]) => {
        one.gone = () => undefined;
        await this.#tried(off());
        await one.line.close();
      }),
    );
  }

  /** Ends the people's calls and the bridge. May be called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    for (const off of this.#off.splice(0)) off();
    const people = [...this.#people.keys()];
    const ends = [...this.#people.values()].map(({ off }) => this.#tried(off()));
    this.#people.clear();
    await Promise.all(ends);
    await Promise.all(people.map((one) => one.close()));
    await this.#bridge.destroy();
  }

  #seat(one: Colleague): void {
    const keys = new TalkKeys();
    const { clock, attend } = this.#parts;
    const off = attend(one);
    this.#people.set(one, { off });
    one.gone = () => {
      this.#left(one);
    };
    one.line.listen({
      frame: () => undefined,
      played: () => undefined,
      key: (digit) => {
        if (!this.#people.has(one)) return;
        const wish = keys.key(digit, clock.monotonic());
        if (wish !== undefined) void this.#grant(one, wish);
      },
      closed: () => undefined,
    });
  }

  #left(one: Colleague): void {
    const seat = this.#people.get(one);
    if (seat === undefined) return;
    this.#people.delete(one);
    this.#held.delete(one.channelId);
    this.#parts.tell('left', one.target);
    void this.#tried(seat.off()).then(() => one.close());
    if (this.#people.size > 0) return;
    if (this.#sending > 0) {
      if (!this.#bridge.parked) void this.#bridge.park();
      return;
    }
    // Whoever waits when the last one hangs up was forgotten, and has not been served to the end; nor has
    // who should have been sent on: some telephones hang up when their REFER is refused.
    const hasty = this.#parts.clock.monotonic() - this.#refusedAt < HASTY_MS;
    this.#end(this.#bridge.parked || hasty ? 'given-back' : 'people-left');
  }

  async #grant(one: Colleague, wish: TalkWish): Promise<void> {
    const { log, tell } = this.#parts;
    try {
      if (wish.wish === 'give-back') {
        tell('given-back', one.target);
        this.#end('given-back');
      } else if (wish.wish === 'park') await this.#park(one);
      else if (wish.wish === 'unrecorded') await this.#parts.stopRecording();
      else await this.#add(one, wish.extension);
    } catch (error) {
      log.warn('a wish of a person in a talk failed', { reason: oneLine(error) });
    }
  }

  /** The caller waits with music and the people talk alone, until a second press. */
  async #park(by: Colleague): Promise<void> {
    const { parked } = this.#bridge;
    this.#parts.tell(parked ? 'unparked' : 'parked', by.target);
    await (parked ? this.#bridge.unpark() : this.#bridge.park());
  }

  /** Whoever asks for a colleague may hang up at once: the caller waits, and comes back to us if nobody comes. */
  async #add(by: Colleague, extension: string): Promise<void> {
    this.#sending += 1;
    const joined = await this.#brought(by, extension);
    this.#sending -= 1;
    if (this.#people.size === 0) this.#end('given-back');
    else if (!joined && this.#people.has(by)) await by.say([this.#texts.after('unreached')]);
  }

  /** Whether a colleague has come to the talk. Never rejects. */
  async #brought(by: Colleague, extension: string): Promise<boolean> {
    try {
      const joined = await this.#parts.bring(extension, by);
      if (joined === undefined || !(await this.#join(joined))) return false;
      // Nobody else takes the caller back, if whoever asked for them has hung up.
      if (this.#bridge.parked && this.#people.size === 1) await this.#bridge.unpark();
      return true;
    } catch (error) {
      this.#parts.log.warn('nobody could be brought in', { reason: oneLine(error) });
      return false;
    }
  }
}
