import { z } from 'zod';
import { CONSENT_MODES } from '../dialogue/consent.js';
import { ROLES } from './roles.js';

/** Ten years: longer than any duty to keep that we know of. */
const MOST_DAYS = 3_653;

const days = (usual: number) => z.number().int().min(1).max(MOST_DAYS).default(usual);

/** How long each category is kept, in days from the stored time of the call. */
export const retentionSettings = z
  .strictObject({
    /** False keeps everything for ever. */
    enabled: z.boolean().default(true),
    /** Recordings of calls. */
    audioDays: days(180),
    /** What was said and decided, word by word. */
    transcriptDays: days(365),
    messageDays: days(365),
    /** That there was a call: times, outcome, number. When it goes, all of the call goes. */
    metadataDays: days(730),
    /** Callers as they are known by number, since their last call. */
    accountDays: days(730),
    /** Accounts of the dashboard that were taken away, so that the audit log's ids still have a name. */
    closedAccountDays: days(30),
    /** The audit log, and requests that were answered. */
    logDays: days(1_095),
    /** A clock that is more days ahead than this since it was last looked at is not trusted at once. */
    mostJumpDays: z.number().int().min(1).max(90).default(7),
  })
  .superRefine((kept, context) => {
    for (const name of ['audioDays', 'transcriptDays', 'messageDays'] as const) {
      if (kept[name] <= kept.metadataDays) continue;
      context.addIssue({
        code: 'custom',
        path: [name],
        message: 'this cannot be kept longer than the call itself (metadataDays)',
      });
    }
  });

export type RetentionSettings = z.infer<typeof retentionSettings>;

/** The slice of the configuration about people's rights. */
export const privacySettings = z.strictObject({
  /**
   * Who may use which command: users of this machine and their roles. Left empty, whoever runs them is
   * taken for the owner. Where the root key lies in no file, logins count instead.
   */
  people: z.array(z.strictObject({ user: z.string().min(1), role: z.enum(ROLES) })).default([]),
  /** By which law requests are due: `gdpr` one month (and two more), `ccpa` 45 days (and 45 more). */
  law: z.enum(['gdpr', 'ccpa']).default('gdpr'),
  /**
   * Whose law recording has to follow, by ISO 3166 code such as `DE` or `US-CA`: a weaker
   * `dialogue.consentMode` than it asks for is refused.
   */
  jurisdiction: z.string().min(2).optional(),
  /** Jurisdictions to add to those that are known, or to replace: the mode and where it stands. */
  jurisdictions: z
    .record(
      z.string().min(2),
      z.strictObject({ mode: z.enum(CONSENT_MODES), source: z.string().min(1) }),
    )
    .default({}),
  /** Why a weaker mode than the jurisdiction asks for is enough here. */
  weakerConsent: z.string().min(1).optional(),
  /** Who is responsible for the data, as the notice names them. Needed for notice and register. */
  controller: z
    .strictObject({
      name: z.string().min(1),
      address: z.string().min(1),
      /** An e-mail address or telephone number for people who ask for their data. */
      contact: z.string().min(1),
      /** The data protection officer, if there is one. */
      officer: z.string().min(1).optional(),
    })
    .optional(),
  /** Whom people can complain to. */
  authority: z.strictObject({ name: z.string().min(1), contact: z.string().min(1) }).optional(),
  retention: retentionSettings.prefault({}),
});

export type PrivacySettings = z.infer<typeof privacySettings>;
