import type { Alarm, AlarmKind } from '../../../records/alarms.js';
import { de } from './de.js';
import { en } from './en.js';
import { ko } from './ko.js';

/** What notifications say in one language, besides what the caller told. */
export interface NoticeWords {
  /** Subject and first line of a message. */
  readonly message: readonly [subject: string, sentence: string];
  /** The same of one that is urgent. */
  readonly urgent: readonly [subject: string, sentence: string];
  readonly parts: Readonly<Record<'name' | 'reason' | 'phone' | 'callbackTime', string>>;
  /** Subject and sentence of each alarm when it is raised, and when it is over. */
  readonly alarms: Readonly<
    Record<
      AlarmKind,
      Readonly<Record<Alarm['state'], readonly [subject: string, sentence: string]>>
    >
  >;
}

const LANGUAGES: Readonly<Record<string, NoticeWords>> = { de, en, ko };

/** The words of a language (`de`, `de-AT`); English where there are none. */
export const noticeWords = (language: string): NoticeWords =>
  LANGUAGES[language.toLowerCase().split(/[-_]/u)[0] ?? ''] ?? en;
