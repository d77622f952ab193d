import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve, dirname } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../agent/wire/checkout.js';

const agent = join(checkoutRoot, 'agent');

/** A folder imports only from those before it. `peers` of one level do not import one another. */
const ORDER: readonly (readonly string[])[] = [
  ['audio'],
  ['wire'],
  ['telephony'],
  ['speech'],
  ['understanding'],
  ['dialogue'],
  ['records'],
  ['privacy'],
  ['notify'],
  ['monitoring'],
  ['reception'],
  ['web', 'rpc', 'cli'],
  ['federation'],
  ['config'],
  ['house'],
];
const ROOM_OF_ALL = new Set([
  'errors.ts',
  'log.ts',
  'clock.ts',
  'events.ts',
  'finding.ts',
  'rounds.ts',
]);

/** Each foreign library has one home. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  'ari-client': ['telephony/ari.ts', 'telephony/ari-connection.ts', 'telephony/ari-client.d.ts'],
  'better-sqlite3': ['records/'],
  'onnxruntime-node': ['engines/onnx.ts'],
  koffi: ['wire/native.ts'],
  '@grpc/grpc-js': ['wire/'],
  '@grpc/proto-loader': ['wire/'],
  '@grpc/reflection': ['wire/reflection.ts'],
  wavefile: ['audio/wav.ts'],
  libflacjs: ['audio/flac.ts'],
  'node-record-lpcm16': ['audio/microphone.ts', 'audio/node-record-lpcm16.d.ts'],
  'onnx-proto': ['wire/onnx-file.ts'],
  flatbuffers: ['engines/fused/ort-file.ts'],
  commander: ['cli/'],
  '@aws-sdk/client-s3': ['privacy/backup-s3/storage.ts'],
  fflate: ['privacy/archive.ts'],
  'ical.js': ['notify/'],
  tsdav: ['notify/calendar/caldav.ts'],
  'proper-lockfile': ['notify/calendar/file.ts'],
  fastify: ['web/'],
  diff: ['config/'],
  nodemailer: ['notify/deliver/mail.ts'],
  pg: ['notify/central/postgres.ts'],
  'prom-client': ['web/metrics'],
  '@bomb.sh/tab/commander': ['cli/program.ts'],
  '@inquirer/prompts': ['cli/set-up/asker.ts'],
  '@opentelemetry/api': ['monitoring/otlp.ts'],
  '@opentelemetry/exporter-trace-otlp-http': ['monitoring/otlp.ts'],
  '@opentelemetry/resources': ['monitoring/otlp.ts'],
  '@opentelemetry/sdk-trace': ['monitoring/otlp.ts'],
  otpauth: ['privacy/totp.ts'],
  '@zxcvbn-ts/language-common': ['privacy/common-passwords.ts'],
  '@node-rs/argon2': ['privacy/passwords.ts', 'records/'],
  '@simplewebauthn/server': ['privacy/passkey-ring.ts'],
  'libphonenumber-js/min': ['understanding/slots/phone-rules.ts'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const sources = readdirSync(agent, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
);

const imports: readonly Import[] = sources.flatMap((from) =>
  [
    ...readFileSync(join(agent, from), 'utf8').matchAll(
      /(?:^|\n)\s*(?:import|export)[^'"\n;]*(?:\n[^'";]*)?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/gu,
    ),
  ].map((match) => ({ from, to: match[1] ?? match[2] ?? '' })),
);

const inside = ({ from, to }: Import): string =>
  relative(agent, resolve(agent, dirname(from), to)).replace(/\.js$/u, '.ts');
const levelOf = (folder: string): number => ORDER.findIndex((peers) => peers.includes(folder));
const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '');

t.ok(imports.length > 100, 'the imports are found');

t.test('folders import only from their left', (t) => {
  for (const one of imports.filter(({ to }) => to.startsWith('.'))) {
    const folder = folderOf(one.from);
    const target = inside(one);
    const targetFolder = folderOf(target);
    if (folder === '' || targetFolder === folder) continue;
    const what = `${one.from} imports ${target}`;
    if (targetFolder === '') {
      t.ok(ROOM_OF_ALL.has(target), `${what}: a root file that all may use`);
    } else if (folder === 'engines') {
      t.ok(['audio', 'wire', 'speech'].includes(targetFolder), what);
    } else {
      t.not(folder, 'supervisor', `${what}: the supervisor stands alone`);
      t.not(targetFolder, 'engines', `${what}: nobody imports engines`);
      t.ok(levelOf(folder) >= 0, `${folder} has its place in the order`);
      t.ok(levelOf(targetFolder) >= 0 && levelOf(targetFolder) < levelOf(folder), what);
    }
  }
  t.end();
});

t.test('every foreign library has one home', (t) => {
  for (const { from, to } of imports) {
    const homes = HOMES[to];
    if (homes !== undefined)
      t.ok(
        homes.some((home) => from.startsWith(home)),
        `${from}: ${to}`,
      );
  }
  for (const library of Object.keys(HOMES)) {
    t.ok(
      imports.some(({ to }) => to === library),
      `${library} is used`,
    );
  }
  t.end();
});

t.test('the supervisor imports only node: modules', (t) => {
  const own = imports.filter(
    ({ from, to }) => from.startsWith('supervisor/') && !to.startsWith('.'),
  );
  t.ok(own.length > 0, 'it imports something');
  for (const { from, to } of own) t.match(to, /^node:/u, from);
  t.end();
});

t.test('doors', (t) => {
  for (const one of imports.filter(({ from }) => /^(?:web|rpc|cli)\//u.test(from))) {
    t.not(folderOf(inside(one)), 'records', `${one.from} reads through privacy`);
  }
  t.notMatch(readFileSync(join(agent, 'app.ts'), 'utf8'), /\.on\(/u, 'app.ts is a list of stages');
  t.end();
});
