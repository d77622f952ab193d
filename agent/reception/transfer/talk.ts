import type { Clock } from '../../clock.js';
import { ColleagueTalk } from '../../dialogue/colleague.js';
import type { TalkEvent } from '../../dialogue/ports.js';
import { oneLine } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Colleague } from './colleague.js';
import { talkNames, type People } from './people.js';
import { TalkKeys, type TalkWish } from './talk-keys.js';

/** How a talk ended: the people left, or gave the caller back. A caller who hangs up ends the visit. */
export type TalkEnd = 'people-left' | 'given-back';

export interface TalkParts {
  readonly call: string;
  /** Channel of the caller. */
  readonly caller: string;
  readonly people: People;
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
  readonly clock: Clock;
  readonly log: Log;
}

/** A telephone that hangs up so soon after it was told that its REFER failed has not meant to cut the caller off. */
const HASTY_MS = 3_000;

/**
 * A caller and people of the office in one bridge. Owns the bridge and the people's channels; the
 * caller's channel stays the visit's.
 */
export class Talk {
  readonly #parts: TalkParts;
  readonly #bridge: string;
  readonly #texts: ColleagueTalk;
  readonly #people = new Map<Colleague, { readonly off: () => Promise<void> }>();
  readonly #off: (() => void)[] = [];
  #held = new Set<string>();
  #parked = false;
  /** How often the caller is just being sent on by somebody's telephone. */
  #sending = 0;
  /** When somebody's telephone was told last that it could not send the caller on. */
  #refusedAt = -Infinity;
  #end: (end: TalkEnd) => void = () => undefined;
  readonly ended: Promise<TalkEnd>;
  #closing: Promise<void> | undefined;

  constructor(parts: TalkParts) {
    this.#parts = parts;
    this.#bridge = talkNames(parts.call).bridge;
    this.#texts = new ColleagueTalk(parts.language);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Makes the bridge, so that it stands when somebody accepts. */
  async prepare(): Promise<void> {
    const { ari } = this.#parts.people;
    await ari.createBridge(this.#bridge);
    this.#off.push(
      ari.events.listen('hold', 'talk', ({ channelId, held }) => {
        const one = [...this.#people.keys()].find((who) => who.channelId === channelId);
        if (one === undefined || this.#held.has(channelId) === held) return;
        if (held) this.#held.add(channelId);
        else this.#held.delete(channelId);
        this.#parts.tell(held ? 'held' : 'resumed', one.target);
      }),
      ari.events.listen('refer', 'talk', ({ channelId, to, attended }) => {
        const one = [...this.#people.keys()].find((who) => who.channelId === channelId);
        if (one !== undefined) void this.#sendOn(one, attended ? undefined : to);
      }),
    );
  }

  /** Connects the caller with whoever accepted first. */
  async connect(first: Colleague): Promise<void> {
    const { people, caller, tell } = this.#parts;
    const { ari } = people;
    await Promise.all([ari.quieten(caller), ari.quieten(first.channelId)]);
    await ari.addToBridge(this.#bridge, [caller, first.channelId]);
    this.#seat(first);
    tell('connected', first.target);
    // If we die, they go on talking.
    await ari.setVariable(caller, 'VESTIBULE_PHASE', 'human');
  }

  /** Whether nobody of the people hears the caller just now. */
  get apart(): boolean {
    return this.#parked || this.#held.size > 0;
  }

  /**
   * Rings `extension`; once it is taken up, the caller is with it, and all others go. `by` is whose telephone
   * asked for it by REFER. Never rejects.
   */
  async takeOver(extension: string, by?: Colleague): Promise<boolean> {
    const { people, caller, take, tell, log } = this.#parts;
    try {
      const joined = await take(extension);
      if (joined === undefined) return false;
      if (this.#closing !== undefined || (this.#people.size === 0 && this.#sending === 0)) {
        await joined.dismiss('caller_gone');
        return false;
      }
      const before = [...this.#people];
      await people.ari.quieten(joined.channelId);
      const waiting = this.#parked;
      this.#parked = false;
      if (waiting) await people.ari.quieten(caller);
      await people.ari.addToBridge(
        this.#bridge,
        waiting ? [joined.channelId, caller] : [joined.channelId],
      );
      this.#seat(joined);
      tell('joined', joined.target);
      // Whoever sent the caller on is let go even if the network is slow to take the news.
      const told = by === undefined ? [] : [people.ari.tellReferrer(by.channelId, 'answered')];
      await Promise.all([...told, ...before.map(([one, { off }]) => this.#relieve(one, off))]);
      return true;
    } catch (error) {
      log.warn('a talk could not be taken over', { reason: oneLine(error) });
      return false;
    }
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
    const taken = await this.takeOver(extension, by);
    this.#sending -= 1;
    if (taken) return;
    if (this.#people.size === 0) this.#end('given-back');
    else await this.#refuse(by, 'unavailable');
  }

  /** The telephone of `by` keeps the caller: it is told so (RFC 3515), and so is whoever holds it. */
  async #refuse(by: Colleague, why: 'declined' | 'unavailable'): Promise<void> {
    const { people, clock } = this.#parts;
    this.#refusedAt = clock.monotonic();
    await people.ari.tellReferrer(by.channelId, why);
    if (this.#people.has(by)) await by.say([this.#texts.after('unreached')]);
  }

  /** Somebody else has the caller now: this one is told so, alone. */
  async #relieve(one: Colleague, off: () => Promise<void>): Promise<void> {
    if (!this.#people.delete(one)) return;
    this.#held.delete(one.channelId);
    this.#parts.tell('left', one.target);
    try {
      await this.#parts.people.ari.removeFromBridge(this.#bridge, one.channelId);
      await off();
    } catch (error) {
      // Their telephone may have left by itself: they are let go all the same.
      this.#parts.log.debug('a person was not apart any more', { reason: oneLine(error) });
    }
    await one.dismiss('taken');
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
        await off();
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
    const ends = [...this.#people.values()].map(({ off }) => off());
    this.#people.clear();
    await Promise.all(ends);
    await Promise.all(people.map((one) => one.close()));
    await this.#parts.people.ari.destroyBridge(this.#bridge);
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
    void seat.off().then(() => one.close());
    if (this.#people.size > 0) return;
    if (this.#sending > 0) {
      if (!this.#parked) void this.#wait();
      return;
    }
    // Whoever waits when the last one hangs up was forgotten, and has not been served to the end; nor has
    // who should have been sent on: some telephones hang up when their REFER is refused.
    const hasty = this.#parts.clock.monotonic() - this.#refusedAt < HASTY_MS;
    this.#end(this.#parked || hasty ? 'given-back' : 'people-left');
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
    const { people, caller, tell } = this.#parts;
    this.#parked = !this.#parked;
    tell(this.#parked ? 'parked' : 'unparked', by.target);
    if (this.#parked) await this.#wait();
    else {
      await people.ari.quieten(caller);
      await people.ari.addToBridge(this.#bridge, [caller]);
    }
  }

  /** The caller is alone, and hears what callers hear who wait. */
  async #wait(): Promise<void> {
    const { people, caller, log } = this.#parts;
    this.#parked = true;
    try {
      await people.ari.removeFromBridge(this.#bridge, caller);
      await people.ari.entertain(caller, people.settings.waiting);
    } catch (error) {
      log.warn('a caller waits without music', { reason: oneLine(error) });
    }
  }

  async #add(by: Colleague, extension: string): Promise<void> {
    const { people, bring, tell } = this.#parts;
    const joined = await bring(extension, by);
    if (joined === undefined) {
      await by.say([this.#texts.after('unreached')]);
      return;
    }
    if (this.#closing !== undefined || this.#people.size === 0) {
      await joined.dismiss('caller_gone');
      return;
    }
    await people.ari.quieten(joined.channelId);
    await people.ari.addToBridge(this.#bridge, [joined.channelId]);
    this.#seat(joined);
    tell('joined', joined.target);
  }
}
