import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { GrpcClient, loadService } from '../wire/grpc.js';
import { checkHealth } from '../wire/health.js';
import type { TlsIdentity } from '../wire/tls.js';
import { RenewedTls } from '../wire/tls-renewal.js';
import { CALLERS_PATIENCE, WorkerEncoder, type EncoderPatience } from './encoder.js';
import { FarWatch } from './far-watch.js';
import type { Encoder, Recogniser, Voice, VoiceActivity } from './ports.js';
import { SPEECH_PROTO, SPEECH_SERVICE } from './protocol.js';
import type { DescribeReply } from './protocol.js';
import { RecogniserPool } from './recogniser-pool.js';
import { isVosk } from './recogniser-choice.js';
import { RecogniserPair } from './recogniser-pair.js';
import { WorkerWire, type RecogniserWire } from './recogniser-wire.js';
import { WorkerRecogniser } from './recogniser.js';
import type { WorkerPlace } from './settings.js';
import { WorkerVoiceActivity } from './voice-activity.js';
import { WorkerVoice } from './voice.js';
import { VoskServerWire } from './vosk-server.js';

/** How long a worker may take to say that it is well, in milliseconds. */
const HEALTH_DEADLINE = 1000;
const POLL_MS = 50;

const addressOf = (place: WorkerPlace): string =>
  place.socket.includes(':') ? place.socket : `unix:${place.socket}`;

/** The files of `place` as they are now: read first at the start, so that a wrong one is told then. */
function tlsOf({ tls }: WorkerPlace, clock: Clock, log: Log): (() => TlsIdentity) | undefined {
  if (tls === undefined) return undefined;
  const told = (reason: string): void => {
    log.warn('the certificate is not renewed', { reason });
  };
  return new RenewedTls(tls, told, () => clock.monotonic()).current;
}

const isOurs = (place: WorkerPlace): boolean => place.foreign !== true;
/** Partial text is a comfort; of a server of others nothing can be asked but to recognise. */
const isAwaited = (place: WorkerPlace): boolean => isOurs(place) && place.partial !== true;

/** The clients of all speech workers: the ports of this folder, over the wire. */
export class SpeechWorkers {
  readonly #places: readonly WorkerPlace[];
  readonly #clock: Clock;
  readonly #clients: ReadonlyMap<string, GrpcClient>;
  readonly #vad: WorkerVoiceActivity;
  readonly #pools: readonly RecogniserPool[];
  readonly #tls: ReadonlyMap<string, () => TlsIdentity>;
  readonly #watch: FarWatch;
  readonly voiceActivity: VoiceActivity;
  readonly recogniser: Recogniser;
  readonly voice: Voice;
  readonly encoder: Encoder;

  /**
   * `places` come from `workerPlaces`; `patience` is that of whoever waits for the encoder. Connects nothing yet.
   */
  constructor(
    places: readonly WorkerPlace[],
    clock: Clock,
    log: Log,
    patience: EncoderPatience = CALLERS_PATIENCE,
  ) {
    this.#places = places;
    this.#clock = clock;
    const service = loadService(SPEECH_PROTO, SPEECH_SERVICE);
    this.#tls = new Map(
      places.flatMap((place) => {
        const tls = tlsOf(place, clock, log.part('elsewhere'));
        return tls === undefined ? [] : [[place.name, tls] as const];
      }),
    );
    this.#clients = new Map(
      places
        .filter(isOurs)
        .map((place) => [
          place.name,
          new GrpcClient(addressOf(place), service, this.#tls.get(place.name)),
        ]),
    );
    const clientOf = (kind: WorkerPlace['kind']): GrpcClient => {
      const place = places.find((candidate) => candidate.kind === kind);
      return this.#clients.get(place?.name ?? '') ?? new GrpcClient(`unix:${kind}`, service);
    };
    this.#vad = new WorkerVoiceActivity(clientOf('vad'), clock, log.part('vad'));
    this.voiceActivity = this.#vad;
    const wireOf = new Map<string, RecogniserWire>();
    const pool = (partial: boolean): RecogniserPool => {
      const wires = places
        .filter((place) => place.kind === 'recogniser' && (place.partial === true) === partial)
        .map((place) => ({
          name: place.name,
          lazy: place.foreign !== true && !isVosk(place.model ?? ''),
          wire:
            place.foreign === true
              ? new VoskServerWire(place.socket)
              : new WorkerWire(addressOf(place), service, this.#tls.get(place.name)),
        }));
      for (const { name, wire } of wires) wireOf.set(name, wire);
      return new RecogniserPool(wires, clock, log.part('recogniser'));
    };
    const finals = pool(false);
    const partials = pool(true);
    this.#pools = [finals, partials];
    const final = new WorkerRecogniser(finals);
    this.recogniser = places.some(({ partial }) => partial)
      ? new RecogniserPair(final, new WorkerRecogniser(partials))
      : final;
    const elsewhere = places.filter((place) => place.elsewhere === true);
    const machines = [...new Set(elsewhere.map(addressOf))].map((address) => {
      const there = elsewhere.filter((place) => addressOf(place) === address);
      const names = there.map(({ name }) => name);
      return { names, address, tls: this.#tls.get(names[0] ?? '') };
    });
    const listener = {
      lost: (name: string): void => {
        for (const one of this.#pools) one.avoid(name, FarWatch.spanMs);
      },
      back: (name: string): void => {
        // Connections that were on their way to it meanwhile would still wait for minutes.
        wireOf.get(name)?.close();
        this.#clients.get(name)?.close();
        for (const one of this.#pools) one.avoid(name, 0);
      },
    };
    this.#watch = new FarWatch(machines, listener, clock, log.part('elsewhere'));
    this.voice = new WorkerVoice(clientOf('voice'), clock);
    this.encoder = new WorkerEncoder(clientOf('encoder'), clock, patience);
  }

  /**
   * Begins to connect; workers that are not there yet are waited for in the background. Throws WIRE_TLS
   * errors when the certificates that other machines are to see cannot be used.
   */
  async start(): Promise<void> {
    await Promise.resolve();
    for (const read of this.#tls.values()) read();
    this.#vad.start();
    this.#watch.start();
  }

  /** Ends every stream and connection. */
  stop(): Promise<void> {
    this.#vad.stop();
    this.#watch.stop();
    for (const pool of this.#pools) pool.close();
    for (const client of this.#clients.values()) client.close();
    return Promise.resolve();
  }

  /**
   * Waits until all workers serve that calls need, at most `patience` milliseconds, and returns the
   * names of those that still do not. Of recognisers elsewhere none is needed while another serves.
   * For those that say that they cannot serve (`unfit`) nobody waits.
   */
  async missing(patience = 0): Promise<readonly string[]> {
    const until = this.#clock.monotonic() + patience;
    for (;;) {
      const checked = await Promise.all(
        this.#places.filter(isAwaited).map(async (place) => ({
          place,
          serves: await checkHealth(
            ...([addressOf(place), HEALTH_DEADLINE, '', this.#tls.get(place.name)] as const),
          ),
        })),
      );
      const hears = checked.some(({ place, serves }) => serves && place.kind === 'recogniser');
      const missing = checked
        .filter(({ serves }) => !serves)
        .filter(({ place }) => !(hears && place.kind === 'recogniser' && place.elsewhere === true))
        .map(({ place }) => place.name);
      if (missing.length === 0 || this.#clock.monotonic() >= until) return missing;
      const unfit = await this.unfit();
      if (missing.every((name) => unfit.has(name))) return missing;
      await this.#clock.sleep(POLL_MS);
    }
  }

  /** Why workers cannot serve, by name: models that are missing or damaged. */
  async unfit(): Promise<ReadonlyMap<string, string>> {
    const described = await this.describe();
    return new Map(
      [...described].flatMap(([name, { fault }]) => (fault === '' ? [] : [[name, fault] as const])),
    );
  }

  /** Whether the worker called `name` is one by which callers are heard. */
  isForHearing(name: string): boolean {
    const kind = this.#places.find((place) => place.name === name)?.kind;
    return kind === 'vad' || kind === 'recogniser';
  }

  /** What each worker that answers says of itself, by name. */
  async describe(): Promise<ReadonlyMap<string, DescribeReply>> {
    const replies = await Promise.all(
      [...this.#clients].map(async ([name, client]) => {
        const reply = await client
          .unary<object, DescribeReply>('Describe', {}, HEALTH_DEADLINE)
          .catch(() => undefined);
        return [name, reply] as const;
      }),
    );
    return new Map(
      replies.flatMap(([name, reply]) => (reply === undefined ? [] : [[name, reply] as const])),
    );
  }
}
