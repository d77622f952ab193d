import { PasswordInput, Radio, Stack, Switch, TagsInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { hasTrunk, LINE_SOURCES } from '../../../../privacy/set-up-questions';
import type { Lines } from './answers';
import { Line, type StepProps } from './line';

/** Where calls come from. */
export function LinesStep({ answers, set, offer, fault }: StepProps): ReactNode {
  const { t } = useTranslation();
  const { lines } = answers;
  const put = (change: Partial<Lines>): void => set({ lines: { ...lines, ...change } });
  const ownNetwork = (bind: string): Partial<Lines> => {
    const own = offer.addresses.find(({ address }) => address === bind);
    return own === undefined ? { bind } : { bind, localNetworks: [own.network] };
  };
  return (
    <Stack>
      <Radio.Group
        label={t('firstOffice.lines.from')}
        description={t(`firstOffice.pbx.${offer.pbx ?? 'none'}`)}
        value={lines.from}
        onChange={(chosen) =>
          put({ from: LINE_SOURCES.find((one) => one === chosen) ?? lines.from })
        }
      >
        <Stack gap="xs" mt="xs">
          {LINE_SOURCES.map((value) => (
            <Radio key={value} value={value} label={t(`firstOffice.lines.sources.${value}`)} />
          ))}
        </Stack>
      </Radio.Group>
      {lines.from === 'here' ? undefined : (
        <>
          <Line
            {...{ path: 'lines.bind', label: t('firstOffice.lines.bind'), fault }}
            value={lines.bind}
            onChange={(bind) => put(ownNetwork(bind))}
          />
          <TagsInput
            label={t('firstOffice.lines.localNetworks')}
            description={t('firstOffice.servicesHint')}
            placeholder={lines.localNetworks.length === 0 ? '192.168.1.0/24' : undefined}
            value={[...lines.localNetworks]}
            error={fault('lines.localNetworks')}
            acceptValueOnBlur
            onChange={(localNetworks) => put({ localNetworks })}
          />
        </>
      )}
      {hasTrunk(lines.from) ? <Trunk {...{ lines, put, fault }} /> : undefined}
    </Stack>
  );
}

/** The PBX or provider: how it is reached, who we are there, and by which numbers it reaches us. */
function Trunk({
  lines,
  put,
  fault,
}: {
  lines: Lines;
  put: (change: Partial<Lines>) => void;
  fault: StepProps['fault'];
}): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Line
        {...{ path: 'lines.trunk.host', label: t('firstOffice.lines.host'), fault }}
        value={lines.host}
        onChange={(host) => put({ host })}
      />
      <Line
        {...{ path: 'lines.trunk.user', label: t('firstOffice.lines.user'), fault }}
        required={false}
        value={lines.user}
        onChange={(user) => put({ user })}
      />
      {lines.user.trim() === '' ? undefined : (
        <PasswordInput
          required
          label={t('firstOffice.lines.password', { user: lines.user })}
          description={t('firstOffice.lines.passwordHint')}
          autoComplete="new-password"
          value={lines.password}
          error={fault('secrets.trunkPassword')}
          onChange={({ currentTarget }) => put({ password: currentTarget.value })}
        />
      )}
      <TagsInput
        label={t('firstOffice.lines.numbers')}
        description={t('firstOffice.lines.numbersHint')}
        value={[...lines.numbers]}
        error={fault('lines.trunk.numbers')}
        acceptValueOnBlur
        onChange={(numbers) => put({ numbers })}
      />
      <Switch
        label={t('firstOffice.lines.outbound')}
        checked={lines.outbound}
        onChange={({ currentTarget }) => put({ outbound: currentTarget.checked })}
      />
    </>
  );
}
