import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundPbx, Surroundings } from '../privacy/set-up-answers.js';
import { modelShelf } from '../speech/model-shelf.js';
import { modelPlaces, type ModelPlaces } from '../speech/models.js';

/** What tells which PBX a machine has, from its root folder; the first one that is there. */
const SIGNS: readonly (readonly [path: string, pbx: FoundPbx])[] = [
  ['etc/freepbx.conf', 'freepbx'],
  ['etc/amportal.conf', 'freepbx'],
  ['etc/asterisk/asterisk.conf', 'asterisk'],
];

/** What is on this machine that an office is set up with; nothing is asked over the network. */
export const surroundings = async (
  root = '/',
  places: ModelPlaces = modelPlaces(),
): Promise<Surroundings> => ({
  models: await modelShelf(places),
  pbx: SIGNS.find(([path]) => existsSync(join(root, path)))?.[1],
});
