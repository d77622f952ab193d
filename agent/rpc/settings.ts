import { z } from 'zod';
import { ROLES } from '../privacy/roles.js';

const files = ['ca', 'certificate', 'key'] as const;

/** The control API's slice of the configuration. Its Unix socket is always there. */
export const controlSettings = z
  .strictObject({
    /** `host:port` for other machines, by mutual TLS; empty for none. */
    listen: z
      .string()
      .regex(
        /^(?:$|(?:\[[\da-fA-F:]+\]|[\w.-]+):\d{1,5}$)/u,
        'write host:port, such as 0.0.0.0:7444',
      )
      .default(''),
    /** The authority that must have signed a client's certificate. */
    ca: z.string().default(''),
    /** What we show. */
    certificate: z.string().default(''),
    /** Its private key. */
    key: z.string().default(''),
    clients: z
      .array(
        z
          .strictObject({
            /** The common name of the certificate. */
            name: z.string().min(1).max(64),
            /** What the program itself may do. */
            role: z.enum(ROLES).optional(),
            /** It is the dashboard of another office: its people with these roles may look here. */
            people: z.array(z.enum(ROLES)).default([]),
          })
          .refine(({ role, people }) => role !== undefined || people.length > 0, {
            path: ['role'],
            message: 'give a role to the program, or name the roles of the people who come by it',
          }),
      )
      .default([]),
  })
  .superRefine((all, context) => {
    if (all.listen === '') return;
    for (const file of files) {
      if (all[file] !== '') continue;
      const message =
        'name the file; vestibule speech certificates --folder makes ca, certificate and key';
      context.addIssue({ code: 'custom', path: [file], message });
    }
    const names = all.clients.map(({ name }) => name);
    names.forEach((name, index) => {
      if (names.indexOf(name) === index) return;
      context.addIssue({
        code: 'custom',
        path: ['clients', index, 'name'],
        message: 'this name has a role already',
      });
    });
  });

export type ControlSettings = z.infer<typeof controlSettings>;
