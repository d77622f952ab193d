import { SAMPLE_RATE, bytesOfPcm, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { GrpcClient, loadService } from '../wire/grpc.js';
import type { Receiver, Sender } from '../wire/grpc.js';
import type { RecogniseSettings, Recogniser, Utterance } from './ports.js';
import type { RecognizeReply, RecognizeResult, ResultWord } from './protocol.js';
import { RecogniserPool } from './recogniser-pool.js';
import type { RecogniserStream, RecogniserWire } from './recogniser-wire.js';
import { WorkerRecogniser } from './recogniser.js';
import { LINEAR16, VOSK_PROTO, VOSK_SERVICE, secondsOf } from './vosk-protocol.js';
import type { VoskAlternative, VoskRequest, VoskResponse } from './vosk-protocol.js';

/** vosk-server answers every message with a partial result: small ones would only make it work. */
const MESSAGE_SAMPLES = samplesIn(200);

/** As results name it: which model a vosk-server has, it does not tell. */
const ENGINE = 'vosk-server';

/** A stock vosk-server (gRPC, vosk.stt.v1) as a process that recognises. */
export class VoskServerWire implements RecogniserWire {
  readonly #client: GrpcClient;

  /** `address` is host:port, or unix:/path of one of our own workers. */
  constructor(address: string) {
    this.#client = new GrpcClient(address, loadService(VOSK_PROTO, VOSK_SERVICE));
  }

  /** What is expected cannot be told to it. */
  open(settings: RecogniseSettings, receiver: Receiver<RecognizeReply>): RecogniserStream {
    return new VoskServerStream(this.#client, settings.language, receiver);
  }

  close(): void {
    this.#client.close();
  }
}

/**
 * One stream. It is opened by its first audio: a stock server divides by zero when a stream ends
 * without any, and at a message without any.
 */
class VoskServerStream implements RecogniserStream, Receiver<VoskResponse> {
  readonly #client: GrpcClient;
  readonly #language: string;
  readonly #receiver: Receiver<RecognizeReply>;
  #sender: Sender<VoskRequest> | undefined;
  #gathered: Pcm[] = [];
  #count = 0;
  #sent = 0;
  readonly #segments: VoskAlternative[] = [];
  #partial = '';
  #finishing = false;
  #over = false;

  constructor(client: GrpcClient, language: string, receiver: Receiver<RecognizeReply>) {
    this.#client = client;
    this.#language = language;
    this.#receiver = receiver;
  }

  get outstanding(): number {
    return this.#sender?.outstanding ?? 0;
  }

  audio(pcm: Pcm): void {
    this.#gathered.push(pcm);
    this.#count += pcm.length;
    if (this.#count >= MESSAGE_SAMPLES) this.#flush();
  }

  /** The wire has no such question: what stands is told at once, and may lack the last moments. */
  speculate(): void {
    this.#flush();
    queueMicrotask(() => {
      this.#tell({ speculative: { ...this.#result(true), provisional: true } });
    });
  }

  finish(): void {
    this.#finishing = true;
    this.#flush();
    if (this.#sender !== undefined) this.#sender.end();
    else
      queueMicrotask(() => {
        this.#tell({ final: this.#result(false) });
      });
  }

  cancel(): void {
    this.#over = true;
    this.#sender?.cancel();
  }

  message(response: VoskResponse): void {
    for (const { alternatives, final } of response.chunks) {
      const [best] = alternatives;
      if (best === undefined) continue;
      if (!final) this.#partial = best.text;
      else {
        if (best.text !== '') this.#segments.push(best);
        else if (isGood(this.#partial)) this.#segments.push(unsure(this.#partial));
        this.#partial = '';
      }
    }
    this.#tell({ partial: this.#result(true) });
  }

  /** A server that has said all: the utterance's end if it was asked for, else a loss. */
  end(): void {
    if (this.#finishing) this.#tell({ final: this.#result(true) });
    else if (!this.#over) this.#receiver.end();
  }

  error(error: Parameters<Receiver<RecognizeReply>['error']>[0]): void {
    if (!this.#over) this.#receiver.error(error);
  }

  #tell(reply: RecognizeReply): void {
    if (!this.#over) this.#receiver.message(reply);
  }

  #flush(): void {
    if (this.#count === 0) return;
    const pcm = new Int16Array(this.#count);
    let at = 0;
    for (const piece of this.#gathered) {
      pcm.set(piece, at);
      at += piece.length;
    }
    this.#gathered = [];
    this.#count = 0;
    this.#sent += pcm.length;
    this.#sender ??= this.#open();
    this.#sender.send({ audioContent: bytesOfPcm(pcm) });
  }

  #open(): Sender<VoskRequest> {
    const sender = this.#client.duplex<VoskRequest, VoskResponse>('StreamingRecognize', this);
    const specification = {
      audioEncoding: LINEAR16,
      sampleRateHertz: SAMPLE_RATE,
      languageCode: this.#language,
      partialResults: true,
      enableWordTimeOffsets: true,
    };
    sender.send({ config: { specification } });
    return sender;
  }

  #result(withPartial: boolean): RecognizeResult {
    const texts = this.#segments.map(({ text }) => text);
    if (withPartial && this.#partial !== '') texts.push(this.#partial);
    const words = this.#segments.flatMap((segment) => segment.words.map(wordOf));
    const sure = this.#segments.reduce((sum, { confidence }) => sum + confidence, 0);
    return {
      text: texts.join(' '),
      words,
      confidence: this.#segments.length === 0 ? 0 : sure / this.#segments.length,
      engine: ENGINE,
      secondsAudio: this.#sent / SAMPLE_RATE,
      secondsCpu: 0,
    };
  }
}

/** An empty final text after good partial ones is a lattice that was pruned away, not silence. */
const isGood = (partial: string): boolean => partial.includes(' ');
const unsure = (text: string): VoskAlternative => ({ text, confidence: 0.5, words: [] });

const wordOf = (word: VoskAlternative['words'][number]): ResultWord => ({
  word: word.word,
  start: secondsOf(word.startTime),
  end: secondsOf(word.endTime),
  confidence: word.confidence,
});

/** Recognition by stock vosk-servers, each utterance by the one with the least to do. */
export class VoskServers implements Recogniser {
  readonly #pool: RecogniserPool;
  readonly #recogniser: WorkerRecogniser;

  /** `addresses` are host:port. Connects nothing yet. */
  constructor(addresses: readonly string[], clock: Clock, log: Log) {
    const places = addresses.map((address) => ({
      name: address,
      wire: new VoskServerWire(address),
    }));
    this.#pool = new RecogniserPool(places, clock, log);
    this.#recogniser = new WorkerRecogniser(this.#pool);
  }

  listen(settings: RecogniseSettings, onPartial?: (text: string) => void): Utterance {
    return this.#recogniser.listen(settings, onPartial);
  }

  close(): void {
    this.#pool.close();
  }
}
