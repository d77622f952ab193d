import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pcm } from '../../../agent/audio/frame.js';
import { decodeWav } from '../../../agent/audio/wav.js';

/** An English sentence by flite, the only English voice besides Piper that tests install. */
export function english(): Pcm {
  const folder = mkdtempSync(join(tmpdir(), 'vst-'));
  try {
    const path = join(folder, 'said.wav');
    const text = 'I would like to book an appointment on Tuesday morning.';
    execFileSync('flite', ['-voice', 'slt', '-t', text, '-o', path]);
    return decodeWav(readFileSync(path), path).pcm;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
