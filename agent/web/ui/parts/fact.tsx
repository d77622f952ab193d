import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A row of a vertical table, with what is to be known of it besides; none where nothing is known. */
export const Fact = ({
  label,
  text,
  note,
}: {
  label: string;
  text: string | undefined;
  note?: string | undefined;
}): ReactNode =>
  text === undefined ? undefined : (
    <Table.Tr>
      <Table.Th w="9rem">{label}</Table.Th>
      <Table.Td>
        {text}
        {note === undefined ? undefined : (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
