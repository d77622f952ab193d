import type { Ari, ChannelData } from './ari.js';

/**
 * What a carrier says of its caller's number (STIR/SHAKEN, RFC 8224, ATIS-1000074). `passed` and `failed` are its
 * verdict; `unverified` is none: it could not tell, or only passed on what the caller's own carrier signed.
 */
export interface Attestation {
  readonly verdict: 'passed' | 'failed' | 'unverified';
  /** A: the number is the caller's; B: the caller is known, the number is not; C: from a gateway. */
  readonly level?: 'A' | 'B' | 'C';
}

/** Headers that carry it, by who uses them. */
const NUMBERS = ['P-Asserted-Identity', 'From'] as const;
const LEVELS = ['X-Asterisk-Attestation', 'P-Attestation-Indicator', 'Attestation-Info'] as const;
const IDENTITY = 'Identity';
/** A signed identity has some 700 letters; more is somebody's attempt. */
const MOST = 4_096;

/** Reads the headers that `header` gives; undefined if they say nothing. Never looks anything up. */
export function attestationIn(header: (name: string) => string): Attestation | undefined {
  const read = (name: string): string => header(name).slice(0, MOST);
  const level = levelOf(LEVELS.map(read)) ?? signedLevel(read(IDENTITY));
  for (const name of NUMBERS) {
    const [, word, own] =
      /[;?&]verstat=(TN-Validation-Passed|TN-Validation-Failed|No-TN-Validation)(?:-([ABC]))?\b/iu.exec(
        read(name),
      ) ?? [];
    if (word === undefined) continue;
    const told = level ?? (own?.toUpperCase() as Attestation['level']);
    return { verdict: verdictOf(word), ...(told === undefined ? {} : { level: told }) };
  }
  return level === undefined ? undefined : { verdict: 'unverified', level };
}

const verdictOf = (word: string): Attestation['verdict'] => {
  const end = word.toLowerCase();
  if (end.endsWith('passed')) return 'passed';
  return end.endsWith('failed') ? 'failed' : 'unverified';
};

function levelOf(texts: readonly string[]): Attestation['level'] {
  const found = texts.map((text) => /^\s*([ABC])\s*(?:;|$)/iu.exec(text)?.[1]?.toUpperCase());
  return found.find((one) => one !== undefined) as Attestation['level'];
}

/** The `attest` of a PASSporT (RFC 8588), whose signature nobody has checked here. */
function signedLevel(identity: string): Attestation['level'] {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]*/u.exec(identity.trim())?.[1];
  if (payload === undefined) return undefined;
  try {
    const { attest } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
      readonly attest?: unknown;
    };
    return typeof attest === 'string' ? levelOf([attest]) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the carrier says of the caller of `channel`. Only trunks are believed: a stranger writes into a header
 * whatever they like. Undefined if nothing is said. Never fails.
 */
export async function attestationOf(
  ari: Pick<Ari, 'variable'>,
  { id, name }: Pick<ChannelData, 'id' | 'name'>,
): Promise<Attestation | undefined> {
  if (!name.startsWith('PJSIP/trunk-')) return undefined;
  const headers = new Map<string, string>(
    await Promise.all(
      [...NUMBERS, ...LEVELS, IDENTITY].map(async (header) => {
        // A header that did not come is an error of Asterisk's.
        const text = await ari.variable(id, `PJSIP_HEADER(read,${header})`).catch(() => '');
        return [header, text] as const;
      }),
    ),
  );
  return attestationIn((header) => headers.get(header) ?? '');
}
