import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { keepLanguage, keptLanguage } from './language';

/** Korean comes when somebody reads it: few load both languages. */
async function bring(language: string): Promise<void> {
  if (!language.startsWith('ko') || i18next.hasResourceBundle('ko', 'translation')) return;
  i18next.addResourceBundle('ko', 'translation', (await import('./ko')).ko);
}

/** Begins to speak: the language that was chosen here, else the browser's. */
export async function startWords(): Promise<void> {
  const language = keptLanguage();
  await i18next.use(initReactI18next).init({
    resources: { en: { translation: en } },
    lng: 'en',
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  await bring(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = i18next.resolvedLanguage ?? 'en';
}

export async function chooseLanguage(language: string): Promise<void> {
  keepLanguage(language);
  document.documentElement.lang = language;
  await bring(language);
  await i18next.changeLanguage(language);
}
