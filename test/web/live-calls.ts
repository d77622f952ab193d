import type { Pcm } from '../../agent/audio/frame.js';
import type { Events } from '../../agent/events.js';
import { Audience, type LiveEnd } from '../../agent/reception/live/audience.js';
import { LiveDesk } from '../../agent/reception/live/live-desk.js';
import { LiveNotes } from '../../agent/reception/live/notes.js';
import type { Visit } from '../../agent/reception/visit.js';
import type { CallState } from '../../agent/telephony/call-state.js';
import type { WhisperAri } from '../../agent/telephony/whisper.js';
import type { CallBack, Happenings } from '../../agent/web/ports.js';

/** A call that runs without a telephone: what of a visit the live desk uses. */
export class RunningCall {
  readonly id: string;
  readonly channelId: string;
  readonly callerNumber: string;
  readonly begunAt: number;
  readonly talk: LiveNotes;
  state: CallState = 'talking';
  consented = true;
  /** People who talk with the caller through us, and were told that they are recorded. */
  told = false;
  handing = false;
  /** What the staff did with it. */
  readonly done: string[] = [];
  readonly #audience = new Audience();

  constructor(id: string, callerNumber: string, changed: () => void) {
    this.id = id;
    this.channelId = `channel-${id}`;
    this.callerNumber = callerNumber;
    this.begunAt = Date.now() - 42_000;
    this.talk = new LiveNotes(changed);
  }

  attend(...listener: Parameters<Audience['add']>): () => void {
    return this.#audience.add(...listener);
  }

  get audible(): boolean {
    return this.state === 'talking' || this.told;
  }

  takeFromTalk(extension: string): boolean {
    this.done.push(`from talk ${extension}`);
    return this.told;
  }

  expectBack(extension: string): void {
    this.done.push(`back for ${extension}`);
  }

  get listeners(): number {
    return this.#audience.size;
  }

  sound(side: 'caller' | 'agent', pcm: Pcm, atMs: number): void {
    this.#audience.sound(side, pcm, atMs);
  }

  sendAway(why: LiveEnd): void {
    this.#audience.leave(why);
  }

  interrupt(event: { readonly kind: string; readonly extension?: string }): void {
    this.done.push(`${event.kind} ${event.extension ?? ''}`.trim());
  }

  end(): Promise<void> {
    this.done.push('ended');
    return Promise.resolve();
  }
}

/** The live desk of an office in which `begin` lets calls run, and whoever is called back. */
export function liveCalls(events: Events<Happenings>) {
  const running: RunningCall[] = [];
  const called: unknown[] = [];
  /** Channels that were hung up. */
  const cutOff: string[] = [];
  const allows = { listen: true, whisper: false };
  const desk = new LiveDesk({
    running: () => running as unknown as readonly Visit[],
    // The colleague of a call that the telephone system holds alone.
    ari: {
      bridges: () =>
        Promise.resolve(
          running.map(({ channelId }) => ({ id: 'b', channels: [channelId, `with-${channelId}`] })),
        ),
      hangUp: (channel: string) => {
        cutOff.push(channel);
        return Promise.resolve();
      },
    } as unknown as WhisperAri,
    allows,
    extensions: () => ['201', '203'],
    ringSeconds: 20,
    log: { part: () => ({ warn: () => undefined }) } as never,
  });
  const callBack: CallBack = {
    start: (call) => {
      called.push(call);
      return Promise.resolve();
    },
  };
  return {
    ...{ desk, allows, called, callBack, cutOff },
    begin(id: string, callerNumber = '+442079460142'): RunningCall {
      const call = new RunningCall(id, callerNumber, () => {
        events.emit('live', { id });
      });
      running.push(call);
      events.emit('call', { id, what: 'began' });
      events.emit('live', { id });
      return call;
    },
    over(call: RunningCall): void {
      running.splice(running.indexOf(call), 1);
      call.sendAway('call-over');
      events.emit('live', { id: call.id });
      events.emit('call', { id: call.id, what: 'ended' });
    },
  };
}
