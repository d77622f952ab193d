import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { Phone } from '../../../agent/reception/rehearse/caller.js';
import { askCommandLine } from '../../../agent/telephony/command-line.js';
import { install, kindOf, remove, standing } from '../../../agent/telephony/join/installer.js';
import { snippetsOf, type Snippet } from '../../../agent/telephony/join/snippets.js';
import { BootedPbx, freePort, lacking, until } from '../pbx/booted.js';
import { asFreepbx } from './freepbx.js';

const TELEPHONES = ['301', '302'];
const DID = '4930555';

void t.test(
  'FreePBX: an extension, a custom destination, and callers handed back to telephones and ring groups',
  { skip: lacking, timeout: 120_000 },
  async (t) => {
    const [ourPort, port] = await Promise.all([freePort(), freePort()]);
    const host = '127.0.0.4';
    let snippets: readonly Snippet[] = [];
    const freepbx = await BootedPbx.boot(
      t,
      {
        sip: { bind: host, port, strangers: false },
        extensions: TELEPHONES.map((number) => ({ number, name: number })),
        fallbackRing: [],
      },
      (etc) => {
        asFreepbx(etc, { numbers: TELEPHONES, did: DID, destination: 'vestibule-reception,300,1' });
        const kind = kindOf(etc);
        t.equal(kind, 'freepbx', 'it is known as what it is');
        snippets = snippetsOf(kind, { host: '127.0.0.1', port: ourPort, extension: '300' });
        install(etc, snippets);
        const down = '[vestibule-down]\nexten => s,1,Dial(PJSIP/302,20)\n';
        appendFileSync(join(etc, 'extensions_custom.conf'), down);
      },
    );
    const etc = join(freepbx.state, 'etc');
    t.ok(standing(etc, snippets).every(({ state }) => state === 'installed'));
    const ours = await BootedPbx.boot(t, {
      sip: { port: ourPort, strangers: false },
      trunks: [{ id: 'office', host, port, outbound: true }],
    });
    const application = await ours.application();
    const asks = (command: string): Promise<string> =>
      askCommandLine(join(freepbx.state, 'run/asterisk.ctl'), command);
    const phones = new Map<string, Phone>();
    for (const number of TELEPHONES) {
      const password = freepbx.rendered.secrets.extensions[number] ?? '';
      const phone = new Phone({
        ...{ clock: systemClock(), user: number, host: '127.0.0.5' },
        credentials: { user: number, password },
      });
      await phone.start();
      t.teardown(() => phone.stop());
      await phone.register(freepbx.server);
      phones.set(number, phone);
    }
    const phoneOf = (number: string): Phone => {
      const phone = phones.get(number);
      if (phone === undefined) throw new Error(`no telephone ${number}`);
      return phone;
    };
    const quiet = async (): Promise<void> => {
      await until(
        async () => [...(await ours.channels()), ...(await freepbx.channels())].length === 0,
        'nothing is left',
      );
    };

    await t.test('a telephone there calls us, through from-internal-custom', async (t) => {
      const call = await phoneOf('301').call(`sip:300@${host}`, freepbx.server);
      const { args, channel } = await application.next('StasisStart');
      t.same(args, ['incoming', '300']);
      const { body } = await ours.ari('GET', `/channels/${channel?.id ?? ''}`);
      t.match(body, { caller: { number: '301' } }, 'and we know who calls');
      await ours.ari('POST', `/channels/${channel?.id ?? ''}/answer`);
      t.ok(await call.untilAnswered(10_000));
      await call.hangUp();
      await quiet();
    });

    await t.test('an inbound route leads to us by the custom destination', async (t) => {
      const query = new URLSearchParams({
        ...{ endpoint: `Local/${DID}@from-trunk/n`, context: 'ext-local', extension: 'vmret' },
      });
      await freepbx.ari('POST', `/channels?${query.toString()}`);
      const { args, channel } = await application.next('StasisStart');
      t.same(args, ['incoming', '300']);
      await ours.ari('DELETE', `/channels/${channel?.id ?? ''}?reason=busy`);
      const rung = await phoneOf('302').nextCall(10_000);
      t.ok(rung, 'who is not taken goes on as the administrator says');
      await asks('channel request hangup all');
      await quiet();
    });

    /** We hand a caller to `number` there; who of the telephones rings. */
    const handed = async (number: string): Promise<void> => {
      const query = new URLSearchParams({
        ...{ endpoint: `PJSIP/${number}@trunk-office`, app: 'vestibule', callerId: '0207946' },
      });
      await ours.ari('POST', `/channels?${query.toString()}`);
    };

    await t.test('a caller is handed to a telephone, and to a ring group', async (t) => {
      await handed('302');
      const one = await phoneOf('302').nextCall(10_000);
      t.ok(one, 'the telephone rings');
      await one?.answer();
      await application.next('StasisStart');
      await one?.hangUp();
      await quiet();
      await handed('600');
      const [first, second] = await Promise.all(
        TELEPHONES.map((number) => phoneOf(number).nextCall(10_000)),
      );
      t.ok(first && second, 'both telephones of the group ring');
      second?.ring();
      await first?.answer();
      await application.next('StasisStart');
      t.ok(await second?.untilEnded(5_000), 'until one takes the call');
      await first?.hangUp();
      await quiet();
    });

    await t.test('and to nothing that costs money', async (t) => {
      for (const number of ['0044207946000', '1900555', '1234', DID, 'dest-1'])
        await handed(number);
      await until(async () => (await ours.channels()).length === 0, 'all are refused');
      t.equal((await asks('dialplan show globals')).includes('OUTBOUND='), false);
      t.match(readFileSync(join(freepbx.state, 'log/messages'), 'utf8'), /from-vestibule/u);
    });

    await t.test('who only says that he is us reaches nobody', async (t) => {
      const liar = new Phone({ clock: systemClock(), user: 'vestibule', host: '127.0.0.6' });
      await liar.start();
      t.teardown(() => liar.stop());
      const call = await liar.call(`sip:302@${host}`, freepbx.server);
      await call.untilEnded(10_000);
      t.equal(call.outcome?.status, 401);
    });

    await t.test('taken out again, FreePBX is as before', async (t) => {
      remove(
        etc,
        snippets.map(({ file }) => file),
      );
      await asks('core reload');
      // A reload is answered before it is through.
      await until(
        async () => !(await asks('pjsip show endpoints')).includes('vestibule'),
        'our endpoint is gone',
      );
      const call = await phoneOf('301').call(`sip:300@${host}`, freepbx.server);
      t.ok(await call.untilEnded(10_000));
      const other = await phoneOf('301').call(`sip:302@${host}`, freepbx.server);
      const rung = await phoneOf('302').nextCall(10_000);
      t.ok(rung, 'its telephones call each other as ever');
      await rung?.answer();
      t.ok(await other.untilAnswered(5_000));
      await other.hangUp();
      // The way out is there: what we were refused above is not what nobody may.
      const out = await phoneOf('301').call(`sip:0044207946000@${host}`, freepbx.server);
      t.ok(await out.untilEnded(10_000));
      t.match(await asks('dialplan show globals'), /OUTBOUND=0044207946000/u);
    });
  },
);
