import type { Pcm } from '../audio/frame.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { Consent, Records, RecordingWriter } from '../records/ports.js';
import { HeldSound, type HiddenSound, type Side, type SideFrame } from './held-sound.js';

/** A disk that refused is tried again after this much of the call, in a recording of its own; then twice that. */
const AGAIN_MS = 5_000;

/**
 * The recording of one call. Until `begin` is given a Consent, the last minute is held in memory and
 * nowhere else; from then on what may be kept is written as it is decided. A store that cannot write
 * ends the recording and not the call.
 */
export class Recorder {
  readonly #records: Records;
  readonly #log: Log;
  readonly #held = new HeldSound();
  #consent: Consent | undefined;
  #writer: RecordingWriter | undefined;
  /** Parts of this call's recording that ended when the disk refused. */
  #parts: RecordingWriter[] = [];
  #opening = false;
  #againMs = AGAIN_MS;
  #againAtMs = 0;
  #paused = false;
  #stopped = false;
  #nowMs = 0;
  /** What of the sound has to be hidden is known anew: what is kept of the last moments is no longer right. */
  #anew = true;

  constructor(records: Records, log: Log) {
    this.#records = records;
    this.#log = log;
  }

  /** From now on what is held and what comes is written. Once stopped, nothing begins again. */
  async begin(consent: Consent): Promise<void> {
    if (this.#consent !== undefined || this.#stopped) return;
    this.#consent = consent;
    await this.#open(consent);
  }

  /** PCM of one side at `atMs` from the call's start. */
  write(side: Side, pcm: Pcm, atMs: number): void {
    this.#nowMs = Math.max(this.#nowMs, atMs);
    if (this.#stopped || this.#paused) return;
    const frame = { side, pcm, atMs };
    this.#held.push(frame);
    if (this.#consent === undefined) {
      this.#held.trim();
      return;
    }
    this.#release();
    this.#keepLast(frame);
  }

  /** Somebody on `side` began to speak, at `atMs`: held until `turnDecided`. */
  turnBegan(atMs: number, side: Side = 'caller'): void {
    this.#held.began(atMs, side);
    this.#learnt();
  }

  /** What was said in the turn that began at `atMs` is known, and what of the sound is to be hidden. */
  turnDecided(atMs: number, hidden: readonly HiddenSound[], side: Side = 'caller'): void {
    this.#held.decided(atMs, hidden, side);
    this.#learnt();
  }

  /** What was said in the turn that began at `atMs` may have to be hidden: `turnDecided` comes later. */
  turnWaits(atMs: number, side: Side = 'caller'): void {
    this.#held.waits(atMs, side);
    this.#learnt();
  }

  /** What was taken for a turn was an echo, or noise. */
  turnDropped(atMs: number, side: Side = 'caller'): void {
    this.#held.dropped(atMs, side);
    this.#learnt();
  }

  /** Hides a side from `fromMs` on, until the returned function is told the end. */
  hide(side: Side, fromMs: number): (toMs: number) => void {
    const hidden = this.#held.hide(side, fromMs);
    this.#learnt();
    return (toMs) => {
      hidden(toMs);
      this.#learnt();
    };
  }

  /** While digits are asked for that may not be stored, nothing of either side is kept. */
  pause(paused: boolean): void {
    this.#paused = paused;
  }

  /** The caller takes the consent back: from here on nothing is kept. What was written stays. */
  stop(): Promise<void> {
    this.#held.clear();
    this.#writer?.keepLast(() => []);
    return this.#end((writer) => writer.close());
  }

  /** Ends the recording for good and keeps it. May be called twice. */
  close(): Promise<void> {
    if (!this.#stopped && this.#consent !== undefined) this.#write(this.#held.takeAll());
    return this.#end((writer) => writer.close());
  }

  /** Ends the recording for good and destroys what it holds. May follow `stop` and `close`. */
  discard(): Promise<void> {
    this.#held.clear();
    return this.#end((writer) => writer.discard());
  }

  /** Whether the caller was told, and has not objected: somebody may listen in. */
  get consented(): boolean {
    return this.#consent !== undefined && !this.#stopped;
  }

  /** Whether nothing may be kept, or heard by others, just now. */
  get paused(): boolean {
    return this.#paused;
  }

  /** Whether anything of this call was written, and not destroyed since. */
  get holds(): boolean {
    return this.#parts.length > 0 || this.#writer !== undefined;
  }

  #release(): void {
    if (this.#writer?.broken === true) this.#retire(this.#writer);
    if (this.#writer === undefined) {
      this.#held.trim();
      if (this.#consent !== undefined && this.#nowMs >= this.#againAtMs)
        void this.#open(this.#consent);
      return;
    }
    this.#write(this.#held.take());
  }

  #write(frames: ReturnType<HeldSound['take']>): void {
    for (const { side, pcm, atMs } of frames) this.#writer?.write(side, pcm, atMs);
  }

  /** With the next frame, if one comes, what is kept of the last moments is put right. */
  #learnt(): void {
    this.#anew = true;
    if (this.#paused) this.#keepLast();
  }

  /** If the process died now, the recording would end as if the caller had hung up. */
  #keepLast(frame?: SideFrame): void {
    if (this.#writer === undefined || this.#stopped) return;
    this.#writer.keepLast(
      () => this.#held.rest(),
      this.#anew || frame === undefined ? undefined : this.#held.asIfOver(frame),
    );
    this.#anew = false;
  }

  /** After a failed write nobody knows what is on the disk: never again in the same file. */
  #retire(writer: RecordingWriter): void {
    this.#writer = undefined;
    this.#later();
    this.#parts.push(writer);
    void this.#attempt(() => writer.close());
  }

  #later(): void {
    this.#againAtMs = this.#nowMs + this.#againMs;
    this.#againMs *= 2;
  }

  async #open(consent: Consent): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    try {
      const writer = await this.#records.recordings.open(consent);
      // The caller may have objected while the file was made.
      if (this.#isStopped()) await this.#attempt(() => writer.discard());
      else {
        this.#writer = writer;
        this.#anew = true;
      }
    } catch (error) {
      this.#later();
      this.#log.error('recording could not begin', { call: consent.call, reason: oneLine(error) });
    } finally {
      this.#opening = false;
    }
  }

  async #end(how: (writer: RecordingWriter) => Promise<void>): Promise<void> {
    this.#stopped = true;
    if (this.#writer !== undefined) this.#parts.push(this.#writer);
    this.#writer = undefined;
    await Promise.all(this.#parts.map((writer) => this.#attempt(() => how(writer))));
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#log.error('recording could not be ended', { reason: oneLine(error) });
    }
  }

  #isStopped(): boolean {
    return this.#stopped;
  }
}
