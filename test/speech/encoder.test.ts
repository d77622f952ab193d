import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { COMMANDS_PATIENCE, WorkerEncoder } from '../../agent/speech/encoder.js';
import { toldFeatures } from '../../agent/speech/features.js';
import type { EmbedReply, EmbedRequest } from '../../agent/speech/protocol.js';
import { wireErrors } from '../../agent/wire/errors.js';
import type { GrpcClient } from '../../agent/wire/grpc.js';

/** Most are nought, as those of wording are. */
const FEATURES = Float32Array.of(0, 0.5, 0, 0, -0.25, 0);

/** A worker on a machine on which each text takes `msPerText`: later than the deadline it is given up. */
function workerOf(msPerText: number): GrpcClient {
  const unary = (_: string, { texts }: EmbedRequest, deadline: number): Promise<EmbedReply> =>
    texts.length * msPerText > deadline
      ? Promise.reject(wireErrors.make('DEADLINE', { place: 'encoder' }))
      : Promise.resolve({
          texts: texts.map(() => ({ vector: [1], ...toldFeatures(FEATURES), logits: [] })),
        });
  return { unary } as unknown as GrpcClient;
}

void t.test('training has time on a slow machine, a caller is not kept waiting', async (t) => {
  const texts = Array.from({ length: 200 }, (_, at) => `sentence ${String(at)}`);
  const slow = new WorkerEncoder(workerOf(500), systemClock());
  const read = await slow.readings(texts);
  t.equal(read.length, 200);
  t.strictSame(read[199]?.features, FEATURES, 'features come whole, of which few are told');
  await t.rejects(slow.embed(texts), { code: 'SPEECH_WORKER_FAILED' });
  const usual = new WorkerEncoder(workerOf(5), systemClock());
  t.equal((await usual.embed(texts)).length, 200);
  const command = new WorkerEncoder(workerOf(500), systemClock(), COMMANDS_PATIENCE);
  t.equal((await command.embed(texts)).length, 200, 'nor is whoever types a command sent away');
});
