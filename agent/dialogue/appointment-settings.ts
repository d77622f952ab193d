import { z } from 'zod';
import { timeRanges, WEEKDAYS } from '../understanding/settings.js';

const visit = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/u, {
    message: 'an id has lower-case letters, digits, - and _',
  }),
  /** As it is spoken after "your appointment is for": "a check-up". */
  name: z.string().min(1),
  /** What callers call it, besides its name. */
  aliases: z.array(z.string().min(1)).default([]),
  /** How long it takes. */
  minutes: z.number().int().min(5).max(480).default(30),
  /** Id of one of `calendars`; without one only requests are taken for it. */
  calendar: z.string().min(1).optional(),
  /** When it is given; the office's hours if absent. On holidays the office's hours of that day count. */
  hours: z.partialRecord(z.enum(WEEKDAYS), timeRanges).optional(),
});

/** A kind of appointment. */
export type Visit = z.infer<typeof visit>;

/** How callers who want an appointment are served. */
export const appointmentSettings = z
  .strictObject({
    /** `request`: the receptionist takes their wishes. `people`: as every other request for people. */
    by: z.enum(['request', 'people']).default('request'),
    visits: z.array(visit).max(9).default([]),
    /** Nothing is offered that begins sooner. */
    noticeMinutes: z.number().int().min(0).max(10_080).default(120),
    /** Nothing is offered farther ahead. */
    horizonDays: z.number().int().min(1).max(365).default(42),
  })
  .superRefine(({ visits }, context) => {
    const ids = visits.map(({ id }) => id);
    visits.forEach(({ id }, index) => {
      if (ids.indexOf(id) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['visits', index, 'id'],
          message: 'this id is taken',
        });
      }
    });
  });

export type AppointmentSettings = z.infer<typeof appointmentSettings>;
