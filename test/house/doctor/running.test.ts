import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { pathsOf } from '../../../agent/config/paths.js';
import { createDoctor } from '../../../agent/house/doctor/doctor.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { Sound, lackingSound } from '../../audio/pulse.js';
import { Office, lacking } from '../../calls/office.js';

void t.test('an office that runs', { skip: lacking, timeout: 300_000 }, async (t) => {
  const office = await Office.open({});
  t.teardown(() => office.close());
  const env = { ...process.env, VESTIBULE_HOME: office.home };
  const examine = createDoctor(pathsOf(env), env, systemClock());
  const statusOf = async (...ids: readonly string[]): Promise<readonly string[]> => {
    const { findings } = await examine({ fix: false });
    return ids.map((id) => findings.find((one) => one.id === id)?.status ?? 'none');
  };

  await t.test(
    'is known to run: its ports are ours, Asterisk and the workers answer',
    async (t) => {
      const ids = [
        'asterisk.ari',
        'workers.healthy',
        'ports.free',
        'config.rendered',
        'records.key',
      ];
      t.strictSame(await statusOf(...ids), ['ok', 'ok', 'ok', 'ok', 'ok']);
    },
  );

  await t.test(
    'lends its workers and its store to a talk at the desk',
    { skip: lackingSound },
    async (t) => {
      const sound = await Sound.open();
      t.teardown(() => sound.close());
      const child = spawn(
        process.execPath,
        [join(checkoutRoot, 'build/agent/main.js'), 'talk', '--json'],
        {
          env: { ...sound.env, VESTIBULE_HOME: office.home },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      );
      let said = '';
      child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString('utf8')));
      await office.until(() => said.includes('"party":"vestibule"'), 60_000, 'the greeting');
      child.kill('SIGINT');
      while (child.exitCode === null) await sleep(20);
      t.equal(child.exitCode, 0, said);
      const last = said.trim().split('\n').at(-1) ?? '';
      const { call } = JSON.parse(last) as { call: string };
      t.equal((await office.stored(1))[0]?.id, call, 'kept where the office keeps its calls');
    },
  );
});
