/** What can be asked besides name, number and matter: agent/dialogue/form-settings.ts, which a test compares. */
export const KNOWN = [
  ...(['dob', 'medicine', 'pharmacy', 'test', 'invoice', 'question', 'document'] as const),
  ...(['email', 'service', 'urgency', 'callback_time'] as const),
] as const;
export type KnownField = (typeof KNOWN)[number];

/** How the answer to a question of one's own is read. */
export const KINDS = ['text', 'dob', 'date_time', 'email'] as const;

/** What is asked unless the configuration says otherwise; compared, too. */
export const USUAL_FORMS: Readonly<Record<string, readonly KnownField[]>> = {
  'prescription.refill': ['dob', 'medicine', 'pharmacy', 'urgency'],
  'results.request': ['dob', 'test', 'callback_time'],
  'billing.question': ['question', 'invoice', 'callback_time'],
  'document.request': ['dob', 'document', 'urgency'],
  'registration.new': ['dob', 'email', 'callback_time'],
  'privacy.request': ['question', 'email'],
  'info.price': ['service'],
};

export const isKnown = (value: unknown): value is KnownField =>
  (KNOWN as readonly unknown[]).includes(value);

/** An id for a question of one's own that none of `taken` is. */
export function ownIdOf(taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const id = `question_${String(count)}`;
    if (!taken.includes(id)) return id;
  }
}
