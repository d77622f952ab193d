import type { Pcm } from '../audio/frame.js';
import type { Line } from '../telephony/line.js';
import type { Audience } from './live/audience.js';
import type { MachineWatch } from './machine-watch.js';
import type { Recorder } from './recorder.js';

/** Whoever gets a call's sound. */
export interface Ears {
  readonly recorder: Recorder;
  readonly audience: Audience;
}

/** Lets those who listen in hear a side, as long as that is allowed. */
export function overheard(
  { recorder, audience }: Ears,
  side: 'caller' | 'agent',
  pcm: Pcm,
  atMs: number,
): void {
  if (audience.size === 0) return;
  if (!recorder.consented) audience.leave('objected');
  else if (!recorder.paused) audience.sound(side, pcm, atMs);
}

/** Gives both sides of a line to whoever gets its sound. `offset` is the call's time when the line began. */
export function listenAlong(
  line: Line,
  ears: Ears & { readonly machines: MachineWatch },
  offset: number,
  on: { readonly mayRecord: () => boolean; readonly lost: () => void; readonly gone: () => void },
): void {
  line.listen({
    frame: (pcm, atMs) => {
      if (!on.mayRecord()) return;
      ears.recorder.write('caller', pcm, offset + atMs);
      overheard(ears, 'caller', pcm, offset + atMs);
      ears.machines.frame(pcm, offset + atMs);
    },
    played: (pcm, atMs) => {
      ears.recorder.write('agent', pcm, offset + atMs);
      overheard(ears, 'agent', pcm, offset + atMs);
    },
    key: () => undefined,
    closed: (reason) => {
      if (reason === 'failed') on.lost();
      else on.gone();
    },
  });
}
