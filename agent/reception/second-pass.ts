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
import { CARD_MARK, Redactor, withMarks } from '../privacy/redaction.js';
import type { RedactionSettings } from '../privacy/redaction-settings.js';
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
  /** What is hidden now. */
  readonly redaction: () => RedactionSettings;
  readonly clock: Clock;
  readonly log: Log;
}

/** A turn that was heard again, and what may be stored of it. */
interface HeardAgain {
  readonly turn: CallerTurn;
  readonly heard: string;
  readonly engine: string;
  readonly text: string;
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
      const context = this.#contextOf(call);
      const redactor = new Redactor(this.#parts.redaction(), () => context.now);
      // Digits that may be the beginning of a number are stored when it is known whether they are.
      let waiting: HeardAgain[] = [];
      const store = async (ones: readonly HeardAgain[]): Promise<void> => {
        for (const one of ones)
          differing += await this.#store(call, one, told, context.at(one.turn));
      };
      for (const [at, turn] of turns.entries()) {
        if (this.#isInterrupted()) return 'interrupted';
        context.at(turn);
        if (turn.again) {
          redactor.turn(turn.text);
          continue;
        }
        const part = partOf(sound, turns[at - 1], turn, turns[at + 1]);
        // Before the consent nothing was recorded.
        if (part.every((sample) => sample === 0)) continue;
        const { text: heard, engine } = await this.#recognise(part, call.language);
        // What was missed in the call may be heard now: no more of it may be stored than then.
        const text = withMarks(heard, redactor.turn(heard));
        waiting = [
          ...waiting.map((one) =>
            redactor.reached.includes(one.heard) ? { ...one, text: CARD_MARK } : one,
          ),
          { turn, heard, engine, text },
        ];
        if (redactor.waits) continue;
        await store(waiting);
        waiting = [];
      }
      await store(waiting);
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

  /** Where and when the turns of a call were said. */
  #contextOf({ language, startedAt }: HeardCall): {
    now: SlotContext;
    at: (turn: CallerTurn) => SlotContext;
  } {
    const context = {
      now: { ...this.#parts.office, language, now: startedAt },
      at: ({ atMs }: CallerTurn): SlotContext => {
        context.now = { ...context.now, now: startedAt + atMs };
        return context.now;
      },
    };
    return context;
  }

  /** Returns how many facts differ. */
  async #store(
    call: HeardCall,
    { turn, engine, text }: HeardAgain,
    told: readonly MessageBody[],
    context: SlotContext,
  ): Promise<number> {
    const { transcripts, clock } = this.#parts;
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
