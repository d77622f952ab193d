import { modelPlaces } from '../speech/models-catalogue.js';
import { damagedFiles } from '../speech/models.js';
import { encoderService } from './encoder-service.js';
import { engineErrors } from './errors.js';
import { recogniserService } from './recogniser-service.js';
import type { Engine } from './service.js';
import { vadService } from './vad-service.js';
import { voiceService } from './voice-service.js';

/** What a worker is to serve. */
export interface WantedEngine {
  /** `vad`, `recogniser`, `voice` or `encoder`. */
  readonly worker: string;
  /** Folder with one folder per model. */
  readonly models: string;
  readonly model: string | undefined;
}

const MODELS: Readonly<Record<string, string>> = {
  vad: 'silero-vad',
  recogniser: 'moonshine-tiny-en',
  voice: 'en_US-joe-medium',
  encoder: 'all-MiniLM-L6-v2',
};

function engineFor({ worker, models }: WantedEngine, model: string, original: boolean): Engine {
  switch (worker) {
    case 'vad':
      return vadService(models);
    case 'recogniser':
      return recogniserService(models, model, original);
    case 'voice':
      return voiceService(models, model);
    default:
      return encoderService(models, model);
  }
}

/**
 * The engine that is wanted, with its model loaded. The checksums of the model's files are looked at
 * first: a file with one wrong byte mostly loads, and then hears or says nonsense. Throws ENGINE errors.
 */
export async function readyEngine(wanted: WantedEngine): Promise<Engine> {
  const usual = MODELS[wanted.worker];
  if (usual === undefined) {
    const detail = `unknown worker ${wanted.worker}`;
    throw engineErrors.make('USAGE', { place: '--worker', detail });
  }
  const model = wanted.worker === 'vad' ? usual : (wanted.model ?? usual);
  const places = { ...modelPlaces(), models: wanted.models };
  const { needed, spared } = await damagedFiles(places, model);
  const detail = 'its checksum is wrong';
  if (needed.length > 0) {
    throw engineErrors.make('MODEL_DAMAGED', { place: needed.join(', '), detail });
  }
  if (spared.length > 0) {
    const told = engineErrors.make('NOT_FUSED', { place: spared.join(', '), detail });
    process.stderr.write(`${told.message}\n`);
  }
  const engine = engineFor(wanted, model, spared.length > 0);
  await engine.start();
  return engine;
}
