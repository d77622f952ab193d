import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { oneLine } from '../agent/errors.js';
import { checkoutRoot } from '../agent/wire/checkout.js';

/**
 * The part of a changelog (keepachangelog.com) that is about `version`, without its heading; the newest
 * part if no version is given. @throws if there is none
 */
export function releaseNotes(changelog: string, version?: string): string {
  const parts = changelog.split(/^## /mu).slice(1);
  const part =
    version === undefined ? parts[0] : parts.find((one) => headingOf(one).includes(version));
  if (part === undefined) {
    throw new Error(
      `CHANGELOG.md has no part ${version === undefined ? 'at all' : `for ${version}`}`,
    );
  }
  return part.slice(part.indexOf('\n') + 1).trim();
}

/** The words of a heading, so that 1.0 is not found in 11.0. */
const headingOf = (part: string): readonly string[] =>
  (part.split('\n')[0] ?? '').split(/[\s[\]]+/u);

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  try {
    const changelog = readFileSync(join(checkoutRoot, 'CHANGELOG.md'), 'utf8');
    process.stdout.write(`${releaseNotes(changelog, process.argv[2])}\n`);
  } catch (error) {
    process.stderr.write(`release-notes: ${oneLine(error)}\n`);
    process.exitCode = 1;
  }
}
