import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { shellOf } from '../docs-office.js';
import { guideBlock } from '../guide.js';
import { freePort } from '../speech/free-port.js';
import { daemonIn, officeHome } from './house.js';

const TOOLS = join(checkoutRoot, '.vestibule/grpcurl/bin');
const skip = existsSync(join(TOOLS, 'grpcurl'))
  ? false
  : 'no grpcurl here; scripts/test sets it up';
const NAME = 'vestibule.office.example:7444';
/** A watch ends when whoever watches goes. */
const WATCHED = 'timeout --preserve-status --signal=INT 3 ';

// Another program, of another make and language, speaks with the control API, as the guide has it typed.

t.test('the lines of docs/guide/control-api.md', { skip }, async (t) => {
  const port = await freePort();
  const folder = t.testdir({ made: {} });
  const server = join(folder, 'control/vestibule.office.example');
  const home = officeHome(
    t,
    `control:
  listen: 127.0.0.1:${String(port)}
  ca: ${server}/ca.crt
  certificate: ${server}/tls.crt
  key: ${server}/tls.key
  clients: [{ name: billing.office.example, role: reception }]
`,
  );
  const office = shellOf(join(folder, 'made'), home);
  symlinkSync(join(folder, 'control'), join(office.checkout, 'control'));
  mkdirSync(join(folder, 'control'));
  const says = async (line: string): Promise<string> => {
    const said = await office.meanwhile(`PATH=${TOOLS}:$PATH\n${line}`);
    t.equal(said.status, 0, `${line}: ${said.status === 0 ? 'answered' : said.stderr}`);
    return said.stdout;
  };
  for (const line of guideBlock('control-api.md', 'speech certificates')) await says(line);
  const { records } = await daemonIn(t, home);

  const [list = '', calls = '', watch = '', health = ''] = guideBlock('control-api.md', 'Watch');
  t.match(await says(list), /^vestibule\.control\.v1\.Calls$/mu, 'it asks what there is');
  t.match(JSON.parse(await says(calls)), { calls: [{ outcome: 'message' }] });
  const watched = office.meanwhile(`PATH=${TOOLS}:$PATH\n${WATCHED}${watch}`);
  t.match(JSON.parse(await says(health)), { status: 'SERVING' });
  const found = await says(guideBlock('control-api.md', 'Rooms/Ask').join('\n'));
  t.match(JSON.parse(found), { json: /^[A-Za-z0-9+/=]+$/u }, 'pieces of JSON');
  t.equal((await watched).stderr, '', 'a watch goes on until it is ended');

  const far = guideBlock('control-api.md', '-cacert').join('\n');
  t.ok(far.includes(NAME));
  // No name server is here: where the name would lead.
  const here = far.replace(
    NAME,
    `-authority ${NAME.split(':')[0] ?? ''} 127.0.0.1:${String(port)}`,
  );
  const client = join(dirname(server), 'billing.office.example');
  t.match(JSON.parse(await says(`cd ${client}\n${here}`)), { messages: [{ state: /open/iu }] });
  const rows = await records.reading.audit.list({ limit: 100, subject: undefined });
  t.ok(rows.some(({ who }) => who === 'rpc:billing.office.example'));
});
