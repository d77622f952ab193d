import { z } from 'zod';

const file = z.string().min(1, 'name a PEM file');

/**
 * Other offices whose control API this dashboard reaches: heads of messages and calls are shown, and
 * what was said stays where it was taken until somebody opens it.
 */
export const officesSettings = z
  .array(
    z.strictObject({
      /** Stands in addresses and in the audit log. */
      id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/u, 'use small letters, digits and hyphens'),
      name: z.string().min(1).max(80),
      /** Where `control.listen` of that office is reached. */
      address: z
        .string()
        .regex(
          /^(?:\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5}$/u,
          'write host:port, such as leipzig.example:7444',
        ),
      /** The authority that signed what the office shows. */
      ca: file,
      /** What we show to it. */
      certificate: file,
      /** Its private key. */
      key: file,
    }),
  )
  .max(200)
  .superRefine((offices, context) => {
    const ids = offices.map(({ id }) => id);
    ids.forEach((id, index) => {
      if (ids.indexOf(id) === index) return;
      context.addIssue({
        code: 'custom',
        path: [index, 'id'],
        message: 'another office has this id',
      });
    });
  })
  .default([]);

export type OfficesSettings = z.infer<typeof officesSettings>;
