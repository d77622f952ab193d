import { z } from 'zod';
import type { ChangeBy, ConfigurationDesk, ConfigurationDraft } from '../configuration-desk.js';
import { method } from './method.js';
import { maybe, nothing, serial, word } from './shapes.js';
import type { Rooms } from './rooms.js';

// The file itself is open to whoever keeps the machine, and holds nothing of callers.
const read = { right: 'configuration.read', login: false } as const;
const change = { right: 'configuration.change', login: false } as const;
const text = z.string().max(2_000_000);
const draft = z.union([
  z.strictObject({ text }),
  z.strictObject({ values: z.record(word, z.unknown()) }),
]);
const by = { why: maybe, base: maybe, restart: z.boolean().optional() };

/** The configuration and its versions. */
export const configurationMethods = {
  'configuration.now': method({
    ...{ ...change, input: nothing },
    run: ({ configuration }) => configuration.now(),
  }),
  'configuration.noticed': method({
    ...{ ...change, input: z.strictObject({ why: maybe }) },
    run: ({ configuration }, { why }, { who }) => configuration.noticed(who, why),
  }),
  'configuration.preview': method({
    ...{ ...read, input: z.strictObject({ draft }) },
    run: ({ configuration }, asked) => configuration.preview(asked.draft),
  }),
  'configuration.change': method({
    ...{ ...change, input: z.strictObject({ draft, ...by }) },
    run: ({ configuration }, { draft: wanted, ...how }, { who }) =>
      configuration.change(wanted, { ...how, who }),
  }),
  'configuration.versions': method({
    ...{ ...read, input: z.strictObject({ limit: serial, before: serial.optional() }) },
    run: ({ configuration }, { limit, before }) => configuration.versions(limit, before),
  }),
  'configuration.version': method({
    ...{ ...read, input: z.strictObject({ number: serial }) },
    run: ({ configuration }, { number }) => configuration.version(number),
  }),
  'configuration.diff': method({
    ...{ ...read, input: z.strictObject({ from: serial, to: serial.optional() }) },
    run: ({ configuration }, { from, to }) => configuration.diff(from, to),
  }),
  'configuration.rollback': method({
    ...{ ...change, input: z.strictObject({ number: serial, ...by }) },
    run: ({ configuration }, { number, ...how }, { who }) =>
      configuration.rollback(number, { ...how, who }),
  }),
};

/** The desk as whoever asks through the rooms sees it; who that is, the rooms know. */
export function configurationOf(rooms: Rooms): ConfigurationDesk {
  const how = ({ why, base, restart }: ChangeBy) => ({ why, base, restart });
  return {
    now: () => rooms.ask('configuration.now', {}),
    noticed: (_who, why) => rooms.ask('configuration.noticed', { why }),
    preview: (one: ConfigurationDraft) => rooms.ask('configuration.preview', { draft: asked(one) }),
    change: (one, who) => rooms.ask('configuration.change', { draft: asked(one), ...how(who) }),
    versions: (limit, before) => rooms.ask('configuration.versions', { limit, before }),
    version: (number) => rooms.ask('configuration.version', { number }),
    diff: (from, to) => rooms.ask('configuration.diff', { from, to }),
    rollback: (number, who) => rooms.ask('configuration.rollback', { number, ...how(who) }),
  };
}

const asked = (one: ConfigurationDraft): { text: string } | { values: Record<string, unknown> } =>
  'text' in one ? { text: one.text } : { values: { ...one.values } };
