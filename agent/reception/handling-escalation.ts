import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Directory } from '../dialogue/directory.js';
import type { TransferTarget } from '../dialogue/settings.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { AuditLog } from '../records/audit-log.js';
import type { UnreadMessage } from '../records/escalations.js';
import type { HandlingRecords } from '../records/handling.js';
import type { Ari } from '../telephony/ari.js';

const MINUTE_MS = 60_000;
/** How often urgent messages are looked after. */
const LOOK_MS = 20_000;
/** A message that is older was somebody's before, and calls nobody any more. */
const OLDEST_MS = 24 * 60 * MINUTE_MS;
const CONTEXT = 'vestibule-urgent';
/** Under this name the steps stand in the audit log. */
const WHO = 'vestibule';

export interface EscalationParts {
  readonly settings: {
    readonly to: string;
    readonly afterMinutes: number;
    readonly everyMinutes: number;
    readonly mostCalls: number;
  };
  readonly directory: Pick<Directory, 'reach'>;
  readonly records: Pick<HandlingRecords, 'absences' | 'escalations'>;
  readonly audit: Pick<AuditLog, 'add'>;
  readonly ari: Pick<Ari, 'continueAt' | 'events' | 'hangUp' | 'ring'>;
  /** How long a telephone rings. */
  readonly ringSeconds: number;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Urgent messages that nobody reads: first the next person by the directory gets the message, then
 * people are called, one after the other, and told that there is one and no more. Whoever presses 1 has
 * taken it on.
 */
export class Escalation {
  readonly #parts: EscalationParts;
  readonly #log: Log;
  /** Telephone calls under way: the message and the person, by channel. */
  readonly #calls = new Map<string, { readonly message: string; readonly person: string }>();
  readonly #off: (() => void)[] = [];
  #cancel: () => void = () => undefined;
  #looking: Promise<void> = Promise.resolve();
  #running = false;

  constructor(parts: EscalationParts) {
    this.#parts = parts;
    this.#log = parts.log.part('escalation');
  }

  start(): Promise<void> {
    if (this.#running) return Promise.resolve();
    this.#running = true;
    const { events } = this.#parts.ari;
    this.#off.push(
      events.listen('stasis-start', 'escalation', ({ channel, args }) => {
        if (args[0] === 'acknowledged') void this.#acknowledged(channel.id);
      }),
      events.listen('channel-gone', 'escalation', ({ channelId }) => {
        this.#calls.delete(channelId);
      }),
    );
    this.#again();
    return Promise.resolve();
  }

  /** Ends the telephone calls that are under way. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancel();
    for (const off of this.#off.splice(0)) off();
    await this.#looking;
    const calls = [...this.#calls.keys()];
    this.#calls.clear();
    await Promise.all(calls.map((channel) => this.#parts.ari.hangUp(channel)));
  }

  /** Looks after every urgent message once; what fails is tried again the next time. */
  look(): Promise<void> {
    this.#looking = this.#look().catch((error: unknown) => {
      this.#log.error('urgent messages could not be looked after', { reason: oneLine(error) });
    });
    return this.#looking;
  }

  #again(): void {
    this.#cancel = this.#parts.clock.after(LOOK_MS, () => {
      void this.look().then(() => {
        if (this.#running) this.#again();
      });
    });
  }

  async #look(): Promise<void> {
    const { clock, records } = this.#parts;
    const now = clock.now();
    const unread = await records.escalations.unread(now - OLDEST_MS);
    const due = unread.filter((message) => now >= this.#dueAt(message));
    if (due.length === 0) return;
    const away = await records.absences.since(now);
    const { settings, directory } = this.#parts;
    const people = directory.reach(settings.to, { now, away, urgent: true });
    if (people.length === 0) {
      this.#log.warn('nobody can be told of urgent messages', { count: due.length });
      return;
    }
    for (const message of due) await this.#step(message, people, now);
  }

  #dueAt({ takenAt, steppedAt }: UnreadMessage): number {
    const { afterMinutes, everyMinutes } = this.#parts.settings;
    return steppedAt === undefined
      ? takenAt + afterMinutes * MINUTE_MS
      : steppedAt + everyMinutes * MINUTE_MS;
  }

  async #step(
    message: UnreadMessage,
    people: readonly TransferTarget[],
    now: number,
  ): Promise<void> {
    const { records, audit, settings } = this.#parts;
    const calling = [...this.#calls.values()].some((call) => call.message === message.message);
    if (calling || message.steps > settings.mostCalls) return;
    const person = message.steps === 0 ? nextOf(message, people) : calledOf(message, people);
    if (person === undefined) return;
    const what = message.steps === 0 ? 'messages.escalated' : 'messages.called';
    await audit.add(WHO, what, `${message.message} ${person.id}`);
    await records.escalations.step(message.message, person.id, now, message.steps === 0);
    this.#log.info('an urgent message goes on', { count: message.steps + 1 });
    if (message.steps > 0) await this.#call(message.message, person);
  }

  async #call(message: string, person: TransferTarget): Promise<void> {
    const { ari, ringSeconds } = this.#parts;
    const channel = `vestibule-urgent-${randomUUID()}`;
    this.#calls.set(channel, { message, person: person.id });
    try {
      await ari.ring(channel, person.extension, CONTEXT, ringSeconds);
    } catch (error) {
      this.#calls.delete(channel);
      this.#log.warn('nobody could be called about an urgent message', {
        reason: oneLine(error),
      });
    }
  }

  async #acknowledged(channel: string): Promise<void> {
    const call = this.#calls.get(channel);
    this.#calls.delete(channel);
    const { ari, audit, clock, records } = this.#parts;
    try {
      if (call !== undefined) {
        const by = `telephone:${call.person}`;
        await audit.add(by, 'messages.acknowledged', call.message);
        await records.escalations.read(call.message, by, clock.now());
      }
    } catch (error) {
      this.#log.error('an acknowledgement could not be stored', { reason: oneLine(error) });
      await ari.hangUp(channel);
      return;
    }
    // Said after it is stored: nobody is thanked for what is lost.
    await ari.continueAt(channel, CONTEXT, 'thanks').catch(() => undefined);
  }
}

type People = readonly TransferTarget[];

/** Who gets a message that its recipient does not read: the first of the others, if there is any. */
const nextOf = ({ recipient }: UnreadMessage, people: People): TransferTarget | undefined =>
  people.find(({ id }) => id !== recipient) ?? people[0];

/** Who is called at this step: first whoever was handed the message, then the others in their order. */
function calledOf({ recipient, steps }: UnreadMessage, people: People): TransferTarget | undefined {
  const handed = Math.max(
    0,
    people.findIndex(({ id }) => id === recipient),
  );
  return people[(handed + steps - 1) % people.length];
}
