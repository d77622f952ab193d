import { checkbox, confirm, input, select } from '@inquirer/prompts';
import type { z } from 'zod';
import { CONSENT_MODES } from '../../dialogue/consent.js';
import { JURISDICTIONS } from '../../privacy/jurisdictions.js';
import {
  answersSchema,
  DAYS,
  extension,
  hoursOfDay,
  KINDS,
  type Answers,
} from '../../privacy/set-up-answers.js';

const KIND_NAMES: Readonly<Record<(typeof KINDS)[number], string>> = {
  clinic: 'a clinic or surgery (English)',
  dentist: 'a dental practice (English)',
  law: 'a law office (English)',
  trade: 'a tradesman (English)',
  restaurant: 'a restaurant (English)',
  'clinic-ko': '의원 (한국어)',
};
const EMERGENCY: Readonly<Record<string, string>> = { gb: '999', us: '911', kr: '119', au: '000' };

/** Asks a person at the terminal; what is asked is what `answersSchema` wants. */
export async function askAnswers(): Promise<Answers> {
  const kind = await select({
    message: 'What kind of office is it?',
    choices: KINDS.map((value) => ({ value, name: KIND_NAMES[value] })),
  });
  const name = await line('Its name, as callers hear it', told);
  const address = await line('Its address, as callers hear it', told);
  const directions = await line('How to find it (may be empty)');
  const services = list(await line('What it offers, separated by commas (may be empty)'));
  const country = await line(
    'Country, two letters',
    (text) => (/^[a-z]{2}$/u.test(text) ? true : 'two small letters, such as gb'),
    kind === 'clinic-ko' ? 'kr' : 'gb',
  );
  const timeZone = await line(
    'Time zone',
    (text) => (isZone(text) ? true : 'a zone such as Europe/London'),
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const hours = await askHours();
  const emergencyNumber = await line(
    'Number of the emergency services',
    (text) => (/^\d{2,4}$/u.test(text) ? true : 'digits, such as 999'),
    EMERGENCY[country] ?? '112',
  );
  const staff = await askStaff();
  const law = await askLaw(country);
  const controller = {
    name: await line('Who answers for the data (controller)', told, name),
    address: await line('The controller’s postal address', told, address),
    contact: await line('How the controller is reached about privacy', told),
  };
  const authority = {
    name: await line('Supervisory authority for complaints', told),
    contact: await line('How that authority is reached', told),
  };
  const duties = await askDuties(law.recording);
  return answersSchema.parse({
    ...{ kind, office: { name, address, services, ...(directions === '' ? {} : { directions }) } },
    ...{ country, timeZone, hours, emergencyNumber, staff, ...law, controller, authority, duties },
  });
}

/** What may follow at once: recovery words on the screen, a call. */
export async function askAlso(): Promise<{ recovery?: true; call?: true }> {
  const recovery = await confirm({
    message: 'Show the recovery words of the store now? They open it when its key is lost',
    default: true,
  });
  const call = await confirm({ message: 'Start it now and have it called once?', default: true });
  return { ...(recovery ? { recovery } : {}), ...(call ? { call } : {}) };
}

async function askHours(): Promise<Answers['hours']> {
  const open = await checkbox({
    message: 'On which days is it open?',
    choices: DAYS.map((value) => ({ value, checked: !value.startsWith('s') })),
  });
  const hours: Answers['hours'] = {};
  let last = '08:30-12:30, 13:30-17:30';
  for (const day of open) {
    last = await line(`Hours on ${day}`, (text) => fits(hoursOfDay, list(text)), last);
    hours[day] = list(last);
  }
  return hours;
}

async function askStaff(): Promise<Answers['staff']> {
  const staff: Answers['staff'] = [];
  do {
    const first = staff.length === 0;
    const name = await line(
      first ? 'Who takes calls that nobody else is for (such as: the reception desk)' : 'Name',
      told,
    );
    const number = await line(
      'Extension',
      (text) => fits(extension, text),
      String(201 + staff.length),
    );
    const aliases = list(await line('Other names callers use, separated by commas (may be empty)'));
    staff.push({ name, extension: number, aliases });
  } while (await confirm({ message: 'Somebody else?', default: false }));
  return staff;
}

async function askLaw(country: string) {
  const recording = await confirm({
    message: 'Are calls recorded, if callers agree?',
    default: true,
  });
  const jurisdiction = await select({
    message: 'Whose law protects the callers? (no legal advice: ask your counsel)',
    choices: Object.entries(JURISDICTIONS).map(([value, { mode, source }]) => ({
      value,
      name: `${value}: at least ${mode} (${source})`,
    })),
    default: country.toUpperCase(),
  });
  const least = JURISDICTIONS[jurisdiction]?.mode ?? 'opt-in';
  const consent = await select({
    message: 'How do callers consent?',
    choices: CONSENT_MODES.map((value) => ({ value })),
    default: least,
  });
  const weaker =
    recording && CONSENT_MODES.indexOf(consent) < CONSENT_MODES.indexOf(least)
      ? {
          weakerConsent: await line(
            `${jurisdiction} asks for ${least}. Why is less enough here?`,
            told,
          ),
        }
      : {};
  return { recording, jurisdiction, consent, ...weaker };
}

/** The duties; whoever does not take them on cannot finish. */
async function askDuties(recording: boolean) {
  const must = (message: string): Promise<boolean> => confirm({ message, default: false });
  return {
    aiDisclosure: await must(
      'I know that callers must be told that a machine answers; the greeting does so',
    ),
    recordingNotice: await must(
      recording
        ? 'I know that callers must be told of the recording, and staff that they are recorded too'
        : 'I know that callers must be told if recordings are switched on later',
    ),
    by: await line('Who takes these duties on (name and office)', told),
  };
}

const line = (
  message: string,
  validate: (text: string) => true | string = () => true,
  standard?: string,
): Promise<string> =>
  input({
    message,
    validate: (text) => validate(text.trim()),
    ...(standard === undefined ? {} : { default: standard }),
  }).then((text) => text.trim());

const told = (text: string): true | string => (text === '' ? 'this may not be empty' : true);
const list = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

function fits(schema: z.ZodType, value: unknown): true | string {
  const parsed = schema.safeParse(value);
  return parsed.success ? true : (parsed.error.issues[0]?.message ?? 'this does not fit');
}

function isZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
