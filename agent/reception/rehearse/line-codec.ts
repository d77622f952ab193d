import { alawDecode, alawEncode, ulawDecode, ulawEncode } from '../../audio/g711.js';
import { G722Decoder, G722Encoder } from '../../audio/g722.js';
import { LINE_RATE } from './pacer.js';
import { G722, PCMA, PCMU, type Codec, type CodecName } from './sdp.js';

/** Codes one call's audio, both ways. */
export interface LineCodec {
  encode(pcm: Int16Array): Uint8Array;
  decode(payload: Uint8Array): Int16Array;
}

/** Samples a second of what goes over the line. Its RTP clock is 8000 all the same (RFC 3551, 4.5.2). */
export const rateOf = (codec: Codec): number => (codec.name === 'G722' ? 2 * LINE_RATE : LINE_RATE);

/** A fresh codec: G.722 remembers what came before. */
export function lineCodec(name: CodecName): LineCodec {
  switch (name) {
    case 'PCMU':
      return { encode: ulawEncode, decode: ulawDecode };
    case 'PCMA':
      return { encode: alawEncode, decode: alawDecode };
    case 'G722': {
      const encoder = new G722Encoder();
      const decoder = new G722Decoder();
      return {
        encode: (pcm) => encoder.encode(pcm),
        decode: (payload) => decoder.decode(payload),
      };
    }
  }
}

/** Codecs that a scenario may ask for, by its own words. */
export const CODECS = { pcmu: PCMU, pcma: PCMA, g722: G722 } as const;
