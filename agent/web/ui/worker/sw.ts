/**
 * The service worker: it makes the dashboard an app of the device. It keeps the shell (scripts, styles, icons
 * and the page that is shown without a connection) and nothing else: no answer of the server, no message,
 * no sound. What callers said is never written down by the browser.
 */
declare const self: ServiceWorkerGlobalScope;
/** Written in by the build: building/shell.ts. */
declare const __SHELL__: { readonly version: string; readonly files: readonly string[] };

const { version, files } = __SHELL__;
const OURS = 'vestibule-shell-';
const CACHE = `${OURS}${version}`;
const OFFLINE = '/offline';

const fill = async (): Promise<void> => {
  const cache = await caches.open(CACHE);
  // Without the cookie: what is kept is what anybody is given.
  await cache.addAll(files.map((file) => new Request(file, { credentials: 'omit' })));
  await self.skipWaiting();
};

const clean = async (): Promise<void> => {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
  }
  await self.clients.claim();
};

/** From the shell; a browser may have thrown it away to make room. */
const kept = async (request: Request | string): Promise<Response> =>
  (await (await caches.open(CACHE)).match(request)) ?? fetch(request);

const page = async (request: Request): Promise<Response> => {
  try {
    return await fetch(request);
  } catch {
    return kept(OFFLINE);
  }
};

self.addEventListener('install', (event) => event.waitUntil(fill()));
self.addEventListener('activate', (event) => event.waitUntil(clean()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (files.includes(pathname)) event.respondWith(kept(request));
});

// Pages of telephones may not show notifications themselves; a touch brings the page to the front.
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const show = async (): Promise<void> => {
    const [open] = await self.clients.matchAll({ type: 'window' });
    await (open === undefined ? self.clients.openWindow('/inbox') : open.focus());
  };
  event.waitUntil(show());
});

export {};
