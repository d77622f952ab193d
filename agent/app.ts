import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { callPartsOf } from './call-parts.js';
import type { Clock } from './clock.js';
import { configErrors } from './config/errors.js';
import { loadConfiguration } from './config/load.js';
import type { Paths } from './config/paths.js';
import { restartsOf } from './config/restarts.js';
import type { Configuration } from './config/schema.js';
import { Directory } from './dialogue/directory.js';
import { oneLine } from './errors.js';
import { Events } from './events.js';
import { Dashboard, notifyingOffice, type DashboardParts } from './house/dashboard.js';
import type { Log } from './log.js';
import { Traces } from './monitoring/traces.js';
import { CentralReporter } from './notify/central/reporter.js';
import { Courier } from './notify/deliver/courier.js';
import { FrontDesk } from './reception/front-desk.js';
import { LiveCallsFile } from './reception/live-calls.js';
import { Escalation } from './reception/handling-escalation.js';
import { RequestDesk } from './privacy/request-desk.js';
import { RetentionJob } from './privacy/retention-job.js';
import { Upkeep } from './privacy/upkeep.js';
import { SecondPass } from './reception/second-pass.js';
import { LiveDesk } from './reception/live/live-desk.js';
import { WaitingLines } from './reception/transfer/waiting-lines.js';
import type { Stored } from './reception/watched-records.js';
import { peopleOf } from './people-parts.js';
import { CallBack } from './reception/call-back.js';
import { redactorOf } from './reception/conversation-parts.js';
import { VoicemailDesk } from './reception/voicemail/voicemail-desk.js';
import { DiskWatch } from './records/disk-watch.js';
import { openRecords } from './records/records.js';
import { StoreLock } from './records/store-lock.js';
import { workerPlaces } from './speech/settings.js';
import { untilSpeech } from './speech/until-speech.js';
import { SpeechWorkers } from './speech/workers.js';
import { Ari } from './telephony/ari.js';
import { Guard } from './telephony/guard/guard.js';
import { LogKeeper } from './telephony/log-keeper.js';
import { QualityBook } from './telephony/quality/book.js';
import { guardFiles } from './telephony/guard/bans-file.js';
import { askCommandLine } from './telephony/command-line.js';
import { watchedTrunks } from './telephony/trunks/standing.js';
import { MemoryKeeper } from './telephony/memory-keeper.js';
import { knownAddresses } from './telephony/pbx/known-addresses.js';
import { TrunkWatch } from './telephony/trunks/watch.js';
import { FileDesk } from './house/configuration/file-desk.js';
import { Control } from './house/control.js';
import { workshopOf } from './house/configuration/workshop.js';
import { nightlyStage } from './house/self-test.js';
import { probe } from './telephony/probe.js';
import { collectGarbage, trimMemory } from './wire/own-memory.js';

/** One stage of the daemon: works from `start` to `stop`. */
interface Stage {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A daemon that answers calls. `start` resolves when calls are answered. */
export interface App {
  start(): Promise<void>;
  /**
   * Holds new calls under another configuration; those that run keep theirs. If anything is wrong
   * with it, the old one stays in force.
   * @throws CONFIG_NEEDS_RESTART, UNDERSTANDING_…
   */
  reload(fresh: Configuration): Promise<void>;
  /**
   * Takes no new calls any more; resolves when those that are held have ended, or after `withinMs`.
   * @returns how many were still held then
   */
  drain(withinMs: number): Promise<number>;
  /** Callers go to the fallback; everything is closed in reverse order. May be called twice. */
  stop(): Promise<void>;
}

/** A command that is at work may end first, in milliseconds. */
const STORE_WITHIN_MS = 30_000;

/** Wires the daemon: a list of stages, started in order and stopped in reverse. */
export function createApp(
  settings: Configuration,
  paths: Paths,
  clock: Clock,
  log: Log,
  about: Pick<DashboardParts, 'examine' | 'version'> & { readonly env: NodeJS.ProcessEnv },
): App {
  const { pbx, speech, understanding, reception } = settings;
  const { language } = speech;

  const lock = new StoreLock(paths.run, clock);
  const records = openRecords({
    ...{ settings: settings.records, home: paths.home, log, clock },
    lock: {
      take: () => lock.take('Vestibule itself', STORE_WITHIN_MS),
      release: () => {
        lock.release();
      },
    },
  });
  const stored = new Events<Stored>(log);
  const workers = new SpeechWorkers(
    workerPlaces(speech, join(paths.home, speech.sockets)),
    clock,
    log,
  );
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
  const lines = new WaitingLines();
  const quality = new QualityBook(join(paths.run, 'line-quality.json'));
  const { version } = about;
  const traces = new Traces({ settings: settings.monitoring.traces, version, clock, log });
  const shared = { paths, records, stored, workers, ari, lines, quality, traces, clock, log };
  const calls = callPartsOf(settings, shared);
  const liveCalls = new LiveCallsFile(join(paths.run, 'live-calls.json'), log);
  const desk = new FrontDesk(calls.desk, calls.mostCalls, liveCalls);

  const guard = new Guard({
    ...{ settings: pbx.guard, trunks: knownAddresses(pbx), ari, clock, log },
    securityLog: join(paths.asterisk, 'log', 'security'),
    ...guardFiles(paths.asterisk),
  });

  const logs = new LogKeeper({
    ...{ asterisk: join(paths.asterisk, 'log'), run: paths.run, ari, clock },
    log: log.part('logs'),
  });

  const ask = (command: string): Promise<string> =>
    askCommandLine(join(paths.asterisk, 'run', 'asterisk.ctl'), command);
  const trunks = new TrunkWatch({
    ...{ trunks: watchedTrunks(pbx), file: join(paths.run, 'trunks.json'), clock, log, ask },
  });
  const disk = new DiskWatch({
    folder: resolve(paths.home, settings.records.folder),
    reserveMegabytes: settings.records.reserveMegabytes,
    ...{ alarms: records.alarms, clock, log: log.part('disk') },
  });
  const memory = new MemoryKeeper({
    ...{ ari, idle: () => desk.visits === 0, ask, clock, log },
    async collect() {
      collectGarbage();
      await records.rest();
    },
    trim: trimMemory,
  });

  let inForce = settings;
  let current = calls;
  const { to, ...steps } = settings.handling.escalation;
  const escalation =
    to === undefined
      ? undefined
      : new Escalation({
          settings: { to, ...steps },
          directory: {
            reach: (whom, when) =>
              new Directory(inForce.dialogue, understanding.timeZone).reach(whom, when),
          },
          records: records.handling,
          audit: records.reading.audit,
          ringSeconds: pbx.ringSeconds,
          ...{ ari, clock, log },
        });

  // As the configuration is when somebody asks for it, not as it was at the start.
  const callBack = new CallBack(() => ({
    ...{ ...current.desk, people: peopleOf(inForce, shared) },
    guest: (channel, call) => desk.guest(channel, call),
  }));

  // The lines of the PBX change only with a restart.
  const callsOut = () => (pbx.trunks.some(({ outbound }) => outbound) ? callBack : undefined);

  const voicemail = new VoicemailDesk({
    ...{ folder: join(paths.asterisk, 'voicemail'), records, ari, clock, log, language },
    outcomeOf: async (call) => (await records.reading.calls.head(call))?.outcome,
    recogniser: workers.recogniser,
    redactor: () => redactorOf(current.desk),
    noticeVersion: () => inForce.dialogue.noticeVersion,
    contactNumber: (number) => current.desk.contactNumber(number),
  });

  const secondPass = new SecondPass({
    transcripts: records.transcripts,
    recogniser: workers.recogniser,
    events: ari.events,
    idle: () => desk.visits === 0,
    office: { country: understanding.country, timeZone: understanding.timeZone },
    redaction: () => inForce.redaction,
    clock,
    log,
  });

  const take = async (fresh: Configuration): Promise<void> => {
    const restarts = restartsOf(inForce, fresh);
    if (restarts.length > 0) {
      throw configErrors.make('NEEDS_RESTART', { detail: restarts.join(', ') });
    }
    const next = callPartsOf(fresh, shared);
    await next.understand();
    await next.render();
    await next.keep();
    desk.take(next.desk, next.mostCalls);
    current = next;
    inForce = fresh;
  };
  const configuration = new FileDesk({
    ...{ file: paths.configuration, env: about.env, records, clock },
    ...{ log: log.part('configuration'), inForce: () => inForce, take },
  });
  const workshop = workshopOf({
    ...{ paths, records, configuration, inForce: () => inForce, speech: workers },
    understanding: () => current.desk.understanding,
  });

  const live = new LiveDesk({
    ...{ ari, log, allows: settings.web.live, ringSeconds: pbx.ringSeconds },
    running: () => desk.running,
    extensions: () => pbx.extensions.map(({ number }) => number),
  });

  const dashboard = new Dashboard({
    ...{ settings, paths, records, clock, log, ...about, workshop },
    ...{ events: stored, live, callBack: callsOut },
    // Who has lines and has lost them all can be called by nobody outside.
    ready: () => ari.up && desk.admits && !trunks.allLost,
    trunks: () => trunks.count,
    lines: () => ({
      ...{ held: desk.visits, most: desk.most, turnedAway: desk.turnedAway },
      quality: quality.sum,
    }),
  });

  const control = new Control({
    ...{ settings, paths, records, clock, log, ...about, configuration },
    ...{ events: stored, inForce: () => inForce },
    callBack: (wanted) => callBack.start(wanted),
    reload: () =>
      configuration.taking(() => take(loadConfiguration(paths.configuration, about.env))),
  });

  const courier = new Courier({
    ...{ settings: settings.notify, records, events: stored, clock, log },
    office: notifyingOffice(settings),
  });

  const central = new CentralReporter({
    ...{ settings: settings.central, queue: records.central, events: stored, clock, log },
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
        await calls.keep();
        await configuration.begin();
      },
      stop: () => records.stop(),
    },
    // From the first on: commands that find the store in use ask here.
    { name: 'control', start: () => control.start(), stop: () => control.stop() },
    {
      name: 'speech',
      start: async () => {
        await workers.start();
        await untilSpeech(workers, clock, log);
      },
      stop: () => workers.stop(),
    },
    {
      name: 'understanding',
      start: () => {
        // Heads of an earlier life: no call that used them runs any more.
        try {
          rmSync(join(paths.run, 'heads'), { recursive: true, force: true });
        } catch (error) {
          log.warn('heads of an earlier life are left', { reason: oneLine(error) });
        }
        return calls.understand();
      },
      stop: () => Promise.resolve(),
    },
    { name: 'prompts', start: () => calls.render(), stop: () => Promise.resolve() },
    {
      name: 'telephony',
      start: async () => {
        await ari.start();
        await ari.untilUp();
        log.info('Asterisk is fit', { version: await probe(ari) });
      },
      stop: () => ari.stop(),
    },
    { name: 'trunks', start: () => trunks.start(), stop: () => trunks.stop() },
    { name: 'guard', start: () => guard.start(), stop: () => guard.stop() },
    { name: 'traces', start: () => traces.start(), stop: () => traces.stop() },
    { name: 'front desk', start: () => desk.start(), stop: () => desk.stop() },
    { name: 'call back', start: () => Promise.resolve(), stop: () => callBack.stop() },
    { name: 'voicemail', start: () => voicemail.start(), stop: () => voicemail.stop() },
    { name: 'logs', start: () => logs.start(), stop: () => logs.stop() },
    { name: 'memory', start: () => memory.start(), stop: () => memory.stop() },
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
    { name: 'central', start: () => central.start(), stop: () => central.stop() },
    { name: 'courier', start: () => courier.start(), stop: () => courier.stop() },
    // After the courier, who listens to it.
    { name: 'disk', start: () => disk.start(), stop: () => disk.stop() },
    { name: 'live', start: () => Promise.resolve(), stop: () => live.stop() },
    { name: 'dashboard', start: () => dashboard.start(), stop: () => dashboard.stop() },
    ...(reception.selfTest === undefined
      ? []
      : [
          nightlyStage(settings, reception.selfTest.at, {
            ...shared,
            idle: () => desk.visits === 0,
            tell: (passed) => {
              courier.report('self-test', passed);
            },
          }),
        ]),
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
    reload: (fresh) => configuration.taking(() => take(fresh)),
    drain: (withinMs) => desk.drain(withinMs),
    async start() {
      for (const stage of stages) {
        const from = clock.monotonic();
        started.unshift(stage);
        await stage.start();
        log.info('stage up', { part: stage.name, ms: Math.round(clock.monotonic() - from) });
      }
      control.answering(true);
    },
    async stop() {
      control.answering(false);
      for (const stage of started.splice(0)) await stage.stop();
    },
  };
}
