import { bytesOfPcm } from '../audio/frame.js';
import type { Pcm } from '../audio/frame.js';
import { GrpcClient } from '../wire/grpc.js';
import type { Receiver, Service } from '../wire/grpc.js';
import type { TlsIdentity } from '../wire/tls.js';
import type { RecogniseSettings } from './ports.js';
import type { RecognizeReply, RecognizeRequest } from './protocol.js';

/** One utterance's stream to a process that recognises. */
export interface RecogniserStream {
  /** Messages that are not with the other side yet. */
  readonly outstanding: number;
  audio(pcm: Pcm): void;
  /** Asks for a `speculative` reply. */
  speculate(): void;
  /** No more audio: asks for the `final` reply. */
  finish(): void;
  cancel(): void;
}

/** What a stream is opened with; `partials` says that somebody hears the text as it grows. */
export interface StreamSettings extends RecogniseSettings {
  readonly partials?: boolean;
}

/** How a process that recognises is spoken to. Replies are those of our own protocol. */
export interface RecogniserWire {
  open(settings: StreamSettings, receiver: Receiver<RecognizeReply>): RecogniserStream;
  /** Closes the connection; streams in progress fail. */
  close(): void;
}

/** Our own workers' wire: `Recognize` of vestibule.speech.v1. */
export class WorkerWire implements RecogniserWire {
  readonly #client: GrpcClient;

  constructor(address: string, service: Service, tls?: () => TlsIdentity) {
    this.#client = new GrpcClient(address, service, tls);
  }

  open(settings: StreamSettings, receiver: Receiver<RecognizeReply>): RecogniserStream {
    const sender = this.#client.duplex<RecognizeRequest, RecognizeReply>('Recognize', receiver);
    const { language, expected = [], answers = [], names = [] } = settings;
    const { partials = false, wordTimes = false, readings = 0 } = settings;
    sender.send({
      settings: {
        ...{ language, expected: [...expected], answers: [...answers], names: [...names] },
        ...{ partials, wordTimes, readings },
      },
    });
    return {
      get outstanding() {
        return sender.outstanding;
      },
      audio(pcm) {
        sender.send({ pcm: bytesOfPcm(pcm) });
      },
      speculate() {
        sender.send({ speculate: {} });
      },
      finish() {
        sender.send({ finish: {} });
      },
      cancel() {
        sender.cancel();
      },
    };
  }

  close(): void {
    this.#client.close();
  }
}
