import type { Clock } from '../clock.js';
import type { GrpcClient } from '../wire/grpc.js';
import { wireErrors } from '../wire/errors.js';
import { workerError } from './errors.js';
import { wholeFeatures } from './features.js';
import type { Embedded, Encoder, TextReading } from './ports.js';
import type { EmbedReply, EmbedRequest } from './protocol.js';
import { retried } from './retry.js';

/** In milliseconds: more for each text. */
const DEADLINE_PER_TEXT = 50;
/** Nobody waits on the telephone for training, which a small or busy machine does slowly. */
const DEADLINE_PER_READING = 1000;
/** How long is waited, in milliseconds. */
export interface EncoderPatience {
  /** For the answer to one request. */
  readonly deadline: number;
  /** For a worker that is away. */
  readonly away: number;
}
/** Somebody waits on the telephone, who is asked again when this is over. */
export const CALLERS_PATIENCE: EncoderPatience = { deadline: 2000, away: 5000 };
/** Nobody does: a busy machine is waited for. */
export const COMMANDS_PATIENCE: EncoderPatience = { deadline: 60_000, away: 30_000 };
/** Texts of one message; training asks for thousands, and a call must get its turn in between. */
const BATCH = 64;

/** The sentence encoder and the intent heads, by the worker. */
export class WorkerEncoder implements Encoder {
  readonly #client: GrpcClient;
  readonly #clock: Clock;
  readonly #patience: EncoderPatience;

  constructor(client: GrpcClient, clock: Clock, patience = CALLERS_PATIENCE) {
    this.#client = client;
    this.#clock = clock;
    this.#patience = patience;
  }

  async embed(texts: readonly string[], head = ''): Promise<readonly Embedded[]> {
    const results: Embedded[] = [];
    for (let at = 0; at < texts.length; at += BATCH) {
      const batch = texts.slice(at, at + BATCH);
      const reply = await this.#ask({ texts: batch, head, features: false });
      for (const { vector, logits, near } of reply.texts) {
        results.push({
          vector: Float32Array.from(vector),
          logits: logits.length === 0 ? undefined : Float32Array.from(logits),
          near,
        });
      }
    }
    return results;
  }

  async readings(texts: readonly string[]): Promise<readonly TextReading[]> {
    const results: TextReading[] = [];
    for (let at = 0; at < texts.length; at += BATCH) {
      const batch = texts.slice(at, at + BATCH);
      const request = { texts: batch, head: '', features: true };
      const reply = await this.#ask(request, DEADLINE_PER_READING);
      for (const told of reply.texts) {
        results.push({ vector: Float32Array.from(told.vector), features: wholeFeatures(told) });
      }
    }
    return results;
  }

  async #ask(request: EmbedRequest, perText = DEADLINE_PER_TEXT): Promise<EmbedReply> {
    const deadline = this.#patience.deadline + perText * request.texts.length;
    try {
      return await retried(
        this.#clock,
        this.#patience.away,
        (error) => wireErrors.is(error, 'UNREACHABLE'),
        () => this.#client.unary<EmbedRequest, EmbedReply>('Embed', request, deadline),
      );
    } catch (cause) {
      throw workerError('encoder', cause);
    }
  }
}
