import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { AriPlan } from '../../agent/supervisor/plan.js';

interface FakeChannel {
  readonly phase?: string;
  /** The application it is in; Stasis unless told. */
  readonly app?: string;
  /** The technology it comes by; PJSIP unless told. */
  readonly by?: string;
}

/** A fake of Asterisk's REST interface that holds channels and bridges. */
export interface FakeAri {
  readonly ari: AriPlan;
  readonly channels: Map<string, FakeChannel>;
  /** Ids of the channels inside, by the bridge's id. */
  readonly bridges: Map<string, readonly string[]>;
  /** What it was asked to change, in order. */
  readonly done: string[];
  /** How often its channels were listed. */
  listed: number;
  /** Answers a request in its own way: true if it did. */
  odd: (request: IncomingMessage, response: ServerResponse) => boolean;
}

const USER = 'vestibule';
const PASSWORD = 'secret-of-the-test';

/** A fake Asterisk on an ephemeral port, ended with the test; its password file lies in `folder`. */
export async function fakeAri(t: Test, folder: string): Promise<FakeAri> {
  const passwordFile = join(folder, 'ari-password');
  writeFileSync(passwordFile, `${PASSWORD}\n`);
  const server = createServer((request, response) => {
    if (!fake.odd(request, response)) answer(fake, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const fake: FakeAri = {
    ari: { url: `http://127.0.0.1:${String(port)}`, user: USER, passwordFile, app: 'vestibule' },
    channels: new Map(),
    bridges: new Map(),
    done: [],
    listed: 0,
    odd: () => false,
  };
  return fake;
}

function answer(fake: FakeAri, request: IncomingMessage, response: ServerResponse): void {
  const tell = (status: number, body?: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  };
  const basic = Buffer.from(`${USER}:${PASSWORD}`).toString('base64');
  if (request.headers.authorization !== `Basic ${basic}`) {
    tell(401, { message: 'Authentication required' });
    return;
  }
  const { pathname, searchParams } = new URL(request.url ?? '', fake.ari.url);
  const [, , kind = '', id = '', verb = ''] = pathname.split('/').map(decodeURIComponent);
  const asked = `${request.method ?? ''} ${kind}${id === '' ? '' : '/ID'}${verb === '' ? '' : `/${verb}`}`;
  const known = kind === 'channels' ? fake.channels.has(id) : fake.bridges.has(id);
  if (id !== '' && !known) {
    tell(404, { message: 'not found' });
    return;
  }
  switch (asked) {
    case 'GET channels':
      fake.listed += 1;
      tell(
        200,
        [...fake.channels].map(([one, { app = 'Stasis', by = 'PJSIP' }]) => ({
          ...{ id: one, name: `${by}/${one}`, state: 'Up' },
          dialplan: { app_name: app },
        })),
      );
      break;
    case 'GET channels/ID/variable': {
      const value = fake.channels.get(id)?.phase;
      const wanted = searchParams.get('variable') === 'VESTIBULE_PHASE';
      if (value === undefined || !wanted) tell(404, { message: 'no such variable' });
      else tell(200, { value });
      break;
    }
    case 'POST channels/ID/continue':
      fake.done.push(
        `${['context', 'extension', 'priority'].map((key) => searchParams.get(key)).join(',')} ${id}`,
      );
      fake.channels.set(id, { phase: 'human', app: 'Dial' });
      tell(204);
      break;
    case 'DELETE channels/ID':
      fake.done.push(`end ${id}`);
      fake.channels.delete(id);
      tell(204);
      break;
    case 'GET bridges':
      tell(
        200,
        [...fake.bridges].map(([one, channels]) => ({ id: one, channels })),
      );
      break;
    case 'DELETE bridges/ID':
      fake.done.push(`destroy ${id}`);
      fake.bridges.delete(id);
      tell(204);
      break;
    default:
      tell(405, { message: 'not allowed' });
  }
}
