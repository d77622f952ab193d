import { z } from 'zod';
import { ASKABLE, OWN_KINDS } from './form-fields.js';

const ownField = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/u, 'an id has lower-case letters, digits and _'),
  /** The question, spoken word for word. */
  ask: z.string().min(1),
  kind: z.enum(OWN_KINDS).default('text'),
  /** A first sentence that has one of these words answers the question already. */
  told: z.array(z.string().min(1)).optional(),
});

export type OwnField = z.infer<typeof ownField>;

const known = z.enum(ASKABLE);

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
