import { Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft, Within } from './draft';
import { ChoiceField, NumberField, optionsOf, shown, TextField, useItems } from './fields';
import { AddButton, RemoveButton } from './list-buttons';
import type { Whom } from './whom';

const RULES = 'handling.rules';
const RECORDING = 'handling.recording';
const WAYS = ['assistant', 'staff', 'voicemail', 'block'] as const;
const WHENS = ['always', 'open', 'closed'] as const;
const ABOUT = ['caller', 'called', 'extension'] as const;
const WISHES = ['force', 'yes', 'dont-care', 'no', 'never'] as const;

/** A list of the configuration whose items are rows of fields. */
function Rows({
  path,
  title,
  hint,
  add,
  fresh,
  children,
}: {
  path: string;
  title: string;
  hint: string;
  add: string;
  fresh: Readonly<Record<string, string>>;
  children: (at: number) => ReactNode;
}): ReactNode {
  const { items, add: append, remove } = useItems(path);
  return (
    <Card withBorder>
      <Stack>
        <div>
          <Title order={3} size="h5">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        </div>
        {items.map((item, at) => (
          <Card key={at} withBorder padding="sm" data-testid={path}>
            <Group align="start" wrap="nowrap">
              <Within path={path} item={at}>
                <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} flex={1} spacing="sm">
                  {children(at)}
                </SimpleGrid>
              </Within>
              <RemoveButton
                name={shown(item.caller, shown(item.called, String(at + 1)))}
                top={26}
                onRemove={() => remove(at)}
              />
            </Group>
          </Card>
        ))}
        <AddButton label={add} onAdd={() => append(fresh)} />
      </Stack>
    </Card>
  );
}

/** Rules of the configuration, in their order. */
export function Rules({ whom }: { whom: readonly Whom[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <Rows
      path={RULES}
      title={t('settings.callers.rules')}
      hint={t('settings.callers.rulesHint')}
      add={t('settings.callers.addRule')}
      fresh={{ do: 'staff' }}
    >
      {() => <Rule whom={whom} />}
    </Rows>
  );
}

function Rule({ whom }: { whom: readonly Whom[] }): ReactNode {
  const { t } = useTranslation();
  const staff = useDraft().text('do') === 'staff';
  const any = t('settings.callers.anyCaller');
  return (
    <>
      <TextField path="caller" label={t('settings.callers.caller')} empty={any} />
      <TextField path="called" label={t('settings.callers.called')} empty={any} />
      <ChoiceField
        path="when"
        label={t('settings.callers.when')}
        choices={optionsOf(WHENS, (value) => t(`settings.callers.whens.${value}`))}
        usual="always"
      />
      <ChoiceField
        path="do"
        label={t('settings.handling.what')}
        choices={optionsOf(WAYS, (value) => t(`settings.handling.ways.${value}`))}
        usual=""
      />
      {staff ? (
        <>
          <ChoiceField path="target" label={t('settings.callers.target')} choices={whom} />
          <NumberField
            path="seconds"
            label={t('settings.callers.seconds')}
            usual={15}
            min={3}
            max={120}
          />
        </>
      ) : undefined}
    </>
  );
}

/** Whether calls are recorded: by caller, number dialled, or extension. */
export function RecordingWishes(): ReactNode {
  const { t } = useTranslation();
  return (
    <Rows
      path={RECORDING}
      title={t('settings.callers.recording')}
      hint={t('settings.callers.recordingHint')}
      add={t('settings.callers.addRecording')}
      fresh={{ caller: '+', record: 'no' }}
    >
      {() => <Wish />}
    </Rows>
  );
}

function Wish(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const about = ABOUT.find((one) => draft.value(one) !== undefined) ?? 'caller';
  const number = draft.text(about);
  // The field that stands for whom it is about is the only one of the three that is there.
  const whole: typeof draft = {
    ...draft,
    text: (path) => (path === 'about' ? about : draft.text(path)),
    set: (path, value) => {
      if (path !== 'about') draft.set(path, value);
      else for (const one of ABOUT) draft.set(one, one === value ? number : undefined);
    },
  };
  return (
    <>
      <ChoiceField
        path="about"
        draft={whole}
        label={t('settings.callers.about')}
        choices={optionsOf(ABOUT, (value) => t(`settings.callers.abouts.${value}`))}
        usual="caller"
      />
      <TextField path={about} label={t('settings.callers.number')} keep />
      <ChoiceField
        path="record"
        label={t('settings.callers.record')}
        choices={optionsOf(WISHES, (value) => t(`settings.callers.records.${value}`))}
        usual=""
      />
    </>
  );
}
