import { Button, Popover, Stack, Text, type ButtonProps } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** A button that says what will happen, and does it only when it is pressed again. */
export function Confirm({
  label,
  sure,
  color,
  icon,
  variant = 'default',
  disabled = false,
  onYes,
}: {
  label: string;
  sure: string;
  color?: string;
  icon?: ReactNode;
  variant?: NonNullable<ButtonProps['variant']>;
  disabled?: boolean;
  /** Undefined where it cannot be done, and `sure` says why. */
  onYes: (() => void) | undefined;
}): ReactNode {
  const [opened, { close, toggle }] = useDisclosure();
  return (
    <Popover opened={opened} onChange={close} width={260} trapFocus withArrow shadow="md">
      <Popover.Target>
        <Button
          size="xs"
          variant={variant}
          {...(color === undefined ? {} : { color })}
          leftSection={icon}
          disabled={disabled}
          onClick={toggle}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <Text size="sm">{sure}</Text>
          {onYes === undefined ? undefined : (
            <Button
              size="xs"
              {...(color === undefined ? {} : { color })}
              onClick={() => {
                close();
                onYes();
              }}
            >
              {label}
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
