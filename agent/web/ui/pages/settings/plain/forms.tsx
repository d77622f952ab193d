import {
  ActionIcon,
  Badge,
  Button,
  Card,
  Group,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { intentWord } from '../../../parts/codes';
import type { Json, Values } from '../../../settings-api';
import { useDraft } from '../draft';
import { optionsOf, shown } from '../fields';
import { AddButton, RemoveButton } from '../list-buttons';
import { Section, type SectionProps } from '../section';
import { without } from '../tree';
import {
  ASKABLE,
  DEFAULT_FORMS,
  OWN_KINDS,
  type Askable,
} from '../../../../../dialogue/form-fields';

const FORMS = 'dialogue.forms';
/** Stands in a choice for what is no question of ours. */
const OWN = ' own';

const isAskable = (value: unknown): value is Askable =>
  (ASKABLE as readonly unknown[]).includes(value);

/** An id for a question of one's own that none of `taken` is. */
function ownIdOf(taken: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const id = `question_${String(count)}`;
    if (!taken.includes(id)) return id;
  }
}

/** What is asked for requests that are taken down. */
export default function Forms({ now }: SectionProps): ReactNode {
  return (
    <Section name="forms" right="configuration.change" now={now}>
      <All />
    </Section>
  );
}

function All(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const set = (draft.value(FORMS) ?? {}) as Values;
  const intents = [...new Set([...Object.keys(DEFAULT_FORMS), ...Object.keys(set)])];
  return (
    <>
      <Text size="sm" c="dimmed">
        {t('settings.forms.hint')}
      </Text>
      {intents.map((intent) => (
        <Form key={intent} intent={intent} set={set} />
      ))}
    </>
  );
}

function Form({ intent, set }: { intent: string; set: Values }): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const own = set[intent];
  const usual = DEFAULT_FORMS[intent] ?? [];
  // Names of intents hold dots: the record is written whole.
  const put = (value: Json | undefined): void =>
    draft.change(FORMS, (now) => {
      const rest = without((now ?? {}) as Values, intent);
      const fresh = value === undefined ? rest : { ...rest, [intent]: value };
      return Object.keys(fresh).length === 0 ? undefined : fresh;
    });
  const name = intentWord(t, intent);
  return (
    <Card withBorder data-testid="form" component="section" aria-label={name}>
      <Stack gap="sm">
        <Group justify="space-between" align="start" wrap="nowrap">
          <Group gap="xs" mt={6}>
            <Text fw={600}>{name}</Text>
            <Badge variant="light" color={own === undefined ? 'gray' : 'vestibule'}>
              {t(own === undefined ? 'settings.forms.asUsual' : 'settings.forms.own')}
            </Badge>
          </Group>
          {draft.may ? (
            <Button
              variant="subtle"
              flex="none"
              aria-label={`${t(own === undefined ? 'settings.forms.change' : 'settings.forms.reset')}: ${name}`}
              onClick={() => put(own === undefined ? [...usual] : undefined)}
            >
              {t(own === undefined ? 'settings.forms.change' : 'settings.forms.reset')}
            </Button>
          ) : undefined}
        </Group>
        {own === undefined ? (
          <Text size="sm">{usual.map((one) => t(`settings.forms.fields.${one}`)).join(', ')}</Text>
        ) : (
          <Questions own={own} fault={draft.fault(`${FORMS}.${intent}`)} put={put} />
        )}
      </Stack>
    </Card>
  );
}

function Questions({
  own,
  fault,
  put,
}: {
  own: Json;
  fault: string | undefined;
  put: (value: Json) => void;
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const list = Array.isArray(own) ? (own as readonly Json[]) : [];
  const ids = list.map((one) => (typeof one === 'string' ? one : shown((one as Values).id)));
  const free = ASKABLE.filter((one) => !ids.includes(one));
  return (
    <>
      <Switch
        label={t('settings.forms.person')}
        checked={own === 'person'}
        disabled={!draft.may}
        onChange={({ currentTarget }) => put(currentTarget.checked ? 'person' : [])}
      />
      {own !== 'person' && list.length === 0 ? (
        <Text size="sm">{t('settings.forms.nothing')}</Text>
      ) : undefined}
      {list.map((one, at) => (
        <Question
          key={at}
          {...{ one, at, free }}
          ownId={ownIdOf(ids)}
          put={(fresh) => put(list.map((old, index) => (index === at ? fresh : old)))}
          remove={() => put(list.filter((_, index) => index !== at))}
          up={() =>
            put([...list.slice(0, at - 1), one, ...list.slice(at - 1, at), ...list.slice(at + 1)])
          }
        />
      ))}
      {fault === undefined ? undefined : (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {fault}
        </Text>
      )}
      {own === 'person' ? undefined : (
        <AddButton
          label={t('settings.forms.add')}
          onAdd={() => put([...list, free[0] ?? { id: ownIdOf(ids), ask: '' }])}
        />
      )}
    </>
  );
}

function Question({
  one,
  at,
  free,
  ownId,
  put,
  remove,
  up,
}: {
  one: Json;
  at: number;
  free: readonly Askable[];
  /** For a question of one's own that it becomes. */
  ownId: string;
  put: (fresh: Json) => void;
  remove: () => void;
  up: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { may } = useDraft();
  const own = typeof one === 'string' ? undefined : (one as Values);
  const label = t('settings.forms.question', { number: at + 1 });
  const word = (field: Askable): string => t(`settings.forms.fields.${field}`);
  const known = isAskable(one) ? [one] : [];
  return (
    <Group align="end" gap="xs">
      <Select
        flex="1 1 12rem"
        label={label}
        data={[
          ...[...known, ...free].map((value) => ({ value: value, label: word(value) })),
          { value: OWN, label: t('settings.forms.ownQuestion') },
        ]}
        value={typeof one === 'string' ? one : OWN}
        allowDeselect={false}
        readOnly={!may}
        onChange={(fresh) => {
          if (fresh !== null) put(fresh === OWN ? { id: ownId, ask: '' } : fresh);
        }}
      />
      {own === undefined ? undefined : (
        <>
          <TextInput
            flex="2 1 16rem"
            label={t('settings.forms.spoken')}
            value={shown(own.ask)}
            readOnly={!may}
            onChange={({ currentTarget }) => put({ ...own, ask: currentTarget.value })}
          />
          <Select
            flex="0 1 11rem"
            label={t('settings.forms.kind')}
            data={optionsOf(OWN_KINDS, (value) => t(`settings.forms.kinds.${value}`))}
            value={shown(own.kind, 'text')}
            allowDeselect={false}
            readOnly={!may}
            onChange={(kind) => put({ ...own, kind: kind ?? 'text' })}
          />
        </>
      )}
      {at === 0 || !may ? undefined : (
        <ActionIcon
          size="lg"
          variant="subtle"
          color="gray"
          aria-label={`${t('settings.forms.up')}: ${label}`}
          title={t('settings.forms.up')}
          onClick={up}
        >
          <IconArrowUp size={18} />
        </ActionIcon>
      )}
      <RemoveButton name={label} onRemove={remove} />
    </Group>
  );
}
