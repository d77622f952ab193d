import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { Events } from '../../../agent/events.js';
import { silentLog } from '../../../agent/log.js';
import type * as channels from '../../../agent/notify/deliver/channels.js';
import { Courier, type Heard } from '../../../agent/notify/deliver/courier.js';
import type * as settings from '../../../agent/notify/deliver/settings.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { ownCopy } from '../../own-copy.js';
import { aCall, startedStore } from '../../records/store.js';

const FOLDER = 'build/agent/notify/deliver';
const page = readFileSync(join(checkoutRoot, 'docs/guide/adding-a-channel.md'), 'utf8');
/** What the page has in its blocks of TypeScript, without their indentation. */
const [pager = '', slice = '', list = ''] = [...page.matchAll(/^ *```ts\n([^]*?)^ *```$/gmu)].map(
  ([, text = '']) => text.replaceAll(/^ {3}/gmu, ''),
);

await t.test('a channel of one’s own: docs/guide/adding-a-channel.md', async (t) => {
  const copy = ownCopy(t);
  const own = 'notify:\n  pager: { number: "4711" }\n';
  copy.write('home/vestibule.yaml', copy.read('home/vestibule.yaml') + own);
  t.throws(() => copy.vestibule(['check']), /notify/u, 'nobody knows it yet');

  // 1. Its file: that of the page, that keeps what it is given.
  const body = pager
    .replace(/^import type .*$/mu, 'export const told = [];')
    .replace('const pagerChannel: Channel =', 'const pagerChannel =')
    .replace(/^ *\/\/ Resolve .*$/mu, 'told.push(`${place}: ${notice.lines[0]}`);');
  t.match(body, 'told.push', 'the page shows where it is sent');
  copy.write(`${FOLDER}/pager.js`, body);
  // 2. Its settings.
  const [schema = '', field = ''] = slice.split(/^\/\/.*\n/mu);
  copy.insert(`${FOLDER}/settings.js`, "import { z } from 'zod';", `\n${schema}`);
  copy.insert(`${FOLDER}/settings.js`, 'fhir: fhir.optional(),', `\n${field}`);
  // 3. Its place in the list.
  const names = /= \[([^\]]*)\]/u.exec(list)?.[1]?.match(/\w+/gu)?.join(', ') ?? '';
  t.match(names, /pagerChannel$/u);
  const lines = copy.read(`${FOLDER}/channels.js`);
  const before = /CHANNELS = \[(.*)\]/u.exec(lines)?.[1] ?? '';
  t.equal(`${before}, pagerChannel`, names, 'the page has the list as it is');
  copy.write(
    `${FOLDER}/channels.js`,
    `import { pagerChannel } from './pager.js';\n${lines.replace(before, names)}`,
  );

  t.match(copy.vestibule(['check']), /in order/u);
  const load = async (file: string): Promise<unknown> =>
    import(pathToFileURL(join(copy.root, FOLDER, file)).href);
  const { CHANNELS } = (await load('channels.js')) as typeof channels;
  const { notifySettings } = (await load('settings.js')) as typeof settings;
  const { told } = (await load('pager.js')) as { told: string[] };

  const { records } = await startedStore(t);
  const events = new Events<Heard>(silentLog);
  const courier = new Courier({
    ...{ records, events, clock: systemClock(), log: silentLog, channels: CHANNELS },
    settings: notifySettings.parse({ pager: { number: '4711' } }),
    office: {
      name: 'Riverside Family Clinic',
      dashboard: 'https://localhost:8443',
      language: 'en',
    },
  });
  await courier.start();
  await records.calls.open(aCall('one'));
  const id = await records.messages.keep({
    ...{ call: 'one', number: 1, at: 5_000, whole: true, urgent: true, recipient: 'emily' },
    ...{ intent: 'message.leave', confirmed: true, contactNumber: undefined },
    body: { name: null, phone: null, reason: null, callbackTime: null },
  });
  events.emit('message', { id });
  while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await courier.stop();
  t.strictSame(told, ['4711: There is an urgent message.']);
});
