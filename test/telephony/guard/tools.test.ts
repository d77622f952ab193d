import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { BootedPbx, lacking } from '../pbx/booted.js';
import { otherMachine } from './namespace.js';

const BIN = join(checkoutRoot, '.vestibule/sipvicious/bin');
const SIPP = '/usr/bin/sipp';
/** The scanners take their time: with --full they try every method, and passwords. */
const whole = process.env.VESTIBULE_FULL !== undefined;
const lacks =
  existsSync(join(BIN, 'sipvicious_svwar')) && existsSync(SIPP)
    ? false
    : 'no sipvicious or sipp here; scripts/test installs them';

/** What thieves dial: abroad, premium, emergency-like, extensions, Asterisk's own names and channels. */
const DIALLED = [
  ...[
    '0044207946000',
    '900972592000000',
    '+882160000000',
    '011972592000000',
    '9011972592',
    '1900555',
  ],
  ...['201', '209', '112', 's', 'h', 't', 'after', 'vestibule-transfer', '*72'],
];

/** INVITE, and whatever final answer comes but success is acknowledged. */
const INVITE = `<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="fraud">
  <send retrans="500"><![CDATA[
    INVITE sip:[field0]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: "201" <sip:201@[remote_ip]>;tag=[call_number]
    To: <sip:[field0]@[remote_ip]>
    Call-ID: [call_id]
    CSeq: 1 INVITE
    Contact: <sip:201@[local_ip]:[local_port]>
    Max-Forwards: 70
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=- 1 1 IN IP[local_ip_type] [local_ip]
    s=-
    c=IN IP[local_ip_type] [local_ip]
    t=0 0
    m=audio [media_port] RTP/AVP 0
    a=rtpmap:0 PCMU/8000
  ]]></send>
  <recv response="100" optional="true"></recv>
  <recv response="401"></recv>
  <send><![CDATA[
    ACK sip:[field0]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
    From: "201" <sip:201@[remote_ip]>;tag=[call_number]
    To: <sip:[field0]@[remote_ip]>[peer_tag_param]
    Call-ID: [call_id]
    CSeq: 1 ACK
    Max-Forwards: 70
    Content-Length: 0

  ]]></send>
</scenario>
`;

void t.test(
  'sipvicious finds no extension, and sipp gets no call out',
  { skip: lacking || lacks, timeout: 180_000 },
  async (t) => {
    const there = otherMachine(t);
    if (there === undefined) {
      t.pass('a network namespace needs root', { skip: true });
      return;
    }
    // Whoever gets a call out reaches this carrier.
    const carrier = createSocket('udp4');
    await new Promise<void>((resolve) => carrier.bind(0, '127.0.0.1', resolve));
    t.teardown(() => carrier.close());
    let calls = 0;
    carrier.on(
      'message',
      (text) => (calls += Number(text.toString('latin1').startsWith('INVITE'))),
    );
    const { port } = carrier.address();
    const trunks = [{ id: 'carrier', host: '127.0.0.1', port, outbound: true }];
    const pbx = await BootedPbx.boot(t, { sip: { bind: '0.0.0.0' }, trunks });
    const folder = mkdtempSync(join(tmpdir(), 'vs-'));
    t.teardown(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    const target = ['-p', String(pbx.sipPort), there.ours];
    /** It notes where it is going in its home; what it found is a table in what it prints. */
    const tool = (name: string, ...args: string[]): Promise<string> =>
      there.run('env', [`HOME=${folder}`, join(BIN, `sipvicious_${name}`), ...args, ...target]);

    t.match(await tool('svmap'), /Vestibule|Asterisk/u, 'there is a telephone system: it answers');
    for (const method of whole ? ['REGISTER', 'INVITE', 'OPTIONS'] : ['INVITE']) {
      const found = await tool('svwar', '-m', method, '-e', '199-204');
      t.notMatch(found, /\|\s*2(?:0[1-9])\s*\|/u, `${method}: no extension is told`);
    }
    if (whole) {
      const cracked = await tool('svcrack', '-u', '201', '-r', '195-215');
      t.notMatch(cracked, /\|\s*201\s*\|\s*\d+/u, 'no password is guessed');
    }

    writeFileSync(join(folder, 'invite.xml'), INVITE);
    writeFileSync(join(folder, 'numbers.csv'), `SEQUENTIAL\n${DIALLED.join('\n')}\n`);
    await there.run('env', [
      ...['-C', folder, SIPP, '-sf', 'invite.xml', '-inf', 'numbers.csv'],
      ...['-i', there.theirs, '-m', String(DIALLED.length), '-r', '20', '-nostdin', '-trace_err'],
      ...['-timeout', '30', '-timeout_error', `${there.ours}:${String(pbx.sipPort)}`],
    ]);
    t.same(await pbx.channels(), [], 'no call stands');
    t.equal(calls, 0, 'none reached the carrier');
    t.notMatch(readFileSync(join(pbx.state, 'log/messages'), 'utf8'), /Called PJSIP/u);
  },
);
