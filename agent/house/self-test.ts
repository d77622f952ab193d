import { joined } from '../audio/frame.js';
import type { Clock } from '../clock.js';
import type { Paths } from '../config/paths.js';
import type { Configuration } from '../config/schema.js';
import { ReadingRoom } from '../privacy/reading-room.js';
import { selfTestCalls } from '../privacy/self-test-calls.js';
import { transcriber } from '../reception/rehearse/transcriber.js';
import { NightlySelfTest } from '../reception/self-test/nightly.js';
import { writeSelfTest } from '../reception/self-test/result-file.js';
import {
  SELF_TEST_CALLER,
  selfTest,
  type SelfTestParts,
} from '../reception/self-test/self-test.js';
import type { Log } from '../log.js';
import type { OpenRecords } from '../records/records.js';
import type { Rooms } from '../privacy/rooms/rooms.js';
import type { Recogniser, Voice } from '../speech/ports.js';

/** What a self-test is made of; `sip` calls another address than the configured one. */
export function selfTestParts(
  { pbx, speech }: Configuration,
  tools: {
    readonly voice: Voice;
    readonly recogniser: Recogniser;
    readonly storedSince: SelfTestParts['storedSince'];
    readonly clock: Clock;
  },
  sip?: SelfTestParts['sip'],
): SelfTestParts {
  const { voice, recogniser, storedSince, clock } = tools;
  const { language } = speech;
  // An address that stands for all addresses is no address to call.
  const host = pbx.sip.bind === '0.0.0.0' ? '127.0.0.1' : pbx.sip.bind;
  return {
    sip: sip ?? { host, port: pbx.sip.port },
    language,
    synthesise: (text) => joined(voice.speak(text, { language })),
    transcribe: transcriber(recogniser, language),
    storedSince,
    clock,
  };
}

/** The calls of the self-test itself, as whoever runs it may see them. */
export const ownCallSince =
  (rooms: Rooms): SelfTestParts['storedSince'] =>
  (since) =>
    rooms.ask('self-test.calls', { since, caller: SELF_TEST_CALLER });

/** The same of the daemon's own store. */
function storedIn(records: OpenRecords, clock: Clock): SelfTestParts['storedSince'] {
  const room = new ReadingRoom(records, clock);
  return (since) => selfTestCalls(room, since, SELF_TEST_CALLER);
}

/** The daemon's stage that holds a self-test every night at `at`. */
export function nightlyStage(
  settings: Configuration,
  at: string,
  house: {
    readonly workers: { readonly voice: Voice; readonly recogniser: Recogniser };
    readonly records: OpenRecords;
    readonly paths: Paths;
    readonly idle: () => boolean;
    /** Tells people whether it passed. */
    readonly tell: (passed: boolean) => void;
    readonly clock: Clock;
    readonly log: Log;
  },
): { readonly name: string; start(): Promise<void>; stop(): Promise<void> } {
  const { workers, records, paths, idle, tell, clock, log } = house;
  const { voice, recogniser } = workers;
  const nightly = new NightlySelfTest({
    ...{ at, idle, tell, clock, log, timeZone: settings.understanding.timeZone },
    test: () => {
      const storedSince = storedIn(records, clock);
      return selfTest(selfTestParts(settings, { voice, recogniser, storedSince, clock }));
    },
    keep: (report) => {
      writeSelfTest(paths.run, report);
    },
  });
  return {
    name: 'nightly self-test',
    start: () => nightly.start(),
    stop: () => nightly.stop(),
  };
}
