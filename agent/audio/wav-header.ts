/**
 * The header of a PCM WAV file (RIFF, 44 bytes) whose `bytes` of 16-bit samples follow it, for a file
 * that is sent while it is being read. Source: Microsoft, Multimedia Programming Interface 1.0.
 */
export function wavHeader(channels: number, rate: number, bytes: number): Buffer {
  const header = Buffer.alloc(44);
  const frame = channels * 2;
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(36 + bytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * frame, 28);
  header.writeUInt16LE(frame, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(bytes, 40);
  return header;
}
