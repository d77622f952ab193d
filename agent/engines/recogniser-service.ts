import { join } from 'node:path';
import { pcmFromBytes, samplesIn } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import type { RecognizeReply, RecognizeRequest, RecognizeResult } from '../speech/protocol.js';
import { duplex } from '../wire/grpc.js';
import type { Receiver, Sender } from '../wire/grpc.js';
import { Moonshine } from './moonshine.js';
import type { Engine } from './service.js';
import { Turns } from './service.js';

/** An utterance's audio beyond this is dropped from its start, so that no client fills the memory. */
const MOST = samplesIn(120_000);

/** One utterance of one client. */
class ServedUtterance implements Receiver<RecognizeRequest> {
  readonly #engine: Moonshine;
  readonly #turns: Turns;
  readonly #sender: Sender<RecognizeReply>;
  readonly #pieces: Pcm[] = [];
  #length = 0;
  #open = true;
  #finishing = false;
  /** The last decoding and how much audio it saw; reused if nothing came since. */
  #decoded: { length: number; result: Promise<RecognizeResult | undefined> } | undefined;

  constructor(engine: Moonshine, turns: Turns, sender: Sender<RecognizeReply>) {
    this.#engine = engine;
    this.#turns = turns;
    this.#sender = sender;
  }

  message(request: RecognizeRequest): void {
    if (request.pcm !== undefined && request.pcm.length > 0) this.#take(pcmFromBytes(request.pcm));
    else if (request.speculate) this.#answer((speculative) => ({ speculative }));
    else if (request.finish) {
      this.#finishing = true;
      this.#answer((final) => ({ final }));
    }
  }

  /** A client that leaves without `finish` wants no answer. */
  end(): void {
    if (this.#finishing) return;
    this.#open = false;
    this.#sender.end();
  }

  error(): void {
    this.#open = false;
  }

  #take(pcm: Pcm): void {
    this.#pieces.push(pcm);
    this.#length += pcm.length;
    let held = this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
    while (held > MOST) held -= this.#pieces.shift()?.length ?? held;
  }

  #answer(wrap: (result: RecognizeResult) => RecognizeReply): void {
    if (this.#decoded?.length !== this.#length) {
      this.#decoded = { length: this.#length, result: this.#turns.take(() => this.#recognise()) };
    }
    this.#decoded.result.then(
      (result) => {
        if (!this.#open || result === undefined) return;
        const reply = wrap(result);
        this.#sender.send(reply);
        if (reply.final) this.#sender.end();
      },
      () => {
        this.#sender.cancel();
      },
    );
  }

  async #recognise(): Promise<RecognizeResult | undefined> {
    if (!this.#open) return undefined;
    const pcm = new Int16Array(this.#pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      pcm.set(piece, at);
      at += piece.length;
    }
    return this.#engine.recognise(pcm);
  }
}

/** Serves `Recognize` by Moonshine: one utterance at a time is decoded, all may send audio. */
export function recogniserService(models: string, model: string): Engine {
  const engine = new Moonshine(join(models, model));
  const turns = new Turns();
  return {
    handlers: {
      Recognize: duplex<RecognizeRequest, RecognizeReply>(
        (sender) => new ServedUtterance(engine, turns, sender),
      ),
    },
    engines: ['moonshine'],
    models: [model],
    start: () => engine.start(),
    stop: () => engine.stop(),
  };
}
