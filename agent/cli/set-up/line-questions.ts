import {
  lines as linesSchema,
  trunk as trunkSchema,
  type Answers,
  type OwnAddress,
  type SetUpSecrets,
  type Surroundings,
} from '../../privacy/set-up-answers.js';
import { hasTrunk, LINE_SOURCES, type LineSource } from '../../privacy/set-up-questions.js';
import { fits, list, needed, type Asker } from './asker.js';

/** What the questions go by, of what is on this machine. */
export type Surrounding = Pick<Surroundings, 'pbx' | 'addresses'>;

type Lines = Answers['lines'];
type Trunk = NonNullable<NonNullable<Lines>['trunk']>;

const PBX_NAMES = {
  asterisk: 'the Asterisk of this machine',
  freepbx: 'the FreePBX of this machine',
};

/** Where calls come from: our own Asterisk alone, telephones of the network, a PBX, a provider. */
export async function askLines(
  ask: Asker,
  { pbx, addresses }: Surrounding,
): Promise<{ readonly lines: Lines; readonly secrets: SetUpSecrets }> {
  const from = await ask.choose(
    'from',
    'Where do calls come from?',
    LINE_SOURCES.map((value) => ({ value, name: sourceName(value, pbx) })),
    pbx === undefined ? 'here' : 'pbx',
  );
  if (from === 'here') return { lines: undefined, secrets: {} };
  const bind = await ask.line(
    'bind',
    'Address of this machine that they reach it at',
    (text) => fits(linesSchema.shape.bind, text),
    addresses[0]?.address,
  );
  const networks = linesSchema.shape.localNetworks;
  const localNetworks = list(
    await ask.line(
      'localNetworks',
      'Networks that reach it directly, separated by commas',
      (text) => fits(networks, list(text)),
      networkOf(addresses, bind),
    ),
  );
  const reached = { bind, localNetworks };
  if (!hasTrunk(from)) return { lines: reached, secrets: {} };
  const { trunk, secrets } = await askTrunk(ask, from === 'pbx' ? 'the PBX' : 'the provider');
  return { lines: { ...reached, trunk }, secrets };
}

function sourceName(from: LineSource, pbx: Surrounding['pbx']): string {
  const found = pbx === undefined ? '' : `, such as ${PBX_NAMES[pbx]}`;
  const names: Readonly<Record<LineSource, string>> = {
    here: 'telephones on this machine only, to try it',
    telephones: 'telephones of our network that register here',
    pbx: `our PBX${found}; telephones may register here, too`,
    provider: 'a telephone provider; telephones register here',
  };
  return names[from];
}

const networkOf = (addresses: readonly OwnAddress[], bind: string): string | undefined =>
  addresses.find(({ address }) => address === bind)?.network;

async function askTrunk(
  ask: Asker,
  other: string,
): Promise<{ readonly trunk: Trunk; readonly secrets: SetUpSecrets }> {
  const host = await ask.line('trunk.host', `Address or host name of ${other}`, needed);
  const user = await ask.optional(
    'trunk.user',
    `Our extension or account at ${other}; none where it knows us by our address`,
  );
  const trunkPassword = user === '' ? undefined : await ask.secret(`The password of ${user}`);
  const numbers = list(
    await ask.optional(
      'trunk.numbers',
      `The numbers that ${other} reaches us by, as it dials them, separated by commas; none for every one`,
      (text) => fits(trunkSchema.shape.numbers, list(text)),
    ),
  );
  const outbound = await ask.yes(
    'trunk.outbound',
    `May calls to people without an extension here go out over ${other}?`,
    true,
  );
  return {
    trunk: { host, numbers, outbound, ...(user === '' ? {} : { user }) },
    secrets: trunkPassword === undefined ? {} : { trunkPassword },
  };
}
