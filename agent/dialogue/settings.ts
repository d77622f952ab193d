import { z } from 'zod';
import { CONSENT_MODES } from './consent.js';
import { appointmentSettings } from './appointment-settings.js';
import { forms } from './form-settings.js';
import { transferHere, transferSettings } from './transfer-settings.js';
import { checkDirectory, department, directoryId, rota } from './directory-settings.js';

const targetId = directoryId;

const transferTarget = z.strictObject({
  id: targetId,
  /** As it is spoken after "I'll connect you with": "the reception desk", "Dr Emily Carter". */
  name: z.string().min(1),
  /** What the PBX dials. */
  extension: z.string().regex(/^[0-9*#+]{1,20}$/u, 'an extension has digits, *, # or +'),
  /** What callers call it, besides its name. */
  aliases: z.array(z.string().min(1)).default([]),
  /** What this person is, as callers say it: nurse, accountant. */
  roles: z.array(z.string().min(1)).optional(),
  /** Id of who is rung when this one cannot be reached. */
  fallback: targetId.optional(),
  /** How callers are connected with this one. */
  transfer: transferHere.optional(),
});

/** Someone, or a group, that callers can be connected with. */
export type TransferTarget = z.infer<typeof transferTarget>;

/** The dialogue's slice of the configuration. */
export const dialogueSettings = z
  .strictObject({
    /** Replaces "Hello, thank you for calling …". The notices are said all the same. */
    greeting: z.string().min(1).optional(),
    /** Stored with each consent; change it whenever the notice is worded differently. */
    noticeVersion: z.string().min(1).default('1'),
    /**
     * How consent is met: `announcement` by the notice alone, `opt-out` when the caller goes on after it,
     * `opt-in` by a yes to the question for it.
     */
    consentMode: z.enum(CONSENT_MODES).default('announcement'),
    /** Told to callers in danger. There is no default: a wrong number could cost a life. */
    emergencyNumber: z.string().regex(/^\d{2,6}$/u, 'write the number of the local rescue service'),
    transferTargets: z.array(transferTarget).min(1),
    /** Several people under one name. */
    departments: z.array(department).default([]),
    /** Who is on call. */
    rotas: z.array(rota).default([]),
    /** How callers are connected with people. */
    transfer: transferSettings.prefault({}),
    /** For whom messages are whose caller named nobody: by intent, or the part before its dot. */
    messageRoutes: z.record(z.string(), z.string().min(1)).default({}),
    /** Id of the target, department or rota for callers who ask for "a person". */
    defaultTarget: targetId,
    /** The same for emergencies; the default target if absent. */
    emergencyTarget: targetId.optional(),
    /** What happens to requests that only people can serve: a person is offered, or a message taken. */
    requests: z
      .strictObject({
        open: z.enum(['person', 'message']).default('person'),
        closed: z.enum(['person', 'message']).default('message'),
      })
      .prefault({}),
    /** Intents that cannot wait: a person is rung at once, and a message about one is urgent unasked. */
    urgentIntents: z.array(z.string().min(1)).default([]),
    /** What is asked for requests that are taken down: by intent, in place of what is usual. */
    forms: forms.default({}),
    /** Wishes for appointments, and free times out of the office's calendars. */
    appointments: appointmentSettings.prefault({}),
    /** Callers, and people who are called for, who are younger than this: a guardian is asked. 0: never. */
    children: z.strictObject({ under: z.number().int().min(0).max(21).default(18) }).prefault({}),
    /**
     * How to name what cannot be done yet: an intent, or the part before its dot, and the words
     * that follow "I can't … myself yet".
     */
    topics: z.record(z.string(), z.string().min(1)).default({}),
  })
  .superRefine((settings, context) => {
    checkDirectory(settings, context);
    const ids = settings.transferTargets.map(({ id }) => id);
    const groups = [...settings.departments, ...settings.rotas].map(({ id }) => id);
    settings.transferTargets.forEach(({ id }, index) => {
      if (ids.indexOf(id) !== index) {
        context.addIssue({
          code: 'custom',
          path: ['transferTargets', index, 'id'],
          message: 'this id is taken',
        });
      }
    });
    for (const key of ['defaultTarget', 'emergencyTarget'] as const) {
      const wanted = settings[key];
      if (wanted !== undefined && ![...ids, ...groups].includes(wanted)) {
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'name the id of one of transferTargets, departments or rotas',
        });
      }
    }
  });

export type DialogueSettings = z.infer<typeof dialogueSettings>;
