import { join } from 'node:path';
import type { EmbedReply, EmbedRequest } from '../speech/protocol.js';
import { unary } from '../wire/grpc.js';
import { SentenceEncoder } from './encoder.js';
import type { Engine } from './service.js';

/** Serves `Embed` by MiniLM and trained heads. */
export function encoderService(models: string, model: string): Engine {
  const encoder = new SentenceEncoder(join(models, model));
  const embed = async (request: EmbedRequest): Promise<EmbedReply> => {
    const head = request.head === '' ? undefined : request.head;
    const encoded = await encoder.embed(request.texts, head);
    return {
      texts: encoded.map(({ vector, logits }) => ({
        vector: [...vector],
        logits: logits === undefined ? [] : [...logits],
      })),
    };
  };
  return {
    handlers: { Embed: unary(embed) },
    engines: ['minilm'],
    models: [model],
    start: () => encoder.start(),
    stop: () => encoder.stop(),
  };
}
