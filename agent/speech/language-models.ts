/** Languages that a voice and a sentence encoder of the catalogue are made for. */
const VOICES: Readonly<Record<string, string>> = { en: 'en_US-joe-medium' };
const ENCODERS: Readonly<Record<string, string>> = { en: 'all-MiniLM-L6-v2' };

const baseOf = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

/** The voice that speaks `language` if the office names none: espeak-ng where there is no better. */
export const voiceFor = (language: string): string => VOICES[baseOf(language)] ?? 'espeak-ng';

/** The encoder that understands `language`: pieces of words where none knows their meaning. */
export const encoderFor = (language: string): string => ENCODERS[baseOf(language)] ?? 'char-ngram';
