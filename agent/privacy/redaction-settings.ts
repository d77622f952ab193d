import { z } from 'zod';

/** What may be hidden of what callers say and key. */
export const SECRET_KINDS = [
  'card',
  'insurance',
  'national-id',
  'bank',
  'dob',
  'email',
  'phone',
] as const;
export type SecretKind = (typeof SECRET_KINDS)[number];

/** The slice of the configuration that says what is hidden besides what always is. */
export const redactionSettings = z.strictObject({
  /**
   * Hidden in texts and sound, but kept sealed for those who may reveal it: dates of birth, e-mail
   * addresses, telephone numbers. Card, insurance, identity and bank numbers are always destroyed.
   */
  hide: z.array(z.enum(['dob', 'email', 'phone'])).default([]),
  /** Questions (as `converse` names them) while whose answers nothing is recorded. */
  pauseWhileAsking: z
    .array(z.string().min(1))
    .default(['card_number', 'insurance_number', 'national_id', 'bank_account']),
});

export type RedactionSettings = z.infer<typeof redactionSettings>;
