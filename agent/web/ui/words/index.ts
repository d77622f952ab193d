import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en';
import { ko } from './ko';

const KEPT = 'vestibule.language';

/** Begins to speak: the language that was chosen here, else the browser's. */
export function startWords(): void {
  const chosen = localStorage.getItem(KEPT) ?? navigator.language.slice(0, 2);
  void i18next.use(initReactI18next).init({
    resources: { en: { translation: en }, ko: { translation: ko } },
    lng: chosen,
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = i18next.resolvedLanguage ?? 'en';
}

export async function chooseLanguage(language: string): Promise<void> {
  localStorage.setItem(KEPT, language);
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}
