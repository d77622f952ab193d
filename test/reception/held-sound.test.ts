import t from 'tap';
import { FRAME_MS, FRAME_SAMPLES } from '../../agent/audio/frame.js';
import { HeldSound, type Side, type SideFrame } from '../../agent/reception/held-sound.js';

const frame = (side: Side, atMs: number): SideFrame => ({
  ...{ side, atMs },
  pcm: new Int16Array(FRAME_SAMPLES).fill(7),
});

const places = (frames: readonly SideFrame[]): readonly string[] =>
  frames.map(({ side, atMs, pcm }) => {
    const heard = pcm.every((sample) => sample === 7) ? '' : ' hidden';
    return `${side} ${String(atMs)}${heard}`;
  });

/** The caller is heard at once; what we say is told 100 ms late. */
function late(held: HeldSound, toMs: number): readonly string[] {
  const told: string[] = [];
  for (let atMs = 0; atMs < toMs; atMs += FRAME_MS) {
    held.push(frame('caller', atMs));
    if (atMs >= 100) held.push(frame('agent', atMs - 100));
    told.push(...places(held.take()));
  }
  return told;
}

void t.test('sound is let go once nothing can be said of it any more, each frame once', (t) => {
  const held = new HeldSound();
  const told = [...late(held, 2_000), ...places(held.takeAll())];
  t.equal(told.length, 100 + 95);
  t.equal(new Set(told).size, told.length);
  for (const side of ['caller', 'agent']) {
    const of = told.filter((one) => one.startsWith(side)).map((one) => Number(one.split(' ')[1]));
    t.same(
      of,
      of.toSorted((a, b) => a - b),
      'each side in its order',
    );
  }
  t.end();
});

void t.test('nothing is let go from the beginning of a turn on before it is decided', (t) => {
  const held = new HeldSound();
  held.began(600);
  const told = late(held, 3_000);
  t.ok(told.length > 0);
  t.ok(told.every((one) => Number(one.split(' ')[1]) < 600));
  held.decided(600, [{ side: 'caller', fromMs: 700, toMs: 800 }]);
  const after = places(held.take());
  t.same(
    after.filter((one) => one.endsWith('hidden')),
    ['caller 700 hidden', 'caller 720 hidden', 'caller 740 hidden', 'caller 760 hidden'].concat(
      'caller 780 hidden',
    ),
  );
  t.end();
});

void t.test('what is told late of a side is hidden all the same', (t) => {
  const held = new HeldSound();
  held.hide('agent', 500)(600);
  const told = [...late(held, 3_000), ...places(held.takeAll())];
  const hidden = told.filter((one) => one.endsWith('hidden'));
  t.equal(hidden.length, 100 / FRAME_MS);
  t.ok(hidden.every((one) => one.startsWith('agent')));
  t.end();
});

void t.test('what a person of the office said and nobody decided is hidden on their side', (t) => {
  const held = new HeldSound();
  // The caller begins in the same moment, and that is decided.
  held.began(600);
  held.began(600, 'agent');
  late(held, 2_000);
  held.decided(600, []);
  t.same(places(held.take()), [], 'one of two turns is still open');
  const last = places(held.rest()).filter((one) => one.endsWith('hidden'));
  t.ok(last.length > 0 && last.every((one) => one.startsWith('agent')), 'as if it were over');
  const over = places(held.takeAll());
  t.ok(over.includes('caller 1000') && over.includes('agent 1000 hidden'));
  t.end();
});
