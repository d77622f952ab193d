import { randomUUID } from 'node:crypto';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { TransferOutcome } from '../dialogue/ports.js';
import type { Ari, ChannelData } from '../telephony/ari.js';
import { settleLeftovers } from '../telephony/reconcile.js';
import type { LiveCallsFile } from './live-calls.js';
import { Reaper } from './reaper.js';
import { Visit, type VisitParts } from './visit.js';

/** The typed outcome of Asterisk's DIALSTATUS. */
const OUTCOMES: Readonly<Record<string, TransferOutcome>> = {
  ANSWER: 'answered',
  BUSY: 'busy',
  NOANSWER: 'no-answer',
  CHANUNAVAIL: 'no-answer',
  DONTCALL: 'declined',
  TORTURE: 'declined',
};

/**
 * Of a telephone that declines (603) DIALSTATUS says busy, or that there was none: the cause of the hangup (Q.850)
 * tells it. That of a telephone that only rang is of an earlier try.
 */
const DECLINED = { cause: '21', told: ['BUSY', 'CHANUNAVAIL', 'CONGESTION'] } as const;

const outcomeOf = (status = '', cause = ''): TransferOutcome =>
  cause === DECLINED.cause && DECLINED.told.some((one) => one === status)
    ? 'declined'
    : (OUTCOMES[status] ?? 'failed');

/** The channel with the number that its caller dialled, if the network told it. */
const dialled = (channel: ChannelData, number: string | undefined): ChannelData =>
  number === undefined || number === ''
    ? channel
    : { ...channel, dialplan: { ...channel.dialplan, exten: number } };

/** The front desk also settles what stands in Asterisk, which a visit does not. */
export type FrontDeskParts = VisitParts & {
  readonly ari: Ari;
  /** What calls to `called` are held under; undefined for a number without a profile of its own. */
  readonly forNumber?: (called: string) => VisitParts | undefined;
  /** What callers get for whom no line is free; the fallback if absent. */
  readonly whenFull?: 'fallback' | 'busy';
};

/**
 * Admits calls and starts a visit for each; settles with Asterisk what an interruption left behind.
 * Owns the visits.
 */
export class FrontDesk {
  #parts: FrontDeskParts;
  #mostCalls: number;
  readonly #log: Log;
  readonly #visits = new Map<string, Visit>();
  readonly #guests = new Map<string, string>();
  readonly #off: (() => void)[] = [];
  readonly #reaper: Reaper;
  readonly #live: LiveCallsFile | undefined;
  #settling: Promise<void> = Promise.resolve();
  #draining = false;
  #turnedAway = 0;
  #emptied: () => void = () => undefined;

  /** `live` is where the calls that are held are noted. */
  constructor(parts: FrontDeskParts, mostCalls: number, live?: LiveCallsFile) {
    this.#parts = parts;
    this.#mostCalls = mostCalls;
    this.#live = live;
    this.#log = parts.log.part('front-desk');
    this.#reaper = new Reaper({
      ...{ ari: parts.ari, clock: parts.clock, log: parts.log },
      owned: () => this.#owned(),
      lost: (channels) => {
        for (const id of channels) void this.#visits.get(id)?.end('interrupted');
      },
    });
  }

  /** Whether calls are taken. */
  get admits(): boolean {
    return this.#off.length > 0 && !this.#draining;
  }

  get visits(): number {
    return this.#visits.size;
  }

  /** How many calls are held at once at most. */
  get most(): number {
    return this.#mostCalls;
  }

  /** Callers for whom no line was free, since this desk began. */
  get turnedAway(): number {
    return this.#turnedAway;
  }

  /** The calls that run, the oldest first. */
  get running(): readonly Visit[] {
    return [...this.#visits.values()];
  }

  /** From now on calls are held under these parts; those that run keep theirs. */
  take(parts: Omit<FrontDeskParts, 'ari'>, mostCalls: number): void {
    this.#parts = { ...parts, ari: this.#parts.ari };
    this.#mostCalls = mostCalls;
  }

  /** Begins to admit calls, after what an earlier life left behind is settled. */
  async start(): Promise<void> {
    if (this.#off.length > 0) return;
    const { events } = this.#parts.ari;
    this.#off.push(
      events.listen('stasis-start', 'front-desk', ({ channel, args }) => {
        this.#entered(channel, args);
      }),
      events.listen('up', 'front-desk', () => {
        void this.#settle();
      }),
    );
    if (this.#parts.ari.up) await this.#settle();
    this.#reaper.start();
    this.#live?.tell('answering');
  }

  /**
   * From now on new calls go to the fallback; resolves when the calls that are held have come to their
   * own ends, or after `withinMs`. @returns how many were still held then
   */
  async drain(withinMs: number): Promise<number> {
    this.#draining = true;
    this.#live?.tell('draining');
    this.#log.info('draining', { count: this.#visits.size });
    if (this.#visits.size === 0) return 0;
    await new Promise<void>((resolve) => {
      const cancel = this.#parts.clock.after(withinMs, resolve);
      this.#emptied = () => {
        cancel();
        resolve();
      };
    });
    return this.#visits.size;
  }

  /** Stops admitting and ends every visit; callers go to the fallback. */
  async stop(): Promise<void> {
    for (const off of this.#off.splice(0)) off();
    this.#reaper.stop();
    await this.#settling;
    await Promise.all(
      [...this.#visits.values()].map(async (visit) => {
        await visit.end('interrupted');
        if (!visit.leftTalking) await this.#toFallback(visit.channelId);
      }),
    );
  }

  #entered(channel: ChannelData, args: readonly string[]): void {
    const [how, status, , cause] = args;
    if (how === 'incoming') {
      this.#admit(dialled(channel, args[1]));
    } else if (how === 'returned') {
      const visit = this.#visits.get(channel.id);
      // After a restart nobody remembers the caller: a new visit begins.
      if (visit === undefined) this.#admit(dialled(channel, args[2]));
      else void visit.returned(outcomeOf(status, cause));
    }
  }

  #admit(channel: ChannelData): void {
    if (this.#draining) {
      void this.#toFallback(channel.id);
      return;
    }
    if (this.#visits.size >= this.#mostCalls) {
      this.#turnedAway += 1;
      this.#log.warn('all lines taken', { count: this.#visits.size });
      void this.#turnAway(channel);
      return;
    }
    const parts = this.#parts.forNumber?.(channel.dialplan.exten) ?? this.#parts;
    const visit = new Visit(randomUUID(), channel, parts, (over) => {
      this.#visits.delete(over.channelId);
      this.#live?.ended(over.id);
      if (this.#visits.size === 0) this.#emptied();
    });
    this.#live?.began({ call: visit.id, channel: channel.id, since: this.#parts.clock.now() });
    this.#visits.set(channel.id, visit);
    this.#log.info('call taken', { call: visit.id, channel: channel.id });
    void visit.start();
  }

  /** No line is free. Who has been answered before, by staff who rang first, hears no busy tone any more. */
  async #turnAway({ id, state }: ChannelData): Promise<void> {
    const busy = this.#parts.whenFull === 'busy' && state !== 'Up';
    if (busy) await this.#parts.ari.refuse(id);
    else await this.#toFallback(id);
  }

  async #toFallback(channelId: string): Promise<void> {
    try {
      await this.#parts.ari.continueAt(channelId, 'vestibule-fallback', 's');
    } catch (error) {
      this.#log.debug('no caller left for the fallback', { reason: oneLine(error) });
    }
  }

  /** Channels of `callId` are ours although no visit has them, until the returned function is called. */
  guest(channelId: string, callId: string): () => void {
    this.#guests.set(channelId, callId);
    return () => {
      this.#guests.delete(channelId);
    };
  }

  #owned(): ReadonlyMap<string, string> {
    const visits = [...this.#visits.values()].map(({ channelId, id }) => [channelId, id] as const);
    return new Map([...visits, ...this.#guests]);
  }

  #settle(): Promise<void> {
    this.#settling = this.#settleOnce().catch((error: unknown) => {
      this.#log.error('settling with Asterisk failed', { reason: oneLine(error) });
    });
    return this.#settling;
  }

  async #settleOnce(): Promise<void> {
    const { ari, records, clock } = this.#parts;
    const alive = await settleLeftovers(ari, this.#owned(), this.#log);
    await Promise.all(
      [...this.#visits.values()]
        .filter((visit) => !alive.has(visit.channelId))
        .map((visit) => visit.end('interrupted')),
    );
    const open = [...this.#visits.values()].map((visit) => visit.id);
    const count = await records.calls.interruptOpen(open, clock.now());
    if (count > 0) this.#log.warn('closed calls that an interruption left open', { count });
  }
}
