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
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { IconPlus, IconTrash, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api';
import { OneLineForm } from '../../parts/one-line-form';
import { spoken, type Entry, type FaqTrial } from '../../settings-api';
import { useDraft } from './draft';
import { idOf } from './fields';
import { PlayButton } from './play';
import { Section, type SectionProps } from './section';

const FAQ = 'understanding.faq';

/** What callers often ask, and the approved answers. */
export default function Faq({ now }: SectionProps): ReactNode {
  return (
    <Section name="faq" right="configuration.office" now={now}>
      <Try />
      <Entries />
    </Section>
  );
}

function Try(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const [question, setQuestion] = useState('');
  const entries = (draft.list(FAQ) as unknown as readonly Entry[]).filter(
    ({ questions }) => questions.length > 0 && questions.every((one) => one.trim() !== ''),
  );
  const trial = useMutation({
    mutationFn: () => post<FaqTrial>('/faq/try', { question, entries }),
  });
  const { data } = trial;
  return (
    <Card withBorder>
      <Stack>
        <OneLineForm
          label={t('settings.faq.try')}
          hint={t('settings.faq.tryHint')}
          value={question}
          onChange={setQuestion}
          action={t('settings.faq.ask')}
          busy={trial.isPending}
          primary
          onSend={() => trial.mutate()}
        />
        {data === undefined ? undefined : (
          <Stack gap="xs" data-testid="faq-trial" aria-live="polite">
            <Alert color={data.answers === undefined ? 'yellow' : 'vestibule'}>
              {data.answers === undefined
                ? t('settings.faq.nobody')
                : t('settings.faq.answers', { id: data.answers })}
            </Alert>
            {data.ranks.slice(0, 4).map(({ id, question: like, score }) => (
              <div key={id}>
                <Group justify="space-between" wrap="nowrap">
                  <Text size="sm" truncate>
                    <b>{id}</b>: {like}
                  </Text>
                  <Text size="sm" flex="none">
                    {Math.round(score * 100)} %
                  </Text>
                </Group>
                <Progress
                  value={Math.max(0, score) * 100}
                  color={id === data.answers ? 'vestibule.7' : 'gray.6'}
                  aria-label={`${id}: ${String(Math.round(score * 100))} %`}
                />
              </div>
            ))}
            <Text size="sm" c="dimmed">
              {t('settings.faq.threshold', {
                score: Math.round(data.score * 100),
                margin: Math.round(data.margin * 100),
              })}
            </Text>
          </Stack>
        )}
      </Stack>
    </Card>
  );
}

/** The questions and their answers, one open at a time. */
export function Entries(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const [wanted, setWanted] = useState('');
  const [open, setOpen] = useState<string>();
  const entries = draft.list(FAQ) as unknown as readonly Entry[];
  const set = (fresh: readonly Entry[]): void => draft.set(FAQ, fresh);
  const shown = entries.filter(({ id, questions, answer }) =>
    [id, answer, ...questions].join(' ').toLowerCase().includes(wanted.toLowerCase()),
  );
  const add = (): void => {
    const id = idOf(
      t('settings.faq.add'),
      entries.map((one) => one.id),
    );
    set([{ id, questions: [''], answer: '' }, ...entries]);
    setOpen(id);
  };
  return (
    <Stack>
      <Group justify="space-between">
        <TextInput
          aria-label={t('settings.faq.search')}
          placeholder={t('settings.faq.search')}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
        {draft.may ? (
          <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
            {t('settings.faq.add')}
          </Button>
        ) : undefined}
      </Group>
      {entries.length === 0 ? <Text c="dimmed">{t('settings.faq.empty')}</Text> : undefined}
      {shown.map((entry) => {
        const at = entries.indexOf(entry);
        const put = (change: Partial<Entry>): void =>
          set(entries.map((one, index) => (index === at ? { ...one, ...change } : one)));
        const faulty = draft.fault(`${FAQ}.${String(at)}`) !== undefined;
        return open === entry.id || faulty ? (
          <Open
            key={at}
            {...{ entry, at, put }}
            onClose={() => setOpen(undefined)}
            onRename={(id) => {
              setOpen(id);
              put({ id });
            }}
            onRemove={() => set(entries.filter((one) => one !== entry))}
          />
        ) : (
          <Card key={at} withBorder padding="sm">
            <Group justify="space-between" wrap="nowrap" align="start">
              <div>
                <Title order={3} size="h6">
                  {entry.questions[0]}{' '}
                  {entry.questions.length > 1 ? (
                    <Badge variant="default" size="sm">
                      +{entry.questions.length - 1}
                    </Badge>
                  ) : undefined}
                </Title>
                <Text size="sm" c="dimmed">
                  {entry.answer}
                </Text>
              </div>
              {draft.may ? (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  flex="none"
                  aria-label={`${t('settings.edit')}: ${entry.id}`}
                  onClick={() => setOpen(entry.id)}
                >
                  {t('settings.edit')}
                </Button>
              ) : undefined}
            </Group>
          </Card>
        );
      })}
    </Stack>
  );
}

function Open({
  entry,
  at,
  put,
  onClose,
  onRename,
  onRemove,
}: {
  entry: Entry;
  at: number;
  put: (change: Partial<Entry>) => void;
  onClose: () => void;
  onRename: (id: string) => void;
  onRemove: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const path = `${FAQ}.${String(at)}`;
  const { id, questions, answer } = entry;
  return (
    <Card withBorder data-testid="faq-entry">
      <Stack>
        <Stack gap={6}>
          {questions.map((question, index) => (
            <Group key={index} wrap="nowrap" align="end" gap={4}>
              <TextInput
                flex={1}
                label={index === 0 ? t('settings.faq.question') : undefined}
                description={index === 0 ? t('settings.faq.questionHint') : undefined}
                aria-label={`${t('settings.faq.question')} ${String(index + 1)}`}
                value={question}
                error={draft.fault(`${path}.questions.${String(index)}`)}
                onChange={({ currentTarget }) =>
                  put({
                    questions: questions.map((one, n) => (n === index ? currentTarget.value : one)),
                  })
                }
              />
              {questions.length < 2 ? undefined : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size="lg"
                  aria-label={`${t('settings.faq.removeVariant')}: ${question}`}
                  onClick={() => put({ questions: questions.filter((_, n) => n !== index) })}
                >
                  <IconX size={16} />
                </ActionIcon>
              )}
            </Group>
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            style={{ alignSelf: 'start' }}
            onClick={() => put({ questions: [...questions, ''] })}
          >
            {t('settings.faq.addVariant')}
          </Button>
        </Stack>
        <Textarea
          label={t('settings.faq.answer')}
          description={t('settings.faq.answerHint')}
          value={answer}
          error={draft.fault(`${path}.answer`)}
          autosize
          minRows={2}
          onChange={({ currentTarget }) => put({ answer: currentTarget.value })}
        />
        <TextInput
          label={t('settings.faq.id')}
          value={id}
          error={draft.fault(`${path}.id`)}
          onChange={({ currentTarget }) => onRename(currentTarget.value)}
        />
        <Group justify="space-between">
          <Group gap="xs">
            <PlayButton sound={() => spoken(answer)} disabled={answer.trim() === ''} />
            <Button
              variant="subtle"
              color="red"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={onRemove}
            >
              {t('settings.remove')}
            </Button>
          </Group>
          <Button variant="default" onClick={onClose}>
            {t('settings.close')}
          </Button>
        </Group>
      </Stack>
    </Card>
  );
}
