// Shows notifications where pages may not (telephones), and brings their page to the front. It keeps nothing
// of any answer: what callers said stays out of the browser.
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const show = async () => {
    const [open] = await self.clients.matchAll({ type: 'window' });
    await (open === undefined ? self.clients.openWindow('/inbox') : open.focus());
  };
  event.waitUntil(show());
});
