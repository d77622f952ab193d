import type { Destination } from './directory.js';

/** What names are made of: somebody, or a group, that callers ask for. */
export type Named = Pick<Destination, 'name' | 'aliases' | 'roles'>;

/** What stands before a name, as offices write it, and what callers and recognisers make of it. */
const TITLES: Readonly<Record<string, readonly string[]>> = {
  dr: ['Dr.', 'Doctor'],
  doctor: ['Dr.', 'Doctor'],
  prof: ['Professor'],
  professor: ['Professor'],
  mr: ['Mr.'],
  mrs: ['Mrs.'],
  ms: ['Ms.'],
  miss: ['Miss'],
  nurse: ['Nurse'],
  frau: ['Frau'],
  herr: ['Herr', 'Herrn'],
};
const TITLED = /^(\p{L}+)\.? (.+)$/u;
/** Names of people: every word begins with a capital letter, as in no "the billing office". */
const PERSONAL = /^\p{Lu}\S*(?: \p{Lu}\S*)+$/u;

const untitled = (name: string): { titles: readonly string[] | undefined; rest: string } => {
  const [, title = '', rest = ''] = TITLED.exec(name) ?? [];
  const titles = TITLES[title.toLowerCase()];
  return { titles, rest: titles === undefined ? name : rest };
};

/** A name and the ways to say it: of "Dr Emily Carter" also "Doctor Carter" and "Emily Carter". */
function formsOf(name: string): readonly string[] {
  const { titles, rest } = untitled(name);
  if (titles === undefined) return [name];
  const surname = rest.split(' ').at(-1) ?? rest;
  const titled = titles.flatMap((one) => [`${one} ${rest}`, `${one} ${surname}`]);
  return surname === rest ? titled : [...titled, rest];
}

/** First name and surname alone: enough to ask for somebody, too little to be listened for. */
function partsOf(name: string): readonly string[] {
  const { titles, rest } = untitled(name);
  if (titles === undefined && !PERSONAL.test(rest)) return [];
  const words = rest.split(' ');
  return [...new Set([words.at(0) ?? '', words.at(-1) ?? ''])].filter((word) => word !== '');
}

const fullForms = ({ name, aliases }: Named): readonly string[] => [
  ...new Set([name, ...aliases].flatMap(formsOf)),
];

/** What callers may call each target; what two of them would be called is nobody's. */
export function namesByTarget<T extends Named>(
  targets: readonly T[],
): ReadonlyMap<T, readonly string[]> {
  const all = targets.map((target): [T, readonly string[]] => [target, fullForms(target)]);
  const owners = new Map<string, number>();
  for (const name of all.flatMap(([, names]) => names)) {
    owners.set(name, (owners.get(name) ?? 0) + 1);
  }
  return new Map(
    all.map(([target, names]) => [
      target,
      names.filter(
        (name) => owners.get(name) === 1 || name === target.name || target.aliases.includes(name),
      ),
    ]),
  );
}

/** Names that may stand for several, and for whom: shared ones, roles, and parts of people's names. */
export function looseNames<T extends Named>(
  targets: readonly T[],
): ReadonlyMap<string, { readonly of: readonly T[]; readonly part: boolean }> {
  const found = new Map<string, { of: T[]; part: boolean }>();
  const add = (name: string, target: T, part: boolean): void => {
    const before = found.get(name) ?? { of: [], part };
    if (!before.of.includes(target)) before.of.push(target);
    found.set(name, { of: before.of, part: before.part && part });
  };
  for (const target of targets) {
    for (const name of [...fullForms(target), ...(target.roles ?? [])]) add(name, target, false);
    for (const part of partsOf(target.name)) add(part, target, true);
  }
  return found;
}

/** Every name of the directory, as a recogniser is told of them. */
export const directoryNames = (targets: readonly Named[]): readonly string[] => [
  ...new Set([...namesByTarget(targets).values()].flat()),
];
