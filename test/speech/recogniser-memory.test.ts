import { join } from 'node:path';
import t from 'tap';
import { samplesIn } from '../../agent/audio/frame.js';
import type { Pcm } from '../../agent/audio/frame.js';
import { systemClock, type Clock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import type { RecogniseSettings } from '../../agent/speech/ports.js';
import type { WorkerPlace } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { MODEL, someSpeech, withKorean } from '../engines/vosk/korean.js';
import { english } from '../engines/vosk/english.js';
import { WorkerProcess, scratchFolder, withModels } from './worker-process.js';

// A worker answers for weeks: what an utterance leaves behind would add up. `VESTIBULE_FULL=1` plays a
// thousand utterances and compares with the memory after two hundred; otherwise forty after sixty.

const FULL = process.env.VESTIBULE_FULL === '1';
const UTTERANCES = FULL ? 800 : 40;
/** As many callers speak at once. */
const AT_ONCE = 3;
/** Caches fill with the first utterances: every caller's recogniser, allocators, compiled code. */
const WARM_UP = FULL ? 200 : 60;
/**
 * A recogniser that is not given back is 100 MB. Vosk's search graphs still fill after the warm-up, by 14 MB
 * in forty utterances; Moonshine grows by 5 MB then.
 */
const MOST_GROWTH_MB = 60;
/** A thousand utterances take minutes, on a busy machine many. */
const timeout = FULL ? 3_600_000 : 600_000;
const PIECE_MS = 500;

/** It is memory that is measured: a busy machine must not look like a stuck worker. */
const SLOWER = 20;
function patientClock(): Clock {
  const clock = systemClock();
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic() / SLOWER,
    after: (delay, run) => clock.after(delay * SLOWER, run),
    sleep: (delay) => clock.sleep(delay),
  };
}

/** Plays short utterances to a worker of `model` and tells how its memory grew. */
async function growth(
  model: string,
  speech: Pcm,
  settingsOf: (at: number) => RecogniseSettings,
): Promise<{ beforeMb: number; grownMb: number; answered: number }> {
  const scratch = await scratchFolder();
  const socket = join(scratch.path, 'r');
  const place: WorkerPlace = { name: 'one', kind: 'recogniser', socket, model };
  const worker = new WorkerProcess('recogniser', socket, undefined, ['--model', model]);
  const workers = new SpeechWorkers([place], patientClock(), silentLog);
  try {
    worker.spawn();
    await workers.start();
    if ((await workers.missing(30_000)).length > 0) throw new Error(worker.errors);
    const residentMb = async (): Promise<number> =>
      ((await workers.describe()).get('one')?.residentBytes ?? 0) / 1e6;
    const length = samplesIn(PIECE_MS);
    let answered = 0;
    const play = async (count: number): Promise<void> => {
      for (let at = 0; at < count; at += AT_ONCE) {
        await Promise.all(
          Array.from({ length: AT_ONCE }, async (_, caller) => {
            const from = (((at + caller) % 8) * length) % Math.max(1, speech.length - length);
            const utterance = workers.recogniser.listen(settingsOf(at + caller));
            utterance.push(speech.slice(from, from + length));
            if ((at + caller) % 7 === 0) {
              await utterance.speculate();
              utterance.cancel();
            } else if ((await utterance.finish()).engine === model) answered += 1;
          }),
        );
      }
    };
    await play(WARM_UP);
    const beforeMb = await residentMb();
    answered = 0;
    await play(UTTERANCES);
    return { beforeMb, grownMb: (await residentMb()) - beforeMb, answered };
  } finally {
    await workers.stop();
    await worker.end();
    await scratch.remove();
  }
}

const told = (beforeMb: number, grownMb: number): string =>
  `after ${WARM_UP} utterances ${beforeMb.toFixed(1)} MB, ${UTTERANCES} later ${grownMb.toFixed(1)} MB more`;

void t.test('Vosk does not grow with its utterances', { ...withKorean, timeout }, async (t) => {
  const settings = [{}, {}, { expected: ['네', '아니요', '예약'] }, { names: ['예약', '오전'] }];
  const { beforeMb, grownMb, answered } = await growth(MODEL, someSpeech(), (at) => ({
    language: 'ko',
    ...settings[at % settings.length],
  }));
  t.comment(told(beforeMb, grownMb));
  t.ok(answered > UTTERANCES / 2, 'they were recognised');
  t.ok(grownMb < MOST_GROWTH_MB, 'nothing stays');
});

void t.test(
  'Moonshine does not grow with its utterances',
  { ...withModels, timeout },
  async (t) => {
    const settings = [
      {},
      { answers: ['yes', 'no', 'yes please'] },
      { expected: ['one', 'two', 'three'] },
      { names: ['Doctor Carter', 'Maria Fernandez'] },
    ];
    const model = 'moonshine-tiny-en';
    const { beforeMb, grownMb, answered } = await growth(model, english(), (at) => ({
      language: 'en',
      ...settings[at % settings.length],
    }));
    t.comment(told(beforeMb, grownMb));
    t.ok(answered > UTTERANCES / 2, 'they were recognised');
    t.ok(grownMb < MOST_GROWTH_MB, 'nothing stays');
  },
);
