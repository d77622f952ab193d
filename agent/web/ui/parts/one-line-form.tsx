import { Button, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** One line to fill in, and what is done with it on Enter or by the button. */
export const OneLineForm = ({
  label,
  hint,
  value,
  onChange,
  action,
  busy,
  most = 500,
  primary = false,
  onSend,
}: {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  action: string;
  busy: boolean;
  /** How many characters. */
  most?: number;
  primary?: boolean;
  onSend: () => void;
}): ReactNode => (
  <form
    onSubmit={(event) => {
      event.preventDefault();
      onSend();
    }}
  >
    <Group align="end">
      <TextInput
        flex="1 1 14rem"
        label={label}
        description={hint}
        value={value}
        required
        withAsterisk={false}
        maxLength={most}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <Button type="submit" variant={primary ? 'filled' : 'default'} loading={busy}>
        {action}
      </Button>
    </Group>
  </form>
);
