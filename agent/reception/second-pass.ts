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
import { CARD_MARK, inEveryText, Redactor } from '../privacy/redaction.js';
import type { RedactionSettings } from '../privacy/redaction-settings.js';
import type { SlotContext } from '../understanding/slots/slots.js';
import { differencesOf } from './differences.js';
import {
  Asked,
  gone,
  groupsOf,
  heardAgain,
  saidElsewhere,
  type HeardAgain,
} from './second-hiding.js';

export interface SecondPassParts {
  readonly transcripts: Pick<
    Transcripts,
    | 'callerSound'
    | 'keep'
    | 'lines'
    | 'next'
    | 'rewrite'
    | 'settle'
    | 'steps'
    | 'sweep'
    | 'told'
    | 'tone'
    | 'turns'
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
  /** Why there was none the last time, while that lasts. */
  #told: string | undefined;

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
    this.#working = this.#parts.transcripts.sweep().then(
      () => undefined,
      (error: unknown) => {
        this.#log.warn('what was hidden late could not be cleared away', {
          reason: oneLine(error),
        });
      },
    );
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
      this.#working = this.#working
        .then(() => this.#work())
        .then(() => {
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
        this.#told = undefined;
        if (call === undefined) return;
        if ((await this.#hearAgain(call)) === 'interrupted') return;
        await transcripts.settle(call.id, clock.now());
        this.#failures.delete(call.id);
      }
    } catch (error) {
      const reason = oneLine(error);
      // A store that is away for long is told of once.
      if (reason !== this.#told) this.#log.warn('no second hearing for now', { reason });
      this.#told = reason;
    }
  }

  /** Throws what may pass, such as a worker that is away. */
  async #hearAgain(call: HeardCall): Promise<Ending> {
    const { transcripts } = this.#parts;
    try {
      const turns = await transcripts.turns(call.id);
      if (turns.every(({ again }) => again)) return 'whole';
      const sound = await transcripts.callerSound(call.id);
      let told = await transcripts.told(call.id);
      let differing = 0;
      const context = this.#contextOf(call);
      const redactor = new Redactor(this.#parts.redaction(), () => context.now);
      // A number that was asked for and is told in pieces is what was expected, and no card.
      const asked = new Asked(await transcripts.steps(call.id));
      // Digits that may be the beginning of a number are stored when it is known whether they are.
      let waiting: HeardAgain[] = [];
      // Digits that were found to be part of such a number; said again, they may not be kept either.
      const secret: string[] = [];
      const store = async (ones: readonly HeardAgain[]): Promise<void> => {
        secret.push(...groupsOf(ones, call.language));
        const change = (said: string): string =>
          secret.length === 0 ? said : redactor.without(said, secret, CARD_MARK);
        // What has to be hidden is hidden before it is noted that it was heard.
        await this.#hide(call, ones, change);
        told = inEveryText(told, change);
        for (const one of ones) {
          const texts = { live: change(one.turn.text), text: change(one.text) };
          differing += await this.#keep(call, one, texts, told, context.at(one.turn));
        }
      };
      for (const [at, turn] of turns.entries()) {
        if (this.#isInterrupted()) return 'interrupted';
        context.at(turn);
        asked.before(turn, redactor);
        if (turn.again) {
          redactor.turn(turn.text);
          continue;
        }
        const place = partOf(sound, turns[at - 1], turn, turns[at + 1]);
        // Before the consent nothing was recorded.
        if (place.part.every((sample) => sample === 0)) continue;
        const recognised = await this.#recognise(place.part, call.language);
        // What was missed in the call may be heard now: no more of it may be stored than then.
        const found = redactor.turn(recognised.text);
        waiting = [
          ...waiting.map((one) => (redactor.reached.includes(one.heard) ? gone(one) : one)),
          heardAgain(turn, recognised, place, found),
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

  /**
   * Hides what of these turns may not be kept: first wherever something of it was written, as `change`
   * tells, and then in the sound, by which it is heard again should we die in between.
   */
  async #hide(
    { id }: HeardCall,
    ones: readonly HeardAgain[],
    change: (text: string) => string,
  ): Promise<void> {
    const { transcripts } = this.#parts;
    const hidden = ones.flatMap((one) => one.hidden);
    if (ones.some(({ destroyed }) => destroyed)) {
      // Before the texts are changed, by which it is known; those changed before we died count, too.
      hidden.push(...saidElsewhere(await transcripts.lines(id), ones, change));
      await transcripts.rewrite(id, change, (json) =>
        JSON.stringify(inEveryText<unknown>(JSON.parse(json), change)),
      );
    }
    if (hidden.length === 0) return;
    await transcripts.tone(id, hidden);
    this.#log.info('sound was hidden after the call', { call: id, count: hidden.length });
  }

  /** Returns how many facts differ from `live`, which was heard in the call, and from what was told. */
  async #keep(
    call: HeardCall,
    { turn, engine }: HeardAgain,
    { live, text }: { readonly live: string; readonly text: string },
    told: readonly MessageBody[],
    context: SlotContext,
  ): Promise<number> {
    const { transcripts, clock } = this.#parts;
    const differences = differencesOf(live, text, told, context);
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

/** A turn's part of the recording, with nothing of its neighbours, and where it begins. */
function partOf(
  sound: Pcm,
  before: CallerTurn | undefined,
  { atMs, lengthMs }: CallerTurn,
  after: CallerTurn | undefined,
): { readonly part: Pcm; readonly fromMs: number } {
  const ended = before === undefined ? 0 : before.atMs + before.lengthMs;
  const from = Math.max(0, atMs - BEFORE_MS, Math.min(ended, atMs));
  const end = atMs + lengthMs;
  const next = after === undefined ? Infinity : after.atMs - ONSET_MS;
  const to = samplesIn(Math.min(end + AFTER_MS, Math.max(end, next)));
  return { part: sound.subarray(samplesIn(from), to), fromMs: from };
}

const isOfTheStore = (error: unknown): boolean =>
  (['KEY_ERASED', 'CHUNK_DAMAGED', 'FILE_GONE'] as const).some((code) =>
    recordsErrors.is(error, code),
  );
