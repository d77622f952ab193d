import { NumberInput, Select, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json, Values } from '../../settings-api';
import { useDraft, type Draft } from './draft';

interface FieldProps {
  readonly path: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** One setting, tied to the draft of its page: what it says, what is wrong with it. */
export function TextField({
  path,
  label,
  hint,
  lines,
  usual,
  empty,
  keep = false,
}: FieldProps & {
  lines?: number;
  usual?: string | undefined;
  /** What is read where nothing is written. */
  empty?: string;
  /** Emptied it stays, and is not taken out. */
  keep?: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const shared = {
    label,
    description: hint,
    placeholder: usual === undefined ? empty : t('settings.usual', { value: usual }),
    value: draft.text(path),
    error: draft.fault(path),
    readOnly: !draft.may,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      draft.set(path, currentTarget.value === '' && !keep ? undefined : currentTarget.value),
  };
  return lines === undefined ? (
    <TextInput {...shared} />
  ) : (
    <Textarea {...shared} autosize minRows={lines} />
  );
}

export function NumberField({
  path,
  label,
  hint,
  usual,
  min,
  max,
  decimals = 0,
}: FieldProps & {
  usual?: number | undefined;
  min: number;
  max: number;
  /** Digits after the point. */
  decimals?: number | undefined;
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const value = draft.value(path);
  return (
    <NumberInput
      {...{ label, min, max }}
      description={hint}
      value={typeof value === 'number' ? value : ''}
      placeholder={usual === undefined ? undefined : t('settings.usual', { value: usual })}
      error={draft.fault(path)}
      readOnly={!draft.may}
      // A lone sign is no number, and would take the setting out.
      allowNegative={min < 0}
      allowDecimal={decimals > 0}
      {...(decimals > 0 ? { decimalScale: decimals, step: 0.01 } : {})}
      onChange={(fresh) => draft.set(path, fresh === '' ? undefined : Number(fresh))}
    />
  );
}

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
}

/** Choices by their values, each with its word. */
export const optionsOf = <const Value extends string>(
  values: readonly Value[],
  word: (value: Value) => string,
): readonly Option<Value>[] => values.map((value) => ({ value, label: word(value) }));

export function ChoiceField({
  path,
  label,
  hint,
  choices,
  usual,
  none,
  draft: given,
}: FieldProps & {
  choices: readonly Option[];
  /** In place of the draft of its page. */
  draft?: Draft;
  /** What is read where nothing is chosen. */
  none?: string;
  /** What holds when the file says nothing; without it the setting may be taken out. */
  usual?: string | undefined;
}): ReactNode {
  const shared = useDraft();
  const draft = given ?? shared;
  return (
    <Select
      {...{ label }}
      description={hint}
      placeholder={none}
      data={choices}
      value={draft.text(path) === '' ? (usual ?? null) : draft.text(path)}
      error={draft.fault(path)}
      readOnly={!draft.may}
      allowDeselect={false}
      clearable={usual === undefined}
      onChange={(fresh) => draft.set(path, fresh ?? undefined)}
    />
  );
}

export function ListField({
  path,
  label,
  hint,
  usual = [],
}: FieldProps & {
  /** What holds when the file says nothing. */
  usual?: readonly string[];
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  return (
    <TagsInput
      {...{ label }}
      description={hint}
      placeholder={draft.may ? t('settings.enterAdds') : undefined}
      value={draft.value(path) === undefined ? [...usual] : draft.list(path).map(String)}
      error={draft.fault(path)}
      readOnly={!draft.may}
      acceptValueOnBlur
      onChange={(fresh) =>
        // Where something is usual, nothing has to be said.
        draft.set(path, fresh.length === 0 && usual.length === 0 ? undefined : fresh)
      }
    />
  );
}

export function SwitchField({
  path,
  label,
  hint,
  usual,
}: FieldProps & { usual: boolean }): ReactNode {
  const draft = useDraft();
  const value = draft.value(path);
  return (
    <Switch
      label={label}
      description={hint}
      error={draft.fault(path)}
      checked={typeof value === 'boolean' ? value : usual}
      disabled={!draft.may}
      onChange={({ currentTarget }) => draft.set(path, currentTarget.checked)}
    />
  );
}

/** A list's items as records, and how one of them is changed. */
export function useItems(path: string): {
  readonly items: readonly Item[];
  readonly put: (at: number, change: Change) => void;
  readonly add: (item: Change) => void;
  readonly remove: (at: number) => void;
} {
  const draft = useDraft();
  const items = draft.list(path) as readonly Item[];
  const change = (make: (items: readonly Item[]) => readonly Item[]): void =>
    draft.change(path, (now) => make((now ?? []) as readonly Item[]));
  return {
    items,
    put: (at, more) =>
      change((now) => now.map((one, index) => (index === at ? clean({ ...one, ...more }) : one))),
    add: (item) => change((now) => [...now, clean(item)]),
    remove: (at) => change((now) => now.filter((_, index) => index !== at)),
  };
}

export type Item = Values;
type Change = Readonly<Record<string, Json | undefined>>;

/** A setting as a text field shows it. */
export const shown = (value: Json | undefined, usual = ''): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : usual;

/** Without what is left out. */
const clean = (item: Change): Item =>
  Object.fromEntries(
    Object.entries(item).filter(([, value]) => value !== undefined && value !== ''),
  ) as Item;

/** A short name out of a long one: letters, digits and hyphens that no other has. */
export function idOf(name: string, taken: readonly string[]): string {
  const base =
    name
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[^a-z0-9]+/gu, '-')
      .replace(/^-|-$/gu, '')
      .slice(0, 30) || 'new';
  if (!taken.includes(base)) return base;
  for (let count = 2; ; count += 1) {
    const id = `${base}-${String(count)}`;
    if (!taken.includes(id)) return id;
  }
}
