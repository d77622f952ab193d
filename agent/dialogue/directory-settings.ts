import { z } from 'zod';
import { WEEKDAYS } from '../understanding/settings.js';
import { transferHere } from './transfer-settings.js';

export const directoryId = z.string().regex(/^[a-z0-9][a-z0-9_-]*$/u, {
  message: 'an id has lower-case letters, digits, - and _',
});

const aliases = z.array(z.string().min(1)).default([]);

/** Several people under one name. */
export const department = z.strictObject({
  id: directoryId,
  /** As it is spoken after "I'll connect you with": "the billing office". */
  name: z.string().min(1),
  aliases,
  /** Ids of transfer targets, who is rung first first. */
  members: z.array(directoryId).min(1, 'a department has at least one member'),
  /** Whether its members ring one after the other, or all at once until one takes the call. */
  ring: z.enum(['in-turn', 'all']).default('in-turn'),
  /** Callers wait so long, in seconds, for a member who is free, and are served as they came; 0: no queue. */
  queueSeconds: z.int().min(0).max(1_800).default(0),
  /** Id of who is rung when no member can be reached. */
  fallback: directoryId.optional(),
  /** How callers are connected with its members. */
  transfer: transferHere.optional(),
});

/** Who is on call, changing by the day. */
export const rota = z.strictObject({
  id: directoryId,
  /** As it is spoken: "the doctor on call". */
  name: z.string().min(1),
  aliases,
  /** When the day's duty begins, by the office's clock; it ends when the next day's begins. */
  changesAt: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, 'write a time such as 08:00')
    .default('08:00'),
  /** Id of a transfer target for each day of the week. */
  weekly: z.partialRecord(z.enum(WEEKDAYS), directoryId).default({}),
  /** The same for single days, which go before the week. */
  dates: z
    .record(z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'write a date as 2026-12-25'), directoryId)
    .default({}),
  /** Id of who is rung when nobody is on duty or reached. */
  fallback: directoryId.optional(),
  /** How callers are connected with whoever is on duty. */
  transfer: transferHere.optional(),
});

export type Department = z.infer<typeof department>;
export type Rota = z.infer<typeof rota>;

/** What the directory consists of, as far as its ids depend on one another. */
interface Parts {
  readonly transferTargets: readonly {
    readonly id: string;
    readonly roles?: readonly string[] | undefined;
    readonly fallback?: string | undefined;
  }[];
  readonly departments: readonly Department[];
  readonly rotas: readonly Rota[];
  readonly messageRoutes: Readonly<Record<string, string>>;
}

/** Names every id that is taken twice or stands for nobody. */
export function checkDirectory(parts: Parts, context: z.core.$RefinementCtx): void {
  const people = parts.transferTargets.map(({ id }) => id);
  const groups = [...parts.departments, ...parts.rotas].map(({ id }) => id);
  const destinations = new Set([...people, ...groups]);
  const roles = new Set(parts.transferTargets.flatMap((target) => target.roles ?? []));
  const fault = (message: string, ...path: (string | number)[]): void => {
    context.addIssue({ code: 'custom', path, message });
  };
  const known = (id: string | undefined, ...path: (string | number)[]): void => {
    if (id !== undefined && !destinations.has(id)) {
      fault('name the id of a transfer target, a department or a rota', ...path);
    }
  };
  const person = (id: string, ...path: (string | number)[]): void => {
    if (!people.includes(id)) fault('name the id of one of transferTargets', ...path);
  };
  const taken = new Set(people);
  for (const list of ['departments', 'rotas'] as const) {
    parts[list].forEach(({ id, fallback }, at) => {
      if (taken.has(id)) fault('this id is taken', list, at, 'id');
      taken.add(id);
      known(fallback, list, at, 'fallback');
    });
  }
  parts.transferTargets.forEach(({ fallback }, at) => {
    known(fallback, 'transferTargets', at, 'fallback');
  });
  parts.departments.forEach(({ members }, at) => {
    members.forEach((id, index) => {
      person(id, 'departments', at, 'members', index);
    });
  });
  parts.rotas.forEach(({ weekly, dates }, at) => {
    for (const [day, id] of Object.entries(weekly)) person(id, 'rotas', at, 'weekly', day);
    for (const [date, id] of Object.entries(dates)) {
      if (Number.isNaN(Date.parse(date))) fault('there is no such day', 'rotas', at, 'dates', date);
      person(id, 'rotas', at, 'dates', date);
    }
  });
  for (const [intent, id] of Object.entries(parts.messageRoutes)) {
    if (!destinations.has(id) && !roles.has(id)) {
      const message = 'name a transfer target, a department, a rota, or a role that somebody has';
      fault(message, 'messageRoutes', intent);
    }
  }
}
