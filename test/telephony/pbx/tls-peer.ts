import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:tls';
import type { Test } from 'tap';

/** What a SIP server over TLS has seen. */
export interface TlsPeer {
  readonly port: number;
  /** Methods of the requests that came. */
  readonly asked: ReadonlySet<string>;
  /** Whether somebody has looked at its certificate and left without a word. */
  readonly left: boolean;
}

/** A SIP server that shows a certificate: it takes registrations and questions, and is busy for callers. */
export async function tlsPeer(
  t: Test,
  files: { readonly certificate: string; readonly key: string },
): Promise<TlsPeer> {
  const asked = new Set<string>();
  let left = false;
  const server = createServer(
    { cert: readFileSync(files.certificate), key: readFileSync(files.key) },
    (socket) => {
      let text = '';
      let spoke = false;
      socket.on('data', (part: Buffer) => {
        spoke = true;
        text += part.toString('latin1');
        for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
          const head = text.slice(0, end).trim();
          const length = Number(/^Content-Length: *(\d+)/imu.exec(head)?.[1] ?? 0);
          if (text.length < end + 4 + length) break;
          text = text.slice(end + 4 + length);
          const [method = ''] = head.split(' ');
          asked.add(method);
          if (method !== 'ACK') socket.write(answerTo(head, method));
        }
      });
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (!spoke) left = true;
      });
    },
  );
  // Who does not trust the certificate may say so in the handshake already.
  server.on('tlsClientError', () => {
    left = true;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  t.teardown(() => server.close());
  return {
    ...{ port, asked },
    get left() {
      return left;
    },
  };
}

function answerTo(head: string, method: string): string {
  const lines = head.split('\r\n');
  const kept = (name: RegExp): string[] => lines.filter((line) => name.test(line));
  return [
    method === 'INVITE' ? 'SIP/2.0 486 Busy Here' : 'SIP/2.0 200 OK',
    ...kept(/^(?:Via|From|Call-ID|CSeq):/iu),
    ...kept(/^To:/iu).map((line) => `${line};tag=there`),
    ...(method === 'REGISTER' ? [...kept(/^Contact:/iu), 'Expires: 300'] : []),
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
}
