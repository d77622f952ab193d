import { shown, type Item } from './fields';
import type { Draft } from './draft';
import { at } from './tree';
import type { ConfigurationNow, Json } from '../../settings-api';

export const PEOPLE = 'dialogue.transferTargets';
export const DEPARTMENTS = 'dialogue.departments';
export const ROTAS = 'dialogue.rotas';

/** Somebody who can be rung, as a choice of a list. */
export interface Whom {
  readonly value: string;
  readonly label: string;
}

/** Where lists of people are read: a draft, or what is saved. */
type Lists = Pick<Draft, 'list'>;

/** The lists as the file has them, for pages that change other things. */
export const savedOf = ({ values }: ConfigurationNow): Lists => ({
  list: (path) => (at(values, path) ?? []) as readonly Json[],
});

/** Everybody in these lists of a draft who has an id. */
export const whomOf = (lists: Lists, paths: readonly string[]): readonly Whom[] =>
  paths.flatMap((path) =>
    (lists.list(path) as readonly Item[])
      .filter(({ id }) => typeof id === 'string' && id !== '')
      .map(({ id, name }) => ({ value: shown(id), label: shown(name, shown(id)) })),
  );

/** Everybody of the office who can be rung: people, departments, rotas. */
export const everybody = (lists: Lists): readonly Whom[] =>
  whomOf(lists, [PEOPLE, DEPARTMENTS, ROTAS]);
