import { join } from 'node:path';
import { pcmFromBytes } from '../audio/frame.js';
import type { RecognizeReply, RecognizeRequest, RecognizeResult } from '../speech/protocol.js';
import { duplex } from '../wire/grpc.js';
import type { Receiver, Sender } from '../wire/grpc.js';
import { moonshineEngine } from './moonshine-hearing.js';
import { Moonshine } from './moonshine.js';
import type { HeardUtterance, RecognitionEngine } from './recognition.js';
import type { Engine } from './service.js';
import { voskServices } from './vosk-service.js';
import { VoskEngine } from './vosk.js';

/** One utterance of one client, on whatever engine this worker has. */
class ServedUtterance implements Receiver<RecognizeRequest> {
  readonly #engine: RecognitionEngine;
  readonly #sender: Sender<RecognizeReply>;
  #utterance: HeardUtterance | undefined;
  #open = true;
  #finishing = false;

  constructor(engine: RecognitionEngine, sender: Sender<RecognizeReply>) {
    this.#engine = engine;
    this.#sender = sender;
  }

  message(request: RecognizeRequest): void {
    if (request.settings) this.#begin(request.settings);
    else if (request.pcm !== undefined && request.pcm.length > 0) {
      this.#heard().push(pcmFromBytes(request.pcm));
    } else if (request.speculate) {
      this.#answer(this.#heard().speculate(), (speculative) => ({ speculative }));
    } else if (request.finish) {
      this.#finishing = true;
      this.#answer(this.#heard().finish(), (final) => ({ final }));
    }
  }

  /** A client that leaves without `finish` wants no answer. */
  end(): void {
    if (this.#finishing) return;
    this.#leave();
    this.#sender.end();
  }

  error(): void {
    this.#leave();
  }

  #heard(): HeardUtterance {
    return this.#utterance ?? this.#begin({ language: '', expected: [] });
  }

  #begin(settings: NonNullable<RecognizeRequest['settings']>): HeardUtterance {
    this.#utterance?.cancel();
    this.#utterance = this.#engine.hear(settings, {
      partial: (text) => {
        if (!this.#open) return;
        const { engine } = this.#engine;
        this.#sender.send({
          partial: { text, words: [], confidence: 0, engine, secondsAudio: 0, secondsCpu: 0 },
        });
      },
    });
    return this.#utterance;
  }

  #answer(
    asked: Promise<RecognizeResult>,
    wrap: (result: RecognizeResult) => RecognizeReply,
  ): void {
    asked.then(
      (result) => {
        if (!this.#open) return;
        const reply = wrap(result);
        this.#sender.send(reply);
        if (reply.final) this.#sender.end();
      },
      () => {
        if (this.#open) this.#sender.cancel();
      },
    );
  }

  #leave(): void {
    this.#open = false;
    this.#utterance?.cancel();
  }
}

/** The engine that reads `model`: the name of a model says whose it is. */
function engineOf(models: string, model: string, original: boolean): RecognitionEngine {
  if (model.startsWith('vosk')) return new VoskEngine(models, model);
  const told = (line: string): boolean => process.stderr.write(`${line}\n`);
  return moonshineEngine(new Moonshine(join(models, model), { told, original }));
}

/**
 * Serves `Recognize`, and the wire of vosk-server beside it, by the engine of `model`: in its `original`
 * form where what was made of it cannot be trusted.
 */
export function recogniserService(models: string, model: string, original = false): Engine {
  const engine = engineOf(models, model, original);
  return {
    handlers: {
      Recognize: duplex<RecognizeRequest, RecognizeReply>(
        (sender) => new ServedUtterance(engine, sender),
      ),
    },
    others: voskServices(engine),
    engines: [engine.engine],
    models: [model],
    start: () => engine.start(),
    stop: () => engine.stop(),
  };
}
