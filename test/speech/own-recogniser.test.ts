import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js';
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import t from 'tap';
import { parse } from 'yaml';
import { samplesIn } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { checkConfiguration } from '../../agent/config/load.js';
import { silentLog } from '../../agent/log.js';
import { SPEECH_PROTO } from '../../agent/speech/protocol.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { freePort } from './free-port.js';

const text = (file: string): string => readFileSync(join(checkoutRoot, file), 'utf8');
/** What the page has the reader write into the configuration. */
const shown =
  /^ *```yaml\n([^]*?)^ *```$/mu
    .exec(text('docs/guide/adding-a-recogniser.md'))?.[1]
    ?.replaceAll(/^ {3}/gmu, '') ?? '';

interface Request {
  readonly settings?: { readonly language: string };
  readonly pcm?: Buffer;
  readonly speculate?: object;
  readonly finish?: object;
}

/**
 * A recogniser as somebody else would write it: with the protocol's file and a gRPC library, and nothing of
 * ours. It hears one word for each half second of sound.
 */
async function aRecogniser(port: number): Promise<() => void> {
  const definition = loadSync(SPEECH_PROTO, { longs: Number, defaults: true, oneofs: true });
  const root = grpc.loadPackageDefinition(definition) as unknown as {
    vestibule: { speech: { v1: { Speech: { service: grpc.ServiceDefinition } } } };
  };
  const server = new Server();
  server.addService(root.vestibule.speech.v1.Speech.service, {
    Recognize(stream: ServerDuplexStream<Request, object>) {
      let bytes = 0;
      const result = (): object => {
        const seconds = bytes / 2 / 16_000;
        const text = Array.from({ length: Math.floor(seconds * 2) }, () => 'la').join(' ');
        return { text, confidence: 0.75, engine: 'la', secondsAudio: seconds, secondsCpu: 0 };
      };
      stream.on('data', ({ pcm, speculate, finish }: Request) => {
        bytes += pcm?.length ?? 0;
        if (speculate) stream.write({ speculative: result() });
        if (!finish) return;
        stream.write({ final: result() });
        stream.end();
      });
    },
    Describe: (_call: unknown, answer: (error: null, told: object) => void) => {
      answer(null, { worker: 'recogniser', engines: ['la'], models: ['la-1'] });
    },
  });
  await new Promise<void>((resolve, reject) => {
    const at = `127.0.0.1:${String(port)}`;
    server.bindAsync(at, ServerCredentials.createInsecure(), (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
  return () => {
    server.forceShutdown();
  };
}

t.test('a recogniser of one’s own: docs/guide/adding-a-recogniser.md', async (t) => {
  const port = await freePort();
  const stop = await aRecogniser(port);
  const sockets = mkdtempSync(join(tmpdir(), 'vestibule-own-'));
  const office = text('agent/config/example-office.yaml');
  checkConfiguration(`${office}\n${shown}`, 'vestibule.yaml', {});
  const here = shown.replace(':5700', `:${String(port)}`).replaceAll('my-model', 'la-1');
  const settings = speechSettings.parse((parse(here) as { speech: object }).speech);
  const places = workerPlaces(settings, sockets);
  t.strictSame(
    places.filter(({ kind }) => kind === 'recogniser').map(({ name }) => name),
    ['mine'],
    'none of ours runs besides',
  );
  const workers = new SpeechWorkers(places, systemClock(), silentLog);
  t.teardown(async () => {
    await workers.stop();
    stop();
    rmSync(sockets, { recursive: true, force: true });
  });
  await workers.start();
  const utterance = workers.recogniser.listen({ language: 'en' });
  for (let at = 0; at < 75; at += 1) utterance.push(new Int16Array(samplesIn(20)));
  t.equal((await utterance.speculate()).text, 'la la la');
  t.match(await utterance.finish(), { text: 'la la la', engine: 'la', confidence: 0.75 });
});
