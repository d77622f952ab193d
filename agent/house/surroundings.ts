import { existsSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { FoundPbx, OwnAddress, Surroundings } from '../privacy/set-up-answers.js';
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
  addresses: ownAddresses(),
});

/** Those of IPv4, which telephones and PBXs of an office have. */
export const ownAddresses = (interfaces = networkInterfaces()): readonly OwnAddress[] =>
  Object.values(interfaces)
    .flatMap((all) => all ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address, cidr }) => ({ address, network: networkOf(cidr ?? `${address}/32`) }));

/** `192.168.1.0/24` of `192.168.1.10/24`. */
function networkOf(cidr: string): string {
  const [address = '', length = '32'] = cidr.split('/');
  let left = Number(length);
  const bytes = address.split('.').map((byte) => {
    const kept = Math.max(0, Math.min(8, left));
    left -= 8;
    return Number(byte) & (0xff00 >> kept) & 0xff;
  });
  return `${bytes.join('.')}/${length}`;
}
