import { z } from 'zod';
import { keyOf } from '../../reception/handling-numbers.js';
import { webErrors } from '../errors.js';
import { visitorOf } from '../guard.js';
import { decision, handlingRules, staffMember } from '../answers/handling.js';
import { listOf } from '../answers/shapes.js';
import { answersDone, done, idParam, type Routes } from './api.js';

const WAYS = ['assistant', 'staff', 'voicemail', 'block', 'allow', 'vip'] as const;
const WISHES = ['force', 'yes', 'dont-care', 'no', 'never'] as const;
/** Milliseconds since 1970, up to the year 2100. */
const time = z.number().int().min(0).max(4_102_444_800_000);
const number = z.string().trim().min(1).max(40);

const rule = z.object({
  /** As it is written; every caller if left out. */
  caller: number.optional(),
  called: z
    .string()
    .regex(/^[\w+.-]{1,40}$/u)
    .optional(),
  way: z.enum(WAYS),
  target: z.string().min(1).max(80).optional(),
  seconds: z.number().int().min(3).max(120).optional(),
  recording: z.enum(WISHES).optional(),
  until: time.optional(),
});

/** Who takes which call, and who of the staff is away. */
export const handlingRoutes: Routes =
  ({ parts: { room, workshop, clock } }) =>
  async (app) => {
    const { handling } = room;
    const rules = { access: 'handling.rules' } as const;
    const staff = { access: 'staff.work' } as const;
    /** How a number is kept: as rules know it, or a beginning and `*`. */
    const kept = (text: string): string => {
      const clean = text.replace(/[\s()/.-]/gu, '');
      if (clean === 'withheld' || /^\+?\d+\*$/u.test(clean)) return clean;
      const known = workshop.plan().number(clean);
      const value = known.e164 ?? known.raw;
      if (value === '') throw webErrors.make('NO_CALLER');
      return value;
    };

    app.get(
      '/handling/rules',
      { config: rules, schema: { response: { 200: handlingRules } } },
      async (request) => ({
        rules: await handling.list(visitorOf(request).who),
        destinations: workshop.destinations(),
      }),
    );

    app.post(
      '/handling/rules',
      { config: rules, schema: { response: { 200: z.object({ id: z.string() }) }, body: rule } },
      async (request) => {
        const { caller, called, way, target, seconds, recording, until } = request.body;
        if (caller === undefined && called === undefined) {
          throw webErrors.make('BAD_REQUEST', { detail: 'name a caller, or the number dialled' });
        }
        if (target !== undefined && !workshop.destinations().some(({ id }) => id === target)) {
          throw webErrors.make('BAD_REQUEST', { place: 'target', detail: 'nobody has this id' });
        }
        const whose = caller === undefined ? undefined : kept(caller);
        if (until !== undefined && until <= clock.now()) throw webErrors.make('PAST');
        const fresh = { caller: whose, called, way, target, seconds, recording, until };
        return { id: await handling.set(fresh, visitorOf(request).who) };
      },
    );

    app.delete(
      '/handling/rules/:id',
      { config: rules, schema: { response: answersDone, params: idParam } },
      async (request) => {
        await handling.remove({ id: request.params.id }, visitorOf(request).who);
        return done;
      },
    );

    /** How a call would be held now, and why; nobody is called. */
    app.post(
      '/handling/try',
      {
        config: rules,
        schema: {
          response: { 200: decision },
          body: z.object({
            caller: z.string().trim().max(40),
            called: z.string().max(40).default('reception'),
          }),
        },
      },
      async (request) => {
        const plan = workshop.plan();
        const { caller, called } = request.body;
        const whole = caller === 'withheld' ? '' : caller;
        const found = plan.number(whole);
        const whose = { key: keyOf(found), e164: found.e164 };
        const known = await handling.known(whose, visitorOf(request).who);
        return plan.decide({ caller: whole, called, now: clock.now(), ...known });
      },
    );

    app.get(
      '/staff',
      { config: staff, schema: { response: { 200: z.object({ staff: listOf(staffMember) }) } } },
      async (request) => ({
        staff: workshop.staff(clock.now(), await handling.absences(visitorOf(request).who)),
      }),
    );

    app.post(
      '/staff/:id/away',
      {
        config: staff,
        schema: {
          response: answersDone,
          params: idParam,
          body: z
            .object({
              kind: z.enum(['absent', 'do-not-disturb']),
              /** Now if left out. */
              from: time.optional(),
              until: time,
            })
            .refine(({ from = 0, until }) => until > from, {
              path: ['until'],
              message: 'it ends before it begins',
            }),
        },
      },
      async (request) => {
        const { id: person } = request.params;
        const now = clock.now();
        const { kind, from = now, until } = request.body;
        if (!workshop.staff(now, []).some(({ id }) => id === person)) {
          throw webErrors.make('NOT_FOUND', { place: person });
        }
        if (until <= now) throw webErrors.make('PAST');
        await handling.away({ person, kind, from, until }, visitorOf(request).who);
        return done;
      },
    );

    app.post(
      '/staff/:id/back',
      { config: staff, schema: { response: answersDone, params: idParam } },
      async (request) => {
        await handling.back(request.params.id, visitorOf(request).who);
        return done;
      },
    );
    await Promise.resolve();
  };
