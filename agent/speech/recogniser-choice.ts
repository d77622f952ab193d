import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { speechErrors } from './errors.js';

/** A model that can recognise, as it lies in the folder of models. */
export interface InstalledRecogniser {
  readonly name: string;
  readonly engine: 'vosk' | 'moonshine';
  /** Its language without region: `en`, `ko`. */
  readonly language: string;
}

/** Which models serve a language. */
export interface RecogniserRoles {
  /** `vosk-server` stands for the servers that the settings name. */
  readonly final: string;
  readonly partial: string | undefined;
}

/** The name of a model says whose it is. */
export const isVosk = (model: string): boolean => model.startsWith('vosk');

/** The place where a Vosk model without a region or size in its name is looked for. */
const VOSK_NAME = /^vosk-model-(?:small-)?([a-z]{2,3})(?:-|$)/u;

const primary = (language: string): string => language.toLowerCase().split('-')[0] ?? '';

/** The models in `folder` that recognise, in the order of their names. */
export function installedRecognisers(folder: string): readonly InstalledRecogniser[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch {
    return [];
  }
  return names.flatMap((name): InstalledRecogniser[] => {
    const home = join(folder, name);
    if (name === 'moonshine-tiny-en') {
      const complete = existsSync(join(home, 'decoder_model_merged.ort'));
      return complete ? [{ name, engine: 'moonshine', language: 'en' }] : [];
    }
    const language = VOSK_NAME.exec(name)?.[1];
    if (language === undefined) return [];
    const inside = [join(home, 'model'), home, join(home, name)];
    const complete = inside.some((place) => existsSync(join(place, 'am', 'final.mdl')));
    return complete ? [{ name, engine: 'vosk', language }] : [];
  });
}

/** What is looked for where nothing is installed, so that the error names it. */
const usual = (language: string): string =>
  language === 'en' ? 'moonshine-tiny-en' : `vosk-model-${language}`;

/**
 * The models for `language`: those that are `asked` for; else Moonshine for the final text with
 * Vosk's partial text where both are installed, or the one that is. `served` says that vosk-servers
 * stand in for our own Vosk.
 */
export function rolesFor(
  language: string,
  asked: { readonly final: string; readonly partial: string } | undefined,
  installed: readonly InstalledRecogniser[],
  served: boolean,
): RecogniserRoles {
  if (asked !== undefined) {
    return { final: asked.final, partial: asked.partial === 'none' ? undefined : asked.partial };
  }
  const wanted = primary(language);
  const fit = installed.filter((one) => one.language === wanted);
  const vosk = served ? 'vosk-server' : fit.find(({ engine }) => engine === 'vosk')?.name;
  const moonshine = fit.find(({ engine }) => engine === 'moonshine')?.name;
  if (moonshine !== undefined) return { final: moonshine, partial: vosk };
  return { final: vosk ?? usual(wanted), partial: undefined };
}

/**
 * The installed model that recognises `language` with `engine`, or with the best one for it.
 * Throws SPEECH_NO_RECOGNISER.
 */
export function recogniserFor(
  folder: string,
  language: string,
  engine: InstalledRecogniser['engine'] | undefined,
): InstalledRecogniser {
  const fit = installedRecognisers(folder).filter(
    (one) => one.language === primary(language) && (engine === undefined || one.engine === engine),
  );
  const found = fit.find((one) => one.engine === 'moonshine') ?? fit[0];
  if (found !== undefined) return found;
  const place = `${engine ?? 'any engine'}, language ${language}`;
  throw speechErrors.make('NO_RECOGNISER', { place });
}
