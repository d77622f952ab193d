import { z } from 'zod';

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

const ownField = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/u, 'an id has lower-case letters, digits and _'),
  /** The question, spoken word for word. */
  ask: z.string().min(1),
  kind: z.enum(['text', 'dob', 'date_time', 'email']).default('text'),
});

export type OwnField = z.infer<typeof ownField>;

const known = z.enum([...(Object.keys(FIELD_KINDS) as KnownField[]), ...COMMON]);

const form = z.array(z.union([known, ownField])).superRefine((fields, context) => {
  const ids = fields.map((field) => (typeof field === 'string' ? field : field.id));
  fields.forEach((field, index) => {
    const id = ids[index] ?? '';
    const reserved = typeof field !== 'string' && known.safeParse(id).success;
    if (ids.indexOf(id) === index && !reserved) return;
    const message = reserved
      ? 'this id is the name of a field that exists'
      : 'this field is asked twice';
    context.addIssue({ code: 'custom', path: [index], message });
  });
});

/** What is asked for each request that is taken down; `person` offers a person instead. */
export const forms = z.record(z.string(), z.union([z.literal('person'), form]));

export type Forms = z.infer<typeof forms>;
export type FormFields = z.infer<typeof form>;

/** What is asked unless the configuration says otherwise. A profile that lacks an intent never asks. */
export const DEFAULT_FORMS: Forms = {
  'prescription.refill': ['dob', 'medicine', 'pharmacy', 'urgency'],
  'results.request': ['dob', 'test', 'callback_time'],
  'billing.question': ['question', 'invoice', 'callback_time'],
  'document.request': ['dob', 'document', 'urgency'],
  'registration.new': ['dob', 'email', 'callback_time'],
  'privacy.request': ['question', 'email'],
  'info.price': ['service'],
};
