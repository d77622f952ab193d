import { join } from 'node:path';
import { checkoutRoot } from '../wire/checkout.js';

/** The proto file of vosk-server's wire; the messages below mirror it. */
export const VOSK_PROTO = join(checkoutRoot, 'agent', 'speech', 'vosk-stt.proto');
export const VOSK_SERVICE = 'vosk.stt.v1.SttService';
export const VOSK_STATS = 'vosk.stt.v1.StatsService';

export interface VoskSpecification {
  readonly audioEncoding?: number;
  readonly sampleRateHertz?: number;
  readonly languageCode?: string;
  readonly partialResults?: boolean;
  readonly maxAlternatives?: number;
  readonly enableWordTimeOffsets?: boolean;
}
/** Exactly one member is set. */
export interface VoskRequest {
  readonly config?: { readonly specification?: VoskSpecification | null } | null;
  readonly audioContent?: Uint8Array;
}
export interface VoskDuration {
  readonly seconds: number;
  readonly nanos: number;
}
export interface VoskWord {
  readonly startTime?: VoskDuration | null;
  readonly endTime?: VoskDuration | null;
  readonly word: string;
  readonly confidence: number;
}
export interface VoskAlternative {
  readonly text: string;
  readonly confidence: number;
  readonly words: readonly VoskWord[];
}
export interface VoskChunk {
  readonly alternatives: readonly VoskAlternative[];
  readonly final: boolean;
  readonly endOfUtterance?: boolean;
}
export interface VoskResponse {
  readonly chunks: readonly VoskChunk[];
}
export interface VoskStats {
  readonly nStreams: number;
  readonly nTotalStreams: number;
  readonly maxChunkRtf: number;
  readonly maxStreamRtf: number;
}

/** LINEAR16_PCM, the only encoding. */
export const LINEAR16 = 1;

/** Seconds as the wire has them, to the millisecond as vosk-server does. */
export function durationOf(seconds: number): VoskDuration {
  const ms = Math.max(0, Math.round(seconds * 1000));
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}

export const secondsOf = (duration: VoskDuration | null | undefined): number =>
  duration ? duration.seconds + duration.nanos / 1e9 : 0;
