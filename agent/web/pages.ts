import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Server } from 'node:https';
import { webErrors } from './errors.js';
import type { WebParts } from './ports.js';

/** What the pages may do: load from here, and nothing else anywhere. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions that scripts compute; no style sheet can come in by it.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The service worker is bound by the policy that it came with itself: it asks here, and nowhere else. */
const WORKER_POLICY = "default-src 'none'; connect-src 'self'";

/** The icon in the forms that systems ask for; agent/web/ui/building/icons.ts draws them. */
const PICTURES = [
  ...['icon-192.png', 'icon-512.png', 'icon-maskable-192.png', 'icon-maskable-512.png'],
  'icon-apple.png',
];

/** Where the built scripts and styles are. */
export const ASSETS = '/assets/';

/** Places that the page itself understands; everything else is not there. */
const PLACES = [
  ...['/', '/inbox', '/inbox/:id', '/calls', '/calls/:id', '/contacts', '/contacts/:id'],
  ...['/running', '/insights', '/privacy', '/audit', '/health', '/accounts', '/account', '/login'],
  ...['/staff', '/settings', '/settings/:section', '/set-up'],
  ...['/offices/:office/messages/:id', '/offices/:office/calls/:id'],
];

/** Serves the built pages, and the authority's certificate with a page on how to trust it. */
export async function servePages(app: FastifyInstance<Server>, parts: WebParts): Promise<void> {
  const { pages, tls } = parts;
  const built = existsSync(join(pages, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, {
      root: join(pages, 'assets'),
      prefix: ASSETS,
      // Names of files hold a hash of what is in them.
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
      schemaHide: true,
    });
  }
  const page = async (reply: FastifyReply, file: string): Promise<FastifyReply> => {
    if (!built) throw webErrors.make('UI_MISSING', { place: pages });
    const nonce = randomBytes(16).toString('base64');
    const html = (await readFile(join(pages, file), 'utf8')).replaceAll('{{nonce}}', nonce);
    return reply
      .header('content-security-policy', policy(nonce))
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(html);
  };
  for (const place of PLACES) {
    app.get(place, { config: { access: 'open' }, schema: { hide: true } }, (_request, reply) =>
      page(reply, 'index.html'),
    );
  }
  app.get('/trust', { config: { access: 'open' }, schema: { hide: true } }, (_request, reply) =>
    page(reply, 'trust.html'),
  );
  app.get('/ca.crt', { config: { access: 'open' }, schema: { hide: true } }, async (_q, reply) => {
    if (tls.ca === undefined) throw webErrors.make('NOT_FOUND', { place: '/ca.crt' });
    return reply
      .type('application/x-x509-ca-cert')
      .header('content-disposition', 'attachment; filename="vestibule-ca.crt"')
      .send(await readFile(tls.ca));
  });
  app.get('/offline', { config: { access: 'open' }, schema: { hide: true } }, (_request, reply) =>
    page(reply, 'offline.html'),
  );
  for (const [place, type] of [
    ['manifest.webmanifest', 'application/manifest+json'],
    ['icon.svg', 'image/svg+xml'],
    ...PICTURES.map((file) => [file, 'image/png'] as const),
    ['sw.js', 'text/javascript; charset=utf-8'],
  ] as const) {
    app.get(
      `/${place}`,
      { config: { access: 'open' }, schema: { hide: true } },
      async (_q, reply) => {
        if (!built) throw webErrors.make('UI_MISSING', { place: pages });
        if (place === 'sw.js') void reply.header('content-security-policy', WORKER_POLICY);
        return reply.type(type).send(await readFile(join(pages, place)));
      },
    );
  }
}
