import type { ConverseParts } from '../reception/converse.js';
import type { BackupRoom } from '../privacy/backup-room.js';
import type { ConfigurationDesk } from '../privacy/configuration-desk.js';
import type { KeyRoom } from '../privacy/key-room.js';
import type { Rooms } from '../privacy/rooms/rooms.js';
import type { Installation } from '../privacy/register.js';
import type { Pcm } from '../audio/frame.js';
import type { Away } from '../dialogue/directory.js';
import type { Desk, DeskEvent, DeskSettings } from '../reception/desk.js';
import type { LiveCalls } from '../reception/live-calls.js';
import type { Ban } from '../telephony/guard/offences.js';
import type { HandlingPlan } from '../reception/handling.js';
import type { StaffMember } from '../reception/handling-staff.js';
import type { SelfTestReport } from '../reception/self-test/self-test.js';
import type { Encoder, Recogniser, Voice, VoiceActivity } from '../speech/ports.js';
import type { RenderedPbx } from '../telephony/pbx/render.js';
import type { HeadDescription } from '../understanding/head.js';
import type { OpeningHours } from '../understanding/hours.js';

/** Speech workers that a command may use: those that run, or some of its own. */
export interface Speech {
  readonly encoder: Encoder;
  readonly voice: Voice;
  readonly recogniser: Recogniser;
  readonly voiceActivity: VoiceActivity;
}

export interface TalkSettings extends DeskSettings {
  /** False keeps nothing at all of the talk. */
  readonly record: boolean;
}

/** A fixed prompt: what it is called, what it says, and the file if somebody recorded it. */
export interface PromptEntry {
  readonly name: string;
  readonly text: string;
  readonly recording: string | undefined;
}

/** Something that happens to a call: its id alone. */
export interface WatchedCall {
  readonly id: string;
  readonly what: 'began' | 'said' | 'ended';
}

/** The fixed prompts and the recordings of them. */
export interface PromptBook {
  list(): Promise<readonly PromptEntry[]>;
  /** @throws SPEECH_NO_PROMPT */
  find(name: string): Promise<PromptEntry>;
  /** Makes `recorded` ready and keeps it; returns its file. @throws AUDIO_NO_SPEECH */
  keep(entry: PromptEntry, recorded: Pcm): Promise<{ readonly file: string; readonly pcm: Pcm }>;
  /** What callers hear: the recording, or the rendered prompt; undefined before the first start. */
  heard(entry: PromptEntry): Promise<Pcm | undefined>;
  remove(entry: PromptEntry): Promise<void>;
}

/** Where the dashboard is opened. */
export interface DashboardPlace {
  /** False when web.enabled is. */
  readonly enabled: boolean;
  readonly url: string;
  /** SHA-256 of the authority's certificate; undefined for a certificate of the office's own. */
  readonly fingerprint: string | undefined;
}

/** What the office's own facts make of a text. */
export interface TextFacts {
  readonly language: string;
  /** ISO 3166, two letters. */
  readonly country: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly hours: OpeningHours | undefined;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Who takes which call, by the configuration. */
export interface HandlingBook {
  readonly plan: HandlingPlan;
  /** The plan of whoever answers when `called` was dialled. */
  planFor(called: string): HandlingPlan;
  staff(now: number, away: readonly Away[]): readonly StaffMember[];
  /** Whether `id` is a person, a department or a rota. */
  isDestination(id: string): boolean;
}

/** The intent head of one profile. */
export interface TrainedHead {
  readonly profile: string;
  readonly head: HeadDescription;
  /** Whether it was trained just now. */
  readonly trained: boolean;
}

/** What the commands need of the house; main.ts builds it. Commands import no configuration. */
export interface House {
  /** Checks configuration and examples. @throws CONFIG_…, UNDERSTANDING_EXAMPLES_… with every fault */
  check(): void;
  /** Has the running daemon take the configuration. @throws CONFIG_REFUSED, CONFIG_NOT_RUNNING */
  reload(why?: string): Promise<void>;
  /** Lends the configuration file and its versions; what is changed, a daemon that runs takes at once. */
  configuration<T>(use: (desk: ConfigurationDesk, who: string) => Promise<T>): Promise<T>;
  /**
   * Has the running daemon take no new calls, hold those that run to their ends, and start anew; resolves
   * when the next one answers. `tell` hears how many are still held. @throws CONFIG_NOT_RUNNING
   */
  drain(withinMs: number, tell: (held: number) => void): Promise<void>;
  /** What the running daemon does, and the calls that it holds; undefined if none runs. */
  live(): LiveCalls | undefined;
  /** Addresses that the guard shuts out. */
  readonly bans: { list(): readonly Ban[]; pardon(address: string): void };
  /** Where our own Asterisk is reached by another PBX. */
  readonly sip: { readonly host: string; readonly port: number };
  /** Renders Asterisk's configuration and the supervisor's plan; returns the plan's path. */
  render(): { readonly pbx: RenderedPbx; readonly plan: string; readonly sipPort: number };
  /** Where the dashboard is opened, and by what its authority is known; the certificate is made if need be. */
  dashboard(): Promise<DashboardPlace>;
  /** Answers calls until the process is told to end. */
  run(): Promise<void>;
  /** Trains the intent head of every profile; without `force` only where examples or encoder changed. */
  train(force: boolean, language?: string): Promise<readonly TrainedHead[]>;
  /** The keys of the store; nothing is opened. */
  keys(): KeyRoom;
  /** Identities and drills: what opens no store but copies of it. */
  backup(): Pick<BackupRoom, 'identity' | 'drill'>;
  /** Puts a backup in the place of a store that is lost. @throws RECORDS_STORE_IN_USE, PRIVACY_… */
  restore(wish: Parameters<BackupRoom['restore']>[0]): ReturnType<BackupRoom['restore']>;
  /**
   * Lends the rooms for the length of `use`: the daemon's, or those of a store that nobody else has open
   * meanwhile. @throws RECORDS_STORE_IN_USE
   */
  rooms<T>(use: (rooms: Rooms) => Promise<T>): Promise<T>;
  /**
   * What happens to calls from now on, told by the running daemon, until `signal` aborts.
   * @throws CONFIG_NOT_RUNNING
   */
  watchCalls(signal: AbortSignal): AsyncIterable<WatchedCall>;
  /** What the register of processing and the privacy notice are made of. */
  readonly installation: Installation;
  /** Lends speech workers for the length of `use`: the running ones, else its own. */
  speech<T>(
    kinds: readonly ('encoder' | 'voice' | 'recogniser' | 'vad')[],
    use: (speech: Speech) => Promise<T>,
    /** Another language than the configuration's, for which workers are started. */
    language?: string,
  ): Promise<T>;
  /**
   * Lends a receptionist for calls in text, with parts of the configuration replaced.
   * @throws CONFIG_NO_NUMBER
   */
  conversing<T>(
    instead: {
      readonly language?: string | undefined;
      readonly country?: string | undefined;
      readonly profile?: string | undefined;
      /** Answers as for a call to this number, or as the profile of this id under `numbers`. */
      readonly number?: string | undefined;
    },
    use: (parts: ConverseParts) => Promise<T>,
  ): Promise<T>;
  /** Lends a receptionist at a desk microphone; `tell` hears what is said and done. */
  talk<T>(
    settings: TalkSettings,
    tell: (event: DeskEvent) => void,
    use: (desk: Desk) => Promise<T>,
  ): Promise<T>;
  /**
   * Calls the receptionist that runs here and keeps how it went; `sip` calls another address.
   * @throws RECEPTION_NO_SELF_TEST
   */
  selfTest(sip?: { readonly host: string; readonly port: number }): Promise<SelfTestReport>;
  prompts(): PromptBook;
  readonly handling: HandlingBook;
  readonly language: string;
  readonly facts: TextFacts;
}
