import type { Clock } from '../../clock.js';
import { CallAudio, type AudioListener, type CallAudioSettings, type Said } from './call-audio.js';
import { rehearseErrors } from './errors.js';
import { noImpairments, type Impairments } from './impairments.js';
import type { Codec } from './sdp.js';
import type { CallOutcome, SipCall } from './sip-call.js';
import type { Credentials } from './sip-digest.js';
import type { Endpoint } from './sip-transactions.js';
import { UserAgent } from './user-agent.js';

export interface PhoneSettings {
  readonly clock: Clock;
  /** Our own address; 127.0.0.1 by default. */
  readonly host?: string;
  /** Our own SIP port; a free one by default. */
  readonly port?: number;
  /** User part of our address, such as an extension. */
  readonly user: string;
  readonly displayName?: string;
  readonly credentials?: Credentials;
  readonly codecs?: readonly Codec[];
  readonly impairments?: Impairments;
  readonly seed?: number;
  /** Silence after which the other side has finished; 700 ms by default. */
  readonly pauseMs?: number;
}

/** What happens on a call; times are milliseconds of its recording. */
export interface PhoneListener extends AudioListener {
  ringing(atMs: number): void;
  answered(atMs: number): void;
  ended(outcome: CallOutcome, atMs: number): void;
}

/** One call of the simulated telephone: signalling and audio together. */
export class PhoneCall {
  readonly audio: CallAudio;
  readonly #call: SipCall;
  readonly #listener: Partial<PhoneListener>;
  readonly #keys: string[] = [];
  #answeredMs: number | undefined;
  #outcome: CallOutcome | undefined;
  #endedMs: number | undefined;

  constructor(call: SipCall, settings: CallAudioSettings, listener: Partial<PhoneListener>) {
    this.#call = call;
    this.#listener = listener;
    this.audio = new CallAudio(settings, {
      turn: (turn) => listener.turn?.(turn),
      key: (key, atMs) => {
        this.#keys.push(key);
        listener.key?.(key, atMs);
      },
    });
    call.listen({
      ringing: () => listener.ringing?.(this.audio.nowMs),
      answered: (sdp) => {
        this.#answered(sdp);
      },
      renegotiate: (sdp) => {
        if (sdp !== '') this.audio.agree(sdp);
        return this.audio.describe();
      },
      ended: (outcome) => {
        this.#ended(outcome);
      },
    });
  }

  /** Keys that the other side pressed. */
  get keys(): readonly string[] {
    return this.#keys;
  }

  get answeredMs(): number | undefined {
    return this.#answeredMs;
  }

  get endedMs(): number | undefined {
    return this.#endedMs;
  }

  get outcome(): CallOutcome | undefined {
    return this.#outcome;
  }

  /** Sends the INVITE. */
  async place(): Promise<void> {
    await this.audio.start();
    this.#call.invite(this.audio.describe());
  }

  /** Lets the caller know that it rings here. */
  ring(): void {
    this.#call.ring();
  }

  /** Answers. Throws REHEARSE_NO_CODEC, REHEARSE_CALL_OVER. */
  async answer(): Promise<void> {
    await this.audio.start();
    if (this.#call.state === 'ended') throw rehearseErrors.make('CALL_OVER');
    // Agreed first, so that the answer names the one codec.
    this.audio.agree(this.#call.offer);
    this.#call.answer(this.audio.describe());
  }

  reject(status = 486, reason = 'Busy Here'): void {
    this.#call.reject(status, reason);
  }

  /** Sends the caller on to `uri` instead of ringing, as a telephone does that forwards its calls (302). */
  forward(uri: string): void {
    this.#call.forward(uri);
  }

  /** Resolves true once answered; false if the call ended or `timeoutMs` passed. */
  async untilAnswered(timeoutMs: number): Promise<boolean> {
    await this.audio.until(
      () => this.#answeredMs !== undefined || this.#outcome !== undefined,
      timeoutMs,
    );
    return this.#answeredMs !== undefined;
  }

  /** Resolves true once the call has ended; false after `timeoutMs`. */
  async untilEnded(timeoutMs: number): Promise<boolean> {
    return this.audio.until(() => this.#outcome !== undefined, timeoutMs);
  }

  /** Says `pcm` (8 kHz; 16 kHz on a G.722 call). Resolves when it was said, or cut by the end of the call. */
  async say(pcm: Int16Array): Promise<Said> {
    if (this.#outcome !== undefined) throw rehearseErrors.make('CALL_OVER');
    return this.audio.say(pcm);
  }

  async press(key: string): Promise<void> {
    if (this.#outcome !== undefined) throw rehearseErrors.make('CALL_OVER');
    await this.audio.press(key);
  }

  /** Asks to send the other side's partner on to `uri`, as a telephone's transfer key does (REFER). */
  refer(uri: string): void {
    this.#call.refer(uri);
  }

  /** Statuses that were told of it (NOTIFY), in order. */
  get referred(): readonly number[] {
    return this.#call.referred;
  }

  /** Hangs up (or cancels, or declines) and resolves when the other side has confirmed. */
  async hangUp(timeoutMs = 5000): Promise<void> {
    this.#call.hangUp();
    await this.untilEnded(timeoutMs);
    await this.audio.stop();
  }

  #answered(sdp: string): void {
    this.#answeredMs = this.audio.nowMs;
    try {
      this.audio.agree(sdp);
    } catch {
      // An answer without a codec of ours ends the call; the report says that nothing was heard.
      this.#call.hangUp();
      return;
    }
    this.#listener.answered?.(this.#answeredMs);
  }

  #ended(outcome: CallOutcome): void {
    this.#outcome = outcome;
    this.#endedMs = this.audio.nowMs;
    void this.audio.stop();
    this.#listener.ended?.(outcome, this.#endedMs);
  }
}

/** A telephone: registers, places calls and receives them, each with an own recording. */
export class Phone {
  readonly #settings: PhoneSettings;
  readonly #agent: UserAgent;
  readonly #calls = new Set<PhoneCall>();
  readonly #arrived: PhoneCall[] = [];
  readonly #expecting: ((call: PhoneCall) => void)[] = [];

  constructor(settings: PhoneSettings) {
    this.#settings = settings;
    const { clock, user, displayName, credentials } = settings;
    this.#agent = new UserAgent({
      clock,
      local: { host: settings.host ?? '127.0.0.1', port: settings.port ?? 0 },
      user,
      ...(displayName === undefined ? {} : { displayName }),
      ...(credentials === undefined ? {} : { credentials }),
    });
  }

  /** Our own SIP address. Only after `start`. */
  get address(): Endpoint {
    return this.#agent.address;
  }

  async start(): Promise<void> {
    this.#agent.onCall((call) => {
      const arrived = this.#adopt(call, {});
      const taker = this.#expecting.shift();
      if (taker === undefined) this.#arrived.push(arrived);
      else taker(arrived);
    });
    await this.#agent.start();
  }

  /** Hangs up every call and closes the sockets. */
  async stop(): Promise<void> {
    await Promise.all([...this.#calls].map(async (call) => call.hangUp(1000)));
    this.#calls.clear();
    await this.#agent.stop();
  }

  /** Registers for `seconds` (0: removes it). Throws REHEARSE_REGISTRATION_REFUSED. */
  async register(registrar: Endpoint, seconds = 300): Promise<void> {
    await this.#agent.register(registrar, seconds);
  }

  /** Places a call to `uri` through `server`. Throws REHEARSE_BAD_ADDRESS. */
  async call(
    uri: string,
    server?: Endpoint,
    listener: Partial<PhoneListener> = {},
  ): Promise<PhoneCall> {
    const call = this.#adopt(this.#agent.call(uri, server), listener);
    await call.place();
    return call;
  }

  /** The next call to us, not answered yet; undefined after `timeoutMs`. */
  async nextCall(timeoutMs: number): Promise<PhoneCall | undefined> {
    const waiting = this.#arrived.shift();
    if (waiting !== undefined) return waiting;
    return new Promise((resolve) => {
      const take = (call: PhoneCall): void => {
        cancel();
        resolve(call);
      };
      const cancel = this.#settings.clock.after(timeoutMs, () => {
        this.#expecting.splice(this.#expecting.indexOf(take), 1);
        resolve(undefined);
      });
      this.#expecting.push(take);
    });
  }

  #adopt(call: SipCall, listener: Partial<PhoneListener>): PhoneCall {
    const { clock, host, impairments, seed, codecs, pauseMs } = this.#settings;
    const audio: CallAudioSettings = {
      clock,
      host: host ?? '127.0.0.1',
      impairments: impairments ?? noImpairments,
      seed: seed ?? 1,
      pauseMs: pauseMs ?? 700,
      ...(codecs === undefined ? {} : { codecs }),
    };
    const adopted = new PhoneCall(call, audio, listener);
    this.#calls.add(adopted);
    return adopted;
  }
}
