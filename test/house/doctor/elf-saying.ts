/** A program that says `Asterisk VERSION`, with as much of an ELF header as tells of a loader. */
export function elfSaying(version: string): Buffer {
  const bytes = Buffer.alloc(136);
  bytes.write(`#!/bin/echo Asterisk ${version}\n`);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(3, 64);
  bytes.writeBigUInt64LE(128n, 72);
  bytes.writeBigUInt64LE(6n, 96);
  bytes.write('ld.so', 128);
  return bytes;
}
