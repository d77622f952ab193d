import { join } from 'node:path';
import { toldFeatures } from '../speech/features.js';
import type { EmbedReply, EmbedRequest } from '../speech/protocol.js';
import { unary } from '../wire/grpc.js';
import { MiniLmVectors } from './encoder/minilm-vectors.js';
import { NgramVectors } from './encoder/ngram.js';
import { SentenceEncoder } from './encoder.js';
import type { Engine } from './service.js';

/** The encoder that needs no model's files and serves every language. */
const CHAR_NGRAM = 'char-ngram';

/** Serves `Embed` by MiniLM or by pieces of text, and trained heads on top. */
export function encoderService(models: string, model: string): Engine {
  const pieces = model === CHAR_NGRAM;
  const encoder = new SentenceEncoder(
    pieces ? new NgramVectors() : new MiniLmVectors(join(models, model)),
  );
  const embed = async (request: EmbedRequest): Promise<EmbedReply> => {
    const head = request.head === '' ? undefined : request.head;
    if (request.features) {
      const read = await encoder.readings(request.texts);
      return {
        texts: read.map(({ vector, features }) => ({
          ...{ vector: [...vector], logits: [], ...toldFeatures(features) },
        })),
      };
    }
    const encoded = await encoder.embed(request.texts, head);
    return {
      texts: encoded.map(({ vector, logits, near }) => ({
        ...{ vector: [...vector], logits: [...(logits ?? [])] },
        ...(near === undefined ? {} : { near }),
      })),
    };
  };
  return {
    handlers: { Embed: unary(embed) },
    engines: [pieces ? CHAR_NGRAM : 'minilm'],
    models: [model],
    start: () => encoder.start(),
    stop: () => encoder.stop(),
  };
}
