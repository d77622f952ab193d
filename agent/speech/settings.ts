import { join } from 'node:path';
import { z } from 'zod';
import { encoderFor, voiceFor } from './language-models.js';
import { modelPlaces } from './models-catalogue.js';
import { installedRecognisers, isVosk, rolesFor } from './recogniser-choice.js';

const serverAddress = z
  .string()
  .regex(/^[\w.-]+:\d{1,5}$/u, 'must be host:port, such as 127.0.0.1:5001');

/** The speech slice of the configuration. Relative folders are relative to the data folder. */
export const speechSettings = z.strictObject({
  /** Folder of the workers' Unix sockets. Its path must be short: a socket's path has 107 bytes. */
  sockets: z.string().default('run'),
  /**
   * Processes that recognise speech. Left out: two of Moonshine, which serve about a hundred callers
   * on two cores, or one of Vosk, which works on all cores and holds its model of half a gigabyte once.
   */
  recognisers: z.int().min(1).max(64).optional(),
  /**
   * Which model recognises a language, by language. Left out: Moonshine where it knows the language,
   * with the partial text of Vosk if a Vosk model of it is installed; Vosk alone otherwise.
   */
  recognition: z
    .record(
      z.string(),
      z.strictObject({
        /** Model that gives the final text. */
        final: z.string().regex(/^[\w.-]+$/u),
        /** Model that gives partial text meanwhile; `none` for no other. */
        partial: z
          .string()
          .regex(/^[\w.-]+$/u)
          .default('none'),
      }),
    )
    .default({}),
  /** Stock vosk-servers (gRPC) that recognise in place of our own Vosk. Speech goes there unsealed. */
  voskServers: z.array(serverAddress).default([]),
  /** Where stock vosk-server clients may use our recogniser over TCP; empty for nowhere. */
  voskListen: serverAddress.or(z.literal('')).default(''),
  /** Folder of the models; empty for the checkout's .vestibule/models or VESTIBULE_MODELS. */
  models: z.string().default(''),
  /** BCP 47 language of callers and prompts. */
  language: z.string().default('en'),
  /** Voice of the model catalogue, or `espeak-ng`. Left out: the best that speaks the language. */
  voice: z.string().optional(),
  /** 1 is the voice's own pace. */
  pace: z.number().min(0.5).max(2).default(1),
  /** Names and words that the voice would say wrongly. */
  pronunciations: z
    .array(
      z.strictObject({
        /** Whole, in any case. */
        word: z.string().regex(/[\p{L}\p{N}]/u, 'a word has letters'),
        /** As it sounds, such as "oh kah for", or IPA between slashes. */
        say: z.string().regex(/\p{L}/u, 'write how it sounds, or IPA between slashes'),
      }),
    )
    .default([]),
});

export type SpeechSettings = z.infer<typeof speechSettings>;

export type WorkerKind = 'vad' | 'recogniser' | 'voice' | 'encoder';

/** A worker process, or a server of others: what it is called in logs, what it does, where it listens. */
export interface WorkerPlace {
  /** `vad`, `recogniser-1`, … */
  readonly name: string;
  readonly kind: WorkerKind;
  readonly socket: string;
  /** The model that it loads; its own choice if absent. */
  readonly model?: string;
  /** Gives partial text beside the recognisers of the final text; calls are answered without it. */
  readonly partial?: true;
  /** A stock vosk-server that others run. */
  readonly foreign?: true;
  /** Where it serves stock vosk-server clients beside its socket. */
  readonly voskListen?: string;
}

/** The folder of the models that the settings name, absolute. */
export const modelsFolder = (settings: SpeechSettings): string =>
  settings.models === '' ? modelPlaces().models : settings.models;

/**
 * The workers that the settings ask for, with sockets in the folder `sockets` (absolute). Which
 * recognisers depends on the models that are installed, unless the settings say.
 */
export function workerPlaces(settings: SpeechSettings, sockets: string): readonly WorkerPlace[] {
  const place = (name: string, kind: WorkerKind): WorkerPlace => ({
    ...{ name, kind },
    socket: join(sockets, `${name}.sock`),
  });
  return [
    place('vad', 'vad'),
    ...recogniserPlaces(settings, (name) => place(name, 'recogniser')),
    { ...place('voice', 'voice'), model: settings.voice ?? voiceFor(settings.language) },
    { ...place('encoder', 'encoder'), model: encoderFor(settings.language) },
  ];
}

function recogniserPlaces(
  settings: SpeechSettings,
  place: (name: string) => WorkerPlace,
): readonly WorkerPlace[] {
  const { language, recognition, recognisers, voskServers, voskListen } = settings;
  const installed = installedRecognisers(modelsFolder(settings));
  const served = voskServers.length > 0;
  const { final, partial } = rolesFor(language, recognition[language], installed, served);
  const run = (name: string, model: string): WorkerPlace => ({ ...place(name), model });
  const foreign = voskServers.map((socket, at): WorkerPlace => ({
    ...{ name: `vosk-server-${at + 1}`, kind: 'recogniser', socket, foreign: true },
  }));
  const count = recognisers ?? (isVosk(final) ? 1 : 2);
  const first =
    final === 'vosk-server'
      ? foreign
      : Array.from({ length: count }, (_, at) => run(`recogniser-${at + 1}`, final));
  const second =
    partial === undefined ? [] : partial === 'vosk-server' ? foreign : [run('partials-1', partial)];
  const all = [...first, ...second.map((one): WorkerPlace => ({ ...one, partial: true }))];
  // Vosk serves its own clients best; where there is none, the first recogniser does.
  const own = all.filter((one) => one.foreign !== true);
  const listener = own.find(({ model = '' }) => isVosk(model)) ?? own[0];
  return voskListen === ''
    ? all
    : all.map((one) => (one === listener ? { ...one, voskListen } : one));
}
