import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { modelPlaces } from '../../agent/speech/models.js';

/** Why the real encoder cannot be used here; false when it can. */
export const lackingEncoder: string | false = existsSync(
  join(modelPlaces(process.env).models, 'all-MiniLM-L6-v2', 'encoder-batch.onnx'),
)
  ? false
  : 'no encoder here; scripts/test sets it up';
