import { keptLanguage } from './words/language';

/** How often the server is asked whether it is back, in milliseconds. */
const ASK_MS = 5_000;

const language = keptLanguage() === 'ko' ? 'ko' : 'en';
document.documentElement.lang = language;
document.documentElement.dataset.shown = language;

const ask = async (): Promise<void> => {
  const { ok } = await fetch('/live', { cache: 'no-store' });
  // The address is still that of the page which was wanted.
  if (ok) location.reload();
};

const again = (): void => void ask().catch(() => undefined);
for (const button of document.querySelectorAll('button')) {
  button.addEventListener('click', again);
}
window.addEventListener('online', again);
setInterval(again, ASK_MS);
