import type { Pcm } from '../audio/frame.js';

/** How a playback ended: how much of it was heard, in milliseconds. */
export interface Played {
  readonly heardMs: number;
  /** False when it was flushed before its end. */
  readonly whole: boolean;
}

/** Something being played to the party. */
export interface Playback {
  /** Appends PCM, which may not be written into any more; allowed until `end`. */
  write(pcm: Pcm): void;
  /** No more PCM follows. */
  end(): void;
  /** Resolves when the party has heard the end, or the playback was stopped, or the line closed. */
  readonly done: Promise<Played>;
  /** Silences it at once and resolves with what had been heard. May be called twice. */
  stop(): Promise<Played>;
}

/** What a line hears. All are called in order and never after `closed`. */
export interface LineListener {
  /** 20 ms of the party's audio, mono 16 kHz; `atMs` is its start on the line's own timeline. */
  frame(pcm: Pcm, atMs: number): void;
  /** 20 ms or more of what the party was played, as it was played; `atMs` as above. */
  played(pcm: Pcm, atMs: number): void;
  /** A DTMF key: 0-9, *, #, A-D. */
  key(digit: string): void;
  /** The party or the line is gone. Called once. */
  closed(reason: 'hung-up' | 'failed'): void;
}

/**
 * One party's ear and mouth: PCM and keys, never text. Implemented by the snoop ear of a call, by
 * the desk microphone, and by a fake in tests.
 */
export interface Line {
  listen(listener: LineListener): void;
  /** Starts a playback; a running one is stopped first. */
  play(): Playback;
  close(): Promise<void>;
}
