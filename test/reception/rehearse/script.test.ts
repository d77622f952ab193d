import t from 'tap';
import type { Turn } from '../../../agent/reception/rehearse/agent-ear.js';
import type { PhoneCall } from '../../../agent/reception/rehearse/caller.js';
import { Lines, Script } from '../../../agent/reception/rehearse/script.js';

void t.test('a pause that is over again when the script goes on was a pause', async (t) => {
  const ear = { speaking: true, silentMs: 0 };
  const turns: Turn[] = [];
  // A machine that was late takes the moments one after the other, and what waits goes on only after all of them.
  const moments = [
    () => undefined,
    () => {
      ear.speaking = false;
      turns.push({ startMs: 0, endMs: 900 });
    },
    () => {
      ear.speaking = true;
    },
  ];
  const audio = {
    ear,
    nowMs: 1000,
    until: (condition: () => boolean) => {
      let holds = false;
      for (const moment of moments) {
        moment();
        holds ||= condition();
      }
      return Promise.resolve(holds);
    },
  };
  const call = { audio, endedMs: undefined } as unknown as PhoneCall;
  const script = new Script(
    call,
    new Lines(),
    300,
    () => turns.at(-1),
    () => Promise.resolve('Good morning.'),
    () => undefined,
  );
  await t.resolves(script.run({ 'wait-for': 'agent', timeout: 5 }));
  t.ok(ear.speaking, 'it speaks again by then');

  // What held at no moment is missed after all.
  turns.length = 0;
  moments.splice(0, moments.length, () => undefined);
  await t.rejects(script.run({ 'wait-for': 'agent', timeout: 5 }), {
    code: 'REHEARSE_WAIT_TIMEOUT',
  });
});
