import type { TransferTarget } from './settings.js';

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
};
const TITLED = /^(\p{L}+)\.? (.+)$/u;

/** A name and the ways to say it: of "Dr Emily Carter" also "Doctor Carter" and "Emily Carter". */
function formsOf(name: string): readonly string[] {
  const [, title = '', rest = ''] = TITLED.exec(name) ?? [];
  const titles = TITLES[title.toLowerCase()];
  if (titles === undefined) return [name];
  const surname = rest.split(' ').at(-1) ?? rest;
  const titled = titles.flatMap((one) => [`${one} ${rest}`, `${one} ${surname}`]);
  return surname === rest ? titled : [...titled, rest];
}

/** What callers may call each target; what two of them would be called is nobody's. */
export function namesByTarget(
  targets: readonly TransferTarget[],
): ReadonlyMap<TransferTarget, readonly string[]> {
  const all = targets.map((target): [TransferTarget, readonly string[]] => [
    target,
    [...new Set([target.name, ...target.aliases].flatMap(formsOf))],
  ]);
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

/** Every name of the directory, as a recogniser is told of them. */
export const directoryNames = (targets: readonly TransferTarget[]): readonly string[] => [
  ...new Set([...namesByTarget(targets).values()].flat()),
];
