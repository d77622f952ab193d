import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.js';
import { headPath, type Paths } from './config/paths.js';
import type { Configuration } from './config/schema.js';
import { destinationsOf, Directory } from './dialogue/directory.js';
import { createDialogue } from './dialogue/machine.js';
import { directoryNames } from './dialogue/names.js';
import { Events } from './events.js';
import { Dashboard, type DashboardParts } from './house/dashboard.js';
import { oneLine } from './errors.js';
import type { Log } from './log.js';
import { fallbackTexts, writeFallbackPrompts } from './reception/fallback-prompts.js';
import { FrontDesk } from './reception/front-desk.js';
import { HandlingDesk } from './reception/handling-desk.js';
import { Escalation } from './reception/handling-escalation.js';
import { planOf } from './reception/handling-plan.js';
import { CallerRights } from './privacy/caller-rights.js';
import { RequestDesk } from './privacy/request-desk.js';
import { RetentionJob } from './privacy/retention-job.js';
import { Upkeep } from './privacy/upkeep.js';
import { configurationOf } from './reception/replay.js';
import { SecondPass } from './reception/second-pass.js';
import { watched, type Stored } from './reception/watched-records.js';
import { Redactor } from './privacy/redaction.js';
import { openDiary } from './notify/calendar/open.js';
import { openRecords } from './records/records.js';
import { PromptCache } from './speech/prompt-cache.js';
import { workerPlaces } from './speech/settings.js';
import { speechErrors } from './speech/errors.js';
import { SpeechWorkers } from './speech/workers.js';
import { Ari } from './telephony/ari.js';
import { Ear } from './telephony/ear.js';
import { probe } from './telephony/probe.js';
import { e164 } from './understanding/slots/phone-rules.js';
import { Understander } from './understanding/understand.js';

/** One stage of the daemon: works from `start` to `stop`. */
interface Stage {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A daemon that answers calls. `start` resolves when calls are answered. */
export interface App {
  start(): Promise<void>;
  /** Callers go to the fallback; everything is closed in reverse order. May be called twice. */
  stop(): Promise<void>;
}

/** How long the speech workers may take to load their models, in milliseconds. */
const WORKERS_WITHIN_MS = 60_000;

/** Wires the daemon: a list of stages, started in order and stopped in reverse. */
export function createApp(
  settings: Configuration,
  paths: Paths,
  clock: Clock,
  log: Log,
  about: Pick<DashboardParts, 'examine' | 'version'>,
): App {
  const { pbx, speech, understanding, dialogue, reception } = settings;
  const { language, voice, pace, pronunciations } = speech;

  const records = openRecords({ settings: settings.records, home: paths.home, log, clock });
  const stored = new Events<Stored>(log);
  const workers = new SpeechWorkers(
    workerPlaces(speech, join(paths.home, speech.sockets)),
    clock,
    log,
  );
  const prompts = new PromptCache(paths.prompts, workers.voice, {
    ...{ language, voice, pace, pronunciations },
  });
  const understander = new Understander({
    settings: understanding,
    encoder: workers.encoder,
    head: headPath(paths, understanding.profile, language),
    log,
  });
  const parts = { understanding, dialogue, recording: reception.recording !== 'off' };
  const talk = createDialogue(parts);
  let configuration: string | undefined;
  const ari = new Ari(
    {
      url: `http://127.0.0.1:${String(pbx.ari.port)}`,
      user: pbx.ari.user,
      password: readFileSync(join(paths.asterisk, 'ari-password'), 'utf8'),
      app: pbx.app,
    },
    log,
    clock,
  );
  const extensions = new Map(dialogue.transferTargets.map(({ id, extension }) => [id, extension]));
  const { mostSeconds, warnSeconds } = settings.handling;
  const handling = new HandlingDesk({
    plan: planOf(settings),
    records: records.handling,
    longest: { mostMs: mostSeconds * 1000, warnMs: warnSeconds * 1000 },
    timeZone: understanding.timeZone,
    random: Math.random,
    ...{ clock, log },
  });
  const desk = new FrontDesk(
    {
      ari,
      handling,
      ear: (channel, id) => new Ear(ari, channel, id, log, clock),
      records: watched(records, stored),
      dialogue: talk,
      understanding: understander,
      vad: workers.voiceActivity,
      recogniser: workers.recogniser,
      render: (text) => prompts.speak(text),
      diary: openDiary({
        ...{ calendars: settings.calendars, appointments: dialogue.appointments },
        ...{ understanding, home: paths.home, clock },
      }),
      extensionOf: (target) => extensions.get(target),
      recording: parts.recording,
      contactNumber: (number) => e164(number, understanding.country),
      redactor: () =>
        new Redactor(settings.redaction, () => ({
          ...{ language, now: clock.now() },
          ...{ country: understanding.country, timeZone: understanding.timeZone },
        })),
      configuration: () => configuration,
      rights: new CallerRights({
        ...{ records, clock, law: settings.privacy.law },
        ...{ country: understanding.country, timeZone: understanding.timeZone },
      }),
      silenceMs: reception.silenceMs,
      language,
      names: directoryNames(destinationsOf(dialogue)),
      clock,
      log,
    },
    reception.mostCalls,
  );

  const { to, ...steps } = settings.handling.escalation;
  const escalation =
    to === undefined
      ? undefined
      : new Escalation({
          settings: { to, ...steps },
          directory: new Directory(dialogue, understanding.timeZone),
          records: records.handling,
          audit: records.reading.audit,
          ringSeconds: pbx.ringSeconds,
          ...{ ari, clock, log },
        });

  const secondPass = new SecondPass({
    transcripts: records.transcripts,
    recogniser: workers.recogniser,
    events: ari.events,
    idle: () => desk.visits === 0,
    office: { country: understanding.country, timeZone: understanding.timeZone },
    clock,
    log,
  });

  const dashboard = new Dashboard({
    ...{ settings, paths, records, clock, log, ...about },
    events: stored,
    ready: () => ari.up,
  });

  const officer = {
    ...{ records, clock, log, settings: settings.privacy },
    office: {
      ...{ name: understanding.office.name, language },
      ...{ country: understanding.country, timeZone: understanding.timeZone },
    },
  };
  const upkeep = new Upkeep({
    ...{ records, clock, log: log.part('upkeep') },
    retention: new RetentionJob({ ...officer, settings: settings.privacy.retention }),
    requests: new RequestDesk(officer),
  });

  const stages: readonly Stage[] = [
    {
      name: 'records',
      start: async () => {
        await records.serve();
        configuration = await records.configurations
          .keep(configurationOf(parts), clock.now())
          .catch((error: unknown) => {
            log.error('the configuration could not be stored', { reason: oneLine(error) });
            return undefined;
          });
      },
      stop: () => records.stop(),
    },
    {
      name: 'speech',
      start: async () => {
        await workers.start();
        const missing = await workers.missing(WORKERS_WITHIN_MS);
        if (missing.length > 0) {
          throw speechErrors.make('WORKER_UNREACHABLE', { place: missing.join(', ') });
        }
      },
      stop: () => workers.stop(),
    },
    {
      name: 'understanding',
      start: () => understander.start(),
      stop: () => {
        understander.stop();
        return Promise.resolve();
      },
    },
    {
      name: 'prompts',
      start: async () => {
        await prompts.render([...talk.fixedTexts(), ...Object.values(fallbackTexts(language))]);
        await writeFallbackPrompts(join(paths.asterisk, 'sounds'), language, (text) =>
          prompts.get(text),
        );
      },
      stop: () => Promise.resolve(),
    },
    {
      name: 'telephony',
      start: async () => {
        await ari.start();
        await ari.untilUp();
        log.info('Asterisk is fit', { version: await probe(ari) });
      },
      stop: () => ari.stop(),
    },
    { name: 'front desk', start: () => desk.start(), stop: () => desk.stop() },
    { name: 'upkeep', start: () => upkeep.start(), stop: () => upkeep.stop() },
    ...(escalation === undefined
      ? []
      : [
          {
            name: 'escalation',
            start: () => escalation.start(),
            stop: () => escalation.stop(),
          },
        ]),
    { name: 'dashboard', start: () => dashboard.start(), stop: () => dashboard.stop() },
    ...(reception.secondPass
      ? [
          {
            name: 'second pass',
            start: () => secondPass.start(),
            stop: () => secondPass.stop(),
          },
        ]
      : []),
  ];

  const started: Stage[] = [];
  return {
    async start() {
      for (const stage of stages) {
        const from = clock.monotonic();
        started.unshift(stage);
        await stage.start();
        log.info('stage up', { part: stage.name, ms: Math.round(clock.monotonic() - from) });
      }
    },
    async stop() {
      for (const stage of started.splice(0)) await stage.stop();
    },
  };
}
