import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** A row of a vertical table; none where nothing is known. */
export const Fact = ({ label, text }: { label: string; text: string | undefined }): ReactNode =>
  text === undefined ? undefined : (
    <Table.Tr>
      <Table.Th w="9rem">{label}</Table.Th>
      <Table.Td>{text}</Table.Td>
    </Table.Tr>
  );
