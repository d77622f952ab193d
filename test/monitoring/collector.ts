import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Test } from 'tap';

/** A span as it came over the wire (opentelemetry-proto, trace.proto, in its JSON mapping). */
export interface SentSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
  readonly events: readonly { readonly name: string }[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

/** A collector that takes OTLP/HTTP as JSON on this machine, and keeps what came. */
export async function collector(
  t: Test,
  { tls, status = 200 }: { tls?: { cert: string; key: string }; status?: number } = {},
) {
  const bodies: string[] = [];
  const asked: string[] = [];
  const answer = { status };
  const take = async (request: IncomingMessage): Promise<void> => {
    asked.push(
      `${request.method ?? ''} ${request.url ?? ''} ${String(request.headers['content-type'])}`,
    );
    bodies.push(await text(request));
  };
  const listener: Parameters<typeof createServer>[1] = (request, response) => {
    void take(request).then(() => {
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end('{}');
    });
  };
  const server: Server =
    tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}`,
    port,
    asked,
    /** All that came, as text. */
    get all(): string {
      return bodies.join('\n');
    },
    get spans(): readonly SentSpan[] {
      return bodies
        .filter((body) => body !== '')
        .flatMap((body) => (JSON.parse(body) as Sent).resourceSpans)
        .flatMap(({ scopeSpans }) => scopeSpans)
        .flatMap(({ spans }) => spans);
    },
    answers(code: number): void {
      answer.status = code;
    },
  };
}

/** The attributes of a span by their names without the prefix. */
export const factsOf = ({ attributes }: SentSpan): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    attributes.map(({ key, value }) => [
      key.replace('vestibule.', ''),
      Object.values(value)[0] as unknown,
    ]),
  );

/** How long a span took, in milliseconds. */
export const lengthOf = ({ startTimeUnixNano, endTimeUnixNano }: SentSpan): number =>
  Number(BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano)) / 1e6;
