import {
  Button,
  Card,
  Group,
  Modal,
  SegmentedControl,
  Stack,
  Text,
  TextInput,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get } from '../../api';
import { fullMoment } from '../../parts/times';
import { useMay, useSession } from '../../session';
import type { Diff, Version } from '../../settings-api';
import { DiffView } from './diff';
import { useSaving } from './draft';
import { SaveBar } from './save-bar';
import type { SectionProps } from './section';

const PAGE = 30;

/** Every version of the configuration: who, when, why, what, and the way back. */
export default function Versions({ now }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const { office } = useSession();
  const [chosen, setChosen] = useState<Version>();
  const { data, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['versions'],
    queryFn: ({ pageParam }) =>
      get<{ versions: Version[] }>(
        `/configuration/versions?limit=${String(PAGE)}${pageParam === 0 ? '' : `&before=${String(pageParam)}`}`,
      ),
    initialPageParam: 0,
    getNextPageParam: ({ versions }) =>
      versions.length < PAGE ? undefined : versions.at(-1)?.number,
  });
  const versions = data?.pages.flatMap((page) => page.versions) ?? [];
  const whose = (who: string): string =>
    who === 'by hand' ? t('settings.versions.byHand') : who.replace(/^(?:web|cli):/u, '');
  return (
    <Stack>
      <Text size="sm">{t('settings.versions.hint')}</Text>
      <div className="two-panes" data-open={chosen !== undefined}>
        <Card withBorder padding={0} className="pane-list-card">
          <div className="pane-list">
            {versions.map((version) => (
              <UnstyledButton
                key={version.number}
                className="row-button"
                data-chosen={version.number === chosen?.number}
                aria-current={version.number === chosen?.number}
                onClick={() => setChosen(version)}
              >
                <Group justify="space-between" wrap="nowrap">
                  <Text fw={600}>{t('settings.versions.version', { number: version.number })}</Text>
                  <Text size="xs" c="dimmed">
                    {fullMoment(version.at, office.timeZone)}
                  </Text>
                </Group>
                <Text size="sm">{whose(version.who)}</Text>
                {version.why === undefined ? undefined : (
                  <Text size="sm" c="dimmed" lineClamp={2}>
                    {version.why}
                  </Text>
                )}
              </UnstyledButton>
            ))}
            {hasNextPage ? (
              <Button variant="subtle" fullWidth onClick={() => void fetchNextPage()}>
                {t('settings.versions.more')}
              </Button>
            ) : undefined}
          </div>
        </Card>
        <div className="pane-detail">
          {chosen === undefined ? undefined : (
            <One
              key={chosen.number}
              version={chosen}
              now={now}
              onBack={() => setChosen(undefined)}
            />
          )}
        </div>
      </div>
    </Stack>
  );
}

function One({
  version,
  now,
  onBack,
}: SectionProps & { version: Version; onBack: () => void }): ReactNode {
  const { t } = useTranslation();
  const may = useMay('configuration.change');
  const { number } = version;
  const first = number === 1;
  const [against, setAgainst] = useState<'before' | 'now'>(first ? 'now' : 'before');
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState('');
  const { data: diff } = useQuery({
    queryKey: ['versions', number, against, now.hash],
    queryFn: () =>
      get<Diff>(
        against === 'now'
          ? `/configuration/versions/${String(number)}/diff`
          : `/configuration/versions/${String(number - 1)}/diff?to=${String(number)}`,
      ),
  });
  const saving = useSaving(`/configuration/versions/${String(number)}/rollback`, now, () => ({}));
  const current = version.hash === now.hash;
  return (
    <Card withBorder>
      <Stack>
        <Group justify="space-between">
          <Title order={3} size="h5">
            {t('settings.versions.version', { number })}
            {current ? ` (${t('settings.versions.current')})` : ''}
          </Title>
          <Button variant="subtle" size="compact-sm" hiddenFrom="md" onClick={onBack}>
            {t('back')}
          </Button>
        </Group>
        <SaveBar dirty={false} saving={{ ...saving, discard: saving.forget }} />
        <Group justify="space-between">
          {first ? (
            <Text size="sm">{t('settings.versions.first')}</Text>
          ) : (
            <SegmentedControl
              aria-label={t('settings.versions.against')}
              value={against}
              onChange={(value) => setAgainst(value as 'before' | 'now')}
              data={[
                { value: 'before', label: t('settings.versions.before') },
                { value: 'now', label: t('settings.versions.now') },
              ]}
            />
          )}
          {may && !current ? (
            <Button variant="default" onClick={() => setAsking(true)}>
              {t('settings.versions.rollback')}
            </Button>
          ) : undefined}
        </Group>
        {diff === undefined ? undefined : <DiffView diff={diff} />}
      </Stack>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('settings.versions.rollbackTitle', { number })}
        closeButtonProps={{ 'aria-label': t('settings.close') }}
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setAsking(false);
            saving.save(why);
          }}
        >
          <Stack>
            <Text>{t('settings.versions.rollbackText')}</Text>
            <TextInput
              label={t('settings.why')}
              value={why}
              maxLength={400}
              onChange={({ currentTarget }) => setWhy(currentTarget.value)}
            />
            <Group justify="end">
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('settings.cancel')}
              </Button>
              <Button type="submit">{t('settings.versions.rollback')}</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </Card>
  );
}
