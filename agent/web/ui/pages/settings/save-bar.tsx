import { Alert, Button, Group, List, Modal, Paper, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { faultsOf } from '../../settings-api';
import type { Saving } from './draft';

/** Stands below a page while something of it is not saved, and tells what became of it. */
export function SaveBar({ dirty, saving }: { dirty: boolean; saving: Saving }): ReactNode {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [why, setWhy] = useState('');
  useEffect(() => {
    if (!dirty) setWhy('');
  }, [dirty]);
  const { refused, restarts, taken } = saving;
  const faults = faultsOf(refused);
  const again = async (): Promise<void> => {
    saving.discard();
    await client.invalidateQueries({ queryKey: ['configuration'] });
  };
  return (
    <>
      {refused === undefined ? undefined : (
        <Alert color="red" role="alert" title={refused.message}>
          {refused.code === 'CONFIG_CONFLICT' ? (
            <Button mt="xs" variant="default" onClick={() => void again()}>
              {t('settings.loadAgain')}
            </Button>
          ) : faults.length === 0 ? (
            refused.told
          ) : (
            <List size="sm">
              {faults.map(({ path, message, line }) => (
                <List.Item key={`${path} ${message}`}>
                  <b>{path}</b>: {message}
                  {line === undefined ? '' : ` (${t('settings.line', { line })})`}
                </List.Item>
              ))}
            </List>
          )}
        </Alert>
      )}
      {taken === undefined || dirty ? undefined : (
        <Alert color="vestibule" role="status">
          {t(taken.waits.length === 0 ? 'settings.saved' : 'settings.savedWaits', {
            version: taken.version,
          })}
        </Alert>
      )}
      {dirty ? (
        <Paper withBorder shadow="md" p="sm" className="save-bar">
          <form
            onSubmit={(event) => {
              event.preventDefault();
              saving.save(why);
            }}
          >
            <Group justify="space-between" align="end" gap="sm">
              <TextInput
                label={t('settings.why')}
                value={why}
                maxLength={400}
                flex="1 1 14rem"
                onChange={({ currentTarget }) => setWhy(currentTarget.value)}
              />
              <Group gap="xs">
                <Button variant="default" onClick={saving.discard}>
                  {t('settings.discard')}
                </Button>
                <Button type="submit" loading={saving.pending}>
                  {t('settings.save')}
                </Button>
              </Group>
            </Group>
          </form>
        </Paper>
      ) : undefined}
      <Modal
        opened={restarts !== undefined}
        onClose={saving.forget}
        title={t('settings.restartTitle')}
        closeButtonProps={{ 'aria-label': t('settings.close') }}
      >
        <Stack>
          <Text>{t('settings.restartText')}</Text>
          <List>
            {restarts?.map((path) => (
              <List.Item key={path}>{path}</List.Item>
            ))}
          </List>
          <Group justify="end">
            <Button variant="default" onClick={saving.forget}>
              {t('settings.cancel')}
            </Button>
            <Button loading={saving.pending} onClick={() => saving.save(why, true)}>
              {t('settings.restartYes')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
