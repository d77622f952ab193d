import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { ApiError, get, post } from '../../api';
import {
  faultsOf,
  type ConfigurationNow,
  type Fault,
  type Json,
  type Taken,
  type Values,
} from '../../settings-api';
import { useMay } from '../../session';

export const useConfiguration = () =>
  useQuery({
    queryKey: ['configuration'],
    queryFn: () => get<ConfigurationNow>('/configuration'),
  });

/** What is changed on a page and not saved yet, over what the file says. */
export interface Draft {
  /** What the page shows of a setting; undefined where the file leaves it out. */
  value(path: string): Json | undefined;
  text(path: string): string;
  list(path: string): readonly Json[];
  /** Undefined takes the setting out. */
  set(path: string, value: Json | undefined): void;
  /** What is wrong at a path or below it. */
  fault(path: string): string | undefined;
  readonly faults: readonly Fault[];
  readonly dirty: boolean;
  readonly may: boolean;
  readonly saving: Saving;
}

export interface Saving {
  readonly save: (why: string, restart?: boolean) => void;
  readonly discard: () => void;
  readonly pending: boolean;
  readonly refused: ApiError | undefined;
  /** Paths that need a restart, when that has to be agreed to. */
  readonly restarts: readonly string[] | undefined;
  readonly forget: () => void;
  readonly taken: Taken | undefined;
}

const Shared = createContext<Draft | undefined>(undefined);

/** The draft of the page that this is a part of. */
export function useDraft(): Draft {
  const draft = useContext(Shared);
  if (draft === undefined) throw new Error('there is no draft here');
  return draft;
}

export const DraftOf = ({ draft, children }: { draft: Draft; children: ReactNode }): ReactNode => (
  <Shared.Provider value={draft}>{children}</Shared.Provider>
);

const at = (root: Json | undefined, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((node, key) => {
    if (typeof node !== 'object' || node === null) return undefined;
    return (node as Values)[key];
  }, root);

/** A record without one of its keys. */
export const without = <V,>(
  record: Readonly<Record<string, V>>,
  key: string,
): Readonly<Record<string, V>> =>
  Object.fromEntries(Object.entries(record).filter(([one]) => one !== key));

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A draft of one section of the configuration. */
export function useSection(name: string, right: string, now: ConfigurationNow): Draft {
  const [changes, setChanges] = useState<Readonly<Record<string, Json | undefined>>>({});
  const saving = useSaving(`/configuration/sections/${name}`, now, () => ({ values: sent }));
  const sent = Object.fromEntries(
    Object.entries(changes).map(([path, value]) => [path, value ?? null]),
  );
  const value = (path: string): Json | undefined =>
    path in changes ? changes[path] : at(now.values, path);
  const faults = faultsOf(saving.refused);
  return {
    value,
    text: (path) => {
      const found = value(path);
      return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
    },
    list: (path) => {
      const found = value(path);
      return Array.isArray(found) ? (found as readonly Json[]) : [];
    },
    set: (path, fresh) =>
      setChanges((before) => {
        const rest = without(before, path);
        return same(fresh, at(now.values, path)) ? rest : { ...rest, [path]: fresh };
      }),
    fault: (path) =>
      faults.find((one) => one.path === path || one.path.startsWith(`${path}.`))?.message,
    faults,
    dirty: Object.keys(changes).length > 0,
    may: useMay(right),
    saving: {
      ...saving,
      discard: () => {
        setChanges({});
        saving.forget();
      },
      save: (why, restart) => saving.save(why, restart, () => setChanges({})),
    },
  };
}

/** Saves what `body` gives, made of what the file said when the page was opened. */
export function useSaving(place: string, now: ConfigurationNow, body: () => object) {
  const client = useQueryClient();
  const send = useMutation({
    meta: { shown: true },
    mutationFn: ({ why, restart }: { why: string; restart: boolean; done: () => void }) =>
      post<Taken>(place, {
        ...body(),
        base: now.hash,
        restart,
        ...(why.trim() === '' ? {} : { why: why.trim() }),
      }),
    onSuccess: async (_taken, { done }) => {
      await client.invalidateQueries({ queryKey: ['configuration'] });
      for (const key of ['versions', 'prompts', 'staff', 'rules', 'intents']) {
        void client.invalidateQueries({ queryKey: [key] });
      }
      done();
    },
  });
  const refused = send.error instanceof ApiError ? send.error : undefined;
  const restarts = refused?.code === 'CONFIG_NEEDS_RESTART';
  return {
    save: (why: string, restart = false, done: () => void = () => undefined) =>
      send.mutate({ why, restart, done }),
    pending: send.isPending,
    refused: restarts ? undefined : refused,
    restarts: restarts ? faultsOf(refused).map(({ path }) => path) : undefined,
    forget: () => send.reset(),
    taken: send.data,
  };
}
