import { DateTime } from 'luxon';
import type { PrivacySettings } from './settings.js';

export interface Due {
  readonly dueAt: number;
  /** By when, if it is extended. */
  readonly latestAt: number;
}

/**
 * When a request of `receivedAt` is due in the office's time zone. GDPR Art. 12(3): one month, and two
 * more where it is complex; CCPA § 1798.130: 45 days, and 45 more.
 */
export function dueOf(receivedAt: number, law: PrivacySettings['law'], zone: string): Due {
  const received = DateTime.fromMillis(receivedAt, { zone });
  // The 31st of January is due on the last of February: a shorter month ends the month.
  const [first, last] =
    law === 'gdpr' ? [{ months: 1 }, { months: 3 }] : [{ days: 45 }, { days: 90 }];
  return {
    dueAt: received.plus(first).endOf('day').toMillis(),
    latestAt: received.plus(last).endOf('day').toMillis(),
  };
}
