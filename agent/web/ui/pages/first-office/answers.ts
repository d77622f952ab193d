import { WEEKDAYS } from '../settings/days';

export interface Person {
  readonly name: string;
  readonly extension: string;
  readonly aliases: readonly string[];
}

/** What the set-up asks, as `vestibule setup --answers` takes it. */
export interface Answers {
  readonly kind: string;
  readonly office: {
    readonly name: string;
    readonly address: string;
    readonly directions: string;
    readonly services: readonly string[];
  };
  readonly country: string;
  readonly timeZone: string;
  readonly hours: Readonly<Record<string, readonly string[]>>;
  readonly emergencyNumber: string;
  readonly staff: readonly Person[];
  readonly recording: boolean;
  readonly jurisdiction: string;
  readonly consent: string;
  readonly weakerConsent: string;
  readonly controller: {
    readonly name: string;
    readonly address: string;
    readonly contact: string;
  };
  readonly authority: { readonly name: string; readonly contact: string };
  readonly duties: {
    readonly by: string;
    readonly aiDisclosure: boolean;
    readonly recordingNotice: boolean;
  };
}

const SPANS = ['08:30-12:30', '13:30-17:30'];

export const noAnswers = (): Answers => ({
  kind: 'clinic',
  office: { name: '', address: '', directions: '', services: [] },
  country: 'gb',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hours: Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, SPANS])),
  emergencyNumber: '999',
  staff: [{ name: '', extension: '201', aliases: [] }],
  recording: true,
  jurisdiction: 'GB',
  consent: 'announcement',
  weakerConsent: '',
  controller: { name: '', address: '', contact: '' },
  authority: { name: '', contact: '' },
  duties: { by: '', aiDisclosure: false, recordingNotice: false },
});

/** As the server takes them: what may be left out and is empty is left out. */
export function toBeSent({ office, weakerConsent, ...rest }: Answers): object {
  const { directions, ...told } = office;
  return {
    ...rest,
    office: directions.trim() === '' ? told : { ...told, directions },
    ...(weakerConsent.trim() === '' ? {} : { weakerConsent }),
  };
}
