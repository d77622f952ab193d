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
import { workerTimes } from './worker-times.js';

/** For the whole of a text, in milliseconds; of what is heard as it comes so much more a character. */
const DEADLINE = 30_000;
const DEADLINE_A_CHARACTER = 150;
/** How long the worker may be away, in milliseconds: one that is killed for hanging is back by then. */
const PATIENCE = 8_000;

/** Speech synthesis by the worker. */
export class WorkerVoice implements Voice {
  readonly #client: Pick<GrpcClient, 'serverStream'>;
  readonly #clock: Clock;

  constructor(client: Pick<GrpcClient, 'serverStream'>, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /**
   * Yields clause by clause. A worker that is away is waited for, and goes on with the clause that is next:
   * what was said cannot be unsaid. Throws SPEECH_WORKER_UNREACHABLE where it does not come back, else
   * SPEECH_WORKER_FAILED.
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
    let said = 0;
    const askedAt = this.#clock.monotonic();
    const next = (): Promise<IteratorResult<SpeakReply>> =>
      retried(
        this.#clock,
        PATIENCE,
        (error) => {
          clauses = undefined;
          return wireErrors.is(error, 'UNREACHABLE') && live?.signal.aborted !== true;
        },
        () => {
          const from = said === 0 ? request : { ...request, aheadMs: 0, fromClause: said };
          clauses ??= this.#client.serverStream<SpeakRequest, SpeakReply>(
            ...(['Speak', from, deadline, {}, live?.signal] as const),
          );
          return clauses.next();
        },
      );
    try {
      for (let step = await next(); step.done !== true; step = await next()) {
        said += 1;
        if (said === 1 && live?.told !== undefined) {
          const now = this.#clock.monotonic();
          const { times } = workerTimes(askedAt, now, step.value.secondsWorking);
          if (times !== undefined) live.told(times);
        }
        yield pcmFromBytes(step.value.pcm);
      }
    } catch (cause) {
      throw workerError('voice', cause);
    } finally {
      await clauses?.return(undefined);
    }
  }
}
