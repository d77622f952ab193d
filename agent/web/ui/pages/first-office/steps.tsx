import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Select,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetUpOffer } from '../../../answers/set-up';
import { WEEKDAYS } from '../settings/days';
import { without } from '../settings/tree';
import { Ranges } from '../settings/ranges';
import type { Answers, Person } from './answers';

export interface StepProps {
  readonly answers: Answers;
  readonly set: (change: Partial<Answers>) => void;
  readonly offer: SetUpOffer;
  /** What the server says is wrong with an answer, by its path. */
  readonly fault: (path: string) => string | undefined;
}

/** A line of text that belongs to the answers. */
function Line({
  path,
  label,
  value,
  onChange,
  fault,
  required = true,
}: {
  path: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  fault: StepProps['fault'];
  required?: boolean;
}): ReactNode {
  return (
    <TextInput
      {...{ label, value, required }}
      error={fault(path)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

export function OfficeStep({ answers, set, offer, fault }: StepProps): ReactNode {
  const { t } = useTranslation();
  const { office } = answers;
  const say = (change: Partial<Answers['office']>): void =>
    set({ office: { ...office, ...change } });
  return (
    <Stack>
      <Select
        label={t('firstOffice.kind')}
        data={offer.kinds.map((value) => ({
          value,
          label: t(`firstOffice.kinds.${value}`, { defaultValue: value }),
        }))}
        value={answers.kind}
        allowDeselect={false}
        onChange={(kind) => set({ kind: kind ?? answers.kind })}
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
          onChange={(country) => set({ country })}
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
              staff: [...staff, { name: '', extension: String(201 + staff.length), aliases: [] }],
            })
          }
        >
          {t('firstOffice.addPerson')}
        </Button>
      </Group>
    </Stack>
  );
}

export function LawStep({ answers, set, offer, fault }: StepProps): ReactNode {
  const { t } = useTranslation();
  const { jurisdiction: code, controller, authority, consent } = answers;
  const law = offer.jurisdictions[code];
  const mode = law?.mode ?? '';
  const strength = (one: string): number => offer.consentModes.indexOf(one);
  const weaker = answers.recording && strength(consent) < strength(mode);
  return (
    <Stack>
      <Switch
        label={t('firstOffice.recording')}
        checked={answers.recording}
        onChange={({ currentTarget }) => set({ recording: currentTarget.checked })}
      />
      <Select
        label={t('firstOffice.jurisdiction')}
        description={t('firstOffice.jurisdictionHint', { code, mode, source: law?.source })}
        data={Object.keys(offer.jurisdictions)}
        value={code}
        searchable
        allowDeselect={false}
        error={fault('jurisdiction')}
        onChange={(chosen) =>
          set({
            jurisdiction: chosen ?? code,
            consent: offer.jurisdictions[chosen ?? code]?.mode ?? consent,
          })
        }
      />
      <Select
        label={t('firstOffice.consent')}
        data={offer.consentModes.map((value) => ({
          value,
          label: t(`firstOffice.modes.${value}`, { defaultValue: value }),
        }))}
        value={consent}
        allowDeselect={false}
        error={fault('consent')}
        onChange={(chosen) => set({ consent: chosen ?? consent })}
      />
      {weaker ? (
        <Line
          {...{ path: 'weakerConsent', value: answers.weakerConsent, fault }}
          label={t('firstOffice.weaker', { code })}
          onChange={(weakerConsent) => set({ weakerConsent })}
        />
      ) : undefined}
      <Line
        {...{ path: 'controller.name', value: controller.name, fault }}
        label={t('firstOffice.controller')}
        onChange={(name) => set({ controller: { ...controller, name } })}
      />
      <Line
        {...{ path: 'controller.address', value: controller.address, fault }}
        label={t('firstOffice.controllerAddress')}
        onChange={(address) => set({ controller: { ...controller, address } })}
      />
      <Line
        {...{ path: 'controller.contact', value: controller.contact, fault }}
        label={t('firstOffice.controllerContact')}
        onChange={(contact) => set({ controller: { ...controller, contact } })}
      />
      <Line
        {...{ path: 'authority.name', value: authority.name, fault }}
        label={t('firstOffice.authority')}
        onChange={(name) => set({ authority: { ...authority, name } })}
      />
      <Line
        {...{ path: 'authority.contact', value: authority.contact, fault }}
        label={t('firstOffice.authorityContact')}
        onChange={(contact) => set({ authority: { ...authority, contact } })}
      />
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
