import { oneLine } from '../errors.js';
import { readTls, type TlsFiles, type TlsIdentity } from './tls.js';

/** Between two looks at the files, in milliseconds. */
const EVERY_MS = 30_000;

/**
 * The identity in files that may be replaced while it is in use: new connections prove themselves with
 * what was put there last. Files that do not fit together, as while they are being copied, are left
 * alone, and what was read before stays in use; of the same fault in two looks `told` is told once.
 */
export class RenewedTls {
  readonly #files: TlsFiles;
  readonly #told: (reason: string) => void;
  readonly #monotonic: () => number;
  readonly #listeners = new Set<(identity: TlsIdentity) => void>();
  #identity: TlsIdentity | undefined;
  #lookedAt = -Infinity;
  #fault: string | undefined;
  #faults = 0;

  /** `monotonic` is in milliseconds. Reads nothing yet. */
  constructor(
    files: TlsFiles,
    told: (reason: string) => void = () => undefined,
    monotonic: () => number = () => performance.now(),
  ) {
    this.#files = files;
    this.#told = told;
    this.#monotonic = monotonic;
  }

  /** What is to be shown now; looks at the files at most every 30 s. Throws WIRE_TLS errors at first. */
  readonly current = (): TlsIdentity => {
    const identity = (this.#identity ??= this.#first());
    if (this.#monotonic() - this.#lookedAt < EVERY_MS) return identity;
    return this.#look(identity);
  };

  /** Tells `listener` of each renewal from now on; what is returned ends both. */
  follow(listener: (identity: TlsIdentity) => void): () => void {
    this.#listeners.add(listener);
    const timer = setInterval(this.current, EVERY_MS).unref();
    return () => {
      clearInterval(timer);
      this.#listeners.delete(listener);
    };
  }

  #first(): TlsIdentity {
    this.#lookedAt = this.#monotonic();
    return readTls(this.#files);
  }

  #look(before: TlsIdentity): TlsIdentity {
    this.#lookedAt = this.#monotonic();
    let found: TlsIdentity;
    try {
      found = readTls(this.#files);
    } catch (error) {
      this.#failed(oneLine(error));
      return before;
    }
    this.#fault = undefined;
    if (isSame(found, before)) return before;
    this.#identity = found;
    for (const listener of this.#listeners) listener(found);
    return found;
  }

  #failed(fault: string): void {
    this.#faults = fault === this.#fault ? this.#faults + 1 : 1;
    this.#fault = fault;
    if (this.#faults === 2) this.#told(fault);
  }
}

const isSame = (one: TlsIdentity, other: TlsIdentity): boolean =>
  one.certificate.equals(other.certificate) && one.key.equals(other.key) && one.ca.equals(other.ca);
