import { oneLine } from '../errors.js';
import { engineErrors } from './errors.js';
import { FusedEar } from './fused/ear.js';
import type { Ear } from './moonshine-decoder.js';
import { OriginalEar } from './moonshine-original.js';

/** How the model is loaded. */
export interface LoadOptions {
  /** Only the model as it was published, to compare with. */
  readonly original?: boolean;
  /** Takes why the fused form is not used, in one line. */
  readonly told?: (line: string) => void;
}

/**
 * The fused form of the model in `folder`, or the published one where that is missing or does not work
 * here. Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED where neither does.
 */
export async function loadEar(folder: string, options: LoadOptions = {}): Promise<Ear> {
  if (options.original !== true) {
    try {
      return await FusedEar.load(folder);
    } catch (cause) {
      const detail = oneLine(cause);
      options.told?.(engineErrors.make('NOT_FUSED', { place: folder, detail, cause }).message);
    }
  }
  return OriginalEar.load(folder);
}
