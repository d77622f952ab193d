import type { Clock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import type { Events, Unsubscribe } from '../../events.js';
import type { Log } from '../../log.js';
import type { OpenRecords } from '../../records/records.js';
import type { AlarmKind } from '../../records/alarms.js';
import type { OutboxEntry, OutboxSubject } from '../../records/outbox.js';
import type { Channel } from './channel.js';
import { CHANNELS } from './channels.js';
import { notifyErrors } from './errors.js';
import type { NotifySettings } from './settings.js';
import { alarmNotice, noticeOf, type Notice, type NotifyingOffice } from './wording.js';

/** What the courier listens to: what was stored, by id. */
export interface Heard {
  readonly call: { readonly id: string; readonly what: 'began' | 'said' | 'ended' };
  readonly message: { readonly id: string };
}

export interface CourierParts {
  readonly settings: NotifySettings;
  readonly records: OpenRecords;
  readonly events: Pick<Events<Heard>, 'listen'>;
  readonly office: NotifyingOffice;
  readonly clock: Clock;
  readonly log: Log;
  /** Ways of telling; all that there are without it. */
  readonly channels?: readonly Channel[];
}

/** How often the outbox is looked at besides, in milliseconds. */
const LOOK_MS = 15_000;
const BATCH = 20;
const WAIT_MS = { first: 15_000, most: 3_600_000 };
/** A relay that is down from Friday evening on is mended on Monday. */
const GIVE_UP_MS = 3 * 24 * 3_600_000;
/** So long the same alarm is not raised again, in milliseconds: who tries passwords does it all night. */
const QUIET_MS: Readonly<Record<AlarmKind, number>> = {
  'self-test': 0,
  logins: 3_600_000,
  retention: 24 * 3_600_000,
  requests: 24 * 3_600_000,
  disk: 24 * 3_600_000,
};

/**
 * Tells mail addresses and programs of messages. What is to be told lies in the outbox until it was, so
 * that neither a crash nor a relay that is down loses it; it is read from the message only when it is
 * sent, so that what was erased meanwhile is told to nobody.
 */
export class Courier {
  readonly #parts: CourierParts;
  readonly #log: Log;
  readonly #channels: readonly Channel[];
  readonly #off: Unsubscribe[] = [];
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = true;

  constructor(parts: CourierParts) {
    this.#parts = parts;
    this.#log = parts.log.part('courier');
    this.#channels = parts.channels ?? CHANNELS;
  }

  start(): Promise<void> {
    const { events, settings } = this.#parts;
    if (!this.#channels.some((channel) => channel.inUse(settings))) return Promise.resolve();
    this.#stopped = false;
    this.#off.push(
      this.#parts.records.alarms.watch((kind, works) => {
        this.report(kind, works);
      }),
      events.listen('message', 'courier', ({ id }) => {
        this.#soon(() => this.#enqueue([id], false));
      }),
      // What its caller left unfinished is told of when the call is over.
      events.listen('call', 'courier', ({ id, what }) => {
        if (what === 'ended') this.#soon(() => this.#enqueueOf(id));
      }),
    );
    this.#soon(() => Promise.resolve());
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const off of this.#off.splice(0)) off();
    this.#cancel?.();
    await this.#running;
  }

  /**
   * Something of the house was tried: whoever is told of alarms hears of each failure, and once when it
   * works again.
   */
  report(kind: AlarmKind, works: boolean): void {
    if (!this.#stopped) this.#soon(() => this.#raise(kind, works));
  }

  async #raise(kind: AlarmKind, works: boolean): Promise<void> {
    const { records, settings, clock } = this.#parts;
    const targets = this.#channels.flatMap((channel) =>
      (channel.alarms?.(settings) ?? []).map((place) => `${channel.kind} ${place}`),
    );
    const before = await records.alarms.latest(kind);
    if (targets.length === 0 || (works && before?.state !== 'failed')) return;
    const now = clock.now();
    if (!works && before?.state === 'failed' && now - before.at < QUIET_MS[kind]) return;
    const alarm = await records.alarms.add(kind, works ? 'recovered' : 'failed', now);
    await records.outbox.add({ alarm }, [...new Set(targets)], now);
  }

  /** One after the other: first what is asked, then what is due. */
  #soon(first: () => Promise<void>): void {
    this.#running = this.#running
      .then(async () => {
        await first();
        if (!this.#stopped) await this.#deliverDue();
      })
      .catch((error: unknown) => {
        this.#log.error('notifications are stuck', { reason: oneLine(error) });
      })
      .finally(() => {
        this.#cancel?.();
        if (this.#stopped) return;
        this.#cancel = this.#parts.clock.after(LOOK_MS, () => {
          this.#soon(() => Promise.resolve());
        });
      });
  }

  async #enqueueOf(call: string): Promise<void> {
    const messages = await this.#parts.records.reading.messages.ofCall(call);
    await this.#enqueue(
      messages.map(({ id }) => id),
      true,
    );
  }

  async #enqueue(ids: readonly string[], unfinishedToo: boolean): Promise<void> {
    const { records, settings, clock } = this.#parts;
    for (const id of ids) {
      const message = await records.reading.messages.find(id);
      const ripe = message?.state === 'open' || (unfinishedToo && message?.state === 'partial');
      if (message === undefined || !ripe) continue;
      const targets = this.#channels.flatMap((channel) =>
        channel.places(message, settings).map((place) => `${channel.kind} ${place}`),
      );
      await records.outbox.add({ message: id }, [...new Set(targets)], clock.now());
    }
  }

  async #deliverDue(): Promise<void> {
    for (const entry of await this.#parts.records.outbox.due(this.#parts.clock.now(), BATCH)) {
      if (this.#stopped) return;
      await this.#deliver(entry);
    }
  }

  async #deliver(entry: OutboxEntry): Promise<void> {
    const { records, clock } = this.#parts;
    try {
      await this.#send(entry);
      await records.outbox.delivered(entry.id);
    } catch (error) {
      const now = clock.now();
      if (now - entry.madeAt > GIVE_UP_MS) {
        await records.outbox.failed(entry.id, undefined);
        const given = notifyErrors.make('GIVEN_UP', { detail: oneLine(error) });
        this.#log.error('a notification is given up', { code: given.code, reason: oneLine(given) });
        return;
      }
      const wait = Math.min(WAIT_MS.first * 2 ** entry.tries, WAIT_MS.most);
      await records.outbox.failed(entry.id, now + wait);
      this.#log.warn('a notification waits', { ms: wait, reason: oneLine(error) });
    }
  }

  async #send({ id, about, target }: OutboxEntry): Promise<void> {
    const { settings, clock } = this.#parts;
    const [kind, place = ''] = target.split(' ');
    const channel = this.#channels.find((one) => one.kind === kind);
    const content = channel?.content?.(place, settings) ?? settings.content;
    const notice = await this.#notice(about, content);
    if (notice === undefined) return;
    await channel?.send({ place, notice, id, now: clock.now() }, settings);
  }

  /** What is told of it now; undefined if nobody needs to hear of it any more. */
  async #notice(
    about: OutboxSubject,
    content: NotifySettings['content'],
  ): Promise<Notice | undefined> {
    const { records, office } = this.#parts;
    if ('alarm' in about) {
      // What has changed since is told instead.
      const alarm = await records.alarms.current(about.alarm);
      return alarm === undefined ? undefined : alarmNotice(alarm, office);
    }
    const message = await records.reading.messages.find(about.message);
    // Erased, or done already.
    if (message?.body === undefined || message.state === 'done') return undefined;
    return noticeOf(message, content, office);
  }
}
