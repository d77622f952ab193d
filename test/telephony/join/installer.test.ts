import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { install, kindOf, remove, standing } from '../../../agent/telephony/join/installer.js';
import { snippetsOf } from '../../../agent/telephony/join/snippets.js';
import { folderOf, sectionsOf } from '../pbx/tree.js';

const settings = { host: '192.0.2.7', port: 5066, extension: '300' };

/** A PBX's folder; the last file has no line end. */
function etc(t: Test, more: Readonly<Record<string, string>> = {}): string {
  const folder = folderOf(t);
  const files = {
    'pjsip.conf': '[global]\ntype = global\n',
    'extensions.conf': '[default]\nexten => 201,1,Dial(PJSIP/201)',
    ...more,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

const FREEPBX = {
  'extensions_additional.conf': '; made by FreePBX\n',
  'extensions_custom.conf': '; yours\n',
};

for (const [kind, more] of [
  ['asterisk', {}],
  ['freepbx', FREEPBX],
] as const) {
  void t.test(`${kind}: put in, known, renewed, and taken out to the byte`, (t) => {
    const folder = etc(t, more);
    t.equal(kindOf(folder), kind);
    const snippets = snippetsOf(kind, settings);
    const files = snippets.map(({ file }) => file);
    const before = new Map(
      files.map((file) => {
        const path = join(folder, file);
        return [file, existsSync(path) ? readFileSync(path, 'utf8') : undefined] as const;
      }),
    );
    const states = () => standing(folder, snippets).map(({ state }) => state);
    t.ok(states().every((state) => state === 'absent'));
    install(folder, snippets);
    t.ok(states().every((state) => state === 'installed'));
    const once = files.map((file) => readFileSync(join(folder, file), 'utf8'));
    install(folder, snippets);
    t.same(
      files.map((file) => readFileSync(join(folder, file), 'utf8')),
      once,
      'twice is once',
    );
    install(folder, snippetsOf(kind, { ...settings, host: '192.0.2.8' }));
    t.ok(states().includes('other'), 'another address is not what was asked for');
    t.same(remove(folder, files), files);
    for (const file of files) {
      const path = join(folder, file);
      const now = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      t.equal(now, before.get(file), `${file} is as before`);
    }
    t.same(remove(folder, files), [], 'and again is nothing');
    t.end();
  });
}

void t.test('what is written reaches us, and lets us reach telephones and nothing else', (t) => {
  const plan = (kind: 'asterisk' | 'freepbx', file: string): string =>
    snippetsOf(kind, settings).find((one) => one.file === file)?.text ?? '';
  const pjsip = sectionsOf(plan('asterisk', 'pjsip.conf'));
  t.same(
    pjsip.map(([name]) => name),
    ['vestibule', 'vestibule', 'vestibule'],
  );
  t.match(pjsip.flatMap(([, lines]) => lines).join('\n'), /contact = sip:192\.0\.2\.7:5066/u);
  const plain = sectionsOf(plan('asterisk', 'extensions.conf'));
  const inside = plain.find(([name]) => name === 'vestibule-in')?.[1] ?? [];
  t.ok(
    inside.every((line) => !/_X\.|_\./u.test(line)),
    'no pattern that takes any number',
  );
  t.ok(
    inside.some((line) => line.includes('_XXXXXX,')),
    'telephones with as many digits as our extension may have',
  );
  const freepbx = sectionsOf(plan('freepbx', 'extensions_custom.conf'));
  const from = freepbx.find(([name]) => name === 'from-vestibule')?.[1] ?? [];
  t.ok(
    from.every((line) => line.startsWith('include => ext-')),
    'no outbound route',
  );
  t.end();
});

void t.test('a link stays a link, and a line that somebody joined to our mark stays whole', (t) => {
  const folder = etc(t);
  const path = join(folder, 'pjsip.conf');
  const kept = join(folderOf(t), 'pjsip.conf');
  renameSync(path, kept);
  symlinkSync(kept, path);
  const before = readFileSync(kept, 'utf8');
  const snippets = snippetsOf('asterisk', settings);
  install(folder, snippets);
  t.match(readFileSync(kept, 'utf8'), /\[vestibule\]/u, 'written where it leads to');
  const plan = join(folder, 'extensions.conf');
  writeFileSync(plan, readFileSync(plan, 'utf8').replace('\n; >>>', '; >>>'));
  remove(
    folder,
    snippets.map(({ file }) => file),
  );
  t.ok(lstatSync(path).isSymbolicLink());
  t.equal(readFileSync(kept, 'utf8'), before);
  t.match(readFileSync(plan, 'utf8'), /Dial\(PJSIP\/201\)$/u);
  t.end();
});

void t.test('what others have in these files stays, whatever it is', (t) => {
  const snippets = snippetsOf('freepbx', settings);
  const files = snippets.map(({ file }) => file);
  for (const [what, before, changed, after] of [
    ['not UTF-8', Buffer.from('; B\xfcro\n', 'latin1'), undefined, undefined],
    ['lines of DOS', Buffer.from('; yours\r\n[a]\r\n'), undefined, undefined],
    ['no line end', Buffer.from('; yours'), undefined, undefined],
    [
      'an editor that made lines of DOS of all',
      Buffer.from('; yours\n'),
      (text: string) => text.replace(/\n/gu, '\r\n'),
      Buffer.from('; yours\r\n'),
    ],
    [
      'lines around ours in a file that was not there',
      undefined,
      (text: string) => `; above\n${text}; below\n`,
      Buffer.from('; above\n; below\n'),
    ],
    ['a file that was not there', undefined, (text: string) => `${text}\n`, undefined],
  ] as const) {
    const folder = etc(t, FREEPBX);
    const path = join(folder, 'pjsip.endpoint_custom.conf');
    if (before !== undefined) writeFileSync(path, before);
    install(folder, snippets);
    if (changed !== undefined) writeFileSync(path, changed(readFileSync(path, 'latin1')), 'latin1');
    t.ok(
      standing(folder, snippets).every(({ state }) => state === 'installed'),
      `${what}: ours is known`,
    );
    remove(folder, files);
    const wanted = after ?? before;
    if (wanted === undefined) t.notOk(existsSync(path), what);
    else t.same(readFileSync(path), wanted, what);
  }
  t.end();
});

void t.test('a file that was not there belongs to whom the others belong to', (t) => {
  const folder = etc(t, FREEPBX);
  const neighbour = join(folder, 'extensions.conf');
  chmodSync(neighbour, 0o604);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(neighbour, 4_321, 4_321);
  install(folder, snippetsOf('freepbx', settings));
  const made = statSync(join(folder, 'pjsip.identify_custom.conf'));
  t.equal(made.mode & 0o777, 0o604, 'its Asterisk can read it');
  t.equal(made.uid, isRoot ? 4_321 : process.getuid?.());
  t.end();
});

void t.test('rights stay, and what is broken is named and left alone', (t) => {
  const folder = etc(t);
  const path = join(folder, 'pjsip.conf');
  chmodSync(path, 0o600);
  const snippets = snippetsOf('asterisk', settings);
  install(folder, snippets);
  t.equal(statSync(path).mode & 0o777, 0o600);
  writeFileSync(path, readFileSync(path, 'utf8').replace('; <<< vestibule', ''));
  const plan = readFileSync(join(folder, 'extensions.conf'), 'utf8');
  t.throws(
    () => {
      install(folder, snippets);
    },
    { code: 'PBX_MARKS_BROKEN', message: /pjsip\.conf/u },
  );
  t.equal(readFileSync(join(folder, 'extensions.conf'), 'utf8'), plan, 'nothing was begun');
  t.throws(() => kindOf(folderOf(t)), { code: 'PBX_NO_ASTERISK' });
  t.end();
});
