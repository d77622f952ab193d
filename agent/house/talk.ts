import type { Speech, TalkSettings } from '../cli/house.js';
import type { Clock } from '../clock.js';
import { headPath, type Paths } from '../config/paths.js';
import type { Configuration } from '../config/schema.js';
import { destinationsOf } from '../dialogue/directory.js';
import { createDialogue } from '../dialogue/machine.js';
import { directoryNames } from '../dialogue/names.js';
import { openDiary, readOnly } from '../notify/calendar/open.js';
import type { Log } from '../log.js';
import { Desk, type DeskEvent } from '../reception/desk.js';
import { configurationOf } from '../reception/replay.js';
import { Redactor } from '../privacy/redaction.js';
import { recordsErrors } from '../records/errors.js';
import type { Records } from '../records/ports.js';
import { openRecords } from '../records/records.js';
import { StoreLock } from '../records/store-lock.js';
import { PromptCache } from '../speech/prompt-cache.js';
import { preparedDigits } from '../speech/spoken-parts.js';
import { e164 } from '../understanding/slots/phone-rules.js';
import { answerAmong } from '../understanding/slots/readings.js';
import { Understander } from '../understanding/understand.js';

export interface TalkParts {
  readonly settings: Configuration;
  readonly paths: Paths;
  readonly clock: Clock;
  readonly log: Log;
  readonly speech: Speech;
}

/** Wires the receptionist at a desk, as app.ts wires the daemon, for the length of `use`. */
export async function lendDesk<T>(
  { settings, paths, clock, log, speech }: TalkParts,
  wanted: TalkSettings,
  tell: (event: DeskEvent) => void,
  use: (desk: Desk) => Promise<T>,
): Promise<T> {
  const { understanding, dialogue, reception } = settings;
  const { language, voice, pace, pronunciations } = settings.speech;
  const recording = wanted.record && reception.recording !== 'off';
  const parts = { understanding, dialogue, recording };
  const talk = createDialogue(parts);
  const prompts = new PromptCache(paths.prompts, speech.voice, {
    ...{ language, voice, pace, pronunciations },
  });
  const calendars = openDiary({
    ...{ calendars: settings.calendars, appointments: dialogue.appointments },
    ...{ understanding, home: paths.home, clock },
  });
  // What is not kept books nothing either.
  const diary = calendars === undefined || wanted.record ? calendars : readOnly(calendars);
  // What is not rendered yet is synthesised while it is spoken: a talk begins at once.
  await prompts.load(talk.fixedTexts(), preparedDigits(language));
  const understander = new Understander({
    settings: understanding,
    encoder: speech.encoder,
    head: headPath(paths, understanding.profile, language),
    log,
  });
  await understander.start();
  const lock = new StoreLock(paths.run, clock);
  let locked = false;
  const store = wanted.record
    ? openRecords({ settings: settings.records, home: paths.home, log, clock })
    : undefined;
  try {
    // Beside a daemon a talk writes as it does: through a connection of its own to the same files.
    locked = store !== undefined && lock.tryTake('vestibule talk');
    await store?.start();
    const configuration = await store?.configurations.keep(configurationOf(parts), clock.now());
    const desk = new Desk(
      {
        records: store ?? NOTHING_KEPT,
        dialogue: talk,
        diary,
        understanding: understander,
        vad: speech.voiceActivity,
        recogniser: speech.recogniser,
        render: (text, heard) => prompts.speak(text, heard),
        extensionOf: (target) =>
          dialogue.transferTargets.find(({ id }) => id === target)?.extension,
        recording,
        contactNumber: (number) => e164(number, understanding.country),
        redactor: () =>
          new Redactor(settings.redaction, () => ({
            ...{ language, now: clock.now() },
            ...{ country: understanding.country, timeZone: understanding.timeZone },
          })),
        configuration: () => configuration,
        silenceMs: reception.silenceMs,
        language,
        names: directoryNames(destinationsOf(dialogue)),
        choose: (heard, asked) =>
          answerAmong(heard, asked, {
            ...{ language, now: clock.now() },
            ...{ country: understanding.country, timeZone: understanding.timeZone },
          }),
        clock,
        log,
      },
      wanted,
      tell,
    );
    return await use(desk);
  } finally {
    await store?.stop();
    if (locked) lock.release();
    understander.stop();
  }
}

const done = (): Promise<void> => Promise.resolve();
const never = (): Promise<never> => Promise.reject(recordsErrors.make('STOPPED'));

/** The store of a talk that is not to be kept. */
const NOTHING_KEPT: Records = {
  calls: { open: done, answered: done, close: done, interruptOpen: () => Promise.resolve(0) },
  utterances: { add: done },
  decisions: { add: done },
  redactions: { add: done },
  messages: { keep: () => Promise.resolve('') },
  configurations: { keep: () => Promise.resolve('') },
  // Nobody is told of a recording, so nobody can have agreed to one.
  consents: { grant: never, note: done },
  recordings: { open: never },
};
