import { fail, ok, warn, type Check } from './check.js';
import { centralDatabase } from './central.js';
import { collector } from './collector.js';
import { otherOffices } from './other-offices.js';

const DAY_MS = 86_400_000;

const hours: Check = {
  id: 'office.hours',
  title: 'opening hours and holidays',
  why: 'callers are told these, and outside of them a message is taken',
  needs: 'configuration',
  run({ settings, clock }) {
    const { hours: week, holidays } = settings.understanding;
    const open = Object.values(week).filter((ranges) => ranges.length > 0).length;
    if (open === 0) {
      return warn(
        'none are set: the office counts as open day and night',
        'Set understanding.hours',
      );
    }
    const yesterday = new Date(clock.now() - DAY_MS).toISOString().slice(0, 10);
    const coming = holidays.filter(({ date }) => date >= yesterday).length;
    const found = `open on ${String(open)} days a week, ${String(coming)} holidays ahead`;
    return holidays.length > 0 && coming === 0
      ? warn(
          'every holiday in the list is over',
          'Add those of this year and the next to understanding.holidays',
        )
      : ok(found);
  },
};

/** Rescue services by country: what callers may be told to dial. */
const RESCUE: Readonly<Record<string, readonly string[]>> = {
  gb: ['999', '112'],
  us: ['911'],
  ca: ['911'],
  de: ['112'],
  at: ['112', '144'],
  ch: ['112', '144'],
  fr: ['112', '15'],
  ie: ['112', '999'],
  kr: ['119'],
  jp: ['119'],
  au: ['000', '112'],
  nz: ['111'],
};

const emergency: Check = {
  id: 'office.emergency',
  title: 'emergency number',
  why: 'a caller in danger is told this number and nothing else',
  needs: 'configuration',
  run({ settings }) {
    const { country } = settings.understanding;
    const { emergencyNumber } = settings.dialogue;
    const right = RESCUE[country];
    if (right !== undefined && !right.includes(emergencyNumber)) {
      return fail(
        `${emergencyNumber} is not the rescue service of ${country}`,
        `Set dialogue.emergencyNumber to ${right.join(' or ')}, or correct understanding.country`,
      );
    }
    return settings.pbx.emergency.numbers.includes(emergencyNumber)
      ? ok(emergencyNumber)
      : fail(
          `${emergencyNumber} is not among pbx.emergency.numbers`,
          'Add it there, so that the office’s telephones treat it as an emergency too',
        );
  },
};

const transfers: Check = {
  id: 'office.transfers',
  title: 'people to transfer to',
  why: 'who asks for a person must reach one, and the right one',
  needs: 'configuration',
  run({ settings }) {
    const { transferTargets, defaultTarget } = settings.dialogue;
    const names = transferTargets.flatMap(({ id, name, aliases }) =>
      [...new Set([name, ...aliases].map((one) => one.toLowerCase()))].map((one) => ({ id, one })),
    );
    const twice = names.find(({ id, one }) =>
      names.some((other) => other.one === one && other.id !== id),
    );
    if (twice !== undefined) {
      return fail(
        `“${twice.one}” is a name of two targets`,
        'Give each of dialogue.transferTargets names and aliases of its own',
      );
    }
    const target = transferTargets.find(({ id }) => id === defaultTarget);
    if (target !== undefined && settings.pbx.emergency.numbers.includes(target.extension)) {
      return fail(
        `the default target dials the emergency number ${target.extension}`,
        'Correct its extension in dialogue.transferTargets',
      );
    }
    return ok(`${String(transferTargets.length)}, by default ${defaultTarget}`);
  },
};

const fallback: Check = {
  id: 'office.fallback',
  title: 'who is rung when the receptionist cannot answer',
  why: 'with nobody in the list, callers only hear that nobody is there',
  needs: 'configuration',
  run: ({ settings: { pbx } }) =>
    pbx.fallbackRing.length === 0
      ? warn('nobody', 'Name an extension in pbx.fallbackRing')
      : ok(pbx.fallbackRing.join(', ')),
};

export const officeChecks: readonly Check[] = [
  hours,
  emergency,
  transfers,
  fallback,
  otherOffices,
  centralDatabase,
  collector,
];
