import type { DialogueAction, DialogueEvent } from '../dialogue/ports.js';
import type { CallTraces, Span } from '../monitoring/ports.js';
import type { WorkerTimes } from '../speech/ports.js';
import type { HeardTurn } from './hearing.js';

/** What the greeting with its notice is called. */
const NOTICE = 'greeting';

/**
 * Where the time of one conversation goes, told to the trace of its call: the notice, each turn of the
 * caller with its recognition, its understanding and the first sound of the answer, and transfers. Times in
 * milliseconds of the call. Does nothing where nobody wants traces.
 */
export class TalkTrace {
  readonly #call: Span | undefined;
  readonly #startedAt: number;
  #turn: Span | undefined;
  #understanding: Span | undefined;
  #voice: Span | undefined;
  /** That of which the first words were made. */
  #made: Span | undefined;
  #notice: Span | undefined;
  #transfer: Span | undefined;

  constructor(traces: CallTraces | undefined, call: string, startedAt: number) {
    this.#call = traces?.of(call, startedAt);
    this.#startedAt = startedAt;
  }

  /** A turn that began `lineStartMs` after its times, and whose words stand now. */
  heard(turn: HeardTurn, lineStartMs: number, nowMs: number): void {
    const { engine, secondsAudio, secondsCpu } = turn.recognised;
    this.#over(nowMs);
    // The sound of a line is a clock of its own, which may run ahead of ours.
    const [fromMs, toMs] = [turn.fromMs, turn.toMs].map((ms) =>
      Math.min(Math.max(0, lineStartMs + ms), nowMs),
    ) as [number, number];
    this.#turn = this.#call?.span('turn', fromMs);
    const facts = { engine, audioMs: secondsAudio * 1000, cpuMs: secondsCpu * 1000 };
    const { failed } = turn;
    const recognition = this.#turn?.span('recognition', toMs, {
      ...facts,
      ...(failed ? { failed } : {}),
    });
    this.#worked(recognition, turn.recognised.times, 'decoding', [toMs, nowMs]);
    recognition?.end(nowMs);
  }

  /** The first words of what is being said were made. */
  made(times: WorkerTimes): void {
    // What is made after that is made while the first is heard.
    if (this.#made === this.#voice) return;
    this.#made = this.#voice;
    this.#worked(this.#voice, times, 'synthesis', [0, Infinity]);
  }

  /** What a worker did for `whole`: how long the question waited for its turn there, and was worked on. */
  #worked(
    whole: Span | undefined,
    times: WorkerTimes | undefined,
    what: 'decoding' | 'synthesis',
    [leastMs, mostMs]: readonly [number, number],
  ): void {
    if (whole === undefined || times === undefined) return;
    const { askedAt, answeredAt, workedMs } = times;
    // A trial may have begun before the sound of its line was over by our clock.
    const [askedMs, begunMs, madeMs] = [askedAt, answeredAt - workedMs, answeredAt].map((at) =>
      Math.min(Math.max(leastMs, at - this.#startedAt), mostMs),
    ) as [number, number, number];
    whole.span('queue', askedMs).end(begunMs);
    whole.span(what, begunMs).end(madeMs);
  }

  /** The turn was none after all, or nobody answers it. */
  dropped(nowMs: number): void {
    this.#over(nowMs);
  }

  understanding(nowMs: number): void {
    this.#understanding = this.#turn?.span('understanding', nowMs);
  }

  understood(nowMs: number, failed = false): void {
    this.#understanding?.end(nowMs, failed ? { failed } : {});
    this.#understanding = undefined;
  }

  /** Something that asks `asks` is to be said. Returns what is told of its end. */
  says(asks: string, nowMs: number): (whole: boolean, nowMs: number) => void {
    if (asks === NOTICE) this.#notice = this.#call?.span('notice', nowMs);
    this.#voice = (this.#turn ?? this.#notice)?.span('voice', nowMs);
    return (whole, atMs) => {
      this.#voice?.end(atMs);
      this.#voice = undefined;
      this.#notice?.end(atMs, { whole });
      this.#notice = undefined;
    };
  }

  /** The caller hears us, from `atMs` on. */
  played(atMs: number): void {
    if (this.#voice === undefined) return;
    this.#voice.end(atMs);
    this.#voice = undefined;
    this.#over(atMs);
  }

  decided(event: DialogueEvent, actions: readonly DialogueAction[], nowMs: number): void {
    if (event.kind === 'talk' && event.what === 'connected') {
      this.#transfer?.happened('connected', nowMs);
    }
    if (event.kind === 'transfer-ended') this.#handedBack(nowMs, event.outcome);
    const transfer = actions.find((action) => action.do === 'transfer');
    if (transfer === undefined) return;
    this.#over(nowMs);
    this.#transfer = this.#call?.span('transfer', nowMs, { how: transfer.how ?? 'blind' });
  }

  /** The conversation is over, and whatever was under way with it. */
  close(nowMs: number): void {
    this.understood(nowMs);
    this.#voice?.end(nowMs);
    this.#notice?.end(nowMs, { whole: false });
    this.#over(nowMs);
    this.#handedBack(nowMs, 'gone');
  }

  #handedBack(nowMs: number, outcome: string): void {
    this.#transfer?.end(nowMs, { outcome });
    this.#transfer = undefined;
  }

  #over(nowMs: number): void {
    this.#turn?.end(nowMs);
    this.#turn = undefined;
  }
}
