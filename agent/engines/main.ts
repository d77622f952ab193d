import { parseArgs } from 'node:util';
import { oneLine } from '../errors.js';
import { SPEECH_PROTO, SPEECH_SERVICE } from '../speech/protocol.js';
import type { DescribeReply } from '../speech/protocol.js';
import { loadService, unary } from '../wire/grpc.js';
import { Health } from '../wire/health.js';
import { GrpcServer } from '../wire/server.js';
import { RenewedTls } from '../wire/tls-renewal.js';
import { engineErrors } from './errors.js';
import { giveWay } from './give-way.js';
import { Held } from './held.js';
import { readyEngine, type WantedEngine } from './ready-engine.js';
import type { Engine } from './service.js';

// A speech worker. Arguments: --worker vad|recogniser|voice|encoder --socket PATH --models FOLDER
// [--model NAME] [--vosk HOST:PORT, where stock vosk-server clients may come as well]. In place of the
// path HOST:PORT, for other machines with --ca, --certificate and --key FILE; [--health HOST:PORT] tells
// whoever asks there, and not more, whether it serves. A model that cannot be used ends it; with --stay it
// stays, tells whoever asks what is wrong, and goes on once that is mended: it would only be started
// again and again. Under the supervisor it sends a heartbeat over IPC and ends with it.

/** Half a second, as the supervisor expects; it takes three seconds of silence for death. */
const HEARTBEAT = 500;

/** Between two looks at what was wrong with a model, in milliseconds. */
const AGAIN_MS = 5_000;

let stop: (() => Promise<void>) | undefined;

/** The engine, once it can be used; until then `held` tells what is wrong. */
async function engineOrStay(wanted: WantedEngine, held: Held): Promise<Engine> {
  let told: string | undefined;
  for (;;) {
    try {
      const engine = await readyEngine(wanted);
      await held.stop();
      return engine;
    } catch (error) {
      if (engineErrors.is(error, 'USAGE')) throw error;
      const reason = oneLine(error);
      if (reason !== told) process.stderr.write(`${reason}\n`);
      told = reason;
      await held.tell(reason);
      stop = () => held.stop();
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

async function start(): Promise<() => Promise<void>> {
  const { values } = parseArgs({
    options: {
      worker: { type: 'string' },
      socket: { type: 'string' },
      models: { type: 'string' },
      model: { type: 'string' },
      vosk: { type: 'string' },
      health: { type: 'string' },
      ca: { type: 'string' },
      certificate: { type: 'string' },
      key: { type: 'string' },
      stay: { type: 'boolean' },
    },
  });
  const { worker, socket, models, model, vosk, ca, certificate, key } = values;
  if (worker === undefined || socket === undefined || models === undefined) {
    throw engineErrors.make('USAGE');
  }
  giveWay(worker);
  const sealed = ca !== undefined && certificate !== undefined && key !== undefined;
  const told = (reason: string): void => {
    process.stderr.write(`the certificate is not renewed: ${reason}\n`);
  };
  const safety = sealed ? { tls: new RenewedTls({ ca, certificate, key }, told) } : {};
  // Before the model is loaded: a wrong file is told at once.
  safety.tls?.current();
  const address = socket.includes(':') ? socket : `unix:${socket}`;
  const wanted = { worker, models, model };
  const engine =
    values.stay === true
      ? await engineOrStay(wanted, new Held(worker, address, safety))
      : await readyEngine(wanted);

  const describe = (): Promise<DescribeReply> => {
    const { user, system } = process.cpuUsage();
    return Promise.resolve({
      worker,
      engines: engine.engines,
      models: engine.models,
      residentBytes: process.memoryUsage.rss(),
      cpuSeconds: (user + system) / 1e6,
      fault: '',
    });
  };
  const server = new GrpcServer(address, safety);
  const asked =
    values.health === undefined ? undefined : new GrpcServer(values.health, { open: true });
  const health = [server, ...(asked === undefined ? [] : [asked])].map((one) => new Health(one));
  const serves = (serving: boolean): void => {
    for (const one of health) for (const name of names) one.set(name, serving);
  };
  server.add(loadService(SPEECH_PROTO, SPEECH_SERVICE), {
    ...engine.handlers,
    Describe: unary(describe),
  });
  const names = ['', SPEECH_SERVICE];
  for (const { name, service, handlers } of engine.others ?? []) {
    server.add(service, handlers);
    names.push(name);
  }
  serves(true);
  // Who sets an address for clients of others knows that they cannot seal what they say.
  const second = vosk === undefined ? undefined : new GrpcServer(vosk, { open: true });
  for (const { service, handlers } of engine.others ?? []) second?.add(service, handlers);
  await second?.start();
  await server.start();
  await asked?.start();

  return async () => {
    serves(false);
    await server.stop();
    await asked?.stop();
    await second?.stop();
    await engine.stop();
  };
}

function beat(): void {
  if (process.send === undefined) return;
  let count = 0;
  setInterval(() => {
    count += 1;
    if (process.connected) process.send?.({ beat: count });
  }, HEARTBEAT).unref();
}

// Loading a voice takes a second: the supervisor must see life from the first moment.
beat();
let ending = false;
const end = (): void => {
  if (ending) return;
  ending = true;
  (stop?.() ?? Promise.resolve()).finally(() => process.exit(0)).catch(() => undefined);
};
process.on('disconnect', end).on('SIGTERM', end).on('SIGINT', end);
try {
  stop = await start();
  if (process.connected) process.send?.({ ready: true });
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exit(1);
}
