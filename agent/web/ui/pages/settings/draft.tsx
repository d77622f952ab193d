import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react';
import { ApiError, get, post, type Right } from '../../api';
import {
  faultsOf,
  type ConfigurationNow,
  type Fault,
  type Json,
  type Taken,
  type Values,
} from '../../settings-api';
import { useMay } from '../../session';
import { at, putAt, rest } from './tree';

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
  /** Makes a setting of what the page shows of it now. */
  change(path: string, make: Make): void;
  /** What is wrong at a path or below it. */
  fault(path: string): string | undefined;
  readonly faults: readonly Fault[];
  readonly dirty: boolean;
  readonly may: boolean;
  readonly saving: Saving;
}

type Make = (now: Json | undefined) => Json | undefined;

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

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

type Changes = Readonly<Record<string, Json | undefined>>;

/** What is read of settings, given where they are found. */
const readers = (value: Draft['value']): Pick<Draft, 'value' | 'text' | 'list'> => ({
  value,
  text: (path) => {
    const found = value(path);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
  },
  list: (path) => {
    const found = value(path);
    return Array.isArray(found) ? (found as readonly Json[]) : [];
  },
});

const writers = (change: Draft['change']): Pick<Draft, 'set' | 'change'> => ({
  change,
  set: (path, value) => change(path, () => value),
});

const withChanges = (changes: Changes, saved: Values): Json =>
  Object.entries(changes).reduce<Json>((tree, [path, value]) => putAt(tree, path, value), saved);

/** One change more: it goes into the change of what it is a part of, and in place of those of its own parts. */
function changed(before: Changes, path: string, fresh: Json | undefined, saved: Values): Changes {
  const over = Object.keys(before).find((one) => rest(one, path) !== undefined);
  if (over !== undefined) {
    const whole = putAt(before[over], rest(over, path) ?? '', fresh);
    return { ...before, [over]: whole };
  }
  const others = Object.fromEntries(
    Object.entries(before).filter(([one]) => one !== path && rest(path, one) === undefined),
  );
  return same(fresh, at(saved, path)) ? others : { ...others, [path]: fresh };
}

/** The draft of one item of a list, for fields that know nothing of the list. */
export function Within({
  path,
  item,
  children,
}: {
  path: string;
  /** Its place in the list. */
  item: number;
  children: ReactNode;
}): ReactNode {
  return (
    <Part
      path={path}
      name={String(item)}
      // The list is sent whole: a place in it means something else once somebody changed it.
      put={(list, make) =>
        ((list ?? []) as readonly Json[]).map((one, index) => (index === item ? make(one) : one))
      }
    >
      {children}
    </Part>
  );
}

/** The draft of one entry of a record, whatever its name holds. */
export function WithinKey({
  path,
  name,
  children,
}: {
  path: string;
  name: string;
  children: ReactNode;
}): ReactNode {
  const put: Put = (all, make) => {
    const record = (all ?? {}) as Values;
    return { ...record, [name]: make(record[name]) };
  };
  return <Part {...{ path, name, put }}>{children}</Part>;
}

type Put = (whole: Json | undefined, make: (one: Json | undefined) => Json) => Json;

function Part({
  path,
  name,
  put,
  children,
}: {
  path: string;
  name: string;
  put: Put;
  children: ReactNode;
}): ReactNode {
  const draft = useDraft();
  const here = (draft.value(path) ?? {}) as Values;
  const own: Draft = {
    ...draft,
    ...readers((below) => at(here[name], below)),
    ...writers((below, make) =>
      draft.change(path, (whole) => put(whole, (one) => putAt(one, below, make(at(one, below))))),
    ),
    fault: (below) => draft.fault(`${path}.${name}.${below}`),
  };
  return <DraftOf draft={own}>{children}</DraftOf>;
}

/** A draft of one section of the configuration. */
export function useSection(name: string, right: Right, now: ConfigurationNow): Draft {
  const [changes, setChanges] = useState<Changes>({});
  const saving = useSaving(`/configuration/sections/${name}`, now, () => ({ values: sent }));
  const sent = Object.fromEntries(
    Object.entries(changes).map(([path, value]) => [path, value ?? null]),
  );
  const whole = useMemo(() => withChanges(changes, now.values), [changes, now.values]);
  const faults = faultsOf(saving.refused);
  return {
    ...readers((path) => at(whole, path)),
    ...writers((path, make) =>
      setChanges((before) => {
        const shown = at(withChanges(before, now.values), path);
        return changed(before, path, make(shown), now.values);
      }),
    ),
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
