import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { bytesOfPcm } from '../../agent/audio/frame.js';
import { CallKeys } from '../../agent/records/call-keys.js';
import { ChunkSound } from '../../agent/records/chunk-sound.js';
import { derive, newKey } from '../../agent/records/keyring.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { seal } from '../../agent/records/seal.js';
import { grantFor } from './store.js';

const pcm = await ChunkSound.writing('pcm');

/**
 * A chunk as it was written until November 2026, when a recording had one key: in form 1 plain PCM, in form
 * 2 coded. Without samples it is the final one.
 */
export function oldChunk(
  form: 1 | 2,
  key: Uint8Array,
  recording: string,
  { index, second }: { readonly index: number; readonly second: number },
  samples: Int16Array,
): Buffer {
  const plain = form === 1 ? bytesOfPcm(samples) : pcm.pack(samples);
  const header = Buffer.alloc(form === 1 ? 13 : 17);
  header.writeUInt8((form - 1) * 2 + (samples.length === 0 ? 1 : 0), 0);
  header.writeUInt32BE(index, 1);
  header.writeUInt32BE(second, 5);
  header.writeUInt32BE(plain.byteLength + 28, 9);
  if (form === 2) header.writeUInt32BE(crc32(header.subarray(0, 13)), 13);
  const bound = `recording:${String(form)}:${recording}:${header.toString('hex')}`;
  return Buffer.concat([header, seal(key, plain, bound)]);
}

/** The key of a call in the store at `home`. */
export function callKeyOf(records: OpenRecords, home: string, call: string): Promise<Uint8Array> {
  const root = Buffer.from(readFileSync(join(`${home}-keys`, 'root.key'), 'utf8').trim(), 'hex');
  return new CallKeys(records.rights.database, () => derive(root, 'call-keys')).of(call);
}

export interface OldRecording {
  readonly call: string;
  readonly id: string;
  /** A second of interleaved stereo each. */
  readonly seconds: readonly Int16Array[];
  /** Interrupted if absent: without a final chunk. */
  readonly closed?: boolean;
  /** Without a row of its own: what was hidden after the state that was restored. */
  readonly row?: boolean;
}

/** Puts a recording of one key into a store, with its row if it has one; returns its key. */
export async function putOldRecording(
  records: OpenRecords,
  home: string,
  { call, id, seconds, closed = false, row = true }: OldRecording,
): Promise<Uint8Array> {
  const { database } = records.rights;
  const key = newKey();
  await database.write('keys', {
    sql: 'INSERT INTO recording_key (recording_id, call_id, wrapped) VALUES (?, ?, ?)',
    values: [...[id, call], seal(await callKeyOf(records, home, call), key, `recording-key:${id}`)],
  });
  if (row) {
    const consent = await grantFor(records, call);
    await database.write('main', {
      sql: `INSERT INTO recording (id, call_id, consent_id, file, state, chunks)
            VALUES (?, ?, ?, ?, ?, ?)`,
      values: [
        ...[id, call, consent.id, `${id}.vrec`],
        ...[closed ? 'closed' : 'open', closed ? seconds.length : null],
      ],
    });
  }
  const chunks = seconds.map((samples, index) =>
    oldChunk(2, key, id, { index, second: index }, samples),
  );
  const end = { index: seconds.length, second: 0 };
  if (closed) chunks.push(oldChunk(2, key, id, end, new Int16Array(0)));
  const folder = join(home, 'records', 'recordings');
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, `${id}.vrec`), Buffer.concat(chunks), { mode: 0o600 });
  return key;
}
