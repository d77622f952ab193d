import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readdirSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A voicemail that Asterisk has taken: its files, and who left it. */
export interface TakenVoicemail {
  /** Id of the channel that left it. */
  readonly channel: string;
  /** As the network gave them; the caller's is empty when withheld. */
  readonly caller: string;
  readonly called: string;
  /** Milliseconds since 1970; the file's own time if nothing else is known. */
  readonly at: number;
  /** Undefined if the caller hung up before a sound was written. */
  readonly sound: string | undefined;
  readonly files: readonly string[];
}

const NOTE = '.txt';
const SOUND = '.wav';
const BLOCK = 65_536;

/** Ids of the channels that have left something in `folder`; a folder that is not there is empty. */
export function channelsOf(folder: string): ReadonlySet<string> {
  if (!existsSync(folder)) return new Set();
  const names = readdirSync(folder).filter((name) => name.endsWith(NOTE) || name.endsWith(SOUND));
  return new Set(names.map((name) => name.slice(0, -NOTE.length)));
}

/** What one channel has left in `folder`. */
export function voicemailOf(folder: string, channel: string): TakenVoicemail {
  const [note, sound] = [NOTE, SOUND].map((end) => join(folder, channel + end)) as [string, string];
  const files = [sound, note].filter((file) => existsSync(file));
  const text = existsSync(note) ? readFileSync(note, 'utf8') : '';
  const [caller = '', called = '', seconds = ''] = text.trim().split('|');
  // A channel's id begins with the second of its birth, after the system's name.
  const born = Number(/(\d{9,})\.\d+$/u.exec(channel)?.[1] ?? 0) * 1000;
  const at = Number(seconds) * 1000 || born;
  return {
    ...{ channel, caller, called, at, files },
    sound: existsSync(sound) ? sound : undefined,
  };
}

/** The id under which a voicemail is stored: always the same, so that a second try is known as one. */
export function callIdOf({ channel, at }: TakenVoicemail): string {
  const hash = createHash('sha256')
    .update(`voicemail ${channel} ${String(at)}`)
    .digest('hex');
  const [a, b, c, d] = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(13, 16),
    hash.slice(17, 20),
  ];
  return `${a}-${b}-8${c}-8${d}-${hash.slice(20, 32)}`;
}

/**
 * Overwrites a file with zeros on the disk and removes it. A file system that copies on write, and a disk
 * that moves its blocks, may keep what was there: docs/guide/voicemail.md.
 */
export function shred(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    const { size } = fstatSync(handle);
    const zeros = Buffer.alloc(BLOCK);
    for (let at = 0; at < size; at += BLOCK) {
      writeSync(handle, zeros, 0, Math.min(BLOCK, size - at), at);
    }
    fsyncSync(handle);
    ftruncateSync(handle, 0);
  } finally {
    closeSync(handle);
  }
  unlinkSync(file);
}
