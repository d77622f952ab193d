import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SetUpOffer } from '../../../answers/set-up';
import type { Answers } from './answers';

export interface StepProps {
  readonly answers: Answers;
  readonly set: (change: Partial<Answers>) => void;
  readonly offer: SetUpOffer;
  /** What the server says is wrong with an answer or a part of it, by its path. */
  readonly fault: (path: string) => string | undefined;
}

/** A line of text that belongs to the answers. */
export function Line({
  path,
  label,
  value,
  onChange,
  fault,
  required = true,
}: {
  path: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  fault: StepProps['fault'];
  required?: boolean;
}): ReactNode {
  return (
    <TextInput
      {...{ label, value, required }}
      error={fault(path)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
