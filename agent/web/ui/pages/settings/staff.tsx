import {
  Button,
  Card,
  Group,
  MultiSelect,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  TextInput,
  Title,
} from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json, Values } from '../../settings-api';
import { WEEKDAYS } from './days';
import { RemoveButton } from './list-buttons';
import { useDraft } from './draft';
import { ChoiceField, idOf, shown, useItems, type Item } from './fields';
import { Section, type SectionProps } from './section';
import { without } from './tree';
import { DEPARTMENTS, everybody, PEOPLE, ROTAS, whomOf } from './whom';

/** Who can be reached, under which names, and who stands in. */
export default function Staff({ now }: SectionProps): ReactNode {
  return (
    <Section name="staff" right="configuration.change" now={now}>
      <Directory />
    </Section>
  );
}

/** Everybody who can be reached, and who is rung for callers that name nobody. */
export const Directory = (): ReactNode => (
  <>
    <People />
    <Departments />
    <Rotas />
    <Defaults />
  </>
);

function Defaults(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const whom = everybody(draft);
  return (
    <Card withBorder>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <ChoiceField
          path="dialogue.defaultTarget"
          label={t('settings.staff.defaultTarget')}
          choices={whom}
          usual=""
        />
        <ChoiceField
          path="dialogue.emergencyTarget"
          label={t('settings.staff.emergencyTarget')}
          choices={whom}
        />
      </SimpleGrid>
    </Card>
  );
}

const listOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.map(String) : [];
const kept = (list: readonly string[]): readonly string[] | undefined =>
  list.length === 0 ? undefined : list;

function Row({
  path,
  at,
  item,
  children,
  onRemove,
}: {
  path: string;
  at: number;
  item: Item;
  children: ReactNode;
  onRemove: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const { put } = useItems(path);
  return (
    <Card withBorder padding="sm" data-testid="member">
      <Group wrap="nowrap" align="start">
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} flex={1} spacing="sm" verticalSpacing="xs">
          <TextInput
            label={t('settings.staff.name')}
            value={shown(item.name)}
            error={
              draft.fault(`${path}.${String(at)}.name`) ?? draft.fault(`${path}.${String(at)}.id`)
            }
            readOnly={!draft.may}
            onChange={({ currentTarget }) => put(at, { name: currentTarget.value })}
          />
          {children}
        </SimpleGrid>
        <RemoveButton name={shown(item.name)} top={26} onRemove={onRemove} />
      </Group>
    </Card>
  );
}

function Members({
  title,
  path,
  addWord,
  fresh,
  children,
}: {
  title: string;
  path: string;
  addWord: string;
  fresh: () => Item;
  children: (item: Item, at: number) => ReactNode;
}): ReactNode {
  const draft = useDraft();
  const { items, add } = useItems(path);
  return (
    <Stack gap="xs">
      <Group justify="space-between">
        <Title order={3} size="h5">
          {title}
        </Title>
        {draft.may ? (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => add(fresh())}
          >
            {addWord}
          </Button>
        ) : undefined}
      </Group>
      {items.map((item, at) => children(item, at))}
    </Stack>
  );
}

function useFresh(path: string, word: string): () => Item {
  const { items } = useItems(path);
  return () => ({
    id: idOf(
      word,
      items.map(({ id }) => shown(id)),
    ),
  });
}

function Names({
  path,
  at,
  item,
  field,
  label,
}: {
  path: string;
  at: number;
  item: Item;
  field: string;
  label: string;
}): ReactNode {
  const draft = useDraft();
  const { put } = useItems(path);
  return (
    <TagsInput
      {...(field === 'aliases' ? { className: 'wide' } : {})}
      label={label}
      value={listOf(item[field])}
      readOnly={!draft.may}
      acceptValueOnBlur
      onChange={(list) => put(at, { [field]: kept(list) })}
    />
  );
}

function Whom({
  path,
  at,
  item,
  field,
  label,
  choices,
}: {
  path: string;
  at: number;
  item: Item;
  field: string;
  label: string;
  choices: readonly { value: string; label: string }[];
}): ReactNode {
  const draft = useDraft();
  const { put } = useItems(path);
  return (
    <Select
      label={label}
      data={choices.filter(({ value }) => value !== item.id)}
      value={typeof item[field] === 'string' ? item[field] : null}
      error={draft.fault(`${path}.${String(at)}.${field}`)}
      readOnly={!draft.may}
      clearable
      onChange={(value) => put(at, { [field]: value ?? undefined })}
    />
  );
}

function People(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const { put, remove } = useItems(PEOPLE);
  const whom = everybody(draft);
  const fresh = useFresh(PEOPLE, 'person');
  return (
    <Members
      title={t('settings.staff.people')}
      path={PEOPLE}
      addWord={t('settings.staff.addPerson')}
      fresh={fresh}
    >
      {(item, at) => (
        <Row key={at} {...{ path: PEOPLE, at, item }} onRemove={() => remove(at)}>
          <TextInput
            label={t('settings.staff.extension')}
            value={shown(item.extension)}
            error={draft.fault(`${PEOPLE}.${String(at)}.extension`)}
            readOnly={!draft.may}
            onChange={({ currentTarget }) => put(at, { extension: currentTarget.value })}
          />
          <Whom
            {...{ path: PEOPLE, at, item }}
            field="fallback"
            label={t('settings.staff.fallback')}
            choices={whom}
          />
          <Names
            {...{ path: PEOPLE, at, item }}
            field="aliases"
            label={t('settings.staff.aliases')}
          />
          <Names {...{ path: PEOPLE, at, item }} field="roles" label={t('settings.staff.roles')} />
        </Row>
      )}
    </Members>
  );
}

function Departments(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const { put, remove } = useItems(DEPARTMENTS);
  const people = whomOf(draft, [PEOPLE]);
  const whom = everybody(draft);
  const fresh = useFresh(DEPARTMENTS, 'department');
  return (
    <Members
      title={t('settings.staff.departments')}
      path={DEPARTMENTS}
      addWord={t('settings.staff.addDepartment')}
      fresh={fresh}
    >
      {(item, at) => (
        <Row key={at} {...{ path: DEPARTMENTS, at, item }} onRemove={() => remove(at)}>
          <MultiSelect
            label={t('settings.staff.members')}
            data={people}
            value={listOf(item.members)}
            error={draft.fault(`${DEPARTMENTS}.${String(at)}.members`)}
            readOnly={!draft.may}
            onChange={(members) => put(at, { members })}
          />
          <Whom
            {...{ path: DEPARTMENTS, at, item }}
            field="fallback"
            label={t('settings.staff.fallback')}
            choices={whom}
          />
          <Names
            {...{ path: DEPARTMENTS, at, item }}
            field="aliases"
            label={t('settings.staff.aliases')}
          />
        </Row>
      )}
    </Members>
  );
}

function Rotas(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const { put, remove } = useItems(ROTAS);
  const people = whomOf(draft, [PEOPLE]);
  const whom = everybody(draft);
  const fresh = useFresh(ROTAS, 'on-call');
  return (
    <Members
      title={t('settings.staff.rotas')}
      path={ROTAS}
      addWord={t('settings.staff.addRota')}
      fresh={fresh}
    >
      {(item, at) => {
        const weekly = (item.weekly ?? {}) as Values;
        return (
          <Row key={at} {...{ path: ROTAS, at, item }} onRemove={() => remove(at)}>
            <TextInput
              type="time"
              label={t('settings.staff.changesAt')}
              value={shown(item.changesAt, '08:00')}
              readOnly={!draft.may}
              onChange={({ currentTarget }) => put(at, { changesAt: currentTarget.value })}
            />
            <Whom
              {...{ path: ROTAS, at, item }}
              field="fallback"
              label={t('settings.staff.fallback')}
              choices={whom}
            />
            {WEEKDAYS.map((day) => (
              <Select
                key={day}
                label={t(`settings.hours.days.${day}`)}
                data={people}
                value={typeof weekly[day] === 'string' ? weekly[day] : null}
                error={draft.fault(`${ROTAS}.${String(at)}.weekly.${day}`)}
                readOnly={!draft.may}
                clearable
                onChange={(who) => {
                  const rest = without(weekly, day);
                  put(at, {
                    weekly: who === null ? rest : { ...rest, [day]: who },
                  });
                }}
              />
            ))}
          </Row>
        );
      }}
    </Members>
  );
}
