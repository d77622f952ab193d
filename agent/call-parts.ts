import { join } from 'node:path';
import type { Clock } from './clock.js';
import { officeFor } from './config/numbers.js';
import { examplesPath, headPath, ownExamplesPath, type Paths } from './config/paths.js';
import type { Configuration } from './config/schema.js';
import { destinationsOf } from './dialogue/directory.js';
import { createDialogue } from './dialogue/machine.js';
import { directoryNames } from './dialogue/names.js';
import { oneLine } from './errors.js';
import type { Events } from './events.js';
import type { Log } from './log.js';
import { openDiary } from './notify/calendar/open.js';
import { CallerRights } from './privacy/caller-rights.js';
import { Redactor } from './privacy/redaction.js';
import { fallbackTexts, writeFallbackPrompts } from './reception/fallback-prompts.js';
import type { FrontDeskParts } from './reception/front-desk.js';
import { HandlingDesk } from './reception/handling-desk.js';
import { planOf } from './reception/handling-plan.js';
import { peopleOf } from './people-parts.js';
import { WaitingLines } from './reception/transfer/waiting-lines.js';
import { rephrasing } from './reception/rephrasing.js';
import { configurationOf } from './reception/replay.js';
import { watched, type Stored } from './reception/watched-records.js';
import type { CallTraces } from './monitoring/ports.js';
import type { OpenRecords } from './records/records.js';
import { PromptCache } from './speech/prompt-cache.js';
import { preparedDigits } from './speech/spoken-parts.js';
import type { SpeechWorkers } from './speech/workers.js';
import type { Ari } from './telephony/ari.js';
import { attestationOf } from './telephony/attestation.js';
import type { QualityBook } from './telephony/quality/book.js';
import { Ear } from './telephony/ear.js';
import { isTrainedFrom, readHead } from './understanding/head.js';
import { withLanguageModel } from './understanding/language-model-intents.js';
import { loadExamples } from './understanding/intents.js';
import { e164 } from './understanding/slots/phone-rules.js';
import { answerAmong } from './understanding/slots/readings.js';
import { Understander } from './understanding/understand.js';

/** What every configuration's calls share. */
export interface Shared {
  readonly paths: Paths;
  readonly records: OpenRecords;
  readonly stored: Events<Stored>;
  readonly workers: SpeechWorkers;
  readonly ari: Ari;
  /** Who waits for which department, and whose telephone a call of ours uses. */
  readonly lines: WaitingLines;
  /** How the last calls sounded together. */
  readonly quality?: QualityBook;
  readonly traces?: CallTraces;
  readonly clock: Clock;
  readonly log: Log;
}

/** What calls are held under: made anew of each configuration, while running calls keep theirs. */
export interface CallParts {
  readonly desk: FrontDeskParts;
  readonly mostCalls: number;
  /** Stores the configuration, for replays of its calls. A store that fails stops no call. */
  keep(): Promise<void>;
  /** @throws UNDERSTANDING_… naming the fault of the examples or of the head */
  understand(): Promise<void>;
  /** Renders what is said in every call. */
  render(): Promise<void>;
}

/**
 * Wires what calls under `settings` are held by, whichever number was dialled. Nothing works before the
 * three steps are done.
 */
export function callPartsOf(settings: Configuration, shared: Shared): CallParts {
  const { paths, workers } = shared;
  const { language, voice, pace, pronunciations } = settings.speech;
  // One for all numbers: it deletes from the disk what none of them says.
  const prompts = new PromptCache(paths.prompts, workers.voice, {
    ...{ language, voice, pace, pronunciations },
  });
  const { offices = [] } = settings;
  const house = officePartsOf(settings, shared, prompts);
  const numbers = new Map(
    offices.map((office) => [office.id, officePartsOf(office.settings, shared, prompts)]),
  );
  const all = [house, ...numbers.values()];
  return {
    desk: {
      ...house.desk,
      forNumber(called) {
        const office = officeFor(offices, called, settings.understanding.country);
        return office === undefined ? undefined : numbers.get(office.id)?.desk;
      },
    },
    mostCalls: settings.reception.mostCalls,
    async keep() {
      for (const one of all) await one.keep();
    },
    async understand() {
      for (const one of all) await one.understand();
    },
    async render() {
      const fallback = fallbackTexts(language);
      const texts = [...all.flatMap((one) => one.texts()), ...Object.values(fallback)];
      await prompts.render(texts, preparedDigits(language));
      try {
        await writeFallbackPrompts(join(paths.asterisk, 'sounds'), language, (text) =>
          prompts.get(text),
        );
      } catch (error) {
        // Those of an earlier life are there still, and calls are answered by us.
        shared.log.error('what Asterisk says by itself could not be written', {
          reason: oneLine(error),
        });
      }
    },
  };
}

/** What the calls of one number are held by. */
interface OfficeParts extends Pick<CallParts, 'desk' | 'keep' | 'understand'> {
  /** What is said in every one of its calls. */
  readonly texts: () => readonly string[];
}

function officePartsOf(settings: Configuration, shared: Shared, prompts: PromptCache): OfficeParts {
  const { paths, records, stored, workers, ari, clock, log } = shared;
  const { speech, understanding, dialogue, reception } = settings;
  const { language } = speech;
  const { country, timeZone, profile } = understanding;

  const head = headPath(paths, profile, language);
  // An encoder elsewhere finds a head only where the office's own machine has it, too.
  const away = speech.elsewhere.some(({ kind }) => kind === 'encoder');
  const understander = new Understander({
    ...{ settings: understanding, encoder: workers.encoder, head, log },
    heads: away ? undefined : join(paths.run, 'heads'),
  });
  const { listen, whisper } = settings.web.live;
  const parts = {
    ...{ understanding, dialogue, recording: reception.recording !== 'off' },
    listening: listen || whisper,
  };
  const talk = createDialogue(parts);
  let configuration: string | undefined;
  const extensions = new Map(dialogue.transferTargets.map(({ id, extension }) => [id, extension]));
  const { mostSeconds, warnSeconds } = settings.handling;
  const handling = new HandlingDesk({
    plan: planOf(settings),
    records: records.handling,
    longest: { mostMs: mostSeconds * 1000, warnMs: warnSeconds * 1000 },
    random: Math.random,
    ...{ timeZone, clock, log },
  });

  return {
    desk: {
      ari,
      handling,
      attested: (channel) => attestationOf(ari, channel),
      ear: (channel, id) => new Ear(ari, channel, id, log, clock),
      records: watched(records, stored),
      quality: (quality) => {
        shared.quality?.note(quality, clock.now());
      },
      ...(shared.traces === undefined ? {} : { traces: shared.traces }),
      changed: (id) => {
        stored.emit('live', { id });
      },
      dialogue: talk,
      understanding: withLanguageModel(
        understander,
        understanding.languageModel,
        () => readHead(head).labels,
        log,
      ),
      afterwards: rephrasing({ settings: understanding.languageModel, records, language, log }),
      vad: workers.voiceActivity,
      recogniser: workers.recogniser,
      render: (text, heard) => prompts.speak(text, heard),
      diary: openDiary({
        ...{ calendars: settings.calendars, appointments: dialogue.appointments },
        ...{ understanding, home: paths.home, clock },
      }),
      extensionOf: (target) => extensions.get(target),
      people: peopleOf(settings, shared),
      recording: parts.recording,
      contactNumber: (number) => e164(number, country),
      redactor: () =>
        new Redactor(settings.redaction, () => ({
          ...{ language, now: clock.now(), country, timeZone },
        })),
      configuration: () => configuration,
      rights: new CallerRights({ records, clock, law: settings.privacy.law, country, timeZone }),
      silenceMs: reception.silenceMs,
      whenFull: reception.whenFull,
      language,
      names: directoryNames(destinationsOf(dialogue)),
      choose: (heard, asked) =>
        answerAmong(heard, asked, { language, now: clock.now(), country, timeZone }),
      clock,
      log,
    },
    async keep() {
      try {
        configuration = await records.configurations.keep(configurationOf(parts), clock.now());
      } catch (error) {
        log.error('the configuration could not be stored', { reason: oneLine(error) });
      }
    },
    async understand() {
      const { hash } = loadExamples(
        examplesPath(paths, profile, language),
        ownExamplesPath(paths, profile, language),
      );
      await understander.start();
      if (!isTrainedFrom(head, hash)) log.warn('the intents are not trained from their examples');
    },
    texts: () => talk.fixedTexts(),
  };
}
