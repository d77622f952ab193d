import t from 'tap';
import { FRAME_MS, FRAME_SAMPLES, type Pcm } from '../../agent/audio/frame.js';
import { MachineWatch } from '../../agent/reception/machine-watch.js';
import { cng } from '../audio/machine-sounds.js';

function hear(watch: MachineWatch, pcm: Pcm, fromMs: number): void {
  for (let at = 0; at + FRAME_SAMPLES <= pcm.length; at += FRAME_SAMPLES) {
    watch.frame(pcm.subarray(at, at + FRAME_SAMPLES), fromMs + (at / FRAME_SAMPLES) * FRAME_MS);
  }
}

void t.test('a machine is noticed once, and only at the start', (t) => {
  const found: string[] = [];
  const watch = new MachineWatch((tone) => found.push(tone));
  hear(watch, cng(8), 3_000);
  t.same(found, ['cng']);
  const late = new MachineWatch((tone) => found.push(tone));
  hear(late, cng(4), 19_900);
  t.same(found, ['cng'], 'later it may be music');
  t.end();
});
