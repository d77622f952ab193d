import {
  answersSchema,
  DAYS,
  extension,
  holiday,
  hoursOfDay,
  timeZone,
  type Answers,
  type SetUpSecrets,
} from '../../privacy/set-up-answers.js';
import {
  KINDS,
  USUAL_DAYS,
  USUAL_HOURS,
  usualCountry,
  usualEmergencyNumber,
  usualExtension,
  type Kind,
} from '../../privacy/set-up-questions.js';
import { fits, list, needed, type Asker } from './asker.js';
import { askDuties, askLaw } from './law-questions.js';
import { askLines, type Surrounding } from './line-questions.js';

const KIND_NAMES: Readonly<Record<Kind, string>> = {
  clinic: 'a clinic or surgery (English)',
  dentist: 'a dental practice (English)',
  law: 'a law office (English)',
  trade: 'a tradesman (English)',
  restaurant: 'a restaurant (English)',
  'clinic-ko': '의원 (한국어)',
};

/**
 * Asks a person at the terminal; what is asked is what `answersSchema` wants. `ownKinds` are offered besides those
 * that come along. @throws SETUP_LEFT
 */
export async function askAnswers(
  ask: Asker,
  around: Surrounding,
  ownKinds: readonly string[] = [],
): Promise<{ readonly answers: Answers; readonly secrets: SetUpSecrets }> {
  const kind = await ask.choose<string>('kind', 'What kind of office is it?', [
    ...KINDS.map((value) => ({ value, name: KIND_NAMES[value] })),
    ...ownKinds.map((value) => ({ value, name: `${value} (your own)` })),
  ]);
  const name = await ask.line('name', 'Its name, as callers hear it', needed);
  const address = await ask.line('address', 'Its address, as callers hear it', needed);
  const directions = await ask.optional('directions', 'How to find it');
  const services = list(await ask.optional('services', 'What it offers, separated by commas'));
  const country = await ask.line(
    'country',
    'Country, two letters',
    (text) => (/^[a-z]{2}$/iu.test(text) ? true : 'two letters, such as gb'),
    usualCountry(kind),
  );
  const zone = await ask.line(
    'timeZone',
    'Time zone',
    (text) => fits(timeZone, text),
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const hours = await askHours(ask);
  const holidays = holidaysIn(
    await ask.optional(
      'holidays',
      'Holidays on which it is closed, such as 2026-12-25 Christmas Day, separated by commas',
      (text) => fits(holiday.array(), holidaysIn(text)),
    ),
  );
  const emergencyNumber = await ask.line(
    'emergencyNumber',
    'Number of the emergency services',
    (text) => (/^\d{2,4}$/u.test(text) ? true : 'digits, such as 999'),
    usualEmergencyNumber(country),
  );
  const staff = await askStaff(ask);
  const { lines, secrets } = await askLines(ask, around);
  const law = await askLaw(ask, country.toUpperCase());
  const controller = {
    name: await ask.line('controller', 'Who answers for the data (controller)', needed, name),
    address: await ask.line('controllerAddress', 'Their postal address', needed, address),
    contact: await ask.line('contact', 'How people ask them about privacy (e-mail)', needed),
  };
  const authority = {
    name: await ask.line('authority', 'Supervisory authority for complaints', needed),
    contact: await ask.line('authorityContact', 'How that authority is reached', needed),
  };
  const duties = await askDuties(ask, law.recording);
  const office = { name, address, services, ...(directions === '' ? {} : { directions }) };
  const answers = answersSchema.parse({
    ...{ kind, office, country: country.toLowerCase(), timeZone: zone, hours, holidays },
    ...{ emergencyNumber, staff, ...(lines === undefined ? {} : { lines }) },
    ...{ ...law, controller, authority, duties },
  });
  return { answers, secrets };
}

/** What may follow at once: recovery words on the screen, a call. Whoever leaves here wants neither. */
export async function askAlso(
  ask: Asker,
  canCall: boolean,
): Promise<{ recovery?: true; call?: true }> {
  const wanted = (message: string): Promise<boolean> => ask.now(message, true).catch(() => false);
  const recovery = await wanted(
    'Show the recovery words of the store now? They open it when its key is lost',
  );
  const call = canCall && (await wanted('Start it now and have it called once?'));
  return { ...(recovery ? { recovery } : {}), ...(call ? { call } : {}) };
}

async function askHours(ask: Asker): Promise<Answers['hours']> {
  const open = await ask.several('days', 'On which days is it open?', DAYS, USUAL_DAYS);
  const hours: Answers['hours'] = {};
  let last = USUAL_HOURS.join(', ');
  for (const day of open) {
    last = await ask.line(
      `hours.${day}`,
      `Hours on ${day}`,
      (text) => fits(hoursOfDay, list(text)),
      last,
    );
    hours[day] = list(last);
  }
  return hours;
}

/** `2026-12-25 Christmas Day, …`; what does not look so is left to the schema to refuse. */
const holidaysIn = (text: string): { date: string; name: string }[] =>
  list(text).map((one) => {
    const [date = '', ...name] = one.split(/\s+/u);
    return { date, name: name.join(' ') };
  });

async function askStaff(ask: Asker): Promise<Answers['staff']> {
  const staff: Answers['staff'] = [];
  let at: string;
  do {
    at = String(staff.length);
    const first = staff.length === 0;
    const name = await ask.line(
      `staff.${at}.name`,
      first ? 'Who takes calls that nobody else is for (such as: the reception desk)' : 'Name',
      needed,
    );
    const taken = new Set(staff.map((one) => one.extension));
    const number = await ask.line(
      `staff.${at}.extension`,
      'Extension',
      (text) => (taken.has(text) ? 'this extension is somebody else’s' : fits(extension, text)),
      usualExtension(staff.length),
    );
    const others = await ask.optional(
      `staff.${at}.aliases`,
      'Other names that callers use, separated by commas',
    );
    staff.push({ name, extension: number, aliases: list(others) });
  } while (await ask.yes(`staff.${at}.more`, 'Somebody else?', false));
  return staff;
}
