import { SAMPLE_RATE, pcmFromBytes } from '../audio/frame.js';
import { Resampler } from '../audio/resample.js';
import { VOSK_PROTO, VOSK_SERVICE, VOSK_STATS, durationOf } from '../speech/vosk-protocol.js';
import type {
  VoskAlternative,
  VoskRequest,
  VoskResponse,
  VoskSpecification,
  VoskStats,
} from '../speech/vosk-protocol.js';
import { duplex, loadService, unary } from '../wire/grpc.js';
import type { Receiver, Sender } from '../wire/grpc.js';
import { engineErrors } from './errors.js';
import type { Alternative, HeardResult, HeardUtterance, RecognitionEngine } from './recognition.js';
import type { ServedService } from './service.js';

/** vosk-server takes 0 to 30. */
const MOST_ALTERNATIVES = 30;

/** What vosk-server tells of its streams. */
class Stats {
  now = 0;
  total = 0;
  worst = 0;

  ended(result: HeardResult): void {
    if (result.secondsAudio === 0) return;
    this.worst = Math.max(this.worst, result.secondsCpu / result.secondsAudio);
  }

  get message(): VoskStats {
    const { now: nStreams, total: nTotalStreams, worst } = this;
    return { nStreams, nTotalStreams, maxChunkRtf: worst, maxStreamRtf: worst };
  }
}

/** A stream of a stock vosk-server client. */
class VoskStream implements Receiver<VoskRequest> {
  readonly #engine: RecognitionEngine;
  readonly #stats: Stats;
  readonly #sender: Sender<VoskResponse>;
  #specification: VoskSpecification = {};
  #utterance: HeardUtterance | undefined;
  #resampler: Resampler | undefined;
  #ending = false;
  #counted = true;

  constructor(engine: RecognitionEngine, stats: Stats, sender: Sender<VoskResponse>) {
    this.#engine = engine;
    this.#stats = stats;
    this.#sender = sender;
    stats.now += 1;
    stats.total += 1;
  }

  message(request: VoskRequest): void {
    if (request.config) this.#begin(request.config.specification ?? {});
    // Unlike vosk-server, an empty message does no harm here.
    else if (request.audioContent !== undefined && request.audioContent.length > 0) {
      if (this.#utterance === undefined) throw engineErrors.make('BAD_REQUEST');
      const pcm = pcmFromBytes(request.audioContent);
      this.#utterance.push(this.#resampler?.push(pcm) ?? pcm);
    }
  }

  end(): void {
    this.#ending = true;
    const utterance = this.#utterance;
    if (utterance === undefined) {
      this.#leave();
      this.#sender.end();
      return;
    }
    const rest = this.#resampler?.flush();
    if (rest !== undefined) utterance.push(rest);
    utterance.finish().then(
      (result) => {
        this.#stats.ended(result);
        this.#sendFinal(result);
        this.#leave();
        this.#sender.end();
      },
      () => {
        this.#leave();
        this.#sender.cancel();
      },
    );
  }

  error(): void {
    this.#leave();
  }

  #begin(specification: VoskSpecification): void {
    if (this.#utterance !== undefined) throw engineErrors.make('BAD_REQUEST');
    this.#specification = specification;
    const { sampleRateHertz = 0, languageCode = '', maxAlternatives = 0 } = specification;
    const rate = sampleRateHertz === 0 ? SAMPLE_RATE : sampleRateHertz;
    if (rate !== SAMPLE_RATE) this.#resampler = new Resampler(rate, SAMPLE_RATE);
    const alternatives = Math.max(0, Math.min(MOST_ALTERNATIVES, maxAlternatives));
    this.#utterance = this.#engine.hear(
      { language: languageCode, expected: [], alternatives },
      {
        segment: (result) => {
          this.#sendFinal(result);
        },
        partial: (text) => {
          if (specification.partialResults !== true || !this.#counted) return;
          const alternative = { text, confidence: 0, words: [] };
          this.#sender.send({ chunks: [{ alternatives: [alternative], final: false }] });
        },
      },
    );
  }

  #sendFinal(result: HeardResult): void {
    if (!this.#counted) return;
    const alternatives = result.alternatives.map((one) => this.#alternative(one));
    this.#sender.send({ chunks: [{ alternatives, final: true }] });
  }

  #alternative({ text, words, confidence }: Alternative): VoskAlternative {
    const timed = this.#specification.enableWordTimeOffsets === true;
    return {
      text,
      // vosk-server says 1 where it was asked for no words.
      confidence: timed || (this.#specification.maxAlternatives ?? 0) > 0 ? confidence : 1,
      words: (timed ? words : []).map(({ word, start, end, confidence: sure }) => ({
        ...{ word, confidence: sure },
        startTime: durationOf(start),
        endTime: durationOf(end),
      })),
    };
  }

  #leave(): void {
    if (!this.#counted) return;
    this.#counted = false;
    this.#stats.now -= 1;
    if (!this.#ending) this.#utterance?.cancel();
  }
}

/** The services of vosk-server, by `engine`. */
export function voskServices(engine: RecognitionEngine): readonly ServedService[] {
  const stats = new Stats();
  return [
    {
      name: VOSK_SERVICE,
      service: loadService(VOSK_PROTO, VOSK_SERVICE),
      handlers: {
        StreamingRecognize: duplex<VoskRequest, VoskResponse>(
          (sender) => new VoskStream(engine, stats, sender),
        ),
      },
    },
    {
      name: VOSK_STATS,
      service: loadService(VOSK_PROTO, VOSK_STATS),
      handlers: { GetStats: unary<object, VoskStats>(() => Promise.resolve(stats.message)) },
    },
  ];
}
