import type { SetUp, SetUpDraft, Surroundings } from '../privacy/set-up-answers.js';

/** What was put into an archive for support. */
export interface SupportBundleMade {
  readonly file: string;
  readonly files: readonly string[];
  /** Lines of other programs' logs that were left out. */
  readonly left: number;
}

/** Writes the archive `to`; only this user can read it. @throws PRIVACY_EXPORT_UNWRITABLE */
export type SupportBundle = (to: string) => Promise<SupportBundleMade>;

export interface Profile {
  readonly name: string;
  readonly language: string;
  /** Whether it is one of the office's own. */
  readonly own: boolean;
  /** Whether an office can be set up as one of that kind; of those that come along `setup` knows itself. */
  readonly office: boolean;
}

/** The files of a new profile. */
export interface NewProfile {
  /** Intents, with examples of how callers say them. */
  readonly intents: string;
  /** What such an office begins as: a whole configuration. */
  readonly office: string;
  /** The language of its texts, two letters: another than the profile's where no example speaks that one. */
  readonly texts: string;
}

/** What kinds of office there are: what their callers want, and what such an office begins as. */
export interface Profiles {
  list(): readonly Profile[];
  /** Those of one's own that an office can be set up as: `optician.en`. */
  ownKinds(): readonly string[];
  /** A copy of `from` under a new name, to be changed. @throws SETUP_NO_PROFILE, SETUP_PROFILE_THERE */
  create(name: string, from: string, language: string): NewProfile;
}

/** What an update changes. */
export interface PlannedUpdate {
  readonly from: string;
  readonly to: string;
  /** One line each. */
  readonly changes: readonly string[];
  /** Settings of this office that will not be taken for ever, and what to write instead. */
  readonly deprecated: readonly string[];
  /** Why it cannot be done; empty when it can. */
  readonly refusals: readonly string[];
  /** Whether databases or the configuration change their shape. */
  readonly migrates: boolean;
  /** Whether a sealed backup can be made before. */
  readonly backup: boolean;
}

export interface ApplyOptions {
  /** The .deb that is installed, as the way back, where none was kept. */
  readonly previous: string | undefined;
  readonly withoutBackup: boolean;
  /** How long running calls are waited for. */
  readonly drainMs: number;
  readonly tell: (line: string) => void;
}

/** Puts releases in the place of the installed one, and back. */
export interface Updater {
  /** @throws UPDATE_NO_RELEASE, CONFIG_… */
  plan(file: string): Promise<PlannedUpdate>;
  /** @throws UPDATE_… ; after UPDATE_ROLLED_BACK all is as it was */
  apply(file: string, options: ApplyOptions): Promise<PlannedUpdate>;
  /** Undoes an update that was cut off; returns the version in force. @throws UPDATE_NOTHING_TO_UNDO */
  back(tell: (line: string) => void): Promise<string>;
  /** Writes the configuration in the newest shape, if it has an older one. */
  migrateConfiguration(): {
    readonly from: number;
    readonly to: number;
    readonly steps: readonly string[];
  };
}

/** The backup that is restored, as the command names it. */
export interface BareBackup {
  readonly folder: string | undefined;
  readonly identityFile: string;
  readonly state: string | undefined;
}

/** What works without a configuration, or with a broken one. */
export interface Bare {
  readonly setUp: SetUp;
  /** Whether an office stands there already that `setUp` would not replace. @throws SETUP_CHANGED */
  readonly refuseChanged: (force: boolean) => void;
  readonly setUpDraft: SetUpDraft;
  /** What the machine has that an office is set up with. */
  readonly surroundings: () => Promise<Surroundings>;
  /** Whether `scripts/start` is here; where the package is installed, the service starts it. */
  readonly fromCheckout: boolean;
  /** Trains, starts, has it called once and shows the call; resolves to the exit code. */
  readonly tryCall: () => Promise<number>;
  readonly supportBundle: SupportBundle;
  /** Puts the configuration of a backup where there is none. @throws PRIVACY_BACKUP_… */
  readonly takeConfiguration: (backup: BareBackup) => Promise<void>;
  readonly profiles: Profiles;
  readonly updater: Updater;
}
