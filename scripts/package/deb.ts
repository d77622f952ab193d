import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { oneLine } from '../../agent/errors.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { notBuilt, stage } from './stage.js';

export type Compression = 'xz' | 'zstd' | 'none';

/** Seconds since 1970 that every file is dated: SOURCE_DATE_EPOCH, or when the last commit was made. */
export function dateOf(env: NodeJS.ProcessEnv): number {
  const given = env.SOURCE_DATE_EPOCH ?? '';
  if (/^\d+$/u.test(given)) return Number(given);
  try {
    return Number(
      execFileSync('git', ['log', '-1', '--format=%ct'], {
        ...{ cwd: checkoutRoot, encoding: 'utf8' },
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim(),
    );
  } catch {
    throw new Error('no date: this is no git checkout; set SOURCE_DATE_EPOCH (seconds since 1970)');
  }
}

/** Builds the package of what is compiled into `folder`; returns its file. */
export async function buildDeb(
  folder: string,
  compression: Compression,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const missing = notBuilt();
  if (missing.length > 0)
    throw new Error(`not built yet: ${missing.join(', ')}; run scripts/package/deb`);
  const { version } = JSON.parse(readFileSync(join(checkoutRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const seconds = dateOf(env);
  const file = join(resolve(folder), `vestibule_${version}_amd64.deb`);
  mkdirSync(resolve(folder), { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'vestibule-deb-'));
  try {
    await stage(work, version, seconds);
    execFileSync(
      'dpkg-deb',
      // One thread: with several, how xz cuts its blocks depends on the machine.
      ['--root-owner-group', '--threads-max=1', `-Z${compression}`, '--build', work, file],
      {
        env: { ...env, SOURCE_DATE_EPOCH: String(seconds) },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const { values } = parseArgs({
      options: {
        to: { type: 'string', default: join(checkoutRoot, 'build', 'package') },
        compression: { type: 'string', default: 'xz' },
      },
    });
    const { compression } = values;
    if (compression !== 'xz' && compression !== 'zstd' && compression !== 'none') {
      throw new Error('--compression is xz, zstd or none');
    }
    const file = await buildDeb(values.to, compression, process.env);
    process.stdout.write(`${file}, ${(statSync(file).size / 1e6).toFixed(0)} MB\n`);
  } catch (error) {
    process.stderr.write(`package: ${oneLine(error)}\n`);
    process.exitCode = 1;
  }
}
