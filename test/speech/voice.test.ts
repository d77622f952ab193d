import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import type { WorkerTimes } from '../../agent/speech/ports.js';
import type { SpeakRequest } from '../../agent/speech/protocol.js';
import { SPEECH_PROTO, SPEECH_SERVICE } from '../../agent/speech/protocol.js';
import { WorkerVoice } from '../../agent/speech/voice.js';
import { wireErrors } from '../../agent/wire/errors.js';
import { GrpcClient, loadService } from '../../agent/wire/grpc.js';
import { WorkerProcess, scratchFolder } from './worker-process.js';

const TEXT = '하나입니다. 둘입니다. 셋입니다. 넷입니다.';

void t.test('a voice that is killed between clauses goes on where it was', async (t) => {
  const scratch = await scratchFolder();
  const worker = new WorkerProcess('voice', join(scratch.path, 'voice.sock'), scratch.path, [
    ...['--model', 'espeak-ng'],
  ]);
  const service = loadService(SPEECH_PROTO, SPEECH_SERVICE);
  const client = new GrpcClient(`unix:${worker.socket}`, service);
  t.teardown(async () => {
    client.close();
    await worker.end();
    await scratch.remove();
  });
  worker.spawn();
  await worker.serves();
  const voice = new WorkerVoice(client, systemClock());
  const whole: Int16Array[] = [];
  for await (const pcm of voice.speak(TEXT, { language: 'ko' })) whole.push(pcm);
  t.equal(whole.length, 4);
  const signal = new AbortController();
  const heard: Int16Array[] = [];
  const times: WorkerTimes[] = [];
  for await (const pcm of voice.speak(
    TEXT,
    { language: 'ko' },
    { signal: signal.signal, aheadMs: 0, told: (one) => times.push(one) },
  )) {
    heard.push(pcm);
    if (heard.length !== 2) continue;
    await worker.end('SIGKILL');
    worker.spawn();
  }
  // Of the first clause of each request the silence before it is cut.
  t.strictSame(
    heard.map((pcm) => Math.round(pcm.length / 3_200)),
    whole.map((pcm) => Math.round(pcm.length / 3_200)),
    'each clause once, in its place',
  );
  // When the first one was made, as the worker itself says.
  t.equal(times.length, 1);
  const [{ askedAt, answeredAt, workedMs } = { askedAt: 0, answeredAt: 0, workedMs: 0 }] = times;
  t.ok(workedMs > 0 && workedMs <= answeredAt - askedAt);
});

/** A client of which a request yields so many clauses, then the worker is away. */
function losing(clauses: readonly number[]) {
  const asked: SpeakRequest[] = [];
  const client = {
    serverStream: async function* (_method: string, request: unknown) {
      const left = clauses[asked.length] ?? 0;
      asked.push(request as SpeakRequest);
      for (let at = 0; at < left; at += 1) {
        await Promise.resolve();
        yield { pcm: new Uint8Array(2) };
      }
      throw wireErrors.make('UNREACHABLE', { place: 'voice' });
    },
  } as unknown as Pick<GrpcClient, 'serverStream'>;
  return { asked, client };
}

void t.test('one that does not come back, and one that nobody hears', async (t) => {
  const real = systemClock();
  let passed = 0;
  const clock = {
    ...real,
    monotonic: () => passed,
    sleep: (ms: number) => {
      passed += ms;
      return Promise.resolve();
    },
  };
  const { asked, client } = losing([2, 1]);
  const voice = new WorkerVoice(client, clock);
  const heard: Int16Array[] = [];
  const speaking = async (signal: AbortSignal): Promise<void> => {
    const live = { signal, aheadMs: 1_500 };
    for await (const pcm of voice.speak('One. Two.', { language: 'en' }, live)) heard.push(pcm);
  };
  const listener = new AbortController();
  await t.rejects(speaking(listener.signal), { code: 'SPEECH_WORKER_UNREACHABLE' });
  t.equal(heard.length, 3);
  t.match(asked[0], { aheadMs: 1_500 });
  t.strictSame(
    asked.slice(0, 4).map(({ fromClause = 0 }) => fromClause),
    [0, 2, 3, 3],
  );
  t.ok(passed > 5_000 && passed <= 8_000, 'it is waited for, not for ever');
  const times = asked.length;
  listener.abort();
  await t.rejects(speaking(listener.signal), { code: 'SPEECH_WORKER_UNREACHABLE' });
  t.equal(asked.length, times + 1, 'nobody tries again for nobody');
});
