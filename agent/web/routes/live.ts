import { visitorOf } from '../guard.js';
import type { Visitor } from '../guard.js';
import { LiveSocket } from '../live-socket.js';
import type { WebParts } from '../ports.js';
import type { Routes } from './api.js';

/** How often a quiet connection is looked at, in milliseconds. */
const LOOK_MS = 15_000;

/** Whether the account is there yet and its role is what it was when the page connected. */
async function stillMay({ room }: WebParts, { account }: Visitor): Promise<boolean> {
  const now = await room.accounts.find(account.id).catch(() => undefined);
  return now?.role === account.role;
}

/**
 * What happens, as it happens: ids only. What stands behind an id is fetched by the ordinary routes,
 * which check the rights and write the audit log; or, of calls that run, asked for over the socket.
 */
export const liveRoutes: Routes =
  ({ parts, sessions }) =>
  async (app) => {
    const { events, settings } = parts;
    app.get(
      '/live',
      { websocket: true, config: { access: 'messages.read' } },
      (socket, request) => {
        const visitor = visitorOf(request);
        const send = (kind: string, told: object): void => {
          if (socket.readyState === socket.OPEN) socket.send(JSON.stringify({ kind, ...told }));
        };
        const origin = request.headers.origin ?? '';
        const ours = settings.names.some(
          (name) => origin === `https://${name}` || origin.startsWith(`https://${name}:`),
        );
        // A browser sends the cookie along from any page: only our own may listen.
        if (visitor.session !== undefined && !ours) {
          socket.close(4403);
          return;
        }
        const live = new LiveSocket(parts, visitor, socket);
        const offs = [
          events.listen('live', 'web live', ({ id }) => {
            live.changed(id);
          }),
          events.listen('message', 'web live', ({ id }) => {
            send('message', { id });
          }),
          ...(visitor.rights.includes('calls.list')
            ? [
                events.listen('call', 'web live', ({ id, what }) => {
                  send('call', { id, what });
                }),
              ]
            : []),
        ];
        const timer = setInterval(() => {
          const { session } = visitor;
          socket.ping();
          void Promise.resolve(session === undefined || sessions.runs(session)).then((runs) => {
            if (!runs) socket.close(4401);
          });
          void stillMay(parts, visitor).then((may) => {
            if (!may) socket.close(4403);
          });
        }, LOOK_MS);
        socket.on('message', (data: Buffer, binary: boolean) => {
          if (!binary) void live.take(data.toString('utf8'));
        });
        socket.on('close', () => {
          live.close();
          clearInterval(timer);
          for (const off of offs) off();
        });
        send('hello', {});
      },
    );
    await Promise.resolve();
  };
