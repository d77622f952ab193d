import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { asteriskCall, asteriskTree } from '../../telephony/pbx/program.js';

const WITHIN_MS = 5_000;

/**
 * The version that the Asterisk in `folder` tells, such as `22.10.1`; undefined if it tells none.
 *
 * @throws PBX_NOT_INSTALLED, and whatever keeps it from starting
 */
export async function versionOf(folder: string): Promise<string | undefined> {
  const { command, args, env } = asteriskCall(asteriskTree(folder), ['-V']);
  const { stdout } = await promisify(execFile)(command, args, {
    env: { ...process.env, ...env },
    timeout: WITHIN_MS,
  });
  return /\d+\.\d+\.\d+/u.exec(stdout)?.[0];
}
