import { samplesIn, type Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import { oneLine } from '../errors.js';
import type { Events } from '../events.js';
import type { Log } from '../log.js';
import type { CallerTurn, HeardCall, MessageBody } from '../records/ports.js';
import { recordsErrors } from '../records/errors.js';
import type { Transcripts } from '../records/transcripts.js';
import type { Recognised, Recogniser, Utterance } from '../speech/ports.js';
import type { AriEvents } from '../telephony/ari.js';
import { redactionSettings } from '../privacy/redaction-settings.js';
import { Redactor } from '../privacy/redaction.js';
import type { SlotContext } from '../understanding/slots/slots.js';
import { differencesOf } from './differences.js';

export interface SecondPassParts {
  readonly transcripts: Pick<
    Transcripts,
    'callerSound' | 'keep' | 'next' | 'settle' | 'told' | 'turns'
  >;
  readonly recogniser: Recogniser;
  /** Tells of calls that come. */
  readonly events: Pick<Events<AriEvents>, 'listen'>;
  /** Whether no call runs. */
  readonly idle: () => boolean;
  /** Where the office is; its language is that of each call. */
  readonly office: Omit<SlotContext, 'language' | 'now'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How often it is looked whether there is something to do, in milliseconds. */
const LOOK_MS = 5_000;
/** More of the recording than the turn, in milliseconds: live, its edges are cut close. */
const BEFORE_MS = 400;
const AFTER_MS = 600;
/** Speech begins so much before it is noticed, in milliseconds. */
const ONSET_MS = 120;
/** A call that fails so often is left as it is. */
const MOST_FAILURES = 3;
/** How a call ended for the second pass. */
type Ending = 'whole' | 'interrupted';

/**
 * Listens again to the recordings of calls that are over, turn by turn, while no call runs: with time,
 * with the silence around each turn, and without having to guess where it ends. One call at a time;
 * it stops at once when a call comes, and goes on where it was.
 */
export class SecondPass {
  readonly #parts: SecondPassParts;
  readonly #log: Log;
  readonly #failures = new Map<string, number>();
  #cancelLook: (() => void) | undefined;
  #off: (() => void) | undefined;
  #working: Promise<void> = Promise.resolve();
  #utterance: Utterance | undefined;
  #interrupted = false;

  constructor(parts: SecondPassParts) {
    this.#parts = parts;
    this.#log = parts.log.part('second-pass');
  }

  /** Begins to look for calls. May be called twice. */
  start(): Promise<void> {
    if (this.#off !== undefined) return Promise.resolve();
    this.#off = this.#parts.events.listen('stasis-start', 'second-pass', () => {
      this.#interrupt();
    });
    this.#look();
    return Promise.resolve();
  }

  /** Stops at once; what was heard so far is kept. May be called twice. */
  async stop(): Promise<void> {
    this.#off?.();
    this.#off = undefined;
    this.#cancelLook?.();
    this.#interrupt();
    await this.#working;
  }

  #interrupt(): void {
    this.#interrupted = true;
    this.#utterance?.cancel();
  }

  #look(): void {
    this.#cancelLook = this.#parts.clock.after(LOOK_MS, () => {
      this.#working = this.#work().then(() => {
        if (this.#off !== undefined) this.#look();
      });
    });
  }

  /** Hears calls again until there are none, or a call comes. */
  async #work(): Promise<void> {
    const { transcripts, clock, idle } = this.#parts;
    this.#interrupted = false;
    try {
      while (idle() && !this.#isInterrupted()) {
        const call = await transcripts.next();
        if (call === undefined) return;
        if ((await this.#hearAgain(call)) === 'interrupted') return;
        await transcripts.settle(call.id, clock.now());
        this.#failures.delete(call.id);
      }
    } catch (error) {
      this.#log.warn('no second hearing for now', { reason: oneLine(error) });
    }
  }

  /** Throws what may pass, such as a worker that is away. */
  async #hearAgain(call: HeardCall): Promise<Ending> {
    const { transcripts } = this.#parts;
    try {
      const turns = await transcripts.turns(call.id);
      if (turns.every(({ again }) => again)) return 'whole';
      const sound = await transcripts.callerSound(call.id);
      const told = await transcripts.told(call.id);
      let differing = 0;
      for (const [at, turn] of turns.entries()) {
        if (turn.again) continue;
        if (this.#isInterrupted()) return 'interrupted';
        const part = partOf(sound, turns[at - 1], turn, turns[at + 1]);
        differing += await this.#turn(call, turn, part, told);
      }
      this.#log.info('heard again', { call: call.id, count: differing });
      return 'whole';
    } catch (error) {
      if (this.#isInterrupted()) return 'interrupted';
      const failures = (this.#failures.get(call.id) ?? 0) + 1;
      this.#failures.set(call.id, failures);
      const reason = oneLine(error);
      // An erased key or a damaged file never gets better.
      if (!isOfTheStore(error) && failures < MOST_FAILURES) throw error;
      this.#log.warn('a call cannot be heard again', { call: call.id, reason });
      return 'whole';
    }
  }

  /** Returns how many facts differ. */
  async #turn(
    call: HeardCall,
    turn: CallerTurn,
    pcm: Pcm,
    told: readonly MessageBody[],
  ): Promise<number> {
    const { transcripts, office, clock } = this.#parts;
    // Before the consent nothing was recorded.
    if (pcm.every((sample) => sample === 0)) return 0;
    const { text: heard, engine } = await this.#recognise(pcm, call.language);
    const context = { ...office, language: call.language, now: call.startedAt + turn.atMs };
    // What was missed in the call may be heard now: no more of it may be stored than then.
    const text = new Redactor(redactionSettings.parse({}), () => context).destroyed(heard);
    const differences = differencesOf(turn.text, text, told, context);
    await transcripts.keep({
      ...{ call: call.id, turn: turn.id, at: clock.now(), engine, text, differences },
    });
    return differences.length;
  }

  async #recognise(pcm: Pcm, language: string): Promise<Recognised> {
    const utterance = this.#parts.recogniser.listen({ language });
    this.#utterance = utterance;
    try {
      utterance.push(pcm);
      return await utterance.finish();
    } finally {
      this.#utterance = undefined;
    }
  }

  #isInterrupted(): boolean {
    return this.#interrupted;
  }
}

/** A turn's part of the recording, with nothing of its neighbours. */
function partOf(
  sound: Pcm,
  before: CallerTurn | undefined,
  { atMs, lengthMs }: CallerTurn,
  after: CallerTurn | undefined,
): Pcm {
  const ended = before === undefined ? 0 : before.atMs + before.lengthMs;
  const from = Math.max(0, atMs - BEFORE_MS, Math.min(ended, atMs));
  const end = atMs + lengthMs;
  const next = after === undefined ? Infinity : after.atMs - ONSET_MS;
  return sound.subarray(samplesIn(from), samplesIn(Math.min(end + AFTER_MS, Math.max(end, next))));
}

const isOfTheStore = (error: unknown): boolean =>
  (['KEY_ERASED', 'CHUNK_DAMAGED', 'FILE_GONE'] as const).some((code) =>
    recordsErrors.is(error, code),
  );
