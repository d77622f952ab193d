import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { TransferOutcome } from '../dialogue/ports.js';
import type { ChannelData } from '../telephony/ari.js';
import { CallStateHolder, type CallState } from '../telephony/call-state.js';
import { telephonyErrors } from '../telephony/errors.js';
import type { Line } from '../telephony/line.js';
import { QualityWatch } from '../telephony/quality/watch.js';
import { Conversation } from './conversation.js';
import { Audience, type Listener } from './live/audience.js';
import type { LiveTalk } from './live/notes.js';
import { DiaryDesk } from './diary-desk.js';
import { effectsOf } from './effects/index.js';
import { watchTime } from './handling-time.js';
import { MachineWatch } from './machine-watch.js';
import { offered } from './offered.js';
import { Recorder } from './recorder.js';
import { backFrom, HandingOver, type Transfer } from './transfer/handing-over.js';
import { recordedBlind, watchBlind } from './transfer/blind.js';
import type { People } from './transfer/people.js';
import { listenAlong, overheard, type Ears } from './visit-ear.js';
import { heldAs, isGone, storeEnd } from './visit-end.js';
import { hasStatistics, type VisitParts } from './visit-parts.js';
import { VisitTrace } from './visit-trace.js';

export type { Exchange, VisitHandling, VisitParts } from './visit-parts.js';

/**
 * One call, from its offer to its end: opens the ear, the conversation and the recorder, hands the
 * caller to people and takes the caller back, and closes what it opened in reverse order.
 */
export class Visit {
  readonly id: string;
  readonly channelId: string;
  readonly #channel: ChannelData;
  readonly #parts: VisitParts;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #state = new CallStateHolder();
  readonly #conversation: Conversation;
  readonly #recorder: Recorder;
  readonly #trace: VisitTrace;
  readonly #audience = new Audience();
  /** When it began, milliseconds since 1970. */
  readonly begunAt: number;
  /** Looks into the office's calendars for this caller. */
  readonly diary: DiaryDesk;
  /** People serve what we cannot: a fax machine, a text telephone. */
  readonly #machines = new MachineWatch((tone) => {
    this.#log.info('a machine calls', { call: this.id, event: tone });
    void this.#toFallback();
  });
  readonly #startedAt: number;
  readonly #over: (visit: Visit) => void;
  readonly #off: (() => void)[] = [];
  #ear: Line | undefined;
  #ears = 0;
  #quality: QualityWatch | undefined;
  #answered = false;
  #opened: Promise<unknown> = Promise.resolve();
  #ending: Promise<void> | undefined;
  #goneWhileWithPerson: () => void = () => undefined;
  /** People are asked for the caller, or talk with the caller. */
  #handing: HandingOver | undefined;
  /** The caller's telephone holds the call: what comes from there is music, and nobody's voice. */
  #held = false;
  /** The telephone of whoever has taken the caller from a person. */
  #takenBy: string | undefined;
  /** The daemon ended and caller and people were left talking. */
  leftTalking = false;

  /** `over` is called once, when everything is closed. */
  constructor(id: string, channel: ChannelData, parts: VisitParts, over: (visit: Visit) => void) {
    this.id = id;
    this.channelId = channel.id;
    this.#channel = channel;
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#log = parts.log.part('visit');
    this.#over = over;
    this.#startedAt = parts.clock.monotonic();
    this.begunAt = parts.clock.now();
    this.#recorder = new Recorder(parts.records, this.#log);
    this.#trace = new VisitTrace(parts.traces?.of(id, this.#startedAt));
    const effects = effectsOf(this);
    this.diary = new DiaryDesk(id, parts.diary, parts.clock, this.#log, (event) => {
      this.#conversation.post(event);
    });
    this.#conversation = new Conversation(id, this.#startedAt, parts, effects, this.#recorder);
  }

  /** Answers and begins the conversation, or lets staff ring. A failure hands the caller to the fallback. */
  async start(): Promise<void> {
    try {
      const { handling, objections, stored } = await offered(
        this.id,
        this.#channel,
        this.#parts,
        this.#log,
      );
      this.#opened = stored;
      if (objections.includes('no-record')) await this.#recorder.discard();
      if (objections.includes('no-assistant')) {
        await stored;
        await this.#toFallback();
        return;
      }
      // Staff who ring first answer the call themselves: until then the caller hears it ring.
      if (handling?.way !== 'staff' || handling.challenge !== undefined) await this.#takeUp();
      // Of a call that is not in the store nothing can be recorded: its caller is not told that it is.
      const unrecorded = !(await stored) || objections.includes('no-record');
      this.#conversation.post({
        kind: 'begin',
        now: this.#clock.now(),
        ...(this.callerNumber === '' ? {} : { caller: this.callerNumber }),
        ...heldAs(handling, unrecorded),
      });
      this.#off.push(
        watchTime(this.#clock, this.#parts.handling?.longest, (left) => {
          if (this.#state.state === 'talking') this.#conversation.post({ kind: 'time', left });
        }),
        this.#parts.ari.events.listen('hold', 'visit', ({ channelId, held }) => {
          if (channelId !== this.channelId) return;
          this.#held = held;
          this.#conversation.callerHolds(held);
        }),
      );
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** The caller has come back from a person; `given`: because people gave them back. */
  async returned(outcome: TransferOutcome, given = false): Promise<void> {
    if (this.#state.state !== 'with-person') return;
    this.#goneWhileWithPerson();
    try {
      await this.#takeUp();
      this.#conversation.post(backFrom(outcome, given || this.#takenBy !== undefined));
      const extension = this.#takenBy;
      this.#takenBy = undefined;
      if (extension !== undefined) this.interrupt({ kind: 'taken-over', extension });
    } catch (error) {
      await this.#fail(error);
    }
  }

  /** As the network gave it; empty when withheld. */
  get callerNumber(): string {
    return this.#channel.caller.number;
  }

  /** Consent is stored: the recording begins. Used by the effect. */
  get recorder(): Recorder {
    return this.#recorder;
  }

  /** A text of a message without what may never be stored. */
  inMessage(text: string): string {
    return this.#conversation.inMessage(text);
  }

  /** As `Conversation.undecided`. */
  get undecided(): ((settled: () => Promise<void>) => void) | undefined {
    return this.#conversation.undecided;
  }

  get state(): CallState {
    return this.#state.state;
  }

  /** What is said and decided, as it may be stored. */
  get talk(): LiveTalk {
    return this.#conversation.live;
  }

  /** Whether the caller was told that others may hear the call, and has not objected. */
  get consented(): boolean {
    return this.#recorder.consented;
  }

  /** Whether somebody may listen in, as far as those who talk go: people only where they were told. */
  get audible(): boolean {
    return (
      this.state === 'talking' || (this.state === 'with-person' && this.#handing?.kept === true)
    );
  }

  /** Whether people are asked first, or talk with the caller through us. */
  get handing(): boolean {
    return this.#handing !== undefined;
  }

  /**
   * Rings `extension`, which gets the caller in place of those who talk with them through us. False when
   * nobody does yet.
   */
  takeFromTalk(extension: string): boolean {
    return this.#handing?.takeOver(extension) ?? false;
  }

  /** The caller comes back in a moment, because their talk is cut off, and is then handed to `extension`. */
  expectBack(extension: string): void {
    this.#takenBy = extension;
  }

  /** Somebody listens in, from now on. Whether that is allowed was asked before. */
  attend(listener: Listener): () => void {
    return this.#audience.add(listener);
  }

  /** Somebody of the staff takes the caller over at `extension`, or ends the call; the caller is told. */
  interrupt(...event: Parameters<Conversation['interrupt']>): void {
    this.#conversation.interrupt(...event);
  }

  get parts(): VisitParts {
    return this.#parts;
  }

  /**
   * Hands the caller to `extension`, which rings for `seconds` or as long as usual; the outcome comes back
   * through `returned`.
   */
  async handOver(extension: string, seconds?: number): Promise<void> {
    const { ari } = this.#parts;
    this.#state.to('with-person');
    this.#audience.leave('with-person');
    this.#parts.changed?.(this.id);
    this.#conversation.detach();
    await this.#ear?.close();
    this.#ear = undefined;
    // Outside Stasis we only hear of the channel's end if we ask for it.
    await ari.watch(this.channelId);
    this.#goneWhileWithPerson = watchBlind(ari, this.channelId, {
      answered: () => {
        this.#noteAnswer();
      },
      gone: (served) => {
        // Whoever hangs up after the talk with a person was served.
        if (served) this.#conversation.post({ kind: 'transfer-ended', outcome: 'answered' });
        void this.end('caller');
      },
    });
    this.#off.push(this.#goneWhileWithPerson);
    await ari.setVariable(this.channelId, 'VESTIBULE_RING_SECONDS', String(seconds ?? ''));
    await ari.continueAt(this.channelId, 'vestibule-transfer', extension);
  }

  /**
   * Asks people whether they take the call, connects the caller with them, and takes the caller back with
   * the outcome. The caller's ear stays open, so that the recording goes on where that is allowed.
   */
  handOverAsking(people: People, transfer: Transfer): Promise<void> {
    const line = this.#ear;
    if (line === undefined) throw telephonyErrors.make('EAR_LOST', { place: this.channelId });
    this.#state.to('with-person');
    this.#conversation.detach();
    const handing = new HandingOver(
      people,
      {
        ...{ call: this.id, channelId: this.channelId, number: this.callerNumber, line },
        ...{ recorder: this.#recorder, conversation: this.#conversation, parts: this.#parts },
        nowMs: () => this.#nowMs,
        heard: (pcm, atMs) => {
          overheard(this.#sound, 'agent', pcm, atMs);
        },
        unheard: () => {
          this.#audience.leave('objected');
        },
      },
      transfer.how === 'announced' ||
        recordedBlind(people.settings, this.#recorder.consented, transfer),
    );
    this.#handing = handing;
    // Whoever listens in goes on listening where people are told that the call is recorded.
    if (!handing.kept) this.#audience.leave('with-person');
    this.#parts.changed?.(this.id);
    handing
      .run(transfer)
      .then(({ outcome, end }) => this.#takenBack(outcome, end === 'given-back'))
      .catch((error: unknown) => this.#fail(error));
    return Promise.resolve();
  }

  async #takenBack(outcome: TransferOutcome, given: boolean): Promise<void> {
    if (this.#ending !== undefined) return;
    await this.#ear?.close();
    this.#ear = undefined;
    this.#handing = undefined;
    await this.#parts.ari.setVariable(this.channelId, 'VESTIBULE_PHASE', 'agent');
    await this.returned(outcome, given);
  }

  /** Says goodbye to the line: the receptionist hangs up. */
  async hangUp(): Promise<void> {
    await this.#parts.ari.setVariable(this.channelId, 'VESTIBULE_DONE', '1');
    // Not awaited: the ending waits for the conversation, which waits for this effect.
    void this.end('agent');
  }

  /** Ends the visit and closes its parts. May be called twice. */
  end(endedBy: 'caller' | 'agent' | 'interrupted'): Promise<void> {
    this.#ending ??= this.#close(endedBy);
    return this.#ending;
  }

  /** The caller is with us: answered if nobody did before, and heard. */
  async #takeUp(): Promise<void> {
    if (!this.#answered) {
      await this.#parts.ari.answer(this.channelId);
      this.#noteAnswer();
    }
    this.#state.to('answered');
    await this.#openEar();
  }

  #noteAnswer(): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#trace.answered(this.#nowMs);
    const { ari, records } = this.#parts;
    if (hasStatistics(ari)) this.#quality = new QualityWatch(ari, this.channelId, this.#clock);
    const at = this.begunAt + Math.round(this.#nowMs);
    void this.#opened.then(() => records.calls.answered(this.id, at)).catch(() => undefined);
  }

  async #openEar(): Promise<void> {
    this.#ears += 1;
    const ear = this.#parts.ear(this.channelId, `${this.id}-${String(this.#ears)}`);
    this.#ear = ear;
    await ear.open();
    listenAlong(ear, { ...this.#sound, machines: this.#machines }, this.#nowMs, {
      mayRecord: () => !this.#held && this.#handing?.mayRecord !== false,
      lost: () => void this.#fail('the media socket was lost'),
      gone: () => void this.end('caller'),
    });
    this.#conversation.attach(ear);
    this.#state.to('talking');
    this.#trace.talking(this.#nowMs);
    this.#parts.changed?.(this.id);
  }

  /** Milliseconds since it was offered. */
  get #nowMs(): number {
    return this.#clock.monotonic() - this.#startedAt;
  }

  get #sound(): Ears {
    return { recorder: this.#recorder, audience: this.#audience };
  }

  async #fail(reason: unknown): Promise<void> {
    // A caller who hangs up while we set up makes requests fail: that is no fault.
    const gone = await isGone(this.#parts.ari, this.channelId, this.#clock);
    if (this.#ending !== undefined) return;
    if (gone) {
      await this.end('caller');
      return;
    }
    this.#log.error('call handed to the fallback', { call: this.id, reason: oneLine(reason) });
    await this.#toFallback();
  }

  /** The office's phones ring for the caller; the visit ends. */
  async #toFallback(): Promise<void> {
    if (this.#ending !== undefined) return;
    const ended = this.end('interrupted');
    try {
      await this.#parts.ari.continueAt(this.channelId, 'vestibule-fallback', 's');
    } catch {
      this.#log.warn('the caller was gone before the fallback', { call: this.id });
    }
    await ended;
  }

  async #close(endedBy: 'caller' | 'agent' | 'interrupted'): Promise<void> {
    for (const off of this.#off.splice(0)) off();
    this.#audience.leave('call-over');
    const handed = this.#handing?.end(endedBy === 'interrupted');
    this.leftTalking = (await handed) ?? false;
    // Before the channel goes: it takes the figures along.
    const quality = await this.#quality?.end();
    await this.#conversation.close();
    await this.#ear?.close();
    if (endedBy === 'agent') await this.#parts.ari.hangUp(this.channelId);
    await this.diary.close();
    await this.#recorder.close();
    if (this.#state.state !== 'ended') this.#state.to('ended');
    await storeEnd({
      ...{ id: this.id, endedBy, conversation: this.#conversation, quality },
      ...{ trace: this.#trace, parts: this.#parts, log: this.#log, begunAt: this.begunAt },
      nowMs: () => this.#nowMs,
    });
    this.#log.info('call over', { call: this.id, state: endedBy });
    this.#over(this);
    this.#parts.changed?.(this.id);
  }
}
