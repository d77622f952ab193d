/** When this page last loaded itself again because a part of it was gone. */
const RELOADED = 'vestibule.reloaded';
const ONCE_MS = 30_000;

/**
 * The service worker of the app, the same however often it is asked for.
 * @throws where the browser has none, or does not trust the certificate
 */
export const ownWorker = (): Promise<ServiceWorkerRegistration> =>
  navigator.serviceWorker.register('/sw.js');

/** Makes the pages an app of the device, where the browser lets them be one. */
export function beAnApp(): void {
  if ('serviceWorker' in navigator) void ownWorker().catch(() => undefined);
  // Vestibule was updated under an open page: the parts that it has not loaded yet are gone.
  window.addEventListener('vite:preloadError', () => {
    if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < ONCE_MS) return;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
  });
}

/** How many messages nobody has opened, on the app's icon; the number alone. */
export function badge(unread: number): void {
  // Not every browser has it, and some refuse until the app is installed.
  if (!('setAppBadge' in navigator)) return;
  void (unread === 0 ? navigator.clearAppBadge() : navigator.setAppBadge(unread)).catch(
    () => undefined,
  );
}
