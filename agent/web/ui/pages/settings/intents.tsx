import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  Card,
  Group,
  Progress,
  Stack,
  Text,
  TextInput,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, post } from '../../api';
import { intentWord } from '../../parts/codes';
import { OneLineForm } from '../../parts/one-line-form';
import { useMay } from '../../session';
import type { IntentBook, Understood } from '../../settings-api';
import { ReadOnly } from './section';

const percent = (score: number): number => Math.round(score * 100);

/** What callers mean: examples of it, training, and a sentence to test. */
export default function Intents(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useMay('configuration.change');
  const [chosen, setChosen] = useState<string>();
  const [wanted, setWanted] = useState('');
  const { data: book } = useQuery({
    queryKey: ['intents'],
    queryFn: () => get<IntentBook>('/intents'),
  });
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['intents'] });
  const train = useMutation({
    mutationFn: () => post<IntentBook>('/intents/train'),
    onSettled: again,
  });
  if (book === undefined) return undefined;
  const shown = book.intents.filter(({ intent, examples }) =>
    [intent, ...examples.map(({ text }) => text)].join(' ').includes(wanted.toLowerCase()),
  );
  const open = book.intents.find(({ intent }) => intent === chosen);
  return (
    <Stack>
      <ReadOnly may={may} />
      <TrySentence />
      <Card withBorder>
        <Group justify="space-between">
          <div>
            <Text>{t('settings.intents.hint')}</Text>
            <Group gap="xs" mt={4}>
              <Badge color={book.trained ? 'vestibule.7' : 'yellow.4'} tt="none" autoContrast>
                {t(book.trained ? 'settings.intents.trained' : 'settings.intents.notTrained')}
              </Badge>
              {book.accuracy === undefined ? undefined : (
                <Text size="sm" c="dimmed">
                  {t('settings.intents.accuracy', { percent: percent(book.accuracy) })}
                </Text>
              )}
            </Group>
          </div>
          {may ? (
            <Button
              loading={train.isPending}
              variant={book.trained ? 'default' : 'filled'}
              onClick={() => train.mutate()}
            >
              {t('settings.intents.train')}
            </Button>
          ) : undefined}
        </Group>
        {train.isPending ? (
          <Alert mt="sm" color="vestibule">
            {t('settings.intents.training')}
          </Alert>
        ) : undefined}
      </Card>
      <div className="two-panes" data-open={open !== undefined}>
        <Card withBorder padding={0} className="pane-list-card">
          <TextInput
            p="xs"
            aria-label={t('settings.intents.search')}
            placeholder={t('settings.intents.search')}
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
          />
          {shown.map(({ intent, examples }) => (
            <UnstyledButton
              key={intent}
              className="row-button"
              data-chosen={intent === chosen}
              onClick={() => setChosen(intent)}
            >
              <Text fw={600}>{intentWord(t, intent)}</Text>
              <Text size="xs" c="dimmed" ff="monospace">
                {intent}
              </Text>
              <Text size="sm" c="dimmed">
                {t('settings.intents.examples', { count: examples.length })}
                {examples.some(({ own }) => own)
                  ? `, ${t('settings.intents.own')}: ${String(examples.filter(({ own }) => own).length)}`
                  : ''}
              </Text>
            </UnstyledButton>
          ))}
        </Card>
        <div className="pane-detail">
          {open === undefined ? undefined : (
            <Examples
              key={open.intent}
              {...open}
              may={may}
              onChange={again}
              onBack={() => setChosen(undefined)}
            />
          )}
        </div>
      </div>
    </Stack>
  );
}

function Examples({
  intent,
  examples,
  may,
  onChange,
  onBack,
}: IntentBook['intents'][number] & {
  may: boolean;
  onChange: () => Promise<void>;
  onBack: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const add = useMutation({
    mutationFn: () => post('/intents/examples', { intent, text }),
    onSuccess: () => {
      setText('');
      return onChange();
    },
  });
  const drop = useMutation({
    mutationFn: (which: string) => post('/intents/examples/remove', { intent, text: which }),
    onSettled: onChange,
  });
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3} size="h5">
            {intentWord(t, intent)}
          </Title>
          <Button variant="subtle" size="compact-sm" hiddenFrom="md" onClick={onBack}>
            {t('back')}
          </Button>
        </Group>
        {may ? (
          <OneLineForm
            label={t('settings.intents.add')}
            hint={t('settings.intents.addHint')}
            value={text}
            onChange={setText}
            action={t('settings.add')}
            busy={add.isPending}
            primary
            onSend={() => add.mutate()}
          />
        ) : undefined}
        <ul className="examples">
          {[...examples].reverse().map(({ text: example, own }) => (
            <li key={example}>
              <Group gap={6} wrap="nowrap">
                <Text size="sm">{example}</Text>
                {own ? <Badge size="sm">{t('settings.intents.own')}</Badge> : undefined}
                {own && may ? (
                  <ActionIcon
                    size="sm"
                    variant="subtle"
                    color="gray"
                    aria-label={`${t('settings.remove')}: ${example}`}
                    onClick={() => drop.mutate(example)}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                ) : undefined}
              </Group>
            </li>
          ))}
        </ul>
      </Stack>
    </Card>
  );
}

function TrySentence(): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const trial = useMutation({ mutationFn: () => post<Understood>('/intents/try', { text }) });
  const { data } = trial;
  return (
    <Card withBorder>
      <OneLineForm
        label={t('settings.intents.try')}
        value={text}
        onChange={setText}
        action={t('settings.intents.try')}
        busy={trial.isPending}
        onSend={() => trial.mutate()}
      />
      {data === undefined ? undefined : (
        <Stack gap="xs" mt="sm" data-testid="intent-trial" aria-live="polite">
          <Group gap="xs">
            <Text>
              {t('settings.intents.understood')}: <b>{intentWord(t, data.intent)}</b>
            </Text>
            {data.emergency ? (
              <Badge color="red.8">{t('settings.intents.emergency')}</Badge>
            ) : undefined}
          </Group>
          {[{ intent: data.intent, score: data.score }, ...data.alternatives].map((one, at) => (
            <div key={one.intent}>
              <Group justify="space-between">
                <Text size="sm">{intentWord(t, one.intent)}</Text>
                <Text size="sm">{percent(one.score)} %</Text>
              </Group>
              <Progress
                value={percent(one.score)}
                color={at === 0 ? 'vestibule.7' : 'gray.6'}
                aria-label={`${intentWord(t, one.intent)}: ${String(percent(one.score))} %`}
              />
            </div>
          ))}
          {data.faq === undefined ? undefined : (
            <Text size="sm">{t('settings.intents.faqAnswers', { id: data.faq.id })}</Text>
          )}
        </Stack>
      )}
    </Card>
  );
}
