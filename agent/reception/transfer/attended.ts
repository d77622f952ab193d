import type { Announced } from '../../dialogue/colleague.js';
import { ColleagueTalk } from '../../dialogue/colleague.js';
import type { DialogueAction, TalkEvent, TransferOutcome } from '../../dialogue/ports.js';
import { Speaking } from '../speaking.js';
import type { Line } from '../../telephony/line.js';
import { Asking, type Round, type RoundEnd, type StopReason } from './asking.js';
import type { Colleague, ColleagueParts } from './colleague.js';
import { Talk, type TalkEnd } from './talk.js';

type Transfer = Extract<DialogueAction, { do: 'transfer' }>;

/** The caller's side of an announced transfer. */
export interface AttendedCaller {
  readonly call: string;
  readonly channelId: string;
  readonly number: string;
  /** The caller's ear, which stays open. */
  readonly line: Line;
  /** Whether the call is being recorded with consent. */
  readonly recorded: boolean;
  readonly tell: (what: TalkEvent, who?: string) => void;
  /** A person hears and speaks from now on. */
  readonly attend: (colleague: Colleague) => () => Promise<void>;
  /** Somebody does not want to be recorded. */
  readonly stopRecording: () => Promise<void>;
  readonly extensionOf: (target: string) => string | undefined;
}

/** A member who did not take a queued caller is asked again after this. */
const AGAIN_MS = 3_000;

/**
 * Hands a caller to people who are asked first. The caller hears music meanwhile, comes back with the
 * outcome when nobody takes the call, and after the talk.
 */
export class Attended {
  readonly #parts: ColleagueParts;
  readonly #caller: AttendedCaller;
  readonly #talk: Talk;
  readonly #asking: Asking;
  /** All who ask somebody for this caller. */
  readonly #askings = new Set<Asking>();
  /** Whoever has accepted and is not connected yet. */
  #taking: Colleague | undefined;
  #count = 0;
  #closed = false;
  #connecting = false;
  #connected = false;
  #leaveLine: () => void = () => undefined;

  constructor(parts: ColleagueParts, caller: AttendedCaller) {
    this.#parts = parts;
    this.#caller = caller;
    this.#asking = this.#newAsking();
    this.#talk = new Talk({
      ...{ call: caller.call, caller: caller.channelId, people: parts.people },
      ...{ language: parts.language, tell: caller.tell, attend: caller.attend },
      stopRecording: caller.stopRecording,
      ...{ clock: parts.clock, log: parts.log },
      bring: (extension, by) => this.#bring(extension, by),
      take: (extension) => this.#take(extension),
    });
  }

  /** Whether caller and people hear each other just now. */
  get together(): boolean {
    return this.#connected && !this.#talk.apart;
  }

  /** Whether the caller was connected with somebody. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Rings `extension`, which gets the caller in place of those who talk with them. Never rejects. */
  takeOver(extension: string): Promise<boolean> {
    return this.#talk.takeOver(extension);
  }

  /** Asks, connects, and resolves when the caller is to be taken back. */
  async run(transfer: Transfer): Promise<{ outcome: TransferOutcome; end?: TalkEnd }> {
    const { people } = this.#parts;
    const { channelId, recorded } = this.#caller;
    await this.#talk.prepare();
    const asked = this.#ask(transfer);
    // Told before the music, and while it rings already: the talk itself begins at once.
    const told = recorded ? this.#tellRecorded() : Promise.resolve();
    const waiting = told.then(async () => {
      if (this.#connecting || this.#closed) return;
      const waiting = transfer.how === 'announced' ? people.settings.waiting : 'ringing';
      await people.ari.entertain(channelId, waiting).catch(() => undefined);
    });
    const end = await asked;
    this.#connecting = true;
    this.#taking = end.accepted;
    await waiting;
    if (end.accepted === undefined) {
      await this.close();
      return { outcome: end.outcome };
    }
    if (this.#closed) {
      await end.accepted.dismiss('caller_gone');
      return { outcome: 'failed' };
    }
    const connected = await this.#talk.connect(end.accepted);
    this.#taking = undefined;
    if (!connected) {
      await this.close();
      return { outcome: 'no-answer' };
    }
    this.#connected = true;
    const how = await this.#talk.ended;
    await this.close();
    return { outcome: 'answered', end: how };
  }

  /** Ends what rings and talks; the caller's channel is left alone. May be called twice. */
  async close(): Promise<void> {
    await this.#close('caller_gone');
  }

  /** We end, and people who talk go on without us; whoever is only being asked is let go. */
  async abandon(): Promise<void> {
    if (!this.#connected) {
      await this.#close('no-answer');
      return;
    }
    this.#closed = true;
    await this.#letGo('no-answer');
    await this.#talk.abandon();
  }

  /** With `no-answer` nothing is told to whoever is being asked: callers who go to the fallback may ring them next. */
  async #close(why: StopReason): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#leaveLine();
    // Side by side: nobody is let into a talk that is over while somebody is told so.
    await Promise.all([this.#letGo(why), this.#taking?.dismiss(why), this.#talk.close()]);
    await this.#parts.people.ari.quieten(this.#caller.channelId);
  }

  /** Whoever is only being asked is rung no longer. */
  async #letGo(why: StopReason): Promise<void> {
    await Promise.all([...this.#askings].map((one) => one.stop(why)));
  }

  async #tellRecorded(): Promise<void> {
    const { render, log, clock, language } = this.#parts;
    const texts = new ColleagueTalk(language);
    const speaking = new Speaking(this.#caller.line, render, log, clock);
    await speaking.say([texts.after('recorded')]);
    this.#caller.tell('recorded');
  }

  async #ask(transfer: Transfer): Promise<RoundEnd> {
    const { people, clock } = this.#parts;
    const { target, among = [target], inTurn, queueSeconds, seconds } = transfer;
    const members = among.flatMap((one) => {
      const extension = this.#caller.extensionOf(one);
      return extension === undefined ? [] : [{ target: one, extension }];
    });
    const round = {
      ...{ call: this.#caller.call, members, inTurn: inTurn === true },
      ...{ about: this.#about(transfer), seconds: seconds ?? people.ringSeconds },
      recorded: this.#caller.recorded,
    };
    if (queueSeconds === undefined) return this.#asking.round(round);
    const until = clock.monotonic() + queueSeconds * 1000;
    const place = people.lines.enter(target);
    this.#leaveLine = () => {
      place.leave();
    };
    try {
      const late = clock.sleep(queueSeconds * 1000).then(() => 'late' as const);
      if ((await Promise.race([place.turn, late])) === 'late') return { outcome: 'no-answer' };
      for (;;) {
        const end = await this.#asking.round(round);
        const over = this.#closed || clock.monotonic() + AGAIN_MS >= until;
        if (end.accepted !== undefined || end.outcome === 'voicemail' || over) return end;
        await clock.sleep(AGAIN_MS);
      }
    } finally {
      place.leave();
    }
  }

  #about({ target, about, how }: Transfer): Announced {
    return {
      reason: how === 'announced' ? 'call' : 'connect',
      name: this.#parts.people.nameOf(target),
      callerName: about?.name ?? null,
      callerNumber: this.#caller.number,
      said: about?.said ?? null,
    };
  }

  /** One more person for a talk: only who is on the office's own list. */
  async #bring(extension: string, by: Colleague): Promise<Colleague | undefined> {
    const { people } = this.#parts;
    const target = people.personAt(extension);
    if (target === undefined) return undefined;
    return this.#askOne({
      ...{ call: this.#caller.call, members: [{ target, extension }], inTurn: true },
      about: {
        ...{ reason: 'join', name: people.nameOf(by.target) },
        ...{ callerName: null, callerNumber: this.#caller.number, said: null },
      },
      ...{ seconds: people.ringSeconds, recorded: this.#caller.recorded },
    });
  }

  /** Somebody of the staff at a telephone of the office, which need be nobody's on the list. */
  async #take(extension: string): Promise<Colleague | undefined> {
    const { people } = this.#parts;
    const target = people.personAt(extension) ?? extension;
    return this.#askOne({
      ...{ call: this.#caller.call, members: [{ target, extension }], inTurn: true },
      about: {
        ...{ reason: 'take-over', name: target, callerName: null, said: null },
        callerNumber: this.#caller.number,
      },
      ...{ seconds: people.ringSeconds, recorded: this.#caller.recorded },
    });
  }

  /** Asks one more person, beside a talk; undefined if they do not come. */
  async #askOne(round: Round): Promise<Colleague | undefined> {
    const asking = this.#newAsking();
    const { accepted } = await asking.round(round);
    this.#askings.delete(asking);
    return accepted;
  }

  #newAsking(): Asking {
    const asking = new Asking(
      this.#parts,
      () => (this.#count += 1),
      (target) => {
        this.#caller.tell('asked', target);
      },
    );
    this.#askings.add(asking);
    return asking;
  }
}
