import { visitorOf } from '../guard.js';
import type { Routes } from './api.js';

/** How often a quiet connection is looked at, in milliseconds. */
const LOOK_MS = 15_000;

/**
 * What happens, as it happens: ids only. What stands behind an id is fetched by the ordinary routes,
 * which check the rights and write the audit log.
 */
export const liveRoutes: Routes =
  ({ parts: { events, settings }, sessions }) =>
  async (app) => {
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
        const offs = [
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
          if (session !== undefined && !sessions.runs(session)) socket.close(4401);
          else socket.ping();
        }, LOOK_MS);
        socket.on('close', () => {
          clearInterval(timer);
          for (const off of offs) off();
        });
        send('hello', {});
      },
    );
    await Promise.resolve();
  };
