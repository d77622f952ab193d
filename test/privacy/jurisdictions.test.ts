import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { checkConfiguration } from '../../agent/config/load.js';
import { JURISDICTIONS } from '../../agent/privacy/jurisdictions.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

type Office = Record<'privacy' | 'dialogue' | 'reception', Record<string, unknown>>;

/** What is wrong with the example office under such a setting; undefined for nothing. */
function faultOf(privacy: object, consentMode: string, reception: object = {}): string | undefined {
  const file = join(checkoutRoot, 'agent/config/example-office.yaml');
  const office = parse(readFileSync(file, 'utf8')) as Office;
  office.privacy = { ...office.privacy, ...privacy };
  office.dialogue.consentMode = consentMode;
  office.reception = { ...office.reception, ...reception };
  try {
    checkConfiguration(stringify(office), 'office', {});
    return undefined;
  } catch (error) {
    return String(error);
  }
}

await t.test(
  'less consent than the jurisdiction asks for is a fault, unless somebody says why',
  (t) => {
    t.equal(faultOf({}, 'announcement'), undefined, 'none is named, none is held to');
    for (const [code, { mode, source }] of Object.entries(JURISDICTIONS)) {
      t.equal(faultOf({ jurisdiction: code }, 'opt-in'), undefined, 'more is always enough');
      t.equal(faultOf({ jurisdiction: code }, mode), undefined, code);
      if (mode === 'announcement') continue;
      const fault = faultOf({ jurisdiction: code }, 'announcement') ?? '';
      t.match(fault, 'CONFIG_INVALID');
      t.match(fault, 'dialogue.consentMode');
      t.ok(fault.includes(`${code} asks for ${mode} (${source})`), fault);
    }
    const german = { jurisdiction: 'DE' };
    t.match(faultOf(german, 'opt-out'), 'DE asks for opt-in');
    t.equal(faultOf({ ...german, weakerConsent: 'counsel, 3 May' }, 'opt-out'), undefined);
    t.equal(
      faultOf(german, 'announcement', { recording: 'off' }),
      undefined,
      'nothing is recorded',
    );
    t.match(faultOf({ jurisdiction: 'XX' }, 'opt-in'), /privacy\.jurisdiction.*AU, CA, CH, DE/su);
    const jurisdictions = { XX: { mode: 'opt-in', source: 'its law' } };
    t.match(
      faultOf({ jurisdiction: 'XX', jurisdictions }, 'opt-out'),
      'XX asks for opt-in (its law)',
    );
    t.end();
  },
);

await t.test('the guide shows the same table', (t) => {
  const guide = readFileSync(join(checkoutRoot, 'docs/guide/recording.md'), 'utf8');
  for (const [code, { mode, source }] of Object.entries(JURISDICTIONS)) {
    const line = guide.split('\n').find((one) => one.startsWith(`| \`${code}\``)) ?? '';
    t.same(
      line.split('|').map((cell) => cell.trim()),
      ['', `\`${code}\``, `\`${mode}\``, source, ''],
    );
  }
  t.end();
});
