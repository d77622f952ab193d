import type { Finding } from '../../finding.js';
import type { Clock } from '../../clock.js';
import type { Paths } from '../../config/paths.js';
import type { Configuration } from '../../config/schema.js';
import type { ModelPlaces, ModelReport } from '../../speech/models.js';

/** Figures of the machine, so that a test may hold them. Bytes, unless said otherwise. */
export interface Machine {
  readonly nodeVersion: string;
  readonly cpus: number;
  /** Processes that wanted to run during the last minute, on average. */
  readonly load: number;
  readonly memoryAvailable: number;
  /** Free for this user on the file system of `path`. */
  diskFree(path: string): Promise<number>;
  /** How long it takes in `folder` until a small write is on the disk, in milliseconds: the median. */
  syncMs(folder: string): Promise<number>;
  /** Whether the clock is kept by time servers; undefined where nobody tells. */
  clockKept(): Promise<boolean | undefined>;
  /** IP addresses of this machine, loopback left out. */
  readonly addresses: readonly string[];
  /** Whether packets get from one UDP port of a range to another and back; busy: none could be tried. */
  soundPasses(host: string, from: number, to: number): Promise<'both' | 'none' | 'busy'>;
  /** Rounds of the benchmark of two seconds that all cores together have left, a second. */
  freeRounds(): Promise<number>;
  /** The models that are missing or damaged; all of them are read. */
  wrongModels(places: ModelPlaces): Promise<readonly ModelReport[]>;
}

/** What a check looks at. */
export interface Patient {
  readonly env: NodeJS.ProcessEnv;
  readonly paths: Paths;
  readonly clock: Clock;
  readonly machine: Machine;
  /** Folder of the models. */
  readonly models: string;
  /** Folder of the unpacked Asterisk. */
  readonly asterisk: string;
  /** Whether the daemon is to be left alone. */
  readonly offline: boolean;
  /** Whether what takes seconds, and keeps a processor or the disk busy, is left out. */
  readonly quick: boolean;
  /** Names of the supervisor's processes that live. */
  readonly running: ReadonlySet<string>;
}

/** A patient whose configuration could be read. */
export interface Configured extends Patient {
  readonly settings: Configuration;
}

export interface Outcome {
  readonly status: Finding['status'];
  readonly finding: string;
  readonly mend?: string;
}

interface About {
  readonly id: string;
  readonly title: string;
  readonly why: string;
}

/** A check that needs no configuration, or one that does. */
export type Check = About &
  (
    | { readonly needs: 'nothing'; readonly run: (patient: Patient) => Promise<Outcome> | Outcome }
    | {
        readonly needs: 'configuration';
        readonly run: (patient: Configured) => Promise<Outcome> | Outcome;
      }
  );

export const ok = (finding: string): Outcome => ({ status: 'ok', finding });
export const skipped = (finding: string): Outcome => ({ status: 'skipped', finding });
export const warn = (finding: string, mend: string): Outcome => ({ status: 'warn', finding, mend });
export const fail = (finding: string, mend: string): Outcome => ({ status: 'fail', finding, mend });
