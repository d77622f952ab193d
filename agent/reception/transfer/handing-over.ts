import type { Pcm } from '../../audio/frame.js';
import { oneLine } from '../../errors.js';
import type { DialogueAction, DialogueEvent, TransferOutcome } from '../../dialogue/ports.js';
import type { Line } from '../../telephony/line.js';
import type { Conversation } from '../conversation.js';
import type { ConversationParts } from '../conversation-parts.js';
import type { Recorder } from '../recorder.js';
import { Attended } from './attended.js';
import type { Colleague, ColleagueParts } from './colleague.js';
import type { People } from './people.js';
import type { TalkEnd } from './talk.js';

export type Transfer = Extract<DialogueAction, { do: 'transfer' }>;

/** The caller who is handed over, as the visit knows them. */
export interface HandedCaller {
  readonly call: string;
  readonly channelId: string;
  /** As the network gave it; empty when withheld. */
  readonly number: string;
  /** The caller's ear, which stays open. */
  readonly line: Line;
  readonly recorder: Recorder;
  readonly conversation: Pick<Conversation, 'overhear' | 'post'>;
  readonly parts: ConversationParts &
    Pick<ColleagueParts, 'ear'> & {
      readonly extensionOf: (target: string) => string | undefined;
    };
  /** Time of the call, in milliseconds. */
  readonly nowMs: () => number;
  /** What a person says, at `atMs` of the call, while it is kept: for whoever listens in. */
  readonly heard: (pcm: Pcm, atMs: number) => void;
  /** Nothing is kept any more, and nobody may listen. */
  readonly unheard: () => void;
}

/** What a caller says who does not want to be recorded any more. */
const OBJECTION = 'privacy.no_recording';
/** The key by which callers object, as in the talk with us. */
const OBJECTION_KEY = '9';

/**
 * One announced transfer and what is kept of it: recording and transcript go on while caller and people
 * hear each other, if the call is recorded with consent, until somebody objects.
 */
export class HandingOver {
  readonly #caller: HandedCaller;
  readonly #people: People;
  readonly #attended: Attended;
  /** Whether what is said between the caller and people is kept. */
  #kept: boolean;
  /** People who are with the caller. */
  #present = 0;
  #callerHeard: (() => Promise<void>) | undefined;

  /** `told`: people are told that the recording goes on; without it, nothing is kept. */
  constructor(people: People, caller: HandedCaller, told: boolean) {
    this.#caller = caller;
    this.#people = people;
    this.#kept = told && people.settings.recorded && caller.recorder.consented;
    const { call, channelId, number, line, conversation, parts } = caller;
    this.#attended = new Attended(
      { ...parts, people },
      {
        ...{ call, channelId, number, line, recorded: this.#kept },
        extensionOf: parts.extensionOf,
        tell: (what, who) => {
          conversation.post({ kind: 'talk', what, ...(who === undefined ? {} : { who }) });
        },
        attend: (colleague) => this.#attend(colleague),
        stopRecording: () => this.#stop('key'),
      },
    );
  }

  /** Resolves with the outcome when the caller is to be taken back, and after a talk with how that ended. */
  async run(transfer: Transfer): Promise<{ outcome: TransferOutcome; end?: TalkEnd }> {
    return this.#attended.run(transfer);
  }

  /** Whether what the caller says now may be kept: it is for people, and they hear it. */
  get mayRecord(): boolean {
    return this.#kept && this.#attended.together;
  }

  /** Whether people and caller were told that they are recorded, and nobody has objected. */
  get kept(): boolean {
    return this.#kept;
  }

  /**
   * Rings `extension`, which gets the caller in place of those who talk with them. False when nobody talks
   * with the caller yet.
   */
  takeOver(extension: string): boolean {
    if (!this.#attended.connected) return false;
    void this.#attended.takeOver(extension);
    return true;
  }

  /**
   * The caller has hung up, or (`interrupted`) we end. Returns whether caller and people were left talking:
   * a daemon that ends cuts nobody off.
   */
  async end(interrupted: boolean): Promise<boolean> {
    const { connected } = this.#attended;
    if (connected) {
      this.#caller.conversation.post({ kind: 'transfer-ended', outcome: 'answered' });
    }
    if (interrupted) await this.#attended.abandon();
    else await this.#attended.close();
    return interrupted && connected;
  }

  /** A person of the office joins: what both sides say is kept and written down, if it may be. */
  #attend(colleague: Colleague): () => Promise<void> {
    const { recorder, conversation, line, nowMs, heard } = this.#caller;
    const from = nowMs();
    let startMs: number | undefined;
    let over = false;
    colleague.line.listen({
      frame: (pcm, atMs) => {
        startMs ??= atMs;
        if (over || !this.mayRecord) return;
        recorder.write('agent', pcm, from + atMs - startMs);
        heard(pcm, from + atMs - startMs);
      },
      played: () => undefined,
      key: () => undefined,
      closed: () => undefined,
    });
    const ends: (() => Promise<void>)[] = [];
    if (this.#kept) {
      const kept = this.#asKept(colleague.line);
      ends.push(conversation.overhear(kept, colleague.target, () => undefined));
      ends.push(this.#hearCaller(line));
    }
    return async () => {
      over = true;
      await Promise.all(ends.map((end) => end()));
    };
  }

  /** Hears the caller once, whoever joins and leaves, for as long as anybody is there. Returns one's end of it. */
  #hearCaller(line: Line): () => Promise<void> {
    this.#present += 1;
    this.#callerHeard ??= this.#overhearCaller(line);
    return async () => {
      this.#present -= 1;
      if (this.#present > 0) return;
      const end = this.#callerHeard;
      this.#callerHeard = undefined;
      await end?.();
    };
  }

  #overhearCaller(line: Line): () => Promise<void> {
    line.listen({
      frame: () => undefined,
      played: () => undefined,
      key: (digit) => {
        if (digit === OBJECTION_KEY && this.#attended.together) void this.#stop('key');
      },
      closed: () => undefined,
    });
    const { conversation } = this.#caller;
    return conversation.overhear(this.#asKept(line), undefined, (text) => void this.#objects(text));
  }

  /** A line as it may be written down: silent while nothing that is said may be kept. */
  #asKept(line: Line): Pick<Line, 'listen'> {
    return {
      listen: (listener) => {
        line.listen({
          frame: (pcm, atMs) => {
            // Silence and no gap: a turn ends by it, and times stay those of the line.
            listener.frame(this.mayRecord ? pcm : new Int16Array(pcm.length), atMs);
          },
          played: (pcm, atMs) => {
            listener.played(pcm, atMs);
          },
          key: (digit) => {
            listener.key(digit);
          },
          closed: (reason) => {
            listener.closed(reason);
          },
        });
      },
    };
  }

  async #objects(text: string): Promise<void> {
    const { parts, call } = this.#caller;
    try {
      const { intent } = await parts.understanding.understand(text);
      if (intent === OBJECTION) await this.#stop('voice');
    } catch (error) {
      parts.log.debug('a turn of a talk was not understood', { call, reason: oneLine(error) });
    }
  }

  /** Recording and transcript end for good; what was recorded with consent stays (GDPR Art. 7(3)). */
  async #stop(how: 'voice' | 'key'): Promise<void> {
    if (!this.#kept) return;
    this.#kept = false;
    const { recorder, conversation, parts, call, unheard } = this.#caller;
    unheard();
    await recorder.stop();
    conversation.post({ kind: 'talk', what: 'unrecorded' });
    const { mode, noticeVersion } = this.#people.consent;
    try {
      const at = parts.clock.now();
      const note = { call, at, mode, noticeVersion, what: 'withdrawn', how } as const;
      await parts.records.consents.note(note);
    } catch (error) {
      const reason = oneLine(error);
      parts.log.error('an answer about the recording could not be stored', { call, reason });
    }
  }
}

/** What the conversation is told of a caller who comes back; `kept`: somebody gave them back, or takes them next. */
export function backFrom(
  outcome: TransferOutcome,
  kept: boolean,
): Extract<DialogueEvent, { readonly kind: 'transfer-ended' }> {
  if (outcome !== 'answered') return { kind: 'transfer-ended', outcome };
  return { kind: 'transfer-ended', outcome, back: true, ...(kept ? { given: true } : {}) };
}
