import { SAMPLE_RATE } from '../audio/frame.js';
import { wavHeader } from '../audio/wav-header.js';
import type { OpenRecords } from '../records/records.js';
import type { StoredRecording } from '../records/recordings.js';
import { privacyErrors } from './errors.js';

/** The recording of a call as a stereo WAV file, in parts, none of which touches the disk. */
export interface Listening {
  readonly bytes: number;
  readonly parts: AsyncGenerator<Buffer>;
}

const SECOND_BYTES = SAMPLE_RATE * 4;

/**
 * Reads the recording of a call second by second: left the caller, right what the caller was played,
 * from the first recorded second on. What was not recorded is silent.
 * @throws PRIVACY_NO_RECORDING, RECORDS_CHUNK_DAMAGED, RECORDS_FILE_GONE
 */
export async function listenTo(records: OpenRecords, call: string): Promise<Listening> {
  const recorded = await records.reading.recordings.of(call);
  const firsts = recorded.flatMap(({ first }) => first ?? []);
  const lasts = recorded.flatMap(({ last }) => last ?? []);
  if (firsts.length === 0) throw privacyErrors.make('NO_RECORDING', { place: call });
  const first = Math.min(...firsts);
  const seconds = Math.max(...lasts) - first + 1;
  const bytes = seconds * SECOND_BYTES;
  async function* parts(): AsyncGenerator<Buffer> {
    yield wavHeader(2, SAMPLE_RATE, bytes);
    let at = 0;
    for await (const { second, samples } of inOrder(recorded)) {
      const place = second - first;
      for (; at < place; at += 1) yield Buffer.alloc(SECOND_BYTES);
      const sound = Buffer.alloc(SECOND_BYTES);
      Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).copy(sound);
      yield sound;
      at += 1;
    }
    for (; at < seconds; at += 1) yield Buffer.alloc(SECOND_BYTES);
  }
  return { bytes: 44 + bytes, parts: parts() };
}

/** The seconds of all recordings of a call; after a crash two of them may share one. */
async function* inOrder(
  recorded: readonly StoredRecording[],
): AsyncGenerator<{ second: number; samples: Int16Array }> {
  const sorted = [...recorded]
    .filter(({ first }) => first !== undefined)
    .sort((a, b) => (a.first ?? 0) - (b.first ?? 0));
  let held: { second: number; samples: Int16Array } | undefined;
  for (const recording of sorted) {
    for await (const { second, samples } of recording.chunks()) {
      if (held?.second === second) {
        const before = held.samples;
        held = { second, samples: samples.map((one, index) => sounding(before[index], one)) };
        continue;
      }
      if (held !== undefined) yield held;
      held = { second, samples };
    }
  }
  if (held !== undefined) yield held;
}

/** Each of the two is silent where the other is not. */
const sounding = (before: number | undefined, one: number): number =>
  before === undefined || before === 0 ? one : before;
