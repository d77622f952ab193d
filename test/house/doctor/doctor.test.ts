import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse, stringify } from 'yaml';
import type { DoctorReport } from '../../../agent/cli/doctor-report.js';
import { systemClock } from '../../../agent/clock.js';
import { pathsOf } from '../../../agent/config/paths.js';
import { createHouse } from '../../../agent/house.js';
import { createDoctor } from '../../../agent/house/doctor/doctor.js';
import { callsOf, freeRounds, ROUNDS_OF_REFERENCE } from '../../../agent/house/doctor/headroom.js';
import type { Configured, Machine } from '../../../agent/house/doctor/check.js';
import { thisMachine } from '../../../agent/house/doctor/this-machine.js';
import { deprecatedCheck } from '../../../agent/house/doctor/upkeep.js';
import { silentLog } from '../../../agent/log.js';
import { verifyModels } from '../../../agent/speech/models.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { lacking } from '../../calls/office.js';
import { elfSaying } from './elf-saying.js';
import { sharedHeads } from '../../understanding/shipped-head.js';

const clock = systemClock();
const wrong = new Map<string, ReturnType<Machine['wrongModels']>>();
const healthy: Machine = {
  nodeVersion: '20.20.0',
  cpus: 2,
  load: 0.5,
  memoryAvailable: 4e9,
  diskFree: () => Promise.resolve(50e9),
  syncMs: () => Promise.resolve(2),
  clockKept: () => Promise.resolve(true),
  addresses: ['192.168.1.10'],
  soundPasses: () => Promise.resolve('both'),
  freeRounds: () => Promise.resolve(4 * ROUNDS_OF_REFERENCE),
  // They are read once: half a gigabyte.
  wrongModels(places) {
    const known = wrong.get(places.models) ?? verifyModels(places);
    wrong.set(places.models, known);
    return known;
  },
};

interface Office {
  pbx: Record<string, unknown>;
  understanding: Record<string, unknown>;
  reception: Record<string, unknown>;
  dialogue: Record<string, unknown> & { transferTargets: Record<string, unknown>[] };
  records?: Record<string, unknown>;
  speech?: Record<string, unknown>;
}
const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
const exampleOffice = (): Office => {
  const office = parse(example) as Office;
  // Nothing of this machine has these ports, whatever runs beside this test.
  office.pbx = { ...office.pbx, sip: { port: 15_960 }, ari: { port: 15_988 } };
  return office;
};

/** Intents as a fresh office has them, kept between tests. */
void t.test('intents are trained', { skip: lacking, timeout: 300_000 }, async (t) => {
  mkdirSync(sharedHeads, { recursive: true });
  const folder = t.testdir({});
  symlinkSync(sharedHeads, join(folder, 'heads'));
  writeFileSync(join(folder, 'vestibule.yaml'), stringify(exampleOffice()));
  const env = { ...process.env, VESTIBULE_HOME: folder };
  await createHouse(pathsOf(env), env, clock, silentLog).train(false);
  t.ok(existsSync(join(sharedHeads, 'clinic.en.onnx')));
});

let count = 0;
/** The example office, healthy, in a folder of its own. */
function home(office: Office = exampleOffice()): string {
  const folder = join(t.testdirName, `h${String((count += 1))}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  writeFileSync(join(folder, 'vestibule.yaml'), stringify(office));
  mkdirSync(join(folder, 'heads'));
  cpSync(sharedHeads, join(folder, 'heads'), { recursive: true });
  return folder;
}
t.testdir({});

interface Given {
  readonly env?: NodeJS.ProcessEnv;
  readonly machine?: Partial<Machine>;
  readonly fix?: boolean;
  readonly at?: string;
}
function examine(folder: string, given: Given = {}): Promise<DoctorReport> {
  const env = { ...process.env, ...given.env, VESTIBULE_HOME: folder };
  const time = given.at === undefined ? clock : systemClock(Date.parse(given.at));
  return createDoctor(pathsOf(env), env, time, { ...healthy, ...given.machine })({
    fix: given.fix === true,
  });
}
const troubles = ({ findings }: DoctorReport): string[] =>
  findings
    .filter(({ status }) => /warn|fail/u.test(status))
    .map(({ id, status }) => `${id} ${status}`);

/** Of the machine: the doctor knows when the program was installed. */
const NOW = new Date().toISOString();

void t.test('a healthy example office raises no alarm', { skip: lacking }, async (t) => {
  const report = await examine(home(), { at: NOW });
  t.strictSame(
    troubles(report),
    [],
    JSON.stringify(report.findings.filter(({ status }) => status !== 'ok')),
  );
  t.ok(report.findings.length >= 40);
  t.equal(new Set(report.findings.map(({ id }) => id)).size, report.findings.length);
  for (const { id, title, finding, why } of report.findings) {
    t.ok(title !== '' && finding !== '' && why !== '', id);
  }
});

/** A trunk to a provider on the internet. */
const provider = { id: 'provider', host: '203.0.113.5' };

/** Figures of the last calls, as the daemon notes them. */
function lines(folder: string, figures: object): void {
  mkdirSync(join(folder, 'run'));
  const all = { calls: 9, callerSilent: 0, nothingSent: 0, mos: 4.3, loss: 0, jitterMs: 2 };
  writeFileSync(join(folder, 'run', 'line-quality.json'), JSON.stringify({ ...all, ...figures }));
}

/** Makes the office's supervisor believe that this test is one of its processes. */
function claims(folder: string, name: string): void {
  const stat = readFileSync(`/proc/${String(process.pid)}/stat`, 'latin1');
  const startedAt = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  mkdirSync(join(folder, 'run'));
  writeFileSync(
    join(folder, 'run', 'supervisor.pid'),
    JSON.stringify([{ name, pid: process.pid, startedAt }]),
  );
}

type Seed = (office: Office) => Given & { readonly then?: (folder: string) => void };
const seeds: readonly (readonly [string, Seed])[] = [
  ['node.version fail', () => ({ machine: { nodeVersion: '18.20.1' } })],
  ['disk.space fail', () => ({ machine: { diskFree: () => Promise.resolve(2e8) } })],
  ['disk.space warn', () => ({ machine: { diskFree: () => Promise.resolve(3e9) } })],
  ['machine.memory fail', () => ({ machine: { memoryAvailable: 4e8 } })],
  ['machine.cpu warn', () => ({ machine: { cpus: 1 } })],
  ['clock.plausible fail', () => ({ at: '1970-01-02T00:00:00Z' })],
  [
    'clock.zone warn',
    (office) => {
      office.understanding.timeZone = 'Asia/Seoul';
      return {};
    },
  ],
  [
    'files.private warn',
    () => ({
      then: (folder) => {
        chmodSync(folder, 0o755);
      },
    }),
  ],
  [
    'files.private fail',
    () => ({
      then(folder) {
        mkdirSync(`${folder}-keys`, { mode: 0o700 });
        writeFileSync(join(`${folder}-keys`, 'root.key'), `${'a'.repeat(64)}\n`, { mode: 0o644 });
      },
    }),
  ],
  [
    'records.key fail',
    () => ({
      then(folder) {
        mkdirSync(join(folder, 'records'), { mode: 0o700 });
        writeFileSync(join(folder, 'records', 'vestibule.db'), '', { mode: 0o600 });
      },
    }),
  ],
  [
    'paths.sockets fail',
    (office) => {
      office.speech = { sockets: `/tmp/${'long'.repeat(25)}` };
      return {};
    },
  ],
  [
    'config.rendered warn',
    () => ({
      then(folder) {
        mkdirSync(join(folder, 'run'));
        writeFileSync(join(folder, 'run', 'plan.json'), '{}');
        utimesSync(join(folder, 'run', 'plan.json'), 1, 1);
      },
    }),
  ],
  [
    'workers.healthy fail',
    () => ({
      then: (folder) => {
        claims(folder, 'voice');
      },
    }),
  ],
  [
    'asterisk.ari fail',
    () => ({
      then: (folder) => {
        claims(folder, 'asterisk');
      },
    }),
  ],
  ['machine.memory warn', () => ({ machine: { memoryAvailable: 0.9e9 } })],
  ['disk.speed warn', () => ({ machine: { syncMs: () => Promise.resolve(80) } })],
  ['disk.speed fail', () => ({ machine: { syncMs: () => Promise.resolve(900) } })],
  ['clock.kept warn', () => ({ machine: { clockKept: () => Promise.resolve(false) } })],
  ['machine.headroom warn', () => ({ machine: { freeRounds: () => Promise.resolve(90) } })],
  [
    'machine.headroom warn',
    (office) => {
      office.reception.mostCalls = 200;
      return { machine: { freeRounds: () => Promise.resolve(2 * ROUNDS_OF_REFERENCE) } };
    },
  ],
  ['network.rtp fail', () => ({ machine: { soundPasses: () => Promise.resolve('none') } })],
  [
    'network.nat fail',
    (office) => {
      office.pbx.trunks = [provider];
      return {};
    },
  ],
  [
    'network.nat fail',
    (office) => {
      office.pbx.trunks = [provider];
      office.pbx.sip = { port: 15_960, bind: '0.0.0.0', localNetworks: ['192.168.1.0/24'] };
      return { machine: { addresses: ['192.168.1.10', '2001:db8::10'] } };
    },
  ],
  [
    'network.nat fail',
    (office) => {
      office.pbx.trunks = [provider];
      office.pbx.sip = { port: 15_960, advertised: '192.168.1.10' };
      return {};
    },
  ],
  [
    'network.nat warn',
    (office) => {
      office.pbx.sip = { port: 15_960, advertised: '203.0.113.9' };
      return {};
    },
  ],
  [
    'sip.reachable warn',
    (office) => {
      office.pbx.sip = { port: 15_960, bind: '0.0.0.0' };
      office.pbx.guard = { enabled: false };
      return {};
    },
  ],
  [
    'office.hours warn',
    (office) => {
      office.understanding.hours = {};
      return {};
    },
  ],
  [
    'calls.one-way fail',
    () => ({
      then: (folder) => {
        lines(folder, { callerSilent: 4 });
      },
    }),
  ],
  [
    'calls.one-way fail',
    () => ({
      then: (folder) => {
        lines(folder, { nothingSent: 4 });
      },
    }),
  ],
  [
    'calls.quality warn',
    () => ({
      then: (folder) => {
        lines(folder, { loss: 0.08, mos: 2.9 });
      },
    }),
  ],
  [
    'asterisk.samples fail',
    () => ({
      then(folder) {
        mkdirSync(join(folder, 'asterisk', 'etc'), { recursive: true, mode: 0o700 });
        writeFileSync(join(folder, 'asterisk', 'etc', 'http.conf'), 'bindaddr = 0.0.0.0\n');
      },
    }),
  ],
  [
    'privacy.copies fail',
    () => ({
      then(folder) {
        mkdirSync(join(folder, 'records'), { mode: 0o700 });
        writeFileSync(join(folder, 'records', 'keys.db.bak'), 'x', { mode: 0o600 });
      },
    }),
  ],
  [
    'records.key fail',
    () => ({
      then(folder) {
        mkdirSync(`${folder}-keys`, { mode: 0o700 });
        writeFileSync(join(`${folder}-keys`, 'root.key'), 'short', { mode: 0o600 });
      },
    }),
  ],
  [
    'update.unfinished warn',
    () => ({
      then(folder) {
        mkdirSync(join(folder, 'update', 'after'), { recursive: true });
      },
    }),
  ],
  [
    'update.unfinished warn',
    () => ({
      then(folder) {
        mkdirSync(join(folder, 'update', 'before'), { recursive: true });
      },
    }),
  ],
  ['models.verified fail', () => ({ env: { VESTIBULE_MODELS: '/nowhere' } })],
  [
    'intents.trained fail',
    () => ({
      then: (folder) => {
        rmSync(join(folder, 'heads'), { recursive: true });
        // As it is once it was started.
        mkdirSync(join(folder, 'run'), { recursive: true });
        writeFileSync(join(folder, 'run', 'plan.json'), '{}');
      },
    }),
  ],
  ['program.espeak-ng fail', () => ({ env: { PATH: '/nowhere' } })],
  ['asterisk.version fail', () => ({ env: { VESTIBULE_ASTERISK: '/nowhere' } })],
  [
    'ports.rtp fail',
    (office) => {
      office.pbx.rtp = { from: 15_900, to: 16_900 };
      return {};
    },
  ],
  [
    'ports.rtp warn',
    (office) => {
      office.pbx.rtp = { from: 20_000, to: 20_040 };
      return {};
    },
  ],
  [
    'ports.free fail',
    (office) => {
      office.pbx.sip = { port: 15_960, bind: '192.0.2.7' };
      return {};
    },
  ],
  [
    'office.hours warn',
    (office) => {
      office.understanding.holidays = [{ date: '2020-12-25', name: 'Christmas Day' }];
      return {};
    },
  ],
  [
    'office.emergency fail',
    (office) => {
      office.dialogue.emergencyNumber = '911';
      return {};
    },
  ],
  [
    'office.transfers fail',
    (office) => {
      const [first, second] = office.dialogue.transferTargets;
      Object.assign(second ?? {}, { aliases: [first?.name] });
      return {};
    },
  ],
  [
    'office.fallback warn',
    (office) => {
      office.pbx.fallbackRing = [];
      return {};
    },
  ],
  [
    'offices.others warn',
    (office) => {
      const files = { ca: 'no.crt', certificate: 'no.crt', key: 'no.key' };
      Object.assign(office, {
        otherOffices: [{ id: 'ulm', name: 'Ulm', address: '127.0.0.1:1', ...files }],
      });
      return {};
    },
  ],
  [
    'offices.central warn',
    (office) => {
      Object.assign(office, {
        central: { host: '127.0.0.1', port: 1, office: 'ulm', encryption: 'none' },
      });
      return {};
    },
  ],
  [
    'monitoring.collector warn',
    (office) => {
      Object.assign(office, { monitoring: { traces: { collector: 'http://127.0.0.1:1' } } });
      return {};
    },
  ],
  [
    'backup.storage warn',
    (office) => {
      const s3 = { endpoint: 'http://127.0.0.1:1', accessKey: 'a', secretKeyFile: 'none' };
      Object.assign(office, { backup: { to: 's3://backups', s3 } });
      return {};
    },
  ],
  [
    'backup.latest warn',
    (office) => {
      Object.assign(office, { backup: { folder: 'copies' } });
      const at = Date.parse(NOW) - 4 * 24 * 3_600_000;
      const states = [{ file: 'state-1.tar.age', at }];
      return {
        then(folder) {
          mkdirSync(join(folder, 'copies'), { mode: 0o700 });
          writeFileSync(
            join(folder, 'copies', 'vestibule-backup.json'),
            JSON.stringify({ version: 1, sound: [], states }),
          );
        },
      };
    },
  ],
  [
    'web.certificate fail',
    (office) => {
      Object.assign(office, { web: { certificate: '/none/tls.crt', key: '/none/tls.key' } });
      return {};
    },
  ],
  [
    'speech.elsewhere fail',
    (office) => {
      office.speech = { elsewhere: [{ name: 'near', address: '127.0.0.1:1' }] };
      return {};
    },
  ],
  [
    'prompts.recorded warn',
    () => ({
      then(folder) {
        mkdirSync(join(folder, 'prompts', 'own'), { recursive: true, mode: 0o700 });
        chmodSync(join(folder, 'prompts'), 0o700);
        writeFileSync(join(folder, 'prompts', 'own', `old.${'0'.repeat(16)}.wav`), 'x');
      },
    }),
  ],
];

void t.test(
  'each seeded fault is found and named, and nothing else',
  { skip: lacking },
  async (t) => {
    t.ok(seeds.length >= 44, 'with the five of the next tests');
    for (const [wanted, seed] of seeds) {
      const office = exampleOffice();
      const { then, ...given } = seed(office);
      const folder = home(office);
      then?.(folder);
      const report = await examine(folder, { at: NOW, ...given });
      t.strictSame(troubles(report), [wanted], wanted);
      const found = report.findings.find(({ id }) => wanted.startsWith(id));
      t.not(found?.mend, '', `${wanted}: has a mend`);
    }
  },
);

void t.test('what is about to go is announced', async (t) => {
  const folder = home();
  const check = deprecatedCheck([
    { setting: 'pbx.sip', since: '1.0.0', until: '2.0.0', instead: 'Write pbx.telephony' },
  ]);
  const env = { ...process.env, VESTIBULE_HOME: folder };
  const patient = { paths: pathsOf(env) } as Configured;
  t.match(await check.run(patient), {
    ...{ status: 'warn', finding: 'pbx.sip ends with 2.0.0', mend: 'Write pbx.telephony' },
  });
  t.match(await deprecatedCheck([]).run(patient), { status: 'ok' });
});

void t.test('this machine, as it is', async (t) => {
  t.ok((await thisMachine.syncMs(t.testdirName)) > 0);
  t.ok((await freeRounds(50)) > 0, 'a benchmark of 50 ms');
  t.equal(callsOf(2 * ROUNDS_OF_REFERENCE), 10, 'two cores of the reference, docs/guide/sizing.md');
  t.equal(await thisMachine.soundPasses('127.0.0.1', 15_100, 15_199), 'both');
  t.equal(await thisMachine.soundPasses('192.0.2.7', 15_100, 15_199), 'busy', 'no address of ours');
  t.notOk(thisMachine.addresses.includes('127.0.0.1'));
});

void t.test('a port that another program has', { skip: lacking }, async (t) => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(15_960, '127.0.0.1', resolve));
  const report = await examine(home(), { at: NOW });
  await new Promise<void>((resolve) => socket.close(resolve));
  t.strictSame(troubles(report), ['ports.free fail']);
  t.match(report.findings.find(({ id }) => id === 'ports.free')?.finding, /15960 udp/u);
});

void t.test('an old Asterisk, and one without a module', { skip: lacking }, async (t) => {
  const tree = join(t.testdir({ usr: { sbin: {}, lib: { asterisk: { modules: {} } } } }));
  const program = join(tree, 'usr/sbin/asterisk');
  const says = (version: string): void => {
    writeFileSync(program, elfSaying(version), { mode: 0o755 });
  };
  const found = async (): Promise<string[]> =>
    troubles(await examine(home(), { at: NOW, env: { VESTIBULE_ASTERISK: tree } }));
  const both = ['asterisk.modules fail', 'asterisk.advisories fail'];
  says('20.5.2');
  t.strictSame(await found(), ['asterisk.version fail', ...both]);
  says('22.8.0');
  t.strictSame(await found(), ['asterisk.version warn', ...both]);
});

void t.test(
  'an invalid configuration is a finding, and the rest is still examined',
  { skip: lacking },
  async (t) => {
    const folder = home();
    writeFileSync(join(folder, 'vestibule.yaml'), `${example}\nnonsense: 1\n`);
    const report = await examine(folder, { at: NOW });
    t.strictSame(troubles(report), ['config.valid fail']);
    t.match(report.findings[0]?.finding, /nonsense/u);
    t.equal(report.findings.find(({ id }) => id === 'node.version')?.status, 'ok');
    t.equal(report.findings.find(({ id }) => id === 'office.hours')?.status, 'skipped');
    t.strictSame(troubles(await examine(join(folder, 'elsewhere'))), ['config.valid fail']);
  },
);

void t.test('--fix closes what is open, and only that', { skip: lacking }, async (t) => {
  const folder = home();
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, 'asterisk'), { mode: 0o755 });
  writeFileSync(join(folder, 'asterisk', 'secrets.json'), '{}', { mode: 0o644 });
  const before = readFileSync(join(folder, 'vestibule.yaml'), 'utf8');
  const report = await examine(folder, { fix: true, at: NOW });
  t.strictSame(troubles(report), []);
  t.equal(report.fixed.length, 3);
  t.equal(statSync(folder).mode & 0o777, 0o700);
  t.equal(statSync(join(folder, 'asterisk', 'secrets.json')).mode & 0o777, 0o600);
  t.equal(readFileSync(join(folder, 'vestibule.yaml'), 'utf8'), before);
  t.strictSame((await examine(folder, { fix: true })).fixed, [], 'once is enough');
});

void t.test('the command: one line a check, exit codes, JSON', { skip: lacking }, (t) => {
  const folder = home();
  const run = (...args: string[]) =>
    spawnSync(
      process.execPath,
      [join(checkoutRoot, 'build/agent/main.js'), 'doctor', '--quick', ...args],
      {
        env: { ...process.env, VESTIBULE_HOME: folder },
        encoding: 'utf8',
      },
    );
  const lines = run();
  t.equal(lines.status, 0, lines.stdout + lines.stderr);
  t.match(lines.stdout, /^ok +config\.valid +configuration: /mu);
  const json = run('--json');
  t.equal(json.stdout.trim().split('\n').length, 1);
  t.ok((JSON.parse(json.stdout) as DoctorReport).findings.length >= 15);
  writeFileSync(join(folder, 'vestibule.yaml'), 'nonsense: 1\n');
  const faulty = run();
  t.equal(faulty.status, 1);
  t.match(faulty.stdout, /^FAULT +config\.valid/mu);
  t.match(faulty.stdout, /→ Correct each of them/u);
  t.equal(run('--nonsense').status, 2);
  t.end();
});
