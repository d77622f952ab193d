import { isMap, isNode, isScalar, isSeq, type LineCounter, type YAMLError } from 'yaml';

/** The line, from 1, of `path` or of the nearest thing around it that the document has. */
export function lineOf(
  root: unknown,
  path: readonly PropertyKey[],
  lines: LineCounter,
): number | undefined {
  let node = root;
  let offset: number | undefined;
  for (const step of path) {
    let place: unknown;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      place = pair?.key;
      node = pair?.value;
    } else if (isSeq(node)) {
      place = node.items[Number(step)];
      node = place;
    }
    if (!isNode(place)) break;
    offset = place.range?.[0] ?? offset;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

/** " (line 12)", or nothing where the line is not known. */
export const inLine = (line: number | undefined): string =>
  line === undefined ? '' : ` (line ${String(line)})`;

/** What is wrong with a text as YAML, in one line with its place. */
export function brokenYaml({ code, message }: YAMLError): string {
  const [said = ''] = message.split('\n');
  const [, place = ''] = /( at line \d+, column \d+):?$/u.exec(said) ?? [];
  const twice = code === 'DUPLICATE_KEY';
  return twice ? `a setting stands here that stood before${place}` : said.replace(/:$/u, '');
}
