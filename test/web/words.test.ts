import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { createServer } from 'vite';
import { privacyErrors } from '../../agent/privacy/errors.js';
import { webErrors } from '../../agent/web/errors.js';
import { STATUS } from '../../agent/web/status.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** Every text by its whole key, such as `settings.hours.week`. */
function texts(words: object, before = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(words) as [string, string | object][]) {
    const path = before === '' ? key : `${before}.${key}`;
    if (typeof value === 'string') found.set(path, value);
    else for (const [below, text] of texts(value, path)) found.set(below, text);
  }
  return found;
}

const places = (text: string): readonly string[] =>
  [...text.matchAll(/\{\{\s*(\w+)/gu)].map(([, name = '']) => name).sort();

/** What rooms write into the audit log by a code that stands there as it is. */
function auditedDeeds(): readonly string[] {
  const folder = join(checkoutRoot, 'agent');
  const files = readdirSync(folder, { encoding: 'utf8', recursive: true });
  return files
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [
      ...readFileSync(join(folder, name), 'utf8').matchAll(/audit\.add\([^,]+,\s*'([a-z.-]+)'/gu),
    ])
    .map(([, code = '']) => code);
}

/** Names, and what is written the same everywhere. */
const SAME_EVERYWHERE = /^(?:VIP|IT|FAQ|CSV|\d|[\W\d_])*$/u;

await t.test('every text is there in English and in Korean', async (t) => {
  const vite = await createServer({
    ...{ root: join(checkoutRoot, 'agent', 'web', 'ui'), configFile: false, logLevel: 'error' },
    ...{ appType: 'custom', optimizeDeps: { noDiscovery: true } },
    server: { middlewareMode: true, ws: false, watch: null },
  });
  t.teardown(() => vite.close());
  const { en } = (await vite.ssrLoadModule('/words/en.ts')) as { en: object };
  const { ko } = (await vite.ssrLoadModule('/words/ko.ts')) as { ko: object };
  const [english, korean] = [texts(en), texts(ko)];
  t.ok(english.size > 500, `${String(english.size)} texts`);
  t.strictSame([...korean.keys()].sort(), [...english.keys()].sort(), 'the same texts');
  const wrong: string[] = [];
  for (const [key, text] of english) {
    const other = korean.get(key) ?? '';
    if (other.trim() === '' && text.trim() !== '') wrong.push(`${key} is empty`);
    if (places(other).join() !== places(text).join()) wrong.push(`${key} fills in other things`);
    // Latin letters alone are a text that nobody has translated.
    const bare = other.replaceAll(/\{\{.*?\}\}/gu, '');
    if (!/\p{Script=Hangul}/u.test(bare) && !SAME_EVERYWHERE.test(bare)) {
      wrong.push(`${key} is not Korean: ${other}`);
    }
  }
  t.strictSame(wrong, []);
  const { refused } = en as { refused: Readonly<Record<string, string>> };
  // Programs read the store's and the backups' errors, and those of the command line.
  const elsewhere = /^PRIVACY_(?:BACKUP|STORE|EXPORT|FILE|SIGNATURE|NO_BACKUP)/u;
  const codes = [
    ...Object.keys(STATUS),
    ...Object.keys(webErrors.kinds).flatMap((kind) =>
      ['LISTEN', 'CERTIFICATE', 'UI_MISSING'].includes(kind) ? [] : [`WEB_${kind}`],
    ),
    ...Object.keys(privacyErrors.kinds)
      .map((kind) => `PRIVACY_${kind}`)
      .filter((code) => !elsewhere.test(code)),
  ];
  t.strictSame(
    codes.filter((code) => refused[code] === undefined),
    [],
    'whatever is refused is told in words for people',
  );
  const { deeds } = en as { deeds: Readonly<Record<string, string>> };
  const audited = auditedDeeds();
  t.ok(audited.length > 50, `${String(audited.length)} codes are found`);
  t.strictSame(
    audited.filter((code) => deeds[code.replaceAll('.', '-')] === undefined),
    [],
    'so is whatever stands in the audit log',
  );
});
