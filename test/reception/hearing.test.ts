import { setImmediate as breathe } from 'node:timers/promises';
import t from 'tap';
import { FRAME_MS, FRAME_SAMPLES } from '../../agent/audio/frame.js';
import { silentLog } from '../../agent/log.js';
import { Hearing } from '../../agent/reception/hearing.js';
import type { Recognised, Recogniser } from '../../agent/speech/ports.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';

function begin() {
  const vad = new FakeVoiceActivity();
  const recogniser = new FakeRecogniser();
  const told: string[] = [];
  const hearing = new Hearing(
    { vad, recogniser, language: 'en', names: ['Ann Lee'], log: silentLog },
    {
      stirred: () => told.push('stirred'),
      settled: () => told.push('settled'),
      began: () => told.push('began'),
      partial: (text) => told.push(`partial ${text}`),
      guessed: (text) => told.push(`guessed ${text}`),
      ended: ({ recognised, failed }) => told.push(failed ? 'failed' : `ended ${recognised.text}`),
    },
  );
  return { vad, recogniser, told, hearing };
}

t.test('a turn: stirred, began, guessed, ended', async (t) => {
  const { vad, recogniser, told, hearing } = begin();
  recogniser.text = 'yes please';
  vad.tell(true, 640);
  t.ok(hearing.speaking);
  vad.tell(false, 224);
  await breathe();
  t.strictSame(told, ['stirred', 'began', 'guessed yes please'], 'understood ahead of its end');
  vad.tell(false, 64);
  await breathe();
  t.equal(told.at(-1), 'ended yes please', 'a complete answer waits for no more');
  t.notOk(hearing.speaking);
  hearing.close();
});

t.test('what was asked reaches the recogniser, until something else is asked', (t) => {
  const { vad, recogniser, hearing } = begin();
  hearing.expect('number');
  vad.tell(true, 640);
  t.ok(recogniser.settings?.expected?.includes('seven'), 'digits after a number was asked');
  vad.tell(false, 1_600);
  hearing.expect('name');
  vad.tell(true, 640);
  t.strictSame(recogniser.settings, { language: 'en', names: ['Ann Lee'] });
  vad.tell(false, 1_600);
  hearing.expect(undefined);
  vad.tell(true, 640);
  t.strictSame(recogniser.settings, { language: 'en' });
  hearing.close();
  t.end();
});

t.test('a turn is read by what was asked, on trial and at its end', async (t) => {
  const vad = new FakeVoiceActivity();
  const recogniser = new FakeRecogniser();
  const told: string[] = [];
  const hearing = new Hearing(
    {
      ...{ vad, recogniser, language: 'en', log: silentLog },
      choose: (heard, asked) => ({ ...heard, text: `${asked ?? 'nothing'}: ${heard.text}` }),
    },
    {
      ...{ stirred: () => undefined, settled: () => undefined, began: () => undefined },
      partial: () => undefined,
      guessed: (text) => told.push(`guessed ${text}`),
      ended: ({ recognised }) => told.push(`ended ${recognised.text}`),
    },
  );
  hearing.expect('birth');
  recogniser.text = 'the first of May 1970';
  vad.tell(true, 640);
  vad.tell(false, 224);
  await breathe();
  t.strictSame(told, ['guessed birth: the first of May 1970']);
  vad.tell(false, 1_600);
  await breathe();
  t.equal(told.at(-1), 'ended birth: the first of May 1970');
  hearing.close();
});

t.test(
  'of a trial that is not sure nothing better is sought where it holds all that was asked',
  async (t) => {
    for (const isWhole of [true, false]) {
      const vad = new FakeVoiceActivity();
      const asked: string[] = [];
      const told: string[] = [];
      const recogniser: Recogniser = {
        listen: () => {
          const fake = new FakeRecogniser().listen({ language: 'en' });
          const note = (what: string): string => `${what} ${String(asked.push(what))}`;
          return {
            ...fake,
            speculate: async () => ({
              ...{ ...(await fake.speculate()), text: note('trial') },
              provisional: true,
            }),
            finish: async () => ({ ...(await fake.finish()), text: note('final') }),
          };
        },
      };
      const hearing = new Hearing(
        {
          ...{ vad, recogniser, language: 'en', log: silentLog },
          choose: (heard) => (isWhole ? { ...heard, provisional: false } : heard),
        },
        {
          ...{ stirred: () => undefined, settled: () => undefined, began: () => undefined },
          ...{ partial: () => undefined, guessed: () => undefined },
          ended: ({ recognised }) => told.push(recognised.text),
        },
      );
      vad.tell(true, 640);
      vad.tell(false, 224);
      await breathe();
      vad.tell(false, 1_600);
      await breathe();
      t.strictSame(told, [isWhole ? 'trial 1' : 'final 2']);
      vad.tell(true, 640);
      vad.tell(false, 224);
      await breathe();
      asked.length = 0;
      vad.tell(true, 640);
      hearing.frame(new Int16Array(FRAME_SAMPLES), 4_000);
      t.equal(
        (await hearing.last())?.recognised.text,
        'final 1',
        'whoever went on is heard to the end',
      );
      hearing.close();
    }
  },
);

const EMPTY: Recognised = {
  ...{ text: '', words: [], confidence: 1 },
  ...{ engine: 'fake', secondsAudio: 1, secondsCpu: 0 },
};

t.test('a trial that comes late does not stand for what was said since', async (t) => {
  const vad = new FakeVoiceActivity();
  const trials: ((trial: Recognised) => void)[] = [];
  const told: string[] = [];
  const recogniser: Recogniser = {
    listen: () => ({
      ...new FakeRecogniser().listen({ language: 'en' }),
      speculate: () => new Promise<Recognised>((resolve) => trials.push(resolve)),
      finish: () => Promise.resolve({ ...EMPTY, text: 'one two three' }),
    }),
  };
  const hearing = new Hearing(
    {
      ...{ vad, recogniser, language: 'en', log: silentLog },
      choose: (heard) => ({ ...heard, provisional: false }),
    },
    {
      ...{ stirred: () => undefined, settled: () => undefined, began: () => undefined },
      ...{ partial: () => undefined, guessed: () => undefined },
      ended: ({ recognised }) => told.push(recognised.text),
    },
  );
  for (let times = 0; times < 2; times += 1) {
    vad.tell(true, 640);
    vad.tell(false, 224);
  }
  t.equal(trials.length, 2);
  trials[0]?.({ ...EMPTY, text: 'one two', provisional: true });
  await breathe();
  vad.tell(false, 1_600);
  await breathe();
  t.strictSame(told, ['one two three']);
  hearing.close();
});

t.test('silence never reaches the recogniser', async (t) => {
  const vad = new FakeVoiceActivity();
  const given: number[] = [];
  const recogniser: Recogniser = {
    listen: () => {
      const utterance = new FakeRecogniser().listen({ language: 'en' });
      return { ...utterance, push: () => given.push(atMs) };
    },
  };
  const hearing = new Hearing(
    { vad, recogniser, language: 'en', log: silentLog },
    {
      ...{ stirred: () => undefined, settled: () => undefined, began: () => undefined },
      ...{ partial: () => undefined, guessed: () => undefined, ended: () => undefined },
    },
  );
  let atMs = 0;
  const frames = (ms: number): void => {
    for (const end = atMs + ms; atMs < end; atMs += FRAME_MS) {
      hearing.frame(new Int16Array(FRAME_SAMPLES), atMs);
    }
  };
  // 960 ms of speech in 10 s, twice; the voice activity answers every 320 ms.
  for (const speech of [false, true, false, true, false]) {
    for (let block = 0; block < (speech ? 3 : 10); block += 1) {
      frames(320);
      vad.tell(speech, 320);
      await breathe();
    }
  }
  const spans = [3_200, 7_360].map((from) => given.filter((at) => at >= from && at < from + 4_160));
  t.equal(given.length, spans.flat().length, 'nothing before the first turn');
  for (const [turn, span] of spans.entries()) {
    const from = turn === 0 ? 3_200 : 7_360;
    t.ok(span.length * FRAME_MS >= 960, 'the whole turn was given');
    t.ok(span.length * FRAME_MS <= 960 + 640, 'and no more than what leads to it and ends it');
    t.ok(
      span.every((at) => at < from + 960 + 640),
      'and then none until the next',
    );
  }
  hearing.close();
});

t.test('a click stirs and settles', (t) => {
  const { vad, told, hearing } = begin();
  vad.tell(true, 64);
  vad.tell(false, 320);
  t.strictSame(told, ['stirred', 'settled']);
  hearing.close();
  t.end();
});

t.test('a turn without words over what we say ends soon and empty', async (t) => {
  const { vad, told, hearing } = begin();
  hearing.played(new Int16Array(50 * FRAME_SAMPLES), 0);
  vad.tell(true, 320);
  vad.tell(false, 224);
  await breathe();
  vad.tell(false, 96);
  await breathe();
  t.strictSame(told, ['stirred', 'began', 'ended ']);
  hearing.close();
});

t.test('a silent line waits for what an unclear beginning becomes', async (t) => {
  const { vad, recogniser, told, hearing } = begin();
  vad.tell(true, 320);
  vad.tell(false, 448);
  await breathe();
  t.strictSame(told, ['stirred', 'began'], 'a cough would be over by now');
  recogniser.text = 'yes please';
  vad.tell(true, 320);
  t.equal(recogniser.opened, 2, 'what was no words does not blur those that follow');
  vad.tell(false, 480);
  await breathe();
  vad.tell(false, 64);
  await breathe();
  t.equal(told.at(-1), 'ended yes please');
  hearing.close();
});

t.test('digits that were not understood may be, with those that follow', async (t) => {
  const { vad, recogniser, told, hearing } = begin();
  hearing.expect('number');
  vad.tell(true, 320);
  vad.tell(false, 224);
  await breathe();
  vad.tell(false, 960);
  vad.tell(true, 320);
  t.equal(recogniser.opened, 1);
  t.strictSame(told, ['stirred', 'began'], 'a group of digits may be to come');
  hearing.close();
});

t.test('a sound at the end does not undo what was heard before', async (t) => {
  const { vad, recogniser, told, hearing } = begin();
  recogniser.text = 'nine zero four';
  vad.tell(true, 640);
  vad.tell(false, 320);
  await breathe();
  recogniser.text = '';
  vad.tell(true, 320);
  vad.tell(false, 1_600);
  await breathe();
  t.equal(told.at(-1), 'ended nine zero four');
  hearing.close();
});

t.test('what was heard on trial stands where recognition fails at the end', async (t) => {
  const { vad, recogniser, told, hearing } = begin();
  recogniser.text = 'I need an appointment';
  vad.tell(true, 640);
  vad.tell(false, 320);
  await breathe();
  recogniser.fails = true;
  vad.tell(false, 640);
  await breathe();
  t.equal(told.at(-1), 'ended I need an appointment');
  hearing.close();
});

t.test('the echo of what is played is no turn', async (t) => {
  const { vad, recogniser, told, hearing } = begin();
  recogniser.text = 'our own words';
  let state = 9;
  const voice = Int16Array.from({ length: 100 * FRAME_SAMPLES }, (_, i) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state / 2 ** 31 - 0.5) * 9_000 * Math.abs(Math.sin(i / 1_500));
  });
  const late = 10 * FRAME_SAMPLES;
  for (let frame = 0; frame < 100; frame += 1) {
    const at = frame * FRAME_SAMPLES;
    hearing.played(voice.subarray(at, at + FRAME_SAMPLES), frame * FRAME_MS);
    const heard = new Int16Array(FRAME_SAMPLES).map((_, i) => (voice[at + i - late] ?? 0) / 4);
    hearing.frame(heard, frame * FRAME_MS);
    if (frame % 8 === 7) vad.tell(frame >= 15, 160);
  }
  vad.tell(false, 1_600);
  await breathe();
  t.notOk(
    told.some((what) => what.startsWith('ended our')),
    told.join(', '),
  );
  t.equal(
    told.filter((what) => what === 'stirred').length,
    told.filter((what) => what === 'settled').length,
    'whatever stirred has settled',
  );
  hearing.close();
});
