import { recordsErrors } from './errors.js';
import { derive } from './keyring.js';
import type { OpenSettings } from './protocol.js';

/** What is renewed when the root key is changed. All else would change what was written with it. */
const BY_ROOT: ReadonlySet<string> = new Set([
  'database/main',
  'database/keys',
  'database/search',
  'call-keys',
  'spool',
]);

/** The keys that are derived from the root key, once it is known. */
export class KeyBranches {
  root: Uint8Array | undefined;
  /** What index and audit keys are derived from when it is no longer the root key. */
  base: Uint8Array | undefined;

  /** @throws RECORDS_STOPPED before the root key is known */
  of(purpose: string): Buffer {
    const trunk = BY_ROOT.has(purpose) ? this.root : (this.base ?? this.root);
    if (trunk === undefined) throw recordsErrors.make('STOPPED');
    return derive(trunk, purpose);
  }

  /** What the database's thread is opened with. */
  openSettings(folder: string): OpenSettings {
    const hex = (purpose: string): string => this.of(purpose).toString('hex');
    return {
      folder,
      keys: {
        ...{ main: hex('database/main'), keys: hex('database/keys') },
        search: hex('database/search'),
      },
      auditKey: hex('audit'),
      wrapping: hex('call-keys'),
    };
  }
}
