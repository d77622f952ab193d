import { z } from 'zod';
import { method } from './method.js';
import { nothing, word } from './shapes.js';

const named = z.strictObject({ name: word });

/** What `keys` did to the root key; the words themselves never come here. */
const keyChanges = ['keys.recovery', 'keys.passphrase', 'keys.recover', 'keys.rotate'] as const;
export type KeyChange = (typeof keyChanges)[number];

const password = z.string().min(1).max(1024);

/** Logins of the command line. */
export const loginMethods = {
  'login.begin': method({
    right: 'anybody',
    here: true,
    input: z.strictObject({
      ...{ name: word, password, code: z.string().max(12).optional() },
      hours: z.number().min(0.1).max(24),
    }),
    run: ({ logins }, { name, password: told, code, hours }, { who }) =>
      logins.begin(who, { name, password: told, code, hours }),
  }),
  'login.end': method({
    right: 'anybody',
    here: true,
    input: z.strictObject({ token: word }),
    run: ({ logins }, { token }) => logins.end(token),
  }),
};

/** What whoever keeps the machine does: accounts, backups, notes of changed keys. */
export const machineMethods = {
  'accounts.list': method({
    right: 'accounts.manage',
    input: nothing,
    run: ({ room }, _, { who }) => room.accounts.list(who),
  }),
  'accounts.add': method({
    right: 'accounts.manage',
    input: z.strictObject({ name: word, role: word }),
    run: ({ room }, { name, role }, { who }) => room.accounts.add(name, role, who),
  }),
  // Where nobody can log in yet there is nobody to ask.
  'accounts.first': method({
    right: 'anybody',
    here: true,
    input: named,
    async run({ room }, { name }, { who }) {
      if ((await room.accounts.names()).length > 0) return undefined;
      return (await room.accounts.add(name, 'owner', who)).password;
    },
  }),
  'accounts.reset': method({
    right: 'accounts.manage',
    input: named,
    run: ({ room }, { name }, { who }) => room.accounts.reset(name, who),
  }),
  'accounts.role': method({
    right: 'accounts.manage',
    input: z.strictObject({ name: word, role: word }),
    run: ({ room }, { name, role }, { who }) => room.accounts.setRole(name, role, who),
  }),
  'accounts.remove': method({
    right: 'accounts.manage',
    input: named,
    run: ({ room }, { name }, { who }) => room.accounts.remove(name, who),
  }),
  // Backups are made by timers, and what is in them is sealed twice.
  'backup.run': method({
    right: 'accounts.manage',
    login: false,
    input: nothing,
    run: ({ backup }, _, { who }) => backup(who).run({}),
  }),
  // Where files are written, and for whom, is for somebody of this machine to say.
  'backup.run-to': method({
    right: 'accounts.manage',
    ...{ here: true, login: false },
    input: z.strictObject({ folder: word.optional(), recipient: word.optional() }),
    run: ({ backup }, { folder, recipient }, { who }) =>
      backup(who).run({
        ...(folder === undefined ? {} : { folder }),
        ...(recipient === undefined ? {} : { recipient }),
      }),
  }),
  // Before recovery words or a passphrase are made, which open everything.
  'keys.admit': method({
    right: 'accounts.manage',
    here: true,
    input: nothing,
    run: ({ records }, _, { who }) => records.reading.audit.add(who, 'keys.admit', undefined),
  }),
  'keys.note': method({
    right: 'anybody',
    here: true,
    input: z.strictObject({ what: z.enum(keyChanges) }),
    run: ({ records }, { what }, { who }) => records.reading.audit.add(who, what, undefined),
  }),
};
