import {
  chmodSync,
  cpSync,
  lstatSync,
  readFileSync,
  readdirSync,
  realpathSync,
  statSync,
  symlinkSync,
  mkdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { pbxErrors } from '../../../agent/telephony/pbx/errors.js';
import { asteriskCall, asteriskTree, interpreterOf } from '../../../agent/telephony/pbx/program.js';
import { renderPbx } from '../../../agent/telephony/pbx/render.js';
import { pbxSettings } from '../../../agent/telephony/pbx/settings.js';
import { seeded } from '../../../agent/audio/seeded.js';
import { bareTree, folderOf, sectionsOf, templates } from './tree.js';

const read = (etc: string, name: string): string => readFileSync(join(etc, name), 'utf8');
const filesOf = (etc: string): Record<string, string> =>
  Object.fromEntries(readdirSync(etc).map((name) => [name, read(etc, name)]));

void t.test('the same input gives the same files, for this user alone', (t) => {
  const paths = { templates, tree: bareTree(t), state: join(folderOf(t), 'asterisk') };
  const etc = join(paths.state, 'etc');
  const settings = pbxSettings.parse({ sip: { port: 15_060 } });
  const first = renderPbx(settings, paths);
  const files = filesOf(etc);
  t.strictSame(renderPbx(settings, paths), first);
  t.strictSame(filesOf(etc), files);
  for (const [name, text] of Object.entries(files)) {
    t.notMatch(text, /\{\{|undefined|\[object/u, `${name} is filled`);
    t.equal(statSync(join(etc, name)).mode & 0o077, 0, `${name} is private`);
  }
  for (const name of ['secrets.json', 'ari-password']) {
    t.equal(statSync(join(paths.state, name)).mode & 0o077, 0, `${name} is private`);
  }
  t.equal(statSync(paths.state).mode & 0o077, 0);
  t.equal(readFileSync(first.ariPasswordFile, 'utf8'), first.secrets.ari);
  for (const name of readdirSync(join(paths.state, 'data'), {
    recursive: true,
    encoding: 'utf8',
  })) {
    const path = join(paths.state, 'data', name);
    if (!lstatSync(path).isSymbolicLink()) continue;
    t.ok(realpathSync(path).startsWith(realpathSync(paths.tree)), `${name} lies in the tree`);
  }
  t.end();
});

void t.test('passwords stay when extensions come and go, and are all different', (t) => {
  const paths = { templates, tree: bareTree(t), state: folderOf(t) };
  const office = (...numbers: string[]) =>
    pbxSettings.parse({
      extensions: numbers.map((number) => ({ number, name: `Desk ${number}` })),
      fallbackRing: [],
    });
  const before = renderPbx(office('201', '202'), paths).secrets;
  const between = renderPbx(office('201', '300'), paths).secrets;
  const after = renderPbx(office('201', '202'), paths).secrets;
  t.strictSame(after, before);
  t.equal(between.extensions['201'], before.extensions['201']);
  t.strictSame(Object.keys(between.extensions).sort(), ['201', '300'], 'only those configured');
  const all = [before.ari, ...Object.values(before.extensions), between.extensions['300']];
  t.equal(new Set(all).size, 4);
  t.end();
});

/** Extension, priority and application of each line of a dialplan context. */
const planOf = (text: string): Map<string, Map<string, string[]>> => {
  const plan = new Map<string, Map<string, string[]>>();
  for (const [context, lines] of sectionsOf(text)) {
    const extensions = new Map<string, string[]>();
    let current: string[] = [];
    for (const line of lines) {
      const start = /^exten => ([^,]+),1,(.*)$/u.exec(line);
      const next = /^same => n(?:\(\w+\))?,(.*)$/u.exec(line);
      if (start !== null) {
        current = [start[2] ?? ''];
        extensions.set(start[1] ?? '', current);
      } else if (next !== null) {
        current.push(next[1] ?? '');
      }
    }
    plan.set(context, extensions);
  }
  return plan;
};

void t.test('whatever office: only what is listed can be dialled', (t) => {
  const paths = { templates, tree: bareTree(t), state: folderOf(t) };
  const etc = join(paths.state, 'etc');
  const random = seeded(7);
  const pick = (most: number): number => Math.floor(random() * most);
  const names = ['Ana', 'Dr. "Bo" <x>', 'C;D', 'E\nload = app_system.so', '金', 'F\\', '[g]'];
  for (let round = 0; round < 40; round += 1) {
    const extensions = Array.from({ length: pick(12) }, (_, at) => ({
      number: String(200 + at * (1 + pick(3)) * 10 + at),
      name: names[pick(names.length)] ?? 'Z',
    })).filter((one, at, all) => all.findIndex(({ number }) => number === one.number) === at);
    const numbers = extensions.map(({ number }) => number);
    const fallbackRing = numbers.filter(() => random() < 0.4);
    const trunk = random() < 0.5 ? { trunk: 'sip.trunk.example' } : {};
    const emergency = { numbers: ['911', '112'].slice(pick(3)), ...trunk };
    const { secrets } = renderPbx(
      pbxSettings.parse({ extensions, fallbackRing, emergency }),
      paths,
    );

    const plan = planOf(read(etc, 'extensions.conf'));
    const lines = [...plan.values()].flatMap((context) => [...context.values()].flat());
    const dialled = lines
      .filter((line) => line.startsWith('Dial('))
      .flatMap((line) => (/^Dial\(([^,)]*)/u.exec(line)?.[1] ?? '').split('&'));
    const allowed = new Set([
      ...numbers.map((number) => `PJSIP/${number}`),
      ...emergency.numbers.map((number) => `PJSIP/${number}@emergency-trunk`),
    ]);
    t.strictSame(
      dialled.filter((target) => !allowed.has(target)),
      [],
      'every Dial goes to a listed telephone or the emergency trunk',
    );
    t.strictSame([...(plan.get('vestibule-public')?.keys() ?? [])], ['reception', 'echo']);
    t.notMatch([...(plan.get('vestibule-public')?.values() ?? [])].flat().join(), /Dial|internal/u);
    t.strictSame(
      [...(plan.get('vestibule-internal')?.keys() ?? [])].sort(),
      ['reception', 'echo', ...numbers, ...emergency.numbers].sort(),
    );
    for (const number of emergency.numbers) {
      const does = (plan.get('vestibule-internal')?.get(number) ?? []).join(' ');
      t.notMatch(does, /Stasis|reception|fallback/u, 'never the receptionist');
      t.match(does, 'trunk' in trunk ? /^Dial/u : /no-emergency-trunk/u);
    }
    t.strictSame(
      [...(plan.get('vestibule-transfer')?.keys() ?? [])].filter((one) => /^\d/u.test(one)),
      numbers,
    );
    const rings = (plan.get('vestibule-fallback')?.get('s') ?? []).join(' ');
    t.equal(rings.includes('Dial('), fallbackRing.length > 0, 'no Dial with nobody to ring');
    t.match(rings, /fallback-nobody.* Hangup\(\)$/u);

    const pjsip = sectionsOf(read(etc, 'pjsip.conf'));
    t.strictSame(
      pjsip.map(([name]) => name),
      [
        ...['global', 'system', 'transport-udp', 'transport-tcp'],
        ...['anonymous', 'stranger', 'banned'],
        ...numbers.flatMap((number) => [number, number, number]),
        ...('trunk' in trunk ? ['emergency-trunk', 'emergency-trunk'] : []),
      ],
      'a name starts no section of its own',
    );
    const all = pjsip.flatMap(([, body]) => body);
    t.strictSame(
      all.filter((line) => /^load|^password/u.test(line)).map((line) => line.split(' = ')[1]),
      numbers.map((number) => secrets.extensions[number]),
    );
  }
  t.end();
});

void t.test('addresses: bind, advertised, IPv6, TLS; and what must be free', (t) => {
  const paths = { templates, tree: bareTree(t), state: folderOf(t) };
  const etc = join(paths.state, 'etc');
  const plain = renderPbx(
    pbxSettings.parse({ sip: { port: 15_060 }, ari: { port: 18_088 } }),
    paths,
  );
  t.notMatch(read(etc, 'pjsip.conf'), /external_|protocol = tls/u);
  t.strictSame(
    plain.call.listens.map(({ protocol, host, port }) => `${protocol} ${host} ${String(port)}`),
    ['udp 127.0.0.1 15060', 'tcp 127.0.0.1 15060', 'tcp 127.0.0.1 18088'],
  );
  t.match(plain.call.listens[0]?.whenTaken, /^PBX_PORT_IN_USE: .*\(127\.0\.0\.1:15060 UDP\)/u);
  t.match(read(etc, 'http.conf'), /bindaddr = 127\.0\.0\.1\nbindport = 18088/u);

  const sip = {
    bind: '::',
    advertised: '203.0.113.7',
    localNetworks: ['10.0.0.0/8'],
    tls: { certificate: '/c.pem', key: '/k.pem' },
  };
  const wide = renderPbx(pbxSettings.parse({ sip }), paths);
  const pjsip = sectionsOf(read(etc, 'pjsip.conf'));
  for (const [protocol, port] of [
    ['udp', 5060],
    ['tcp', 5060],
    ['tls', 5061],
  ] as const) {
    const lines = pjsip.find(([name]) => name === `transport-${protocol}`)?.[1] ?? [];
    t.ok(lines.includes(`bind = [::]:${String(port)}`), protocol);
    t.ok(lines.includes('external_media_address = 203.0.113.7'));
    t.ok(lines.includes('local_net = 10.0.0.0/8'));
  }
  t.equal(wide.call.listens.length, 4);
  t.end();
});

void t.test('an unpacked Asterisk runs by its own loader, an installed one by itself', (t) => {
  const folder = bareTree(t);
  const loader = interpreterOf(process.execPath);
  t.match(loader, /^\/.*ld.*\.so/u);
  t.equal(interpreterOf(join(folder, 'usr/sbin/asterisk')), loader);
  const call = asteriskCall(asteriskTree(folder), ['-C', '/c', '-f']);
  const root = realpathSync(folder);
  t.equal(call.command, join(root, 'usr/lib/x86_64-linux-gnu', loader.split('/').at(-1) ?? ''));
  t.strictSame(call.args.slice(-4), [join(root, 'usr/sbin/asterisk'), '-C', '/c', '-f']);
  for (const name of ['OPENSSL_MODULES', 'GCONV_PATH']) t.ok(call.env[name]?.startsWith(root));

  const installed = folderOf(t);
  mkdirSync(join(installed, 'usr/sbin'), { recursive: true });
  mkdirSync(join(installed, 'usr/lib/asterisk/modules'), { recursive: true });
  symlinkSync(process.execPath, join(installed, 'usr/sbin/asterisk'));
  const own = asteriskCall(asteriskTree(installed), ['-V']);
  t.strictSame(own, {
    command: join(realpathSync(installed), 'usr/sbin/asterisk'),
    args: ['-V'],
    env: { MALLOC_ARENA_MAX: '2' },
  });
  t.end();
});

void t.test('every fault is one clear line', (t) => {
  const tree = bareTree(t);
  const settings = pbxSettings.parse({});
  const state = folderOf(t);
  const fault = (name: Parameters<typeof pbxErrors.is>[1], act: () => unknown): void => {
    try {
      act();
      t.fail(`${name} is not found`);
    } catch (error) {
      t.ok(pbxErrors.is(error, name), String(error));
    }
  };
  fault('NOT_INSTALLED', () => renderPbx(settings, { templates, tree: '/nowhere', state }));

  const broken = folderOf(t);
  cpSync(templates, broken, { recursive: true });
  writeFileSync(join(broken, 'rtp.conf'), '{{nobodyFillsThis}}');
  fault('TEMPLATE_BROKEN', () => renderPbx(settings, { templates: broken, tree, state }));

  for (const text of ['no json', '{"ari":"a\\nb"}', '{"ari":7}', 'null']) {
    writeFileSync(join(state, 'secrets.json'), text);
    fault('SECRETS_BROKEN', () => renderPbx(settings, { templates, tree, state }));
  }
  // A file where a folder should be: root may write anywhere, so that rights alone prove nothing.
  writeFileSync(join(state, 'file'), '');
  chmodSync(join(state, 'file'), 0o400);
  const inFile = join(state, 'file', 'asterisk');
  fault('NOT_WRITABLE', () => renderPbx(settings, { templates, tree, state: inFile }));
  t.end();
});
