import { z } from 'zod';
import type { Absence, HandlingWay, RecordingWish } from '../handling-room.js';
import type { MessageState } from '../message-room.js';
import { asCorrected, mendedIn } from '../as-corrected.js';
import { privacyErrors } from '../errors.js';
import { method } from './method.js';
import { byId, id, limit, nothing, time, word } from './shapes.js';

const states = ['open', 'partial', 'done'] as const satisfies readonly MessageState[];

/** Messages, and the contacts who left them. */
export const messageMethods = {
  'messages.list': method({
    right: 'messages.read',
    input: z.strictObject({ limit, states: z.array(z.enum(states)).max(3) }),
    run: ({ room }, asked, { who }) => room.messages.list(asked, who),
  }),
  'messages.heads': method({
    right: 'messages.read',
    input: z.strictObject({ limit, states: z.array(z.enum(states)).max(3) }),
    run: ({ room }, asked, { who }) => room.messages.heads(asked, who),
  }),
  'messages.show': method({
    right: 'messages.read',
    input: byId,
    async run({ room, questions }, asked, { who }) {
      const shown = await room.messages.show(asked.id, who);
      // Whoever asks from elsewhere does not know what this office asks its callers.
      return { ...shown, questions: questions?.()[shown.intent] ?? {} };
    },
  }),
  'messages.settle': method({
    right: 'messages.work',
    input: z.strictObject({ id, done: z.boolean() }),
    run: ({ room }, asked, { who }) => room.messages.settle(asked.id, asked.done, who),
  }),
  'messages.assign': method({
    right: 'messages.work',
    input: z.strictObject({ id, to: z.string().min(1).max(100).optional() }),
    run: ({ room }, asked, { who }) => room.messages.assign(asked.id, asked.to, who),
  }),
  'messages.call-back': method({
    right: 'messages.work',
    input: z.strictObject({ id, extension: z.string().regex(/^\d{2,20}$/u) }),
    async run({ room, records, callBack }, { id: message, extension }, { who }) {
      if (callBack === undefined) throw privacyErrors.make('NO_TELEPHONE');
      const shown = await room.messages.show(message, who);
      const { call, body, corrections } = shown;
      const right = body && asCorrected(body, mendedIn(shown, corrections));
      const number = right?.phone?.value ?? (await records.reading.calls.callerNumber(call));
      if (number === undefined) throw privacyErrors.make('NO_NUMBER', { place: message });
      await records.reading.audit.add(who, 'messages.call-back', `${message} ${extension}`);
      await callBack({ extension, number, callId: call });
      return { call };
    },
  }),
  'messages.note': method({
    right: 'messages.work',
    input: z.strictObject({ id, text: word }),
    run: ({ room }, asked, { who }) => room.messages.note(asked.id, asked.text, who),
  }),
  'contacts.list': method({
    right: 'contacts.read',
    input: z.strictObject({ limit, leads: z.boolean() }),
    run: ({ room }, asked, { who }) => room.contacts.list(asked, who),
  }),
  'contacts.show': method({
    right: 'contacts.read',
    input: byId,
    run: ({ room }, asked, { who }) => room.contacts.show(asked.id, who),
  }),
  'contacts.merge': method({
    right: 'contacts.change',
    input: z.strictObject({ from: id, into: id }),
    run: ({ room }, { from, into }, { who }) => room.contacts.merge(from, into, who),
  }),
  'contacts.keep-apart': method({
    right: 'contacts.change',
    input: z.strictObject({ message: id }),
    run: ({ room }, { message }, { who }) => room.contacts.keepApart(message, who),
  }),
};

const ways = ['assistant', 'staff', 'voicemail', 'block', 'allow', 'vip'] as const;
const wishes = ['force', 'yes', 'dont-care', 'no', 'never'] as const;
const kinds = ['absent', 'do-not-disturb'] as const;
ways satisfies readonly HandlingWay[];
wishes satisfies readonly RecordingWish[];
kinds satisfies readonly Absence['kind'][];

const number = z.string().min(1).max(100);

const rule = z
  .strictObject({
    ...{ caller: number.optional(), called: number.optional(), way: z.enum(ways) },
    ...{ target: id.optional(), seconds: z.number().int().min(3).max(120).optional() },
    ...{ recording: z.enum(wishes).optional(), until: time.optional() },
  })
  .refine(({ caller, called }) => caller !== undefined || called !== undefined, {
    message: 'a rule for any caller names the number dialled',
  });

/** Who takes which call, and who is away. */
export const handlingMethods = {
  'handling.list': method({
    right: 'handling.rules',
    input: nothing,
    run: ({ room }, _, { who }) => room.handling.list(who),
  }),
  'handling.set': method({
    right: 'handling.rules',
    input: rule,
    run: ({ room }, one, { who }) =>
      room.handling.set(
        {
          ...{ caller: one.caller, called: one.called, way: one.way, target: one.target },
          ...{ seconds: one.seconds, recording: one.recording, until: one.until },
        },
        who,
      ),
  }),
  'handling.remove': method({
    right: 'handling.rules',
    input: z.union([byId, z.strictObject({ caller: number })]),
    run: ({ room }, which, { who }) => room.handling.remove(which, who),
  }),
  'handling.known': method({
    right: 'handling.rules',
    input: z.strictObject({ key: number.optional(), e164: number.optional(), now: time }),
    run: ({ room }, { key, e164, now }, { who }) => room.handling.known({ key, e164 }, who, now),
  }),
  'handling.absences': method({
    right: 'staff.work',
    input: nothing,
    run: ({ room }, _, { who }) => room.handling.absences(who),
  }),
  'handling.away': method({
    right: 'staff.work',
    input: z.strictObject({ person: id, kind: z.enum(kinds), from: time, until: time }),
    run: ({ room }, absence, { who }) => room.handling.away(absence, who),
  }),
  'handling.back': method({
    right: 'staff.work',
    input: z.strictObject({ person: id }),
    run: ({ room }, { person }, { who }) => room.handling.back(person, who),
  }),
  'handling.counts': method({
    right: 'anybody',
    input: z.strictObject({ from: z.iso.date() }),
    run: ({ room }, { from }) => room.handling.counts(from),
  }),
};
