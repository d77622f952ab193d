import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Encoder } from '../../agent/speech/ports.js';
import { isTrainedFrom, readHead, type HeadDescription } from '../../agent/understanding/head.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { trainHead } from '../../agent/understanding/training.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** Where tests keep trained heads between them; a run of all tests begins without any. */
export const sharedHeads = join(checkoutRoot, '.vestibule', 'test', 'heads');

/** The head of a shipped English profile, as trained by whichever test of this run came first, and its file. */
export async function shippedHead(
  profile: string,
  encoder: Encoder,
): Promise<HeadDescription & { readonly head: string }> {
  mkdirSync(sharedHeads, { recursive: true });
  const head = join(sharedHeads, `${profile}.en.onnx`);
  const examples = loadExamples(join(checkoutRoot, 'models', 'intents', `${profile}.en.yaml`));
  const description = isTrainedFrom(head, examples.hash)
    ? readHead(head)
    : await trainHead({ examples, encoder, output: head });
  return { ...description, head };
}
