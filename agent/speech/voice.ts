import { pcmFromBytes } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import type { GrpcClient } from '../wire/grpc.js';
import { wireErrors } from '../wire/errors.js';
import { workerError } from './errors.js';
import type { Heard, SpeakSettings, Voice } from './ports.js';
import type { SpeakReply, SpeakRequest } from './protocol.js';
import { pronunciationsIn } from './pronunciation.js';
import { retried } from './retry.js';

/** For the whole of a text, in milliseconds; of what is heard as it comes so much more a character. */
const DEADLINE = 30_000;
const DEADLINE_A_CHARACTER = 150;
/** How long the worker may be away before the first clause, in milliseconds. */
const PATIENCE = 5000;

/** Speech synthesis by the worker. */
export class WorkerVoice implements Voice {
  readonly #client: GrpcClient;
  readonly #clock: Clock;

  constructor(client: GrpcClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /**
   * Yields clause by clause. A worker that is away before the first clause is waited for; one that
   * dies later ends the text with SPEECH_WORKER_FAILED, because what was said cannot be unsaid.
   */
  async *speak(text: string, settings: SpeakSettings, live?: Heard): AsyncGenerator<Pcm> {
    const { language, voice = '', pace = 1, pronunciations = [] } = settings;
    const request: SpeakRequest = {
      ...{ text, language, voice, pace },
      pronunciations: pronunciationsIn(text, pronunciations),
      ...(live !== undefined && { live: true, aheadMs: Math.round(live.aheadMs) }),
    };
    const deadline = DEADLINE + (live === undefined ? 0 : text.length * DEADLINE_A_CHARACTER);
    let clauses: AsyncGenerator<SpeakReply> | undefined;
    try {
      let step = await retried(
        this.#clock,
        PATIENCE,
        (error) => wireErrors.is(error, 'UNREACHABLE'),
        () => {
          clauses = this.#client.serverStream<SpeakRequest, SpeakReply>(
            ...(['Speak', request, deadline, {}, live?.signal] as const),
          );
          return clauses.next();
        },
      );
      while (step.done !== true) {
        yield pcmFromBytes(step.value.pcm);
        step = (await clauses?.next()) ?? { done: true, value: undefined };
      }
    } catch (cause) {
      throw workerError('voice', cause);
    } finally {
      await clauses?.return(undefined);
    }
  }
}
