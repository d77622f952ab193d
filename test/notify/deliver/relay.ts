import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Test } from 'tap';

/** A mail as the relay got it. */
export interface Mail {
  readonly to: readonly string[];
  readonly text: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

/** A mail relay of the test's own; `key` and `cert` make it offer STARTTLS. `down` refuses everything. */
export async function aRelay(t: Test, tls?: { key: Buffer; cert: Buffer }) {
  const mails: Mail[] = [];
  const state = { down: false };
  const server = new SMTPServer({
    ...(tls ?? { disabledCommands: ['STARTTLS'] }),
    authOptional: true,
    onAuth: ({ username, password }, _session, callback) => {
      if (password === 'a relay password') callback(null, { user: username ?? '' });
      else callback(new Error('wrong'));
    },
    onMailFrom: (_address, _session, callback) => {
      callback(state.down ? new Error('come back later') : null);
    },
    onData: (stream, session, callback) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString('utf8'),
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : undefined,
        });
        callback();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.teardown(
    () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  );
  const { port } = server.server.address() as AddressInfo;
  return { port, mails, state };
}

/** A request as the receiver got it. */
export interface Post {
  readonly body: string;
  readonly signature: string;
  readonly key: string;
}

/** A receiver of webhooks; answers with the next of `answers`, then with 204. */
export async function aReceiver(t: Test, answers: number[] = []) {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      posts.push({
        body: Buffer.concat(parts).toString('utf8'),
        signature: String(request.headers['vestibule-signature']),
        key: String(request.headers['idempotency-key']),
      });
      const status = answers.shift() ?? 204;
      response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:9/' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${String(port)}/hook`, posts };
}
