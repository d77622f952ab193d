import { z } from 'zod';
import { auditMethods } from './audit.js';
import { callMethods } from './calls.js';
import { configurationMethods } from './configuration.js';
import { loginMethods, machineMethods } from './machine.js';
import { handlingMethods, messageMethods } from './messages.js';
import type { Download, Method, Opened, Upload } from './method.js';
import { requestMethods, rightsMethods } from './privacy.js';

/**
 * Everything that commands and the control API may ask of the rooms: by name, with the right that it
 * needs, the shape of what is asked, and what is done. The dashboard's routes have rights of their own.
 */
export const METHODS = {
  ...callMethods,
  ...messageMethods,
  ...handlingMethods,
  ...machineMethods,
  ...loginMethods,
  ...auditMethods,
  ...requestMethods,
  ...rightsMethods,
  ...configurationMethods,
};

type Table = typeof METHODS;
type Names<Kind> = { [Name in keyof Table]: Table[Name] extends Kind ? Name : never }[keyof Table];

/* eslint-disable @typescript-eslint/no-explicit-any -- only the kind of a method is asked for here */
export type AskName = Names<Method<any, any>>;
export type FetchName = Names<Download<any, any>>;
export type GiveName = Names<Upload<any, any>>;
export type AnyMethod = Method<any, any> | Download<any, any> | Upload<any, any>;
/* eslint-enable @typescript-eslint/no-explicit-any */

export type Name = AskName | FetchName | GiveName;
export type InputOf<One extends Name> = z.input<Table[One]['input']>;
export type OutputOf<One extends Name> = Table[One] extends {
  run: (...given: never) => Promise<infer O>;
}
  ? O
  : Table[One] extends { open: (...given: never) => Promise<Opened<infer O>> }
    ? O
    : Table[One] extends { take: (...given: never) => Promise<infer O> }
      ? O
      : never;

export const isName = (name: string): name is Name => Object.hasOwn(METHODS, name);
