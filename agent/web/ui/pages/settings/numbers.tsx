import { Accordion, Button, Card, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Json } from '../../settings-api';
import { Calendar } from './calendar';
import { useDraft, Within } from './draft';
import { Entries } from './faq';
import {
  ChoiceField,
  idOf,
  ListField,
  optionsOf,
  shown,
  TextField,
  useItems,
  type Item,
} from './fields';
import { Week } from './hours';
import { RemoveButton } from './list-buttons';
import { Details, Prices } from './office';
import { OwnPart } from './own-part';
import { Section, type SectionProps } from './section';
import { Directory } from './staff';
import { at } from './tree';
import { DEPARTMENTS, everybody, PEOPLE, ROTAS } from './whom';

const NUMBERS = 'numbers';
/** Kinds of offices whose callers' wishes are known: models/intents. */
const PROFILES = ['clinic', 'dentist', 'law', 'trade', 'restaurant'] as const;
const OFFICE = { 'understanding.office': {} };
const HOURS = { 'understanding.hours': {}, 'understanding.holidays': undefined };
const FAQ = { 'understanding.faq': [] };
const STAFF = {
  ...{ [PEOPLE]: [], [DEPARTMENTS]: undefined, [ROTAS]: undefined },
  ...{ 'dialogue.defaultTarget': undefined, 'dialogue.emergencyTarget': undefined },
};

/** Numbers that are answered as somebody else than the office. */
export default function Numbers({ now }: SectionProps): ReactNode {
  return (
    <Section name="numbers" right="configuration.change" now={now}>
      <List office={(path) => at(now.values, path)} />
    </Section>
  );
}

type Office = (path: string) => Json | undefined;

function List({ office }: { office: Office }): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const { items, add, remove } = useItems(NUMBERS);
  const [open, setOpen] = useState<string[]>([]);
  const faulty = items.flatMap((_, index) =>
    draft.fault(`${NUMBERS}.${String(index)}`) === undefined ? [] : [String(index)],
  );
  const fresh = (): void => {
    const id = idOf(
      'number',
      items.map((one) => shown(one.id)),
    );
    setOpen([...open, String(items.length)]);
    add({ id, called: [] });
  };
  return (
    <Stack>
      <Group justify="space-between" align="start">
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          {t('settings.numbers.hint')}
        </Text>
        {draft.may ? (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={fresh}
          >
            {t('settings.numbers.add')}
          </Button>
        ) : undefined}
      </Group>
      {items.length === 0 ? <Text c="dimmed">{t('settings.numbers.empty')}</Text> : undefined}
      <Accordion
        multiple
        variant="separated"
        order={3}
        value={[...new Set([...open, ...faulty])]}
        onChange={setOpen}
      >
        {items.map((item, index) => (
          <Accordion.Item key={index} value={String(index)} data-testid="number">
            <Accordion.Control>
              <Heading item={item} />
            </Accordion.Control>
            <Accordion.Panel>
              <Within path={NUMBERS} item={index}>
                <One office={office} />
              </Within>
              <Group justify="end" mt="sm">
                <RemoveButton
                  name={shown(item.id)}
                  onRemove={() => {
                    setOpen([]);
                    remove(index);
                  }}
                />
              </Group>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Stack>
  );
}

function Heading({ item }: { item: Item }): ReactNode {
  const name = at(item, 'understanding.office.name');
  const called = Array.isArray(item.called) ? item.called.map(String).join(', ') : '';
  return (
    <div>
      <Text fw={600}>{shown(name, shown(item.id))}</Text>
      <Text size="sm" c="dimmed">
        {called}
      </Text>
    </div>
  );
}

function One({ office }: { office: Office }): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const own = draft.value(PEOPLE) !== undefined;
  const whom = everybody(own ? draft : { list: (path) => (office(path) ?? []) as readonly Json[] });
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <ListField
          path="called"
          label={t('settings.numbers.called')}
          hint={t('settings.numbers.calledHint')}
        />
        <TextField path="id" label={t('settings.numbers.id')} />
        <ChoiceField
          path="understanding.profile"
          label={t('settings.numbers.profile')}
          none={t('settings.numbers.asOffice')}
          choices={optionsOf(PROFILES, (value) => t(`settings.numbers.profiles.${value}`))}
        />
        {own ? undefined : (
          <ChoiceField
            path="dialogue.defaultTarget"
            label={t('settings.numbers.target')}
            none={t('settings.numbers.asOffice')}
            choices={whom}
          />
        )}
      </SimpleGrid>
      <TextField
        path="dialogue.greeting"
        label={t('settings.numbers.greeting')}
        hint={t('settings.numbers.greetingHint')}
        lines={2}
      />
      <OwnPart label={t('settings.numbers.office')} parts={OFFICE} office={office}>
        <Details />
        <Prices />
      </OwnPart>
      <OwnPart label={t('settings.numbers.hours')} parts={HOURS} office={office}>
        <div className="hours">
          <Week />
          <Calendar imported={[]} />
        </div>
      </OwnPart>
      <OwnPart label={t('settings.numbers.faq')} parts={FAQ} office={office}>
        <Entries />
      </OwnPart>
      <OwnPart label={t('settings.numbers.staff')} parts={STAFF} office={office}>
        <Directory />
      </OwnPart>
      <Card withBorder padding="sm">
        <TextField
          path="file"
          label={t('settings.numbers.file')}
          hint={t('settings.numbers.fileHint')}
        />
      </Card>
    </Stack>
  );
}
