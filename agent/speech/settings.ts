import { join } from 'node:path';
import { z } from 'zod';
import { staysHere, type TlsFiles } from '../wire/tls.js';
import { encoderFor, voiceFor } from './language-models.js';
import { modelPlaces } from './models-catalogue.js';
import { installedRecognisers, isVosk, rolesFor } from './recogniser-choice.js';

const serverAddress = z
  .string()
  .regex(/^[\w.-]+:\d{1,5}$/u, 'must be host:port, such as 127.0.0.1:5001');

const absolute = z.string().regex(/^\//u, 'must be an absolute path');
const modelName = z.string().regex(/^[\w.-]+$/u);

/** Workers that run on another machine (vestibule speech serve) and are reached there. */
const elsewhere = z.strictObject({
  /** As logs name it. */
  name: z.string().regex(/^[a-z][\w-]*$/u, 'must be a word such as hall-1'),
  kind: z.enum(['recogniser', 'voice', 'encoder']).default('recogniser'),
  address: serverAddress,
  /** Processes behind the address, if a balancer stands there. */
  workers: z.int().min(1).max(64).default(1),
  /** The model they were started with; left out, the one that would run here. */
  model: modelName.optional(),
});

/** The speech slice of the configuration. Relative folders are relative to the data folder. */
const fields = z.strictObject({
  /** Folder of the workers' Unix sockets. Its path must be short: a socket's path has 107 bytes. */
  sockets: z.string().default('run'),
  /**
   * Processes that recognise speech. Left out: two of Moonshine, which serve about sixteen callers
   * on two cores, or one of Vosk, which works on all cores and holds its model of half a gigabyte once;
   * none where there are recognisers elsewhere.
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
  /** Workers on other machines, in place of those that would run here. */
  elsewhere: z.array(elsewhere).default([]),
  /** What we and the machines of `elsewhere` prove ourselves with: PEM files. */
  tls: z.strictObject({ ca: absolute, certificate: absolute, key: absolute }).optional(),
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

export const speechSettings = fields.superRefine(({ elsewhere, tls }, context) => {
  const fault = (path: (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path: ['elsewhere', ...path], message });
  };
  elsewhere.forEach(({ name, kind, address }, index) => {
    if (tls === undefined && !staysHere(address)) {
      fault([index, 'address'], 'callers are not sent over a network unsealed: set speech.tls');
    }
    if (elsewhere.findIndex((other) => other.name === name) < index) {
      fault([index, 'name'], 'this name is taken by one above');
    }
    if (kind !== 'recogniser' && elsewhere.findIndex((other) => other.kind === kind) < index) {
      fault(
        [index, 'kind'],
        'there is one of this kind already; only recognisers stand in for one another',
      );
    }
  });
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
  /** One of ours that runs on another machine. */
  readonly elsewhere?: true;
  /** What we prove ourselves with there. */
  readonly tls?: TlsFiles;
  /** Where it serves stock vosk-server clients beside its socket. */
  readonly voskListen?: string;
}

/** Whether somebody on this machine must start it. */
export const runsHere = (place: WorkerPlace): boolean =>
  place.foreign !== true && place.elsewhere !== true;

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
  const oneOf = (kind: 'voice' | 'encoder', model: string): WorkerPlace => {
    const [far] = farPlaces(settings, kind, model);
    return far ?? { ...place(kind, kind), model };
  };
  return [
    place('vad', 'vad'),
    ...recogniserPlaces(settings, (name) => place(name, 'recogniser')),
    oneOf('voice', settings.voice ?? voiceFor(settings.language)),
    oneOf('encoder', encoderFor(settings.language)),
  ];
}

/** The workers of `kind` on other machines; `usual` is the model that they have unless told. */
function farPlaces(
  { elsewhere: all, tls }: SpeechSettings,
  kind: WorkerKind,
  usual: string,
): readonly WorkerPlace[] {
  return all
    .filter((one) => one.kind === kind)
    .flatMap(({ name, address, workers, model = usual }) =>
      Array.from({ length: workers }, (_, at): WorkerPlace => ({
        name: workers === 1 ? name : `${name}-${at + 1}`,
        ...{ kind, socket: address, model, elsewhere: true },
        ...(tls !== undefined && { tls }),
      })),
    );
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
  const far = farPlaces(settings, 'recogniser', final);
  const count = recognisers ?? (far.length > 0 ? 0 : isVosk(final) ? 1 : 2);
  const here =
    final === 'vosk-server'
      ? foreign
      : Array.from({ length: count }, (_, at) => run(`recogniser-${at + 1}`, final));
  const first = [...here, ...far];
  const second =
    partial === undefined ? [] : partial === 'vosk-server' ? foreign : [run('partials-1', partial)];
  const all = [...first, ...second.map((one): WorkerPlace => ({ ...one, partial: true }))];
  // Vosk serves its own clients best; where there is none, the first recogniser does.
  const own = all.filter(runsHere);
  const listener = own.find(({ model = '' }) => isVosk(model)) ?? own[0];
  return voskListen === ''
    ? all
    : all.map((one) => (one === listener ? { ...one, voskListen } : one));
}
