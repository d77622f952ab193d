import { FRAME_MS } from '../audio/frame.js';
import { Microphone, type MicrophoneSettings } from '../audio/microphone.js';
import { PLAYER_LATENCY_MS, Player, type PlayerSettings } from '../audio/player.js';
import type { Clock } from '../clock.js';
import type { Line, LineListener, Playback } from '../telephony/line.js';
import { Mouth } from '../telephony/mouth.js';

export interface DeskLineSettings extends MicrophoneSettings, PlayerSettings {}

/**
 * A line to somebody who sits at a desk: the microphone is what the caller says, the loudspeaker what
 * the caller hears. It paces and tells what was played as the line of a call does, by the same mouth.
 */
export class DeskLine implements Line {
  readonly #microphone: Microphone;
  readonly #player: Player;
  readonly #mouth: Mouth;
  readonly #listeners: LineListener[] = [];
  readonly #failed: (error: Error) => void;
  #frames = 0;
  #firstFrameAt: number | undefined;
  #opening: Promise<void> | undefined;
  #closed = false;

  /** `failed` hears why the line was lost, before its listeners do. */
  constructor(settings: DeskLineSettings, clock: Clock, failed: (error: Error) => void) {
    this.#failed = failed;
    const lost = (error: Error): void => {
      void this.#gone('failed', error);
    };
    this.#player = new Player(settings, lost);
    this.#microphone = new Microphone(
      settings,
      {
        frame: (pcm) => {
          if (this.#closed) return;
          this.#firstFrameAt ??= clock.monotonic();
          const atMs = this.#frames * FRAME_MS;
          this.#frames += 1;
          for (const one of this.#listeners) one.frame(pcm, atMs);
        },
        lost,
      },
      clock,
    );
    const player = this.#player;
    this.#mouth = new Mouth(
      {
        send: (bytes) => {
          player.write(bytes);
        },
        reportDrained: () => {
          // Told at the next frame, so that a player that is gone already cannot ask in circles.
          void player.end().then(() => {
            clock.after(FRAME_MS, () => {
              this.#mouth.drained();
            });
          });
        },
        flush: () => {
          player.silence();
          return Promise.resolve(undefined);
        },
      },
      clock,
      (pcm, playedAt) => {
        const since = playedAt + PLAYER_LATENCY_MS - (this.#firstFrameAt ?? playedAt);
        for (const one of this.#listeners) one.played(pcm, Math.max(0, since));
      },
    );
  }

  /** Opens both ends. May be called twice. @throws AUDIO_… */
  open(): Promise<void> {
    this.#opening ??= Promise.all([this.#player.check(), this.#microphone.start()]).then(
      () => undefined,
      async (error: unknown) => {
        await this.close();
        throw error;
      },
    );
    return this.#opening;
  }

  listen(listener: LineListener): void {
    this.#listeners.push(listener);
  }

  play(): Playback {
    return this.#mouth.play();
  }

  /** A key was pressed, as on a telephone. */
  key(digit: string): void {
    if (!this.#closed) for (const one of this.#listeners) one.key(digit);
  }

  /** Whoever sits there has hung up. */
  hangUp(): Promise<void> {
    return this.#gone('hung-up');
  }

  get closed(): boolean {
    return this.#closed;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#mouth.close();
    this.#player.silence();
    await this.#microphone.stop();
  }

  async #gone(reason: 'hung-up' | 'failed', error?: Error): Promise<void> {
    if (this.#closed) return;
    if (error !== undefined) this.#failed(error);
    const listeners = [...this.#listeners];
    await this.close();
    for (const one of listeners) one.closed(reason);
  }
}
