import { z } from 'zod';

/** A telephone number as E.164 or as the network gives it, an extension, a beginning and `*`, or `withheld`. */
const caller = z
  .string()
  .regex(
    /^(?:withheld|\+?[0-9]+\*?)$/u,
    'write a number such as +493012345, a beginning such as +4930*, or withheld',
  );
const called = z.string().regex(/^[\w+.-]+$/u, 'write the number as it is dialled');
const target = z.string().min(1);
const seconds = z.int().min(3).max(120);

/** Whether calls are recorded: force and never override what stood before, yes and no do not. */
const wish = z.enum(['force', 'yes', 'dont-care', 'no', 'never']);

const rule = z.strictObject({
  /** Whose calls; everybody's if absent. */
  caller: caller.optional(),
  /** Which number was dialled; every one if absent. */
  called: called.optional(),
  /** When the rule holds: always, while the office is open, or while it is closed. */
  when: z.enum(['always', 'open', 'closed']).default('always'),
  do: z.enum(['assistant', 'staff', 'voicemail', 'block']),
  /** Id of who rings first, for `staff`; the default target if absent. */
  target: target.optional(),
  seconds: seconds.default(15),
});

/** The handling's slice of the configuration: who takes which call, and who is kept out. */
export const handlingSettings = z
  .strictObject({
    /** The first that fits counts; rules that were set by command go before all of them. */
    rules: z.array(rule).default([]),
    /** Callers who are never blocked or challenged. */
    allow: z.array(caller).default([]),
    /** Callers who are turned away. */
    block: z.array(caller).default([]),
    /** Callers whom staff would rather take themselves. */
    vip: z
      .strictObject({
        callers: z.array(caller).default([]),
        do: z.enum(['assistant', 'staff']).default('staff'),
        target: target.optional(),
        seconds: seconds.default(20),
      })
      .prefault({}),
    gate: z
      .strictObject({
        /** Whom it asks to press a key before anything else. */
        challenge: z.enum(['never', 'suspicious', 'always']).default('suspicious'),
        /** More calls than this from one number within an hour are suspicious, or too many. */
        suspiciousPerHour: z.int().min(1).max(1000).default(6),
        mostPerHour: z.int().min(1).max(1000).default(20),
        /** So many calls within a day in which nobody said a word are suspicious. */
        silentCalls: z.int().min(1).max(100).default(2),
        /**
         * Whether a number is suspicious that the carrier says is not the caller's (STIR/SHAKEN): never, where it
         * failed, or also where it could not be verified.
         */
        attestation: z.enum(['off', 'failed', 'unverified']).default('failed'),
        /** Whether a caller who shows no number is suspicious. */
        withheld: z.boolean().default(false),
      })
      .refine(({ suspiciousPerHour, mostPerHour }) => suspiciousPerHour < mostPerHour, {
        path: ['mostPerHour'],
        message: 'this must be more than suspiciousPerHour',
      })
      .prefault({}),
    /** A talk with the assistant never lasts longer, and its caller is warned so long before. */
    mostSeconds: z.int().min(120).max(7_200).default(900),
    warnSeconds: z.int().min(20).max(300).default(60),
    /** Whether calls are recorded, by the number dialled, by the caller, and by the extension. */
    recording: z
      .array(
        z
          .strictObject({
            called: called.optional(),
            caller: caller.optional(),
            extension: z.string().min(1).optional(),
            record: wish,
          })
          .refine(
            ({ called: a, caller: b, extension: c }) =>
              [a, b, c].filter((one) => one !== undefined).length === 1,
            'name one of called, caller and extension',
          ),
      )
      .default([]),
    /** Urgent messages that nobody reads. */
    escalation: z
      .strictObject({
        /** Id of a department, a rota or a person who is told; without it nobody is. */
        to: target.optional(),
        afterMinutes: z.int().min(1).max(1_440).default(15),
        everyMinutes: z.int().min(1).max(1_440).default(5),
        /** Telephone calls at most for one message. */
        mostCalls: z.int().min(0).max(20).default(6),
      })
      .prefault({}),
  })
  .refine(({ mostSeconds, warnSeconds }) => warnSeconds < mostSeconds, {
    path: ['warnSeconds'],
    message: 'this must be less than mostSeconds',
  });

export type HandlingSettings = z.infer<typeof handlingSettings>;
export type RecordingWish = z.infer<typeof wish>;

/** Every destination that the handling names, with its path, to be checked against the directory. */
export function targetsOf(settings: HandlingSettings): readonly {
  readonly id: string;
  readonly path: readonly (string | number)[];
}[] {
  const { rules, vip, escalation } = settings;
  return [
    ...rules.map((one, at) => ({ id: one.target, path: ['rules', at, 'target'] })),
    { id: vip.target, path: ['vip', 'target'] },
    { id: escalation.to, path: ['escalation', 'to'] },
  ].flatMap(({ id, path }) => (id === undefined ? [] : [{ id, path }]));
}
