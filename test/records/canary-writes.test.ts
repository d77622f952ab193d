import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { writeWav } from '../../agent/audio/wav.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { IDA, NORA } from '../privacy/planted.js';
import { filesWith, holds } from './canary.js';
import { tone } from './store.js';

const CHANNEL = 'vestibule-1795510800.7';
const CHILD = join(checkoutRoot, 'build/test/records/canary-writes-child.js');
const DIGITS = NORA.number.slice(3);
const CANARIES = [NORA.name, NORA.word, IDA.name, NORA.number, DIGITS, '4111', '1111 1111'];

const STRACE = [
  ...['-ff', '-qq', '-y', '-xx', '-s', '16777216'],
  ...['-e', 'trace=write,pwrite64,writev,pwritev,pwritev2'],
];
const plain = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

/** What was written to files, by their paths; pipes and sockets have none. */
function* writesIn(folder: string): Generator<{ readonly path: string; readonly bytes: Buffer }> {
  for (const name of readdirSync(folder)) {
    for (const line of readFileSync(join(folder, name), 'latin1').split('\n')) {
      const [, place = ''] = /^\w+\(\d+<([^>]*)>/u.exec(line) ?? [];
      const path = place.startsWith('\\x') ? plain(place).toString() : place;
      if (!path.startsWith('/') || path.startsWith('/dev/')) continue;
      const texts = [...line.matchAll(/"((?:\\x[0-9a-f]{2})*)"/gu)];
      yield { path, bytes: Buffer.concat(texts.map(([, hex = '']) => plain(hex))) };
    }
  }
}

await t.test(
  'no word, number or name is ever written to a file, not even to one that is gone at once',
  { timeout: 180_000 },
  async (t) => {
    const root = mkdtempSync(join(tmpdir(), 'vestibule-writes-'));
    t.teardown(() => {
      rmSync(root, { recursive: true, force: true });
    });
    const [home, temporary, traces] = ['home', 'tmp', 'traces'].map((name) => join(root, name)) as [
      ...[string, string, string],
    ];
    for (const folder of [join(home, 'voicemail'), temporary, traces])
      mkdirSync(folder, { recursive: true });
    writeFileSync(join(home, 'vestibule.yaml'), 'office: test\n');
    // What the PBX left: its name and number in the open, until it is taken.
    const note = join(home, 'voicemail', `${CHANNEL}.txt`);
    writeFileSync(note, `${DIGITS}|reception|1795510805\n`);
    await writeWav(join(home, 'voicemail', `${CHANNEL}.wav`), [tone(2).slice(0, 16_000)], 8_000);

    const { status, stdout, stderr } = spawnSync(
      'strace',
      [...STRACE, '-o', join(traces, 'acts'), process.execPath, CHILD, home],
      { encoding: 'utf8', env: { ...process.env, TMPDIR: temporary }, maxBuffer: 2 ** 28 },
    );
    t.match({ status, stdout }, { status: 0, stdout: /done\n$/u }, stderr.slice(-2_000));
    const written = new Map<string, number>();
    const found: string[] = [];
    let seen = 0;
    for (const { path, bytes } of writesIn(traces)) {
      written.set(path, (written.get(path) ?? 0) + bytes.length);
      if (bytes.includes('s'.repeat(40))) seen += 1;
      for (const canary of CANARIES) if (holds(bytes, canary)) found.push(`${canary} in ${path}`);
    }
    t.same(found, []);
    t.equal(seen, 1, 'what stands in the open is seen: the secret of the webhook');
    const names = [...written.keys()].join('\n');
    for (const expected of [
      ...[/vestibule\.db/u, /-wal$/mu, /keys\.db/u, /search\.db/u, /\.vrec$/mu, /backups\//u],
      ...[/vestibule-drill-/u, /voicemail\/.*\.wav$/mu, /ledger\//u],
    ])
      t.match(names, expected, `${String(expected)} was written, and looked through`);
    t.same(
      readdirSync(join(home, 'voicemail')),
      [],
      'and the voicemail was overwritten and is gone',
    );
    t.same(readdirSync(temporary), [], 'no temporary file is left');
    for (const canary of CANARIES) {
      t.notOk(holds(Buffer.from(stderr), canary), `nor in the log: ${canary}`);
      t.same(filesWith(home, canary), [], canary);
    }
  },
);
