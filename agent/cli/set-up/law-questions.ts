import { CONSENT_MODES, type ConsentMode } from '../../dialogue/consent.js';
import { JURISDICTIONS } from '../../privacy/jurisdictions.js';
import type { Answers } from '../../privacy/set-up-answers.js';
import { ANOTHER_LAW, USUAL_CONSENT, usualLaw } from '../../privacy/set-up-questions.js';
import { print } from '../output.js';
import { needed, type Asker } from './asker.js';

type Law = Pick<
  Answers,
  'recording' | 'jurisdiction' | 'jurisdictionRule' | 'consent' | 'weakerConsent'
>;

/** What callers are told and asked, and by whose law. `here` is the country, in capitals. */
export async function askLaw(ask: Asker, here: string): Promise<Law> {
  const recording = await ask.yes('recording', 'Are calls recorded, if callers agree?', true);
  const known = Object.entries(JURISDICTIONS).map(([value, { mode, source }]) => ({
    value,
    name: `${value}: at least ${mode} (${source})`,
  }));
  const chosen = await ask.choose(
    'jurisdiction',
    'Whose law protects the callers? (no legal advice: ask your counsel)',
    [...known, { value: ANOTHER_LAW, name: 'another: say what it asks for' }],
    usualLaw(here, JURISDICTIONS),
  );
  const own = chosen === ANOTHER_LAW ? await askRule(ask, here) : undefined;
  const jurisdiction = own?.code ?? chosen;
  const least = own?.rule.mode ?? JURISDICTIONS[chosen]?.mode ?? USUAL_CONSENT;
  const consent = await ask.choose('consent', 'How do callers consent?', modes(), least);
  const isWeaker = CONSENT_MODES.indexOf(consent) < CONSENT_MODES.indexOf(least);
  const why = `${jurisdiction} asks for ${least}. Why is less enough here?`;
  return {
    ...{ recording, jurisdiction, consent },
    ...(own === undefined ? {} : { jurisdictionRule: own.rule }),
    ...(recording && isWeaker ? { weakerConsent: await ask.line('weaker', why, needed) } : {}),
  };
}

const NAMES: Readonly<Record<ConsentMode, string>> = {
  announcement: 'announcement: recorded once they have been told; they may object',
  'opt-out': 'opt-out: recorded once they have gone on after being told',
  'opt-in': 'opt-in: recorded once they have said yes',
};

const modes = (): { value: ConsentMode; name: string }[] =>
  CONSENT_MODES.map((value) => ({ value, name: NAMES[value] }));

async function askRule(ask: Asker, here: string) {
  const code = await ask.line(
    'rule.code',
    'Its code, country or country-state (ISO 3166)',
    (text) =>
      /^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/u.test(text) ? true : 'capitals, such as IT or US-NV',
    here,
  );
  const source = await ask.line('rule.source', 'Where it stands (act, article)', needed);
  const mode = await ask.choose('rule.mode', 'What does it ask at least?', modes(), USUAL_CONSENT);
  return { code, rule: { mode, source } };
}

/** The duties; whoever does not take them on cannot finish. */
export async function askDuties(ask: Asker, recording: boolean): Promise<Answers['duties']> {
  const must = async (message: string): Promise<true> => {
    while (!(await ask.now(message, false))) {
      print(
        '  It cannot be finished before this is taken on. Ctrl-C leaves; your answers are kept.',
      );
    }
    return true;
  };
  return {
    aiDisclosure: await must(
      'I know that callers must be told that a machine answers; the greeting does so',
    ),
    recordingNotice: await must(
      recording
        ? 'I know that callers must be told of the recording, and staff that they are recorded too'
        : 'I know that callers must be told if recordings are switched on later',
    ),
    by: await ask.line('by', 'Who takes these duties on (name and office)', needed),
  };
}
