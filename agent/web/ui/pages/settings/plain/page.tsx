import type { ReactNode } from 'react';
import { Section, type SectionProps } from '../section';
import { Part } from './part';
import { PLAIN } from './tables';

/** The page of a section that is a table of fields. */
const page = (name: keyof typeof PLAIN): { default: (props: SectionProps) => ReactNode } => ({
  default: ({ now }) => (
    <Section name={name} right="configuration.change" now={now}>
      {PLAIN[name].map((part) => (
        <Part key={part.name} part={part} />
      ))}
    </Section>
  ),
});

export const [lines, calls, appointments] = [page('lines'), page('calls'), page('appointments')];
export const [speech, store, access] = [page('speech'), page('store'), page('access')];
