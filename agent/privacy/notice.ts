import { createHash } from 'node:crypto';
import type { Category } from '../records/retention.js';
import { privacyErrors } from './errors.js';
import { page, paragraph } from './html.js';
import { NOTICE_TEXTS, type NoticeFacts, type NoticeText } from './notice-texts.js';
import { daysOf } from './processing.js';
import { controllerOf, type Installation } from './register.js';

/** The privacy notice in one language. */
export interface Notice {
  readonly language: string;
  /** Of the configuration, and of the words: two notices of one version say the same. */
  readonly version: string;
  /** A whole page of HTML. */
  readonly html: string;
  /** For the telephone. */
  readonly spoken: string;
}

/**
 * Makes the notice (GDPR Art. 13) from the configuration.
 * @throws PRIVACY_NO_CONTROLLER, PRIVACY_NO_NOTICE for a language without one
 */
export function noticeOf(installation: Installation, language: string): Notice {
  const text = NOTICE_TEXTS[language];
  if (text === undefined) throw privacyErrors.make('NO_NOTICE', { place: language });
  const facts = factsOf(installation, text);
  const paragraphs = text.page(facts);
  const spoken = text.spoken(facts).join(' ');
  const words = createHash('sha256')
    .update([...paragraphs, spoken].join('\n'))
    .digest('hex');
  const version = `${installation.noticeVersion}-${words.slice(0, 8)}`;
  const body = [...paragraphs.map(paragraph), paragraph(version)].join('\n');
  return { language, version, html: page(language, text.title(facts), body), spoken };
}

function factsOf(installation: Installation, text: NoticeText): NoticeFacts {
  const { office, settings, recording, destinations } = installation;
  const { name, address, contact, officer } = controllerOf(installation);
  if (settings.authority === undefined) {
    throw privacyErrors.make('NO_CONTROLLER', { place: 'privacy.authority' });
  }
  const kept = (category: Category): string =>
    settings.retention.enabled ? text.days(daysOf(settings.retention, category)) : text.untilErased;
  return {
    ...{ office, contact, officer, recording, controller: `${name}, ${address}` },
    authority: `${settings.authority.name}, ${settings.authority.contact}`,
    ...{ audio: kept('audio'), transcript: kept('transcript') },
    ...{ message: kept('message'), metadata: kept('metadata') },
    destinations: destinations.map(({ address: place }) => place),
  };
}
