import type { TFunction } from 'i18next';
import { en } from '../words/en';

/** A code in words, where there are any for it. */
const wordOf = (
  t: TFunction,
  group: 'outcomesOf' | 'urgencies' | 'gateOf' | 'secretsOf' | 'requestStates',
  code: string,
): string => (code in en[group] ? t(`${group}.${code}` as 'urgencies.urgent') : code);

export const outcomeWord = (t: TFunction, code: string): string => wordOf(t, 'outcomesOf', code);
export const urgencyWord = (t: TFunction, code: string): string => wordOf(t, 'urgencies', code);
export const secretWord = (t: TFunction, kind: string): string => wordOf(t, 'secretsOf', kind);
export const requestStateWord = (t: TFunction, state: string): string =>
  wordOf(t, 'requestStates', state);
export const gateWord = (t: TFunction, code: string): string => wordOf(t, 'gateOf', code);

/** What a caller meant: `prescription.refill` as people say it; intents of the office's own as they are. */
export function intentWord(t: TFunction, intent: string): string {
  const key = intent.replaceAll('.', '-');
  return key in en.intentsOf ? t(`intentsOf.${key}` as 'intentsOf.oos') : intent;
}

/** What the receptionist asks the caller just now; undefined for what an office asks besides. */
export const askWord = (t: TFunction, asks: string): string | undefined =>
  asks in en.asksOf ? t(`asksOf.${asks}` as 'asksOf.name') : undefined;

/** A fact of a message, as two hearings of it are compared: `date_time`. */
export const slotWord = (t: TFunction, kind: string): string =>
  kind in en.slotsOf ? t(`slotsOf.${kind}` as 'slotsOf.phone') : kind;

/** How a caller agreed to be recorded: `announcement`. */
export const basisWord = (t: TFunction, basis: string): string =>
  basis in en.settings.privacy.consentModes
    ? t(`settings.privacy.consentModes.${basis}` as 'settings.privacy.consentModes.opt-in')
    : basis;

/** What was done, as the audit log has it: `messages.show`; codes without words as they are. */
export function deedWord(t: TFunction, what: string): string {
  const key = what.replaceAll('.', '-');
  return key in en.deeds ? t(`deeds.${key}` as 'deeds.search') : what;
}
