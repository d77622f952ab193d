/** What forms of requests can ask, as data alone: the page that changes them (agent/web/ui) reads it, too. */

/** What can be asked besides name, number and matter, and how each answer is read. */
export const FIELD_KINDS = {
  dob: 'dob',
  medicine: 'text',
  pharmacy: 'text',
  test: 'text',
  invoice: 'text',
  question: 'text',
  document: 'text',
  email: 'email',
  service: 'text',
} as const;

/** A field that has a prompt of its own. */
export type KnownField = keyof typeof FIELD_KINDS;

/** Questions of every message that a form may ask for. */
const COMMON = ['urgency', 'callback_time'] as const;

/** All that a form may ask by its name. */
export const ASKABLE = [...(Object.keys(FIELD_KINDS) as KnownField[]), ...COMMON] as const;
export type Askable = (typeof ASKABLE)[number];

/** How the answer to a question of one's own is read. */
export const OWN_KINDS = ['text', 'dob', 'date_time', 'email'] as const;

/** What is asked unless the configuration says otherwise. A profile that lacks an intent never asks. */
export const DEFAULT_FORMS: Readonly<Record<string, Askable[]>> = {
  'prescription.refill': ['dob', 'medicine', 'pharmacy', 'urgency'],
  'results.request': ['dob', 'test', 'callback_time'],
  'billing.question': ['question', 'invoice', 'callback_time'],
  'document.request': ['dob', 'document', 'urgency'],
  'registration.new': ['dob', 'email', 'callback_time'],
  'privacy.request': ['question', 'email'],
  'info.price': ['service'],
};
