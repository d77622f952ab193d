import {
  Badge,
  Button,
  Card,
  Group,
  Modal,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { get, remove } from '../../api';
import { useMay } from '../../session';
import { promptSound, spoken, type Prompt } from '../../settings-api';
import { useDraft } from './draft';
import { TextField } from './fields';
import { PlayButton } from './play';
import { Recorder } from './recorder';
import { Section, type SectionProps } from './section';

/** What the receptionist says: the greeting, any text to try, and every fixed prompt. */
export default function Prompts({ now }: SectionProps): ReactNode {
  return (
    <>
      <Section name="greeting" right="configuration.change" now={now}>
        <Greeting />
      </Section>
      <AnyText />
      <Shelf />
    </>
  );
}

function Greeting(): ReactNode {
  const { t } = useTranslation();
  const draft = useDraft();
  const text = draft.text('dialogue.greeting');
  return (
    <Card withBorder>
      <Stack gap="sm">
        <TextField
          path="dialogue.greeting"
          label={t('settings.prompts.greeting')}
          hint={t('settings.prompts.greetingHint')}
          lines={2}
        />
        <Group>
          <PlayButton
            sound={() => spoken(text)}
            disabled={text.trim() === ''}
            label={`${t('settings.hear')}: ${t('settings.prompts.greeting')}`}
          />
        </Group>
      </Stack>
    </Card>
  );
}

function AnyText(): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <Card withBorder>
      <Stack gap="sm">
        <Textarea
          label={t('settings.prompts.tryText')}
          value={text}
          autosize
          minRows={2}
          maxLength={500}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Group>
          <PlayButton
            sound={() => spoken(text)}
            disabled={text.trim() === ''}
            label={`${t('settings.hear')}: ${t('settings.prompts.tryText')}`}
          />
        </Group>
      </Stack>
    </Card>
  );
}

function Shelf(): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const may = useMay('configuration.change');
  const [wanted, setWanted] = useState('');
  const [recording, setRecording] = useState<Prompt>();
  const [leaving, setLeaving] = useState<Prompt>();
  const { data } = useQuery({
    queryKey: ['prompts'],
    queryFn: () => get<{ prompts: Prompt[] }>('/prompts'),
  });
  const drop = useMutation({
    mutationFn: (name: string) => remove(`/prompts/recording?name=${encodeURIComponent(name)}`),
    onSettled: async () => {
      setLeaving(undefined);
      await client.invalidateQueries({ queryKey: ['prompts'] });
    },
  });
  const shown = (data?.prompts ?? []).filter(({ name, text }) =>
    `${name} ${text}`.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
    <Card withBorder padding={0}>
      <Group justify="space-between" p="md">
        <div>
          <Title order={3} size="h5">
            {t('settings.prompts.all')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('settings.prompts.hint')}
          </Text>
        </div>
        <TextInput
          aria-label={t('settings.prompts.search')}
          placeholder={t('settings.prompts.search')}
          value={wanted}
          onChange={({ currentTarget }) => setWanted(currentTarget.value)}
        />
      </Group>
      {shown.map((prompt) => (
        <div key={prompt.name} className="prompt-row" data-testid="prompt">
          <div>
            <Text>{prompt.text}</Text>
            <Group gap={6}>
              <Text size="xs" c="dimmed" ff="monospace" className="wrapping">
                {prompt.name}
              </Text>
              {prompt.recorded ? (
                <Badge size="sm">{t('settings.prompts.recorded')}</Badge>
              ) : undefined}
            </Group>
          </div>
          <Group gap="xs">
            <PlayButton
              size="xs"
              sound={() => promptSound(prompt.name)}
              label={`${t('settings.hear')}: ${prompt.name}`}
            />
            {may ? (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconMicrophone size={16} aria-hidden />}
                aria-label={`${t('settings.prompts.record')}: ${prompt.name}`}
                onClick={() => setRecording(prompt)}
              >
                {t('settings.prompts.record')}
              </Button>
            ) : undefined}
            {may && prompt.recorded ? (
              <Button
                size="xs"
                variant="subtle"
                aria-label={`${t('settings.prompts.toVoice')}: ${prompt.name}`}
                onClick={() => setLeaving(prompt)}
              >
                {t('settings.prompts.toVoice')}
              </Button>
            ) : undefined}
          </Group>
        </div>
      ))}
      {recording === undefined ? undefined : (
        <Recorder prompt={recording} onClose={() => setRecording(undefined)} />
      )}
      <Modal
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('settings.prompts.toVoice')}
        closeButtonProps={{ 'aria-label': t('settings.close') }}
      >
        <Stack>
          <Text>{t('settings.prompts.toVoiceSure')}</Text>
          <Group justify="end">
            <Button variant="default" onClick={() => setLeaving(undefined)}>
              {t('settings.cancel')}
            </Button>
            <Button
              color="red.8"
              loading={drop.isPending}
              onClick={() => leaving !== undefined && drop.mutate(leaving.name)}
            >
              {t('settings.prompts.toVoice')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Card>
  );
}
