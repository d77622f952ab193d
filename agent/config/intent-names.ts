import type { Fault } from '../errors.js';
import { loadExamples } from '../understanding/intents.js';
import { configErrors } from './errors.js';
import { everyOffice } from './numbers.js';
import { examplesPath, type Paths } from './paths.js';
import type { Configuration } from './schema.js';

/**
 * Settings that name an intent which the profile does not have: nothing would ever come of them. Beside the check of the
 * file, which knows no profiles. A profile whose examples cannot be read is none of its matters.
 */
export function intentFaults(settings: Configuration, paths: Paths): readonly Fault[] {
  return everyOffice(settings).flatMap((office, at) => {
    const named = namedIn(office);
    if (named.length === 0) return [];
    const known = knownTo(office, paths);
    if (known === undefined) return [];
    const before = at === 0 ? [] : ['numbers', at - 1];
    const fault = (path: readonly PropertyKey[], message: string): Fault => ({
      path: [...before, ...path].map(String).join('.'),
      message,
      line: undefined,
    });
    return named
      .filter(({ intent }) => !known.has(intent))
      .map(({ path }) => fault(path, 'the profile has no such intent'));
  });
}

/** Refuses a configuration that has any of them. @throws CONFIG_INVALID */
export function checkIntents(settings: Configuration, paths: Paths): void {
  const faults = intentFaults(settings, paths);
  if (faults.length === 0) return;
  const detail = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw configErrors.make('INVALID', { place: paths.configuration, detail, faults });
}

interface Named {
  readonly path: readonly PropertyKey[];
  readonly intent: string;
}

function namedIn({ dialogue, understanding }: Configuration): readonly Named[] {
  return [
    ...dialogue.urgentIntents.map((intent, at) => ({
      path: ['dialogue', 'urgentIntents', at],
      intent,
    })),
    ...understanding.faq.flatMap(({ intents = [] }, entry) =>
      intents.map((intent, at) => ({
        path: ['understanding', 'faq', entry, 'intents', at],
        intent,
      })),
    ),
  ];
}

function knownTo(
  { understanding: { profile, language } }: Configuration,
  paths: Paths,
): ReadonlySet<string> | undefined {
  try {
    return new Set(loadExamples(examplesPath(paths, profile, language)).intents.keys());
  } catch {
    return undefined;
  }
}
