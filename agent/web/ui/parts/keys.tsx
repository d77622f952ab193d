import { Group, Kbd, Modal, Table } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const TYPING = 'input, textarea, select, [contenteditable="true"]';

/** Keys of the page, by what a keyboard of any layout gives; none while somebody types or holds another key. */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const act = latest.current[event.key];
      const typing = event.target instanceof Element && event.target.matches(TYPING);
      if (act === undefined || typing || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

/** Presses or enters what `data-key` names, where there is such a thing on the page. */
export function reach(name: string): void {
  const found = document.querySelector<HTMLElement>(`[data-key="${name}"]`);
  if (found?.matches('input, textarea') === true) found.focus();
  else found?.click();
}

const HELP = [
  ['j', 'keyNext'],
  ['k', 'keyPrevious'],
  ['x', 'keyTick'],
  ['e', 'keyDone'],
  ['a', 'keyAssign'],
  ['c', 'keyCall'],
  ['n', 'keyNote'],
  ['p', 'keyPrint'],
  ['u', 'keyUndo'],
  ['/', 'keyFind'],
  ['?', 'keyHelp'],
] as const;

/** What each key does. */
export const KeyHelp = ({
  opened,
  onClose,
}: {
  opened: boolean;
  onClose: () => void;
}): ReactNode => {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys')}
      // What it would write into the page to lock it, the page's policy forbids.
      lockScroll={false}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <Table>
        <Table.Tbody>
          {HELP.map(([key, word]) => (
            <Table.Tr key={key}>
              <Table.Td w="4rem">
                <Group>
                  <Kbd>{key}</Kbd>
                </Group>
              </Table.Td>
              <Table.Td>{t(word)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
};
