import { existsSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { readWav } from '../../agent/audio/wav.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog, type Log } from '../../agent/log.js';
import { speechSettings, workerPlaces } from '../../agent/speech/settings.js';
import { SpeechWorkers } from '../../agent/speech/workers.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import type { TlsFiles } from '../../agent/wire/tls.js';
import { lacking, Office, told } from '../calls/office.js';
import { haveModels, scratchFolder } from '../speech/worker-process.js';
import { Envoy, Machine, noEnvoy, noMachines, receptionist, until } from './machines.js';

const SOUNDS = join(
  checkoutRoot,
  '.vestibule/asterisk/current/usr/share/asterisk/sounds/en_US_f_Allison',
);
/** People of Asterisk's own recordings, and a word that each of them says. */
const SAID = [
  ['vm-goodbye', /goodbye/iu],
  ['please-try-again', /try/iu],
  ['one-moment-please', /moment/iu],
  ['im-sorry', /sorry/iu],
] as const;

const skip =
  noMachines || noEnvoy || lacking || (haveModels ? false : 'no models') || !existsSync(SOUNDS);

/** Worker names that a log of speech workers says are lost and back. */
function watching(): { log: Log; lost: string[]; back: string[] } {
  const [lost, back]: string[][] = [[], []];
  const log: Log = {
    ...silentLog,
    warn: (text, { worker = '' } = {}) => {
      if (text === 'speech machine lost') lost?.push(worker);
    },
    info: (text, { worker = '' } = {}) => {
      if (text === 'speech machine back') back?.push(worker);
    },
    part: () => log,
  };
  return { log, lost: lost ?? [], back: back ?? [] };
}

function clientsOf(elsewhere: readonly object[], tls: TlsFiles, log: Log): SpeechWorkers {
  const settings = speechSettings.parse({ elsewhere, tls });
  const places = workerPlaces(settings, '/nowhere').filter(({ kind }) => kind === 'recogniser');
  return new SpeechWorkers(places, systemClock(), log);
}

void t.test('two machines that serve speech', { skip }, async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const tls = await receptionist(scratch.path);
  const machines = await Promise.all(
    ['speech-1', 'speech-2'].map((name, index) => Machine.open(name, index, scratch.path, tls)),
  );
  t.teardown(() => Promise.all(machines.map((machine) => machine.close())));
  const [first, second] = machines;
  if (first === undefined || second === undefined) throw new Error('two machines');
  const spoken = await Promise.all(
    SAID.map(async ([name, word]) => {
      const { pcm } = await readWav(join(SOUNDS, `${name}.wav`));
      return { name, word, pcm };
    }),
  );

  /** Lets `count` people say something at once, and expects that all are understood. */
  const say = async (
    t: Test,
    workers: SpeechWorkers,
    count: number,
    when: string,
  ): Promise<void> => {
    const all = Array.from({ length: count }, (_, at) => spoken[at % spoken.length]);
    const started = performance.now();
    let slowest = 0;
    const heard = await Promise.all(
      all.map(async (one) => {
        const utterance = workers.recogniser.listen({ language: 'en' });
        utterance.push(one?.pcm ?? new Int16Array());
        const { text } = await utterance.finish();
        slowest = Math.max(slowest, performance.now() - started);
        return text;
      }),
    );
    const understood = heard.filter((text, at) => all[at]?.word.test(text));
    t.equal(understood.length, count, `${when}: ${count} utterances give text`);
    t.comment(`${when}: the last after ${Math.round(slowest)} ms`);
  };

  const direct = machines.map(({ name, address }) => ({ name, address }));
  const asked = clientsOf(direct, tls, silentLog);
  t.teardown(() => asked.stop());
  /** CPU seconds of the machines, by their names; of one that is cut off nothing is known. */
  const worked = async (): Promise<ReadonlyMap<string, number>> =>
    new Map([...(await asked.describe())].map(([name, { cpuSeconds }]) => [name, cpuSeconds]));
  /** An utterance takes more than that, and a question whether it serves far less. */
  const didWork = (before: number | undefined, after: number | undefined): boolean =>
    (after ?? 0) - (before ?? Infinity) > 0.05;
  const bothWorked = async (t: Test, before: ReadonlyMap<string, number>): Promise<void> => {
    const after = await worked();
    for (const { name } of machines) {
      t.ok(didWork(before.get(name), after.get(name)), `${name} has worked`);
    }
  };

  await t.test('without a balancer', async (t) => {
    const { log, lost, back } = watching();
    const workers = clientsOf(direct, tls, log);
    await workers.start();
    t.teardown(() => workers.stop());
    t.strictSame(await workers.missing(5000), []);
    const before = await worked();
    await say(t, workers, 8, 'both there');
    await bothWorked(t, before);
    second.cut();
    await say(t, workers, 8, 'one cut off, and not known yet');
    await until('it is noticed', () => lost.length > 0);
    t.strictSame(lost, ['speech-2']);
    t.strictSame(await workers.missing(), [], 'one is enough');
    await say(t, workers, 4, 'one cut off');
    second.mend();
    await until('it is back', () => back.length > 0);
    t.strictSame(back, ['speech-2']);
    await say(t, workers, 8, 'both there again');
  });

  const envoy = await Envoy.open(machines, scratch.path);
  t.teardown(() => envoy.close());
  const requests = async (machine: Machine): Promise<number> =>
    (await envoy.machines()).find(({ address }) => address === machine.host)?.requests ?? 0;
  const well = async (machine: Machine): Promise<boolean> =>
    (await envoy.machines()).find(({ address }) => address === machine.host)?.well === true;
  const hall = { name: 'hall', address: envoy.address, workers: 4 };

  await t.test('with Envoy before them', async (t) => {
    const workers = clientsOf([hall], tls, silentLog);
    await workers.start();
    t.teardown(() => workers.stop());
    t.strictSame(await workers.missing(5000), []);
    const before = await worked();
    await say(t, workers, 12, 'both there');
    await bothWorked(t, before);
    first.cut();
    await say(t, workers, 8, 'one cut off, and not known yet');
    await until('Envoy notices it', async () => !(await well(first)));
    const rest = await requests(first);
    await say(t, workers, 4, 'one cut off');
    t.equal(await requests(first), rest, 'it is asked no more');
    first.mend();
    await until('Envoy finds it well again', () => well(first));
    await say(t, workers, 8, 'both there again');
  });

  await t.test('a call goes on while a machine is cut off', async (t) => {
    const speech = { elsewhere: [hall], tls };
    const office = await Office.open(
      { VESTIBULE_NOW: '2026-11-24T10:00:00Z' },
      undefined,
      {},
      speech,
    );
    t.teardown(() => office.close());
    t.throws(() => office.pidOf('recogniser-1'), 'none recognises here');
    const before = await worked();
    let cut = false;
    const watch = async (): Promise<void> => {
      // The caller's first words are with a machine: now it goes.
      await until('an utterance', async () => {
        const now = await worked();
        return didWork(before.get(second.name), now.get(second.name));
      });
      second.cut();
      cut = true;
    };
    const [report] = await Promise.all([office.call('opening-hours'), watch()]);
    t.ok(report.passed, told(report));
    t.ok(cut, 'one machine was cut off meanwhile');
    second.mend();
  });
});
