import { join } from 'node:path';
import { z } from 'zod';

/** The speech slice of the configuration. Relative folders are relative to the data folder. */
export const speechSettings = z.strictObject({
  /** Folder of the workers' Unix sockets. Its path must be short: a socket's path has 107 bytes. */
  sockets: z.string().default('run'),
  /** Processes that recognise speech. Two serve about a hundred callers on two cores. */
  recognisers: z.int().min(1).max(64).default(2),
  /** Folder of the models; empty for the checkout's .vestibule/models or VESTIBULE_MODELS. */
  models: z.string().default(''),
  /** BCP 47 language of callers and prompts. */
  language: z.string().default('en'),
  /** Voice of the model catalogue. */
  voice: z.string().default('en_US-joe-medium'),
  /** 1 is the voice's own pace. */
  pace: z.number().min(0.5).max(2).default(1),
});

export type SpeechSettings = z.infer<typeof speechSettings>;

export type WorkerKind = 'vad' | 'recogniser' | 'voice' | 'encoder';

/** A worker process: what it is called in logs, what it does, where it listens. */
export interface WorkerPlace {
  /** `vad`, `recogniser-1`, … */
  readonly name: string;
  readonly kind: WorkerKind;
  readonly socket: string;
}

/** The workers that the settings ask for, with sockets in the folder `sockets` (absolute). */
export function workerPlaces(settings: SpeechSettings, sockets: string): readonly WorkerPlace[] {
  const place = (name: string, kind: WorkerKind): WorkerPlace => ({
    ...{ name, kind },
    socket: join(sockets, `${name}.sock`),
  });
  return [
    place('vad', 'vad'),
    ...Array.from({ length: settings.recognisers }, (_, at) =>
      place(`recogniser-${at + 1}`, 'recogniser'),
    ),
    place('voice', 'voice'),
    place('encoder', 'encoder'),
  ];
}
