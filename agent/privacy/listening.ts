import { SAMPLE_RATE } from '../audio/frame.js';
import { wavHeader } from '../audio/wav-header.js';
import { recordsErrors } from '../records/errors.js';
import type { OpenRecords } from '../records/records.js';
import type { StoredRecording } from '../records/recordings.js';
import { privacyErrors } from './errors.js';

/** The recording of a call as a stereo WAV file, in parts, none of which touches the disk. */
export interface Listening {
  readonly bytes: number;
  readonly parts: AsyncGenerator<Buffer>;
  /** Seconds since the call's start that were recorded and cannot be read: they are silent in it. */
  readonly damaged: readonly number[];
}

const SECOND_BYTES = SAMPLE_RATE * 4;

/**
 * Reads the recording of a call second by second: left the caller, right what the caller was played,
 * from the call's start on, so that its times are those of the transcript. What was not recorded is
 * silent, and so is what is damaged. `part`, in milliseconds from the call's start, gives the whole seconds
 * that hold it. @throws PRIVACY_NO_RECORDING, RECORDS_CHUNK_DAMAGED if none of it can be read, RECORDS_FILE_GONE
 */
export async function listenTo(
  records: OpenRecords,
  call: string,
  part?: { readonly fromMs: number; readonly toMs: number },
): Promise<Listening> {
  const recorded = await records.reading.recordings.of(call);
  const { intact, damaged } = await intactnessOf(recorded, call);
  const whole = Math.max(intact.last, damaged.at(-1) ?? 0) + 1;
  const from = Math.min(whole, Math.floor((part?.fromMs ?? 0) / 1000));
  const to = part === undefined ? whole : Math.min(whole, Math.ceil(part.toMs / 1000));
  const bytes = Math.max(0, to - from) * SECOND_BYTES;
  async function* parts(): AsyncGenerator<Buffer> {
    yield wavHeader(2, SAMPLE_RATE, bytes);
    let at = from;
    for await (const { second, samples } of inOrder(recorded)) {
      if (second < from || second >= to) continue;
      for (; at < second; at += 1) yield Buffer.alloc(SECOND_BYTES);
      const sound = Buffer.alloc(SECOND_BYTES);
      Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).copy(sound);
      yield sound;
      at += 1;
    }
    for (; at < to; at += 1) yield Buffer.alloc(SECOND_BYTES);
  }
  return {
    ...{ bytes: 44 + bytes, parts: parts() },
    damaged: damaged.filter((second) => second >= from && second < to),
  };
}

/**
 * Where what can be read of a call's recordings begins and ends, and the seconds that none of them gives.
 * @throws PRIVACY_NO_RECORDING, RECORDS_CHUNK_DAMAGED if nothing can be read
 */
export async function intactnessOf(
  recorded: readonly StoredRecording[],
  call: string,
): Promise<{
  readonly intact: { readonly first: number; readonly last: number };
  readonly damaged: readonly number[];
}> {
  const intact = new Set<number>();
  const damaged = new Set<number>();
  for (const recording of recorded) {
    const found = await recording.intactness();
    for (const second of found.intact) intact.add(second);
    for (const second of found.damaged) damaged.add(second);
  }
  if (intact.size === 0) {
    throw damaged.size === 0
      ? privacyErrors.make('NO_RECORDING', { place: call })
      : recordsErrors.make('CHUNK_DAMAGED', { place: call, detail: 'none of it can be read' });
  }
  const ordered = (seconds: Iterable<number>): number[] => [...seconds].sort((a, b) => a - b);
  const good = ordered(intact);
  return {
    intact: { first: good[0] ?? 0, last: good.at(-1) ?? 0 },
    damaged: ordered([...damaged].filter((second) => !intact.has(second))),
  };
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
    for await (const { second, samples } of recording.intact()) {
      if (samples === undefined) continue;
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
