import { MultiSelect, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../../settings-api';
import { DraftOf, useDraft } from '../draft';
import {
  ChoiceField,
  ListField,
  NumberField,
  optionsOf,
  shown,
  SwitchField,
  TextField,
  type Option,
} from '../fields';
import { Week } from '../hours';
import { AddButton } from '../list-buttons';
import type { PlainField } from './parts';

/** A text of the words by a key that is made of a path; undefined where there is none. */
export const worded = (t: TFunction, key: string): string | undefined => {
  const found = t(key as 'settings.save', { defaultValue: '' });
  return found === '' ? undefined : found;
};

/**
 * A field of a table. `within` is the path of the list or record that it belongs to, `others` the fields
 * beside it: what its new value has no place for is taken out.
 */
export function Field({
  field,
  within,
  others = [],
}: {
  field: PlainField;
  within?: string | undefined;
  others?: readonly PlainField[];
}): ReactNode {
  const draft = useDraft();
  const { when, also } = field;
  if (when !== undefined && draft.text(when[0]) !== when[1]) return undefined;
  const bound = others.filter((one) => one.when?.[0] === field.path);
  if (also === undefined && bound.length === 0) return <Bare field={field} within={within} />;
  const both = {
    ...draft,
    set: (path: string, value: Json | undefined) => {
      draft.set(path, value);
      if (also !== undefined) draft.set(also, value);
      for (const one of bound) if (one.when?.[1] !== value) draft.set(one.path, undefined);
    },
    fault: (path: string) =>
      draft.fault(path) ?? (also === undefined ? undefined : draft.fault(also)),
  };
  return (
    <DraftOf draft={both}>
      <Bare field={field} within={within} />
    </DraftOf>
  );
}

function Bare({ field, within }: { field: PlainField; within: string | undefined }): ReactNode {
  const { t } = useTranslation();
  const { path, kind, usual, options = [], min = 0, max = 0, decimals } = field;
  const key = within === undefined ? path : `${within}.${path}`;
  const about = {
    path,
    label: worded(t, `settings.of.${key}`) ?? key,
    hint: worded(t, `settings.hints.${key}`),
  };
  const choices = optionsOf(
    options,
    (value) => worded(t, `settings.values.${key}.${value}`) ?? worded(t, `roles.${value}`) ?? value,
  );
  switch (kind) {
    case 'switch':
      return <SwitchField {...about} usual={usual === true} />;
    case 'number':
      return (
        <NumberField
          {...{ ...about, min, max, decimals }}
          usual={typeof usual === 'number' ? usual : undefined}
        />
      );
    case 'choice':
      return (
        <ChoiceField
          {...{ ...about, choices }}
          usual={typeof usual === 'string' ? usual : undefined}
        />
      );
    case 'list':
      return options.length === 0 ? (
        <Many {...about} usual={Array.isArray(usual) ? usual.map(String) : []} />
      ) : (
        <Several {...{ ...about, choices }} />
      );
    case 'week':
      return <Week path={path} title={about.label} hint={about.hint} />;
    case 'text':
      return <TextField {...about} usual={usual === undefined ? undefined : shown(usual)} />;
  }
}

/** More than these are only counted while they are as usual. */
const SHOWN = 20;

/** A list of texts, as usual or of one's own. */
function Many(props: {
  path: string;
  label: string;
  hint: string | undefined;
  usual: readonly string[];
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const { path, label, usual } = props;
  if (usual.length <= SHOWN || draft.value(path) !== undefined) return <ListField {...props} />;
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}
      </Text>
      <Text size="sm" mb={4}>
        {t('settings.usualMany', { count: usual.length })}
      </Text>
      <AddButton label={t('settings.ownList')} onAdd={() => draft.set(path, usual)} />
    </div>
  );
}

/** Some of a few. */
function Several({
  path,
  label,
  hint,
  choices,
}: {
  path: string;
  label: string;
  hint: string | undefined;
  choices: readonly Option[];
}): ReactNode {
  const draft = useDraft();
  return (
    <MultiSelect
      {...{ label, description: hint, data: choices }}
      value={draft.list(path).map(String)}
      error={draft.fault(path)}
      readOnly={!draft.may}
      onChange={(list) => draft.set(path, list.length === 0 ? undefined : list)}
    />
  );
}
