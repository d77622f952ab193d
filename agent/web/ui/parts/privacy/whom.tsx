import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Field } from './field';

/** By what a person is found; empty fields are not asked for. */
export const nobody = { number: '', email: '', name: '', contact: '' };
export type Whom = typeof nobody;
export type WhomQuery = Partial<Whom>;

export const asQuery = (whom: Whom): WhomQuery =>
  Object.fromEntries(Object.entries(whom).filter(([, value]) => value.trim() !== ''));

/** Number, e-mail, name; the contact only where a link named it. */
export function WhomFields({
  whom,
  onChange,
}: {
  whom: Whom;
  onChange: (whom: Whom) => void;
}): ReactNode {
  const { t } = useTranslation();
  const fields = ['number', 'email', 'name', ...(whom.contact === '' ? [] : ['contact'])] as const;
  return (fields as readonly (keyof Whom)[]).map((field) => (
    <Field
      key={field}
      label={t(field)}
      value={whom[field]}
      onChange={(value) => onChange({ ...whom, [field]: value })}
      testId={`whom-${field}`}
    />
  ));
}
