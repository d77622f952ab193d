const KEPT = 'vestibule.language';

/** The language that was chosen on this device, else the browser's; two letters. */
export const keptLanguage = (): string =>
  localStorage.getItem(KEPT) ?? navigator.language.slice(0, 2);

export const keepLanguage = (language: string): void => localStorage.setItem(KEPT, language);
