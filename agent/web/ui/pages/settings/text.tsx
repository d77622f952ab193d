import { Alert, Card, List, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { post } from '../../api';
import { useMay } from '../../session';
import { inWords, type Preview } from '../../settings-api';
import { DiffView } from './diff';
import { useSaving } from './draft';
import { SaveBar } from './save-bar';
import { ReadOnly, type SectionProps } from './section';

/** The whole file, for whoever knows it: checked while it is written. */
export default function Expert({ now }: SectionProps): ReactNode {
  const { t } = useTranslation();
  const may = useMay('configuration.change');
  const [draft, setDraft] = useState<string>();
  const text = draft ?? now.text;
  const [settled] = useDebouncedValue(text, 400);
  const area = useRef<HTMLTextAreaElement>(null);
  const gutter = useRef<HTMLDivElement>(null);
  const saving = useSaving('/configuration/text', now, () => ({ text }));
  const { data: preview } = useQuery({
    queryKey: ['preview', now.hash, settled],
    queryFn: () => post<Preview>('/configuration/preview', { text: settled }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const faults = inWords(preview?.faults ?? now.faults);
  const faulty = new Set(faults.flatMap(({ line }) => line ?? []));
  const lines = text.split('\n');
  const jump = (line: number): void => {
    const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
    area.current?.focus();
    area.current?.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    const height = (area.current?.scrollHeight ?? 0) / lines.length;
    area.current?.scrollTo({ top: Math.max(0, (line - 5) * height) });
  };
  const done = {
    ...saving,
    discard: () => {
      setDraft(undefined);
      saving.forget();
    },
  };
  return (
    <Stack>
      <ReadOnly may={may} />
      <Text size="sm">{t('settings.text.hint')}</Text>
      <div className="file">
        <div className="file-numbers" ref={gutter} aria-hidden>
          {lines.map((_, at) => (
            <div key={at} data-faulty={faulty.has(at + 1)}>
              {at + 1}
            </div>
          ))}
        </div>
        <textarea
          ref={area}
          aria-label="vestibule.yaml"
          aria-invalid={faults.length > 0}
          spellCheck={false}
          wrap="off"
          readOnly={!may}
          value={text}
          onScroll={({ currentTarget }) =>
            gutter.current?.scrollTo({ top: currentTarget.scrollTop })
          }
          onChange={({ currentTarget }) =>
            setDraft(currentTarget.value === now.text ? undefined : currentTarget.value)
          }
        />
      </div>
      <div aria-live="polite" data-testid="faults">
        {faults.length === 0 ? (
          <Text size="sm">{t('settings.text.fine')}</Text>
        ) : (
          <Alert color="red" title={t('settings.text.faults', { count: faults.length })}>
            <List size="sm">
              {faults.map(({ path, message, line }) => (
                <List.Item key={`${path} ${message} ${String(line)}`}>
                  {line === undefined ? undefined : (
                    <UnstyledButton fz="sm" td="underline" onClick={() => jump(line)}>
                      {t('settings.line', { line })}
                    </UnstyledButton>
                  )}{' '}
                  <b>{path === '' ? t('settings.text.whole') : path}</b>: {message}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
      </div>
      <SaveBar
        dirty={draft !== undefined}
        saving={{
          ...done,
          save: (why, restart) => saving.save(why, restart, () => setDraft(undefined)),
        }}
      />
      {draft === undefined || preview === undefined ? undefined : (
        <Card withBorder>
          <Title order={3} size="h5" mb="sm">
            {t('settings.text.difference')}
          </Title>
          <DiffView diff={preview.diff} />
        </Card>
      )}
    </Stack>
  );
}
