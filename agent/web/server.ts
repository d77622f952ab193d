import { readFile } from 'node:fs/promises';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  validatorCompiler,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import { oneLine, VestibuleError } from '../errors.js';
import { alive, readyAnswer } from './answers/health.js';
import { answersOf } from './answers/every.js';
import { webErrors } from './errors.js';
import { Guard, isAccess, type Access } from './guard.js';
import { createMetrics } from './metrics.js';
import { ASSETS, servePages } from './pages.js';
import type { WebParts } from './ports.js';
import type { Api } from './routes/api.js';
import { EVERY_ROUTE } from './routes/every.js';
import { Sessions } from './sessions.js';
import { statusOf } from './status.js';

/** The dashboard's server. */
export interface WebServer {
  /** Listens; returns the address that people open. @throws WEB_LISTEN, WEB_CERTIFICATE */
  start(): Promise<string>;
  stop(): Promise<void>;
  /** Every address of the API, and what it asks of whoever calls it. */
  readonly routes: readonly {
    readonly method: string;
    readonly url: string;
    readonly access: Access;
  }[];
  /** For tests: requests without a socket. */
  readonly app: FastifyInstance<Server>;
}

const BODY_LIMIT = 256 * 1024;
/** Answers that are under way when it stops get so long to end, in milliseconds. */
const LAST_ANSWERS_MS = 1_000;

/** Makes the server; nothing listens before `start`. */
export async function createWebServer(parts: WebParts): Promise<WebServer> {
  const { settings, log } = parts;
  const sessions = new Sessions(settings, parts.clock, parts.room.accounts.logins);
  const guard = new Guard(parts.room, sessions);
  const app = Fastify({
    https: await tlsOf(parts),
    bodyLimit: BODY_LIMIT,
    trustProxy: false,
    // An address that is none, or far too long, is refused in the words of every other refusal.
    frameworkErrors: (error, _request, reply) => void answerError(error, reply, parts),
    // Requests hold names and numbers: what is logged is logged by us.
    logger: false,
  });
  app.setValidatorCompiler(validatorCompiler);
  // The compiler and the tests hold answers to their schemas; a list of 10,000 is not walked once more for it.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.decorateRequest('visitor', undefined);
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  const routes: WebServer['routes'][number][] = [];
  app.addHook('onRoute', (route) => {
    if (route.path.startsWith(ASSETS)) route.config = { ...route.config, access: 'open' };
    const access = route.config?.access;
    if (!isAccess(access)) {
      throw new Error(`the route ${route.path} does not say who may use it`);
    }
    route.schema = { ...route.schema, ...answersOf(route) };
    for (const method of [route.method].flat()) {
      routes.push({ method, url: route.url, access });
    }
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const host = hostOf(request);
    // A page of another site that points its own name at us must get nothing (DNS rebinding).
    done(
      settings.names.includes(host) ? undefined : webErrors.make('STRANGE_HOST', { place: host }),
    );
  });
  await app.register(helmet, {
    // The pages have a policy of their own, with a nonce: see pages.ts.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] },
    },
    // Of the name that is asked for, below.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: true,
    xFrameOptions: { action: 'deny' },
  });
  await app.register(cookie);
  await app.register(rateLimit, {
    max: 600,
    timeWindow: '1 minute',
    errorResponseBuilder: () => webErrors.make('TOO_MANY'),
  });
  await app.register(websocket, { options: { maxPayload: 4096 } });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Vestibule', version: parts.version },
      components: {
        securitySchemes: {
          cookie: { type: 'apiKey', in: 'cookie', name: '__Host-vestibule' },
          token: { type: 'http', scheme: 'bearer' },
        },
      },
      security: [{ cookie: [] }, { token: [] }],
    },
    transform: jsonSchemaTransform,
  });
  app.addHook('preValidation', (request) => guard.admit(request));
  app.addHook('onSend', (request, reply, payload, done) => {
    void reply.header('strict-transport-security', strictTransport(hostOf(request)));
    void reply.header(
      'permissions-policy',
      'camera=(), geolocation=(), microphone=(self), payment=(), usb=()',
    );
    // What people said is kept by no browser and no proxy.
    if (reply.getHeader('cache-control') === undefined) {
      void reply.header('cache-control', 'no-store');
    }
    done(null, payload);
  });
  app.setErrorHandler((error: FastifyError, request, reply) => {
    // Calendar programs log in only when they are asked to; browsers of people must not be.
    if (request.routeOptions.config.basic === true) {
      void reply.header('www-authenticate', 'Basic realm="Vestibule", charset="UTF-8"');
    }
    noteAttempt(error, request, parts);
    void answerError(error, reply, parts);
  });
  app.setNotFoundHandler((_request, reply) => {
    const error = webErrors.make('NOT_FOUND');
    void reply.code(404).send({ code: error.code, message: error.message, mend: error.mend });
  });

  const api: Api = { parts, sessions, guard };
  await app.register(
    async (scope) => {
      for (const routes of EVERY_ROUTE) {
        await scope.register(routes(api));
      }
    },
    { prefix: '/api' },
  );
  const open = { config: { access: 'open' } } as const;
  app.get('/live', { ...open, schema: { response: { 200: alive } } }, () => ({ live: true }));
  const readiness = { response: { 200: readyAnswer, 503: readyAnswer } };
  app.get('/ready', { ...open, schema: readiness }, (_request, reply) =>
    reply.code(parts.ready() ? 200 : 503).send({
      ready: parts.ready(),
      ...(parts.trunks === undefined ? {} : { trunks: parts.trunks() }),
    }),
  );
  const metrics = createMetrics(parts);
  // A program asks with a token that has the right health.read.
  app.get(
    '/metrics',
    { config: { access: 'health.read' }, schema: { hide: true } },
    async (_request, reply) => reply.type(metrics.contentType).send(await metrics.metrics()),
  );
  // What there is to ask for is told to whoever may ask (OWASP ASVS 13.4.5).
  app.get(
    '/openapi.json',
    {
      config: { access: 'login' },
      schema: { response: { 200: z.looseObject({ openapi: z.string() }) } },
    },
    () => app.swagger(),
  );
  await servePages(app, parts);

  return {
    ...{ app, routes },
    async start() {
      // A store that cannot be opened is when /ready and what mends it are needed most.
      await sessions.start().catch((error: unknown) => {
        log.warn('sessions of an earlier life are not forgotten yet', { reason: oneLine(error) });
      });
      try {
        await app.listen({ host: settings.host, port: settings.port });
      } catch (cause) {
        const place = `${settings.host}:${String(settings.port)}`;
        throw webErrors.make('LISTEN', { place, detail: oneLine(cause), cause });
      }
      const address = app.server.address();
      const port = typeof address === 'object' ? (address?.port ?? settings.port) : settings.port;
      log.info('dashboard up', { port });
      return `https://${settings.names[0] ?? settings.host}:${String(port)}`;
    },
    async stop() {
      // Browsers hold connections that they have not used yet, and Node waits a minute for each.
      const late = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, LAST_ANSWERS_MS);
      await app.close();
      clearTimeout(late);
    },
  };
}

/** The name that the browser asked for, without port and brackets. */
const hostOf = ({ host }: FastifyRequest): string =>
  host.replace(/:\d+$/u, '').replace(/^\[|\]$/gu, '');

const A_YEAR_S = 31_536_000;

/**
 * TLS for a year, and for what is below the name, too (OWASP ASVS 3.4.1), where the name is the dashboard's own:
 * `reception.clinic.lan`. A bare `clinic.lan` is the whole office's, and its printers may know no TLS.
 */
function strictTransport(host: string): string {
  const own = /^[^.:]+(?:\.[^.:]+){2,}$/u.test(host) && !/^[\d.]+$/u.test(host);
  return `max-age=${String(A_YEAR_S)}${own ? '; includeSubDomains' : ''}`;
}

/** What a page of ours never sends is no slip of its user: where it came, and nothing of what it held. */
const ATTEMPTS: ReadonlySet<string> = new Set([
  ...['WEB_CROSS_SITE', 'WEB_STRANGE_HOST', 'WEB_FORBIDDEN'],
]);

function noteAttempt(error: FastifyError, request: FastifyRequest, { log }: WebParts): void {
  const misfit = hasZodFastifySchemaValidationErrors(error);
  if (!misfit && !ATTEMPTS.has(error.code)) return;
  log.warn('a request was refused that no page of ours sends', {
    code: misfit ? 'WEB_BAD_REQUEST' : error.code,
    event: `${request.method} ${request.routeOptions.url ?? ''}`,
  });
}

async function answerError(
  error: FastifyError,
  reply: FastifyReply,
  parts: WebParts,
): Promise<void> {
  const known = knownError(error, parts);
  await reply
    .code(statusOf(known))
    .type('application/json')
    .send({
      ...{ code: known.code, message: known.message, mend: known.mend },
      ...(known.faults === undefined ? {} : { faults: known.faults }),
    });
}

const MISFIT = 'it does not fit';

/** Any error as one of ours; what is none of the caller's business is only logged. */
function knownError(error: FastifyError, { log }: WebParts): VestibuleError {
  if (error instanceof VestibuleError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const place = `${error.validationContext ?? 'request'}${first?.instancePath ?? ''}`;
    const faults = error.validation.map(({ instancePath, message = MISFIT }) => ({
      ...{ path: instancePath.slice(1).replaceAll('/', '.'), message, line: undefined },
    }));
    return webErrors.make('BAD_REQUEST', { place, detail: first?.message ?? MISFIT, faults });
  }
  const { statusCode } = error;
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return webErrors.make('BAD_REQUEST', { detail: oneLine(error) });
  }
  log.error('a request failed', { reason: error.name, code: error.code });
  return webErrors.make('INTERNAL');
}

async function tlsOf({
  tls,
}: WebParts): Promise<{ key: Buffer; cert: Buffer; minVersion: 'TLSv1.2' }> {
  try {
    const [key, cert] = await Promise.all([readFile(tls.key), readFile(tls.certificate)]);
    return { key, cert, minVersion: 'TLSv1.2' };
  } catch (cause) {
    throw webErrors.make('CERTIFICATE', { place: tls.certificate, detail: oneLine(cause), cause });
  }
}
