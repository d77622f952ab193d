/** Settings whose words tell nothing of anybody; of all others only that there is a text, and how long. */
const PLAIN = [
  /^understanding\.(?:language|country|profile|timeZone|hours(?:\..*)?)$/u,
  /^speech\.(?:language|voice|recogniser|engine\w*)$/u,
  /^pbx\.(?:country|sip\.(?:encryption|bind)|ari\.bind)$/u,
  /^dialogue\.(?:consentMode|noticeVersion|emergencyNumber|transfer\.\w+)$/u,
  /^reception\.(?:recording|selfTest\.at)$/u,
  /^records\.keySource$/u,
  /^notify\.(?:content|mail\.encryption|fhir\.resource)$/u,
  /^privacy\.jurisdiction$/u,
];
/** Shorter texts are words of every language, and would blot out half of a log. */
const SHORTEST = 4;

export interface Masked {
  readonly settings: unknown;
  /** The texts that were taken out, the longest first. */
  readonly texts: readonly string[];
}

/** A configuration without the words of the office: numbers and switches stay, texts become their length. */
export function maskedSettings(settings: unknown): Masked {
  const texts = new Set<string>();
  const walk = (value: unknown, path: string): unknown => {
    if (typeof value === 'string') {
      if (value === '' || PLAIN.some((plain) => plain.test(path))) return value;
      if (value.length >= SHORTEST) texts.add(value);
      return `‹${String(value.length)} characters›`;
    }
    if (Array.isArray(value)) return value.map((one: unknown) => walk(one, path));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [
        key,
        walk(one, path === '' ? key : `${path}.${key}`),
      ]),
    );
  };
  const masked = walk(settings, '');
  return { settings: masked, texts: [...texts].sort((a, b) => b.length - a.length) };
}

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu;
/** Numbers of people, with their spaces; times and sizes of our own logs stand behind a key or are shorter. */
const NUMBER = /(?<![\w.:-])\+?\d(?:[ ()/-]?\d){6,}(?![\w:-])/gu;

/** A text without the words of the office, and without what looks like a number or address of a person. */
export function scrubbed(text: string, texts: readonly string[]): string {
  const bare = texts.reduce((left, one) => left.replaceAll(one, '‹text of the office›'), text);
  return bare.replaceAll(EMAIL, '‹address›').replaceAll(NUMBER, '‹number›');
}

/** The lines of a log that we wrote ourselves (JSON), scrubbed; `left` counts those of other programs. */
export function ownLines(
  log: string,
  texts: readonly string[],
): { readonly lines: readonly string[]; readonly left: number } {
  const all = log.split('\n').filter((line) => line.trim() !== '');
  const own = all.filter((line) => line.startsWith('{') && isJson(line));
  return { lines: own.map((line) => scrubbedLine(line, texts)), left: all.length - own.length };
}

/** Times and counts of a log line are ours; its texts are scrubbed. */
function scrubbedLine(line: string, texts: readonly string[]): string {
  const facts = JSON.parse(line) as Record<string, unknown>;
  const KEPT = new Set(['time', 'call', 'channel', 'bridge', 'version', 'event']);
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(facts).map(([key, value]) => [
        key,
        typeof value === 'string' && !KEPT.has(key) ? scrubbed(value, texts) : value,
      ]),
    ),
  );
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
