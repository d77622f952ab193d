import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { House } from './cli/house.js';
import type { Clock } from './clock.js';
import { configErrors } from './config/errors.js';
import { loadConfiguration } from './config/load.js';
import { examplesPath, headPath, ownExamplesPath, type Paths } from './config/paths.js';
import { checkIntents } from './config/intent-names.js';
import { everyOffice, officeFor, profilesIn, type NumberOffice } from './config/numbers.js';
import { writePlan } from './config/plan.js';
import type { Configuration } from './config/schema.js';
import { destinationsOf } from './dialogue/directory.js';
import { createDialogue } from './dialogue/machine.js';
import { dashboardPlace } from './house/dashboard.js';
import { FileDesk } from './house/configuration/file-desk.js';
import { createDoctor } from './house/doctor/doctor.js';
import { outsidePlaces } from './house/destinations.js';
import { askForDrain, drainMsIn, liveIn } from './house/drain.js';
import { askForReload, Reloads } from './house/reload.js';
import { alone, backupRoom, lendRooms } from './house/store.js';
import { promptBook } from './house/prompts.js';
import { everybody } from './house/staff.js';
import { watchCallsIn } from './house/watch-calls.js';
import { lendDesk } from './house/talk.js';
import { oneLine } from './errors.js';
import type { Log } from './log.js';
import { KeyRoom } from './privacy/key-room.js';
import { configurationOf } from './privacy/rooms/configuration.js';
import { openDiary, readOnly } from './notify/calendar/open.js';
import { planOf } from './reception/handling-plan.js';
import { ownCallSince, selfTestParts } from './house/self-test.js';
import { writeSelfTest } from './reception/self-test/result-file.js';
import { selfTest } from './reception/self-test/self-test.js';
import type { OpenRecords } from './records/records.js';
import { modelPlaces } from './speech/models.js';
import { COMMANDS_PATIENCE } from './speech/encoder.js';
import { OwnWorkers } from './speech/own-workers.js';
import { workerPlaces } from './speech/settings.js';
import { SpeechWorkers } from './speech/workers.js';
import { PidFile } from './supervisor/pid-file.js';
import { bansIn, guardFiles, pardon } from './telephony/guard/bans-file.js';
import { renderPbx } from './telephony/pbx/render.js';
import { isTrainedFrom, readHead } from './understanding/head.js';
import { OpeningHours } from './understanding/hours.js';
import { withLanguageModel } from './understanding/language-model-intents.js';
import { loadExamples } from './understanding/intents.js';
import { Understander } from './understanding/understand.js';

/** The house that the commands work in: everything that main.ts wires for them. */
export function createHouse(paths: Paths, env: NodeJS.ProcessEnv, clock: Clock, log: Log): House {
  const settings: Configuration = loadConfiguration(paths.configuration, env);
  const { speech, understanding, pbx } = settings;
  const models = speech.models === '' ? modelPlaces(env).models : speech.models;

  const store = { settings, paths, clock, log };
  const fileDesk = (records: OpenRecords): FileDesk =>
    new FileDesk({
      ...{ file: paths.configuration, env, records, clock, log, inForce: () => settings },
      async take() {
        const daemon = daemonOf(paths);
        if (daemon !== undefined) await askForReload(paths, daemon, clock);
      },
    });

  const house: House = {
    language: speech.language,
    sip: { host: pbx.sip.advertised ?? pbx.sip.bind, port: pbx.sip.port },
    facts: {
      language: understanding.language,
      country: understanding.country,
      timeZone: understanding.timeZone,
      hours: new OpeningHours(understanding),
      now: () => clock.now(),
    },
    installation: {
      ...{ office: understanding.office.name, language: speech.language },
      settings: settings.privacy,
      recording: settings.reception.recording !== 'off',
      noticeVersion: settings.dialogue.noticeVersion,
      destinations: outsidePlaces(settings),
      now: clock.now(),
    },
    check() {
      // The configuration was checked when it was read, but for what only the profile knows.
      for (const profile of profilesIn(settings)) {
        loadExamples(
          examplesPath(paths, profile, speech.language),
          ownExamplesPath(paths, profile, speech.language),
        );
      }
      checkIntents(settings, paths);
    },
    async reload(why) {
      // Who asks is known here, and not to the daemon.
      await house
        .configuration((desk, who) => desk.noticed(who, why))
        .catch((error: unknown) => {
          log.warn('the version of the configuration was not kept', { reason: oneLine(error) });
        });
      await askForReload(paths, daemonOf(paths), clock);
    },
    rooms: (use) => lendRooms(store, fileDesk, use),
    watchCalls: (signal) => watchCallsIn(paths, signal),
    configuration: (use) =>
      house.rooms((rooms) => use(configurationOf(rooms), `cli:${userInfo().username}`)),
    drain: (withinMs, tell) => askForDrain(paths, daemonOf(paths), clock, withinMs, tell),
    live: () => liveIn(paths, daemonOf(paths)),
    bans: {
      list: () => bansIn(guardFiles(paths.asterisk).file),
      pardon: (address) => {
        pardon(guardFiles(paths.asterisk).pardons, address);
      },
    },
    render() {
      // Whoever records no calls takes no voicemail either.
      const voicemail = pbx.voicemail && settings.reception.recording !== 'off';
      const rendered = renderPbx(
        { ...pbx, voicemail },
        {
          templates: join(paths.root, 'asterisk-config'),
          tree: env.VESTIBULE_ASTERISK ?? join(paths.root, '.vestibule', 'asterisk', 'current'),
          state: paths.asterisk,
        },
      );
      return {
        pbx: rendered,
        plan: writePlan(settings, rendered, paths, models),
        sipPort: pbx.sip.port,
      };
    },
    dashboard: () => dashboardPlace(settings, paths, clock),
    run: () => runUntilTold(settings, paths, env, clock, log),
    async train(force, language = speech.language) {
      const heads = profilesIn(settings).map((profile) => {
        const output = headPath(paths, profile, language);
        const own = ownExamplesPath(paths, profile, language);
        const examples = loadExamples(examplesPath(paths, profile, language), own);
        return { profile, output, examples };
      });
      const stale = heads.filter(
        ({ output, examples }) => force || !isTrainedFrom(output, examples.hash),
      );
      if (stale.length > 0) {
        // Loaded only here: the daemon never trains.
        const { trainHead } = await import('./understanding/training.js');
        await house.speech(
          ['encoder'],
          async ({ encoder }) => {
            for (const { examples, output } of stale)
              await trainHead({ examples, encoder, output });
          },
          language,
        );
      }
      return heads.map((one) => ({
        profile: one.profile,
        head: readHead(one.output),
        trained: stale.includes(one),
      }));
    },
    backup: () => backupRoom(store, `cli:${userInfo().username}`),
    restore: (wish) =>
      alone(store, () => backupRoom(store, `cli:${userInfo().username}`).restore(wish)),
    keys: () =>
      new KeyRoom({
        ...{ home: paths.home, settings: settings.records, env },
        ...(settings.records.keySource === 'file'
          ? {}
          : { admit: () => house.rooms((rooms) => rooms.ask('keys.admit', {})) }),
        audit: (what) => house.rooms((rooms) => rooms.ask('keys.note', { what })),
        alone: (use) => alone(store, use),
      }),
    async conversing(instead, use) {
      const office = officeOf(settings, instead.number);
      const own = office?.settings ?? settings;
      const facts: Configuration['understanding'] = {
        ...own.understanding,
        language: instead.language ?? understanding.language,
        country: instead.country ?? understanding.country,
        profile: instead.profile ?? own.understanding.profile,
      };
      const { dialogue, reception, calendars, web } = own;
      const { appointments } = dialogue;
      const diary = openDiary({
        ...{ calendars, appointments, understanding: facts, home: paths.home, clock },
      });
      return house.speech(
        ['encoder'],
        async ({ encoder }) => {
          const head = headPath(paths, facts.profile, facts.language);
          const understander = new Understander({
            settings: facts,
            encoder,
            head,
            log,
          });
          await understander.start();
          try {
            return await use({
              dialogue: createDialogue({
                understanding: facts,
                dialogue,
                recording: reception.recording !== 'off',
                listening: web.live.listen || web.live.whisper,
              }),
              understanding: withLanguageModel(
                understander,
                facts.languageModel,
                () => readHead(head).labels,
                log,
              ),
              silenceMs: reception.silenceMs,
              language: facts.language,
              handling: {
                plan: planOf({ ...own, understanding: facts }),
                called: calledOf(office, instead.number),
                random: Math.random,
              },
              clock,
              diary: diary === undefined ? undefined : readOnly(diary),
            });
          } finally {
            understander.stop();
          }
        },
        facts.language,
      );
    },
    talk: (wanted, tell, use) =>
      house.speech(['vad', 'recogniser', 'voice', 'encoder'], (lent) =>
        lendDesk({ settings, paths, clock, log, speech: lent }, wanted, tell, use),
      ),
    selfTest: (sip) =>
      house.speech(['voice', 'recogniser'], ({ voice, recogniser }) =>
        house.rooms(async (rooms) => {
          const tools = { voice, recogniser, storedSince: ownCallSince(rooms), clock };
          const report = await selfTest(selfTestParts(settings, tools, sip));
          writeSelfTest(paths.run, report);
          return report;
        }),
      ),
    prompts: () => promptBook(settings, paths),
    handling: {
      plan: planOf(settings),
      planFor: (called) =>
        planOf(
          officeFor(settings.offices ?? [], called, understanding.country)?.settings ?? settings,
        ),
      staff: (now, away) => everybody(settings, now, away),
      isDestination: (id) =>
        everyOffice(settings).some(({ dialogue }) =>
          destinationsOf(dialogue).some((one) => one.id === id),
        ),
    },
    async speech(kinds, use, language = speech.language) {
      const ours = language === speech.language;
      const wanted = ours ? speech : { ...speech, language, voice: undefined };
      const running = workerPlaces(wanted, join(paths.home, speech.sockets)).filter(({ kind }) =>
        kinds.includes(kind),
      );
      const clients = new SpeechWorkers(running, clock, log, COMMANDS_PATIENCE);
      const own = new OwnWorkers(models, running);
      try {
        await clients.start();
        // Those that run know the office's own language and no other.
        if (ours && (await clients.missing()).length === 0) return await use(clients);
        return await own.lend(clock, log, use);
      } finally {
        await clients.stop();
        own.stop();
      }
    },
  };
  return house;
}

/** Who answers when `number` was dialled, or the profile of this id. @throws CONFIG_NO_NUMBER */
function officeOf(settings: Configuration, number: string | undefined): NumberOffice | undefined {
  if (number === undefined) return undefined;
  const { offices = [], understanding } = settings;
  const found =
    offices.find(({ id }) => id === number) ?? officeFor(offices, number, understanding.country);
  // Any other number is answered by the office itself; a name that nobody has is a slip.
  if (found === undefined && !/^\+?[0-9]+$/u.test(number)) {
    throw configErrors.make('NO_NUMBER', { place: number });
  }
  return found;
}

/** The number that was dialled; for the id of a profile its first one. */
const calledOf = (
  office: NumberOffice | undefined,
  number: string | undefined,
): string | undefined => (office?.id === number ? office?.called[0] : number);

const versionOf = ({ root }: Paths): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

/** Process id of the daemon that runs under the supervisor of this installation. */
function daemonOf(paths: Paths): number | undefined {
  const file = new PidFile(join(paths.run, 'supervisor.pid'));
  return file.leftovers().find(({ name }) => name === 'daemon')?.pid;
}

/** Half a second, as the supervisor expects it. */
const BEAT_MS = 500;

/** Runs the daemon until SIGTERM, SIGINT or the end of the supervisor. */
async function runUntilTold(
  settings: Configuration,
  paths: Paths,
  env: NodeJS.ProcessEnv,
  clock: Clock,
  log: Log,
): Promise<void> {
  let beats = 0;
  const beat = setInterval(() => {
    beats += 1;
    process.send?.({ beat: beats });
  }, BEAT_MS);
  let drained: () => void = () => undefined;
  const told = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        resolve(signal);
      });
    }
    process.once('disconnect', () => {
      resolve('supervisor gone');
    });
    drained = () => {
      resolve('drained');
    };
  });
  const examine = createDoctor(paths, env, clock);
  // Loaded only here: the other commands neither drive Asterisk nor serve pages.
  const { createApp } = await import('./app.js');
  const app = createApp(settings, paths, clock, log, { examine, version: versionOf(paths), env });
  const reloads = new Reloads(paths, env, log, (fresh) => app.reload(fresh));
  // From the first on: its default would end us. What starts yet is not disturbed.
  let up = false;
  process.on('SIGHUP', () => {
    if (up) void reloads.reload();
  });
  process.on('SIGUSR2', () => {
    if (up) void app.drain(drainMsIn(paths)).then(drained);
  });
  try {
    const ended = await Promise.race([app.start().then(() => undefined), told]);
    if (ended === undefined) {
      up = true;
      log.info('ready');
      process.send?.({ ready: true });
      log.info('ending', { reason: await told });
    }
  } finally {
    up = false;
    await app.stop();
    clearInterval(beat);
  }
}
