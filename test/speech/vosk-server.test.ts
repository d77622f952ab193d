import { join } from 'node:path';
import t from 'tap';
import { bytesOfPcm, samplesIn } from '../../agent/audio/frame.js';
import { resample } from '../../agent/audio/resample.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { VoskServers } from '../../agent/speech/vosk-server.js';
import {
  VOSK_PROTO,
  VOSK_SERVICE,
  VOSK_STATS,
  durationOf,
  secondsOf,
} from '../../agent/speech/vosk-protocol.js';
import type {
  VoskChunk,
  VoskRequest,
  VoskResponse,
  VoskSpecification,
  VoskStats,
} from '../../agent/speech/vosk-protocol.js';
import { GrpcClient, duplex, loadService } from '../../agent/wire/grpc.js';
import type { Sender } from '../../agent/wire/grpc.js';
import { GrpcServer } from '../../agent/wire/server.js';
import { MODEL, framesOf, letterErrors, someSpeech, withKorean } from '../engines/vosk/korean.js';
import { freePort } from './free-port.js';
import { WorkerProcess, scratchFolder } from './worker-process.js';

const clock = systemClock();
const SERVICE = loadService(VOSK_PROTO, VOSK_SERVICE);

/** As stock clients do: a config, audio in messages of 4000 bytes, and the end. */
function stockClient(
  address: string,
  specification: VoskSpecification,
  audio: Uint8Array,
): Promise<readonly VoskChunk[]> {
  const client = new GrpcClient(address, SERVICE);
  return new Promise<readonly VoskChunk[]>((resolve, reject) => {
    const chunks: VoskChunk[] = [];
    const sender = client.duplex<VoskRequest, VoskResponse>('StreamingRecognize', {
      message: (response) => chunks.push(...response.chunks),
      end: () => {
        resolve(chunks);
      },
      error: reject,
    });
    sender.send({ config: { specification } });
    for (let at = 0; at < audio.length; at += 4000) {
      sender.send({ audioContent: audio.subarray(at, at + 4000) });
    }
    sender.end();
  }).finally(() => {
    client.close();
  });
}

void t.test('a stock client on our worker', withKorean, async (t) => {
  const scratch = await scratchFolder();
  const port = await freePort();
  const worker = new WorkerProcess('recogniser', join(scratch.path, 'r.sock'), undefined, [
    ...['--model', MODEL, '--vosk', `127.0.0.1:${port}`],
  ]);
  t.teardown(async () => {
    await worker.end();
    await scratch.remove();
  });
  worker.spawn();
  await worker.serves();
  const speech = someSpeech();
  const unix = `unix:${worker.socket}`;

  const wanted = { sampleRateHertz: 16_000, partialResults: true, enableWordTimeOffsets: true };
  const chunks = await stockClient(unix, wanted, bytesOfPcm(speech));
  const finals = chunks.filter(({ final }) => final);
  t.ok(chunks.length > finals.length + 3, 'partial chunks came');
  t.ok(chunks.at(-1)?.final, 'the last one is final');
  const words = finals.flatMap(({ alternatives }) => alternatives[0]?.words ?? []);
  const text = finals
    .map(({ alternatives }) => alternatives[0]?.text ?? '')
    .join(' ')
    .trim();
  t.ok(text.length > 0);
  t.equal(words.map(({ word }) => word).join(' '), text);
  t.ok(words.every(({ startTime, endTime }) => secondsOf(startTime) < secondsOf(endTime)));

  const eight = bytesOfPcm(resample(speech, 16_000, 8000));
  const plain = await stockClient(`127.0.0.1:${port}`, { sampleRateHertz: 8000 }, eight);
  t.ok(
    plain.every(({ final }) => final),
    'over TCP at 8 kHz, no partial chunks unless asked for',
  );
  t.match(plain.at(-1)?.alternatives[0], { confidence: 1, words: [] });

  const several = await stockClient(unix, { ...wanted, maxAlternatives: 5 }, bytesOfPcm(speech));
  t.ok(several.some(({ final, alternatives }) => final && alternatives.length > 1));

  const none = await stockClient(unix, wanted, new Uint8Array(0));
  t.same(
    none.map(({ final, alternatives }) => [final, alternatives[0]?.text]),
    [[true, '']],
  );
  await t.rejects(
    new Promise((_, reject) => {
      const client = new GrpcClient(unix, SERVICE);
      const sender = client.duplex<VoskRequest, VoskResponse>('StreamingRecognize', {
        message: () => undefined,
        end: () => undefined,
        error: (error) => {
          client.close();
          reject(error);
        },
      });
      sender.send({ audioContent: new Uint8Array(4000) });
    }),
    { code: 'WIRE_FAILED', message: /ENGINE_BAD_REQUEST/u },
    'audio before a config is refused',
  );

  const stats = new GrpcClient(unix, loadService(VOSK_PROTO, VOSK_STATS));
  const told = await stats.unary<object, VoskStats>('GetStats', {}, 2000);
  stats.close();
  t.equal(told.nStreams, 0);
  t.equal(told.nTotalStreams, 5);
  t.ok(told.maxStreamRtf > 0);

  await t.test('and our own client on it, as on a stock server', async (t) => {
    const servers = new VoskServers([`127.0.0.1:${port}`], clock, silentLog);
    t.teardown(() => {
      servers.close();
    });
    const partials: string[] = [];
    const utterance = servers.listen({ language: 'ko' }, (partial) => partials.push(partial));
    for (const frame of framesOf(speech)) utterance.push(frame);
    const final = await utterance.finish();
    t.ok(partials.length > 3);
    const { wrong, letters } = letterErrors(text, final.text);
    t.ok(wrong / letters < 0.4, 'the same text but for where the segments end');
    t.ok(Math.abs(final.secondsAudio - speech.length / 16_000) < 0.05);
  });
});

/** A server as strict as the stock one: no audio in a message or a stream is its death. */
class StrictServer {
  readonly #server: GrpcServer;
  readonly configs: VoskSpecification[] = [];
  streams = 0;
  bytes = 0;
  faults = 0;
  /** The stream that is not answered but cut. */
  cut = 0;

  constructor(address: string) {
    this.#server = new GrpcServer(address);
    this.#server.add(SERVICE, {
      StreamingRecognize: duplex<VoskRequest, VoskResponse>((sender) => this.#accept(sender)),
    });
  }

  start = (): Promise<void> => this.#server.start();
  stop = (): Promise<void> => this.#server.stop();

  #accept(sender: Sender<VoskResponse>) {
    this.streams += 1;
    const mine = this.streams;
    let heard = 0;
    const say = (text: string, final: boolean): void => {
      const word = {
        word: text,
        confidence: 0.5,
        startTime: durationOf(1.25),
        endTime: durationOf(2),
      };
      const words = final && text !== '' ? [word] : [];
      sender.send({ chunks: [{ alternatives: [{ text, confidence: 0.5, words }], final }] });
    };
    return {
      message: (request: VoskRequest) => {
        if (request.config) {
          this.configs.push(request.config.specification ?? {});
          return;
        }
        const length = request.audioContent?.length ?? 0;
        if (length === 0) this.faults += 1;
        this.bytes += length;
        heard += 1;
        if (mine === this.cut) sender.cancel();
        else if (heard === 1) say('first', true);
        else say(`heard ${heard}`, false);
      },
      end: () => {
        if (heard === 0) this.faults += 1;
        // An empty last result, as stock servers give after good partial ones.
        say('', true);
        sender.end();
      },
      error: () => undefined,
    };
  }
}

void t.test('our client on a server that is as strict as the stock one', async (t) => {
  const port = await freePort();
  const server = new StrictServer(`127.0.0.1:${port}`);
  await server.start();
  const servers = new VoskServers([`127.0.0.1:${port}`], clock, silentLog);
  t.teardown(async () => {
    servers.close();
    await server.stop();
  });

  const none = servers.listen({ language: 'en' });
  none.push(new Int16Array(0));
  t.match(await none.finish(), { text: '', words: [], confidence: 0, secondsAudio: 0 });
  const unheard = servers.listen({ language: 'en' });
  t.match(await unheard.speculate(), { text: '' });
  unheard.cancel();
  t.equal(server.streams, 0, 'without audio nothing is opened');

  const partials: string[] = [];
  const utterance = servers.listen({ language: 'en-GB' }, (text) => partials.push(text));
  for (const frame of framesOf(new Int16Array(samplesIn(700)))) utterance.push(frame);
  const final = await utterance.finish();
  t.match(final, {
    text: 'first heard 4',
    words: [{ word: 'first', start: 1.25, end: 2, confidence: 0.5 }],
    engine: 'vosk-server',
    secondsAudio: 0.7,
  });
  t.same(server.configs, [
    {
      audioEncoding: 1,
      sampleRateHertz: 16_000,
      languageCode: 'en-GB',
      partialResults: true,
      enableWordTimeOffsets: true,
      profanityFilter: false,
      model: '',
      singleUtterance: false,
      rawResults: false,
      maxAlternatives: 0,
    },
  ]);
  t.equal(server.bytes, samplesIn(700) * 2, 'every sample came');

  server.cut = server.streams + 1;
  const resent = servers.listen({ language: 'en' });
  for (const frame of framesOf(new Int16Array(samplesIn(1000)))) resent.push(frame);
  t.match((await resent.finish()).text, /^first/u, 'a stream that is cut is sent again');
  t.equal(server.faults, 0, 'no message and no stream without audio');
});
