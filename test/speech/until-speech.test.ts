import t from 'tap';
import { createLog, silentLog } from '../../agent/log.js';
import { untilSpeech } from '../../agent/speech/until-speech.js';
import { FakeClock } from '../telephony/fake-clock.js';

/** Workers of which `missing` and `unfit` go on from one look to the next. */
function looks(...those: readonly { missing: string[]; unfit?: Record<string, string> }[]) {
  let at = -1;
  return {
    get seen(): number {
      return at + 1;
    },
    missing: () => {
      at += 1;
      return Promise.resolve(those[at]?.missing ?? []);
    },
    unfit: () => Promise.resolve(new Map(Object.entries(those[at]?.unfit ?? {}))),
    isForHearing: (name: string) => name !== 'voice' && name !== 'encoder',
  };
}

void t.test('when calls can be answered', async (t) => {
  const damaged = 'ENGINE_MODEL_DAMAGED: /models/voice.onnx';

  await t.test('all serve', async (t) => {
    const workers = looks({ missing: [] });
    await untilSpeech(workers, new FakeClock(), silentLog);
    t.equal(workers.seen, 1);
  });

  await t.test('one does not answer', async (t) => {
    const workers = looks({ missing: ['vad', 'voice'], unfit: { voice: damaged } });
    const wanted = { code: 'SPEECH_WORKER_UNREACHABLE', message: /vad/u };
    await t.rejects(untilSpeech(workers, new FakeClock(), silentLog), wanted);
  });

  await t.test('nothing is heard: by keys alone, and it is said which file', async (t) => {
    let lines = '';
    const log = createLog('info', { write: (line: string) => void (lines += line) });
    const workers = looks({ missing: ['recogniser-1'], unfit: { 'recogniser-1': damaged } });
    await untilSpeech(workers, new FakeClock(), log);
    t.match(lines, /callers are not heard: keys only/u);
    t.match(lines, /voice\.onnx/u);
  });

  await t.test('nothing can be said: waited for, and told once', async (t) => {
    let lines = '';
    const log = createLog('info', { write: (line: string) => void (lines += line) });
    const held = { missing: ['voice'], unfit: { voice: damaged } };
    const workers = looks(held, held, held, { missing: [] });
    const clock = new FakeClock();
    const ready = untilSpeech(workers, clock, log);
    while (workers.seen < 4) {
      await new Promise(setImmediate);
      clock.advance(500);
    }
    await ready;
    t.equal(lines.match(/no call is answered before this is mended/gu)?.length, 1);
  });
});
