import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  isKind,
  languageOf,
  usualCountry,
  usualExtension,
} from '../../../../privacy/set-up-questions';
import { WEEKDAYS } from '../settings/days';
import { without } from '../settings/tree';
import { Ranges } from '../settings/ranges';
import { ofCountry, type Answers, type Holiday, type Person } from './answers';
import { Line, type StepProps } from './line';

export function OfficeStep({ answers, set, offer, fault }: StepProps): ReactNode {
  const { t, i18n } = useTranslation();
  const { office } = answers;
  const say = (change: Partial<Answers['office']>): void =>
    set({ office: { ...office, ...change } });
  const nameOf = (kind: string): string =>
    isKind(kind)
      ? t(`firstOffice.kinds.${kind}`)
      : t('firstOffice.ownKind', {
          profile: kind.split('.')[0],
          language: new Intl.DisplayNames(i18n.language, { type: 'language' }).of(languageOf(kind)),
        });
  const inCountry = (country: string): Partial<Answers> =>
    /^[a-z]{2}$/u.test(country) ? ofCountry(country, offer) : { country };
  return (
    <Stack>
      <Select
        label={t('firstOffice.kind')}
        data={offer.kinds.map((value) => ({ value, label: nameOf(value) }))}
        value={answers.kind}
        allowDeselect={false}
        onChange={(chosen) => {
          const kind = chosen ?? answers.kind;
          const country = usualCountry(kind);
          set(country === usualCountry(answers.kind) ? { kind } : { kind, ...inCountry(country) });
        }}
      />
      <Line
        {...{ path: 'office.name', label: t('firstOffice.name'), value: office.name, fault }}
        onChange={(name) => say({ name })}
      />
      <Line
        {...{
          path: 'office.address',
          label: t('firstOffice.address'),
          value: office.address,
          fault,
        }}
        onChange={(address) => say({ address })}
      />
      <Line
        {...{ path: 'office.directions', value: office.directions, fault, required: false }}
        label={t('firstOffice.directions')}
        onChange={(directions) => say({ directions })}
      />
      <TagsInput
        label={t('firstOffice.services')}
        description={t('firstOffice.servicesHint')}
        value={[...office.services]}
        onChange={(services) => say({ services })}
      />
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Line
          {...{ path: 'country', label: t('firstOffice.country'), value: answers.country, fault }}
          onChange={(country) => set(inCountry(country.trim().toLowerCase()))}
        />
        <Line
          {...{
            path: 'timeZone',
            label: t('firstOffice.timeZone'),
            value: answers.timeZone,
            fault,
          }}
          onChange={(timeZone) => set({ timeZone })}
        />
        <Line
          {...{ path: 'emergencyNumber', value: answers.emergencyNumber, fault }}
          label={t('firstOffice.emergency')}
          onChange={(emergencyNumber) => set({ emergencyNumber })}
        />
      </SimpleGrid>
    </Stack>
  );
}

export function HoursStep({ answers, set, fault }: StepProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      {WEEKDAYS.map((day) => {
        const name = t(`settings.hours.days.${day}`);
        return (
          <div key={day} className="week-row" role="group" aria-label={name}>
            <Text fw={500}>{name}</Text>
            <Ranges
              day={name}
              value={answers.hours[day] ?? []}
              fault={fault(`hours.${day}`)}
              disabled={false}
              onChange={(ranges) =>
                set({
                  hours:
                    ranges.length === 0
                      ? without(answers.hours, day)
                      : { ...answers.hours, [day]: ranges },
                })
              }
            />
          </div>
        );
      })}
      <Holidays {...{ answers, set, fault }} />
    </Stack>
  );
}

/** Days on which it is closed whatever the week says. */
function Holidays({ answers, set, fault }: Omit<StepProps, 'offer'>): ReactNode {
  const { t } = useTranslation();
  const { holidays } = answers;
  const put = (at: number, change: Partial<Holiday>): void =>
    set({ holidays: holidays.map((one, index) => (index === at ? { ...one, ...change } : one)) });
  return (
    <Stack role="group" aria-label={t('firstOffice.holidays.title')}>
      <div>
        <Text fw={500}>{t('firstOffice.holidays.title')}</Text>
        <Text size="sm" c="dimmed">
          {t('firstOffice.holidays.hint')}
        </Text>
      </div>
      {holidays.map((holiday, at) => (
        <Group key={at} align="start">
          <TextInput
            required
            type="date"
            label={t('firstOffice.holidays.date')}
            value={holiday.date}
            error={fault(`holidays.${at}.date`)}
            onChange={({ currentTarget }) => put(at, { date: currentTarget.value })}
          />
          <Line
            {...{ path: `holidays.${at}.name`, value: holiday.name, fault }}
            label={t('firstOffice.holidays.name')}
            onChange={(name) => put(at, { name })}
          />
          <ActionIcon
            variant="subtle"
            mt={28}
            aria-label={t('firstOffice.removePerson', { name: holiday.name })}
            onClick={() => set({ holidays: holidays.filter((_, index) => index !== at) })}
          >
            <IconTrash size={18} />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => set({ holidays: [...holidays, { date: '', name: '' }] })}
        >
          {t('firstOffice.holidays.add')}
        </Button>
      </Group>
    </Stack>
  );
}

export function PeopleStep({ answers, set, fault }: StepProps): ReactNode {
  const { t } = useTranslation();
  const { staff } = answers;
  const put = (at: number, change: Partial<Person>): void =>
    set({ staff: staff.map((one, index) => (index === at ? { ...one, ...change } : one)) });
  return (
    <Stack>
      {staff.map((person, at) => (
        <Group key={at} align="start" role="group" aria-label={person.name}>
          <Line
            {...{ path: `staff.${at}.name`, value: person.name, fault }}
            label={t(at === 0 ? 'firstOffice.firstPerson' : 'firstOffice.person')}
            onChange={(name) => put(at, { name })}
          />
          <Line
            {...{ path: `staff.${at}.extension`, value: person.extension, fault }}
            label={t('firstOffice.extension')}
            onChange={(extension) => put(at, { extension })}
          />
          <TagsInput
            label={t('firstOffice.aliases')}
            value={[...person.aliases]}
            onChange={(aliases) => put(at, { aliases })}
          />
          {at === 0 ? undefined : (
            <ActionIcon
              variant="subtle"
              mt={28}
              aria-label={t('firstOffice.removePerson', { name: person.name })}
              onClick={() => set({ staff: staff.filter((_, index) => index !== at) })}
            >
              <IconTrash size={18} />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() =>
            set({
              staff: [...staff, { name: '', extension: usualExtension(staff.length), aliases: [] }],
            })
          }
        >
          {t('firstOffice.addPerson')}
        </Button>
      </Group>
    </Stack>
  );
}

export function DutiesStep({ answers, set, fault }: StepProps): ReactNode {
  const { t } = useTranslation();
  const { duties } = answers;
  const take = (change: Partial<Answers['duties']>): void =>
    set({ duties: { ...duties, ...change } });
  return (
    <Stack>
      <Text>{t('firstOffice.dutiesText')}</Text>
      {(['aiDisclosure', 'recordingNotice'] as const).map((duty) => (
        <Checkbox
          key={duty}
          label={t(`firstOffice.${duty}`)}
          checked={duties[duty]}
          error={fault(`duties.${duty}`)}
          onChange={({ currentTarget }) => take({ [duty]: currentTarget.checked })}
        />
      ))}
      <Line
        {...{ path: 'duties.by', label: t('firstOffice.by'), value: duties.by, fault }}
        onChange={(by) => take({ by })}
      />
    </Stack>
  );
}
