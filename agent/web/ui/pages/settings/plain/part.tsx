import {
  Button,
  Card,
  Group,
  SimpleGrid,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Values } from '../../../settings-api';
import { useDraft, Within, WithinKey } from '../draft';
import { idOf, shown, useItems } from '../fields';
import { AddButton, RemoveButton } from '../list-buttons';
import { without } from '../tree';
import { Field, worded } from './field';
import type { PlainPart } from './parts';

/** A card of fields: always there, there or not, or one for each item of a list or record. */
export function Part({ part }: { part: PlainPart }): ReactNode {
  const { t } = useTranslation();
  const Inside = { fields: Fields, optional: Optional, list: List, record: Keyed }[part.kind];
  const hint = worded(t, `settings.parts.${part.name}Hint`);
  return (
    <Card withBorder component="section" aria-labelledby={`part-${part.name}`}>
      <Stack>
        <div>
          <Title id={`part-${part.name}`} order={3} size="h5">
            {worded(t, `settings.parts.${part.name}`)}
          </Title>
          {hint === undefined ? undefined : (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
        </div>
        <Inside part={part} />
      </Stack>
    </Card>
  );
}

type Inner = (props: { part: PlainPart }) => ReactNode;

const FLAT = new Set(['switch', 'week']);

/** Values in columns, then what is switched, then what needs the whole width. */
const Fields: Inner = ({ part: { fields, path, wide = false } }) => (
  <>
    <SimpleGrid cols={wide ? 1 : { base: 1, xs: 2, md: 3 }} className="plain-fields">
      {fields
        .filter(({ kind }) => !FLAT.has(kind))
        .map((field) => (
          <Field key={field.path} field={field} within={path} others={fields} />
        ))}
    </SimpleGrid>
    {['switch', 'week'].flatMap((flat) =>
      fields
        .filter(({ kind }) => kind === flat)
        .map((field) => <Field key={field.path} field={field} within={path} others={fields} />),
    )}
  </>
);

const Optional: Inner = ({ part }) => {
  const { t } = useTranslation();
  const draft = useDraft();
  const { path = '', blank = {}, name } = part;
  const on = draft.value(path) !== undefined;
  // Its fields know their own names only.
  const fields = part.fields.map((field) => ({ ...field, path: `${path}.${field.path}` }));
  return (
    <>
      <Switch
        label={worded(t, `settings.parts.${name}On`)}
        checked={on}
        disabled={!draft.may}
        onChange={({ currentTarget }) => draft.set(path, currentTarget.checked ? blank : undefined)}
      />
      {on ? <Fields part={{ name, kind: 'fields', fields }} /> : undefined}
    </>
  );
};

const List: Inner = ({ part }) => {
  const { t } = useTranslation();
  const { path = '', blank = {}, title = 'id', name, usual = [] } = part;
  const draft = useDraft();
  const { items, add, remove } = useItems(path);
  const bare = draft.value(path) === undefined;
  const begin = (): void => draft.set(path, [...usual]);
  if (bare && usual.length > 0) {
    return (
      <>
        <Text size="sm">{usual.map((one) => Object.values(one)[0]).join(', ')}</Text>
        <AddButton label={t('settings.ownList')} onAdd={begin} />
      </>
    );
  }
  const fresh = { ...blank, ...(blank.id === undefined ? {} : { id: freshId(blank.id, items) }) };
  return (
    <>
      {items.length === 0 ? (
        <Text size="sm">{worded(t, `settings.parts.${name}None`) ?? t('settings.none')}</Text>
      ) : undefined}
      {items.map((item, at) => {
        const Frame = part.fields.length > FEW ? Item : Row;
        return (
          <Frame key={at} name={shown(item[title])} onRemove={() => remove(at)}>
            <Within path={path} item={at}>
              <Fields part={part} />
            </Within>
          </Frame>
        );
      })}
      <AddButton label={t('settings.add')} onAdd={() => add(fresh)} />
    </>
  );
};

const freshId = (base: string | boolean, items: readonly Values[]): string =>
  idOf(
    String(base),
    items.map(({ id }) => shown(id)),
  );

interface Framed {
  readonly name: string;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

/** So many fields need no card of their own. */
const FEW = 2;

const Row = ({ name, onRemove, children }: Framed): ReactNode => (
  <Group align="end" wrap="nowrap" data-testid="item">
    <div className="plain-row">{children}</div>
    <RemoveButton name={name} onRemove={onRemove} />
  </Group>
);

function Item({ name, onRemove, children }: Framed): ReactNode {
  return (
    <Card withBorder padding="sm" data-testid="item">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Text fw={600}>{name}</Text>
          <RemoveButton name={name} onRemove={onRemove} />
        </Group>
        {children}
      </Stack>
    </Card>
  );
}

/** Items that are told apart by a name of their own, which stays what it was. */
const Keyed: Inner = ({ part }) => {
  const { t } = useTranslation();
  const draft = useDraft();
  const { path = '', blank = {}, name } = part;
  const [typed, setTyped] = useState('');
  const all = (draft.value(path) ?? {}) as Values;
  const key = typed.trim();
  return (
    <>
      {Object.keys(all).length === 0 ? (
        <Text size="sm">{worded(t, `settings.parts.${name}None`) ?? t('settings.none')}</Text>
      ) : undefined}
      {Object.keys(all).map((one) => (
        <Item
          key={one}
          name={one}
          onRemove={() =>
            draft.set(path, Object.keys(all).length === 1 ? undefined : without(all, one))
          }
        >
          <WithinKey path={path} name={one}>
            <Fields part={part} />
          </WithinKey>
        </Item>
      ))}
      {draft.may ? (
        <Group align="end">
          <TextInput
            label={worded(t, `settings.parts.${name}Key`)}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <Button
            variant="default"
            disabled={key === '' || key in all}
            onClick={() => {
              draft.set(path, { ...all, [key]: blank });
              setTyped('');
            }}
          >
            {t('settings.add')}
          </Button>
        </Group>
      ) : undefined}
    </>
  );
};
