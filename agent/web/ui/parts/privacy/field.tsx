import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** A line of text. */
export const Field = ({
  label,
  value,
  onChange,
  description,
  testId,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  description?: string;
  testId?: string;
}): ReactNode => (
  <TextInput
    flex={1}
    miw="12rem"
    label={label}
    description={description}
    value={value}
    onChange={({ currentTarget }) => onChange(currentTarget.value)}
    data-testid={testId}
  />
);
