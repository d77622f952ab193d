import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { SAMPLE_RATE } from '../audio/frame.js';
import { decodeWav } from '../audio/wav.js';
import type { Consent, NewConsent } from '../records/ports.js';
import type { OpenRecords } from '../records/records.js';
import { bytesIn, textIn } from './archive.js';
import { privacyErrors } from './errors.js';
import type { ReportedCall } from './report-schema.js';

/** Both sides of a recording, from the call's start on. */
export type Sides = readonly [Int16Array, Int16Array];

/** Seconds that may wait for the disk: a writer takes 60 and no more. */
const AHEAD = 30;
const EVERY_MS = 5;

const manifestSchema = z.object({
  files: z.array(z.object({ file: z.string(), sha256: z.string() })),
});

const BASES: readonly string[] = [
  'announcement',
  'opt-out',
  'opt-in',
] satisfies readonly NewConsent['basis'][];
export const isBasis = (basis: string): basis is NewConsent['basis'] => BASES.includes(basis);

/**
 * The sound of a call in a report's archive; undefined where it has none, or came without a consent that
 * is known here. @throws PRIVACY_FILE_UNREADABLE when it is missing, was changed, or is no such recording
 */
export async function soundIn(
  archive: Uint8Array | undefined,
  { recording, consent }: ReportedCall,
  place: string,
): Promise<Sides | undefined> {
  if (archive === undefined || recording === null || !isBasis(consent?.basis ?? ''))
    return undefined;
  const where = `${place}, ${recording.file}`;
  try {
    const bytes = await bytesIn(archive, recording.file);
    const manifest = manifestSchema.parse(
      JSON.parse((await textIn(archive, 'manifest.json')) ?? ''),
    );
    const told = manifest.files.find(({ file }) => file === recording.file)?.sha256;
    if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== told) {
      throw new Error('it is not what the manifest names');
    }
    const { channels, rate } = decodeWav(bytes, where);
    const [caller, agent] = channels;
    if (caller === undefined || agent === undefined || rate !== SAMPLE_RATE) {
      throw new Error('it is no stereo of 16 kHz');
    }
    return [caller, agent];
  } catch (cause) {
    throw privacyErrors.make('FILE_UNREADABLE', { place: where, cause });
  }
}

/** Seals a recording that was made elsewhere. Seconds in which both sides are silent were not recorded. */
export async function keepSound(
  { recordings }: Pick<OpenRecords, 'recordings'>,
  consent: Consent,
  [caller, agent]: Sides,
): Promise<void> {
  const writer = await recordings.open(consent);
  let written = 0;
  for (let at = 0; at < caller.length; at += SAMPLE_RATE) {
    const sides = [caller, agent].map((side) => side.subarray(at, at + SAMPLE_RATE));
    if (sides.every((side) => side.every((sample) => sample === 0))) continue;
    const [left, right] = sides;
    const atMs = (at * 1_000) / SAMPLE_RATE;
    if (left !== undefined) writer.write('caller', left, atMs);
    if (right !== undefined) writer.write('agent', right, atMs);
    written += 1;
    while (written - writer.stored > AHEAD && !writer.broken) await sleep(EVERY_MS);
  }
  await writer.close();
}
