import { createSocket } from 'node:dgram';
import t from 'tap';
import { systemClock } from '../../../agent/clock.js';
import { Phone } from '../../../agent/reception/rehearse/caller.js';
import { BootedPbx, lacking } from './booted.js';

/** Sends an INVITE for the receptionist with a From header as it stands. */
async function invite(port: number, from: string): Promise<void> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const own = `127.0.0.1:${String(socket.address().port)}`;
  const id = Math.random().toString(36).slice(2);
  const sdp = [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...['m=audio 40000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000', ''],
  ].join('\r\n');
  const lines = [
    `INVITE sip:reception@127.0.0.1:${String(port)} SIP/2.0`,
    `Via: SIP/2.0/UDP ${own};branch=z9hG4bK${id};rport`,
    `From: ${from};tag=1`,
    'To: <sip:reception@127.0.0.1>',
    `Contact: <sip:x@${own}>`,
    ...[`Call-ID: ${id}`, 'CSeq: 1 INVITE', 'Max-Forwards: 70'],
    ...['Content-Type: application/sdp', `Content-Length: ${String(sdp.length)}`, '', sdp],
  ];
  socket.send(lines.join('\r\n'), port, '127.0.0.1', () => {
    socket.close();
  });
}

void t.test(
  'what a caller says of himself is filtered, and no extension’s number is borrowed',
  { skip: lacking, timeout: 60_000 },
  async (t) => {
    const pbx = await BootedPbx.boot(t);
    const application = await pbx.application();
    const entered = async (): Promise<{ number: string; name: string }> => {
      const { channel } = await application.next('StasisStart');
      const { body } = await pbx.ari('GET', `/channels/${channel?.id ?? ''}`);
      await pbx.ari('DELETE', `/channels/${channel?.id ?? ''}`);
      return (body as { caller: { number: string; name: string } }).caller;
    };
    for (const [from, number, name] of [
      ['"Ann O\'Neil-Smith" <sip:+442079460000@h>', '+442079460000', "Ann O'Neil-Smith"],
      ['"김지우" <sip:0212345678@h>', '0212345678', '김지우'],
      ['"${SHELL(id)}&PJSIP/911@x,(;)" <sip:1%24%7BX%7D%262%2C3@h>', '123', 'SHELLidPJSIP911x'],
      ['"boss" <sip:201@h>', '', ''],
      ['"Sam \u202eyrecsoR" <sip:0123@h>', '0123', ''],
      ['"Sam\u2066 \u2069Lee" <sip:0123@h>', '0123', ''],
      [`"Sam" <sip:${'1'.repeat(60)}@h>`, '1'.repeat(40), 'Sam'],
      ['<sip:anonymous@anonymous.invalid>', '', ''],
    ] as const) {
      await invite(pbx.sipPort, from);
      t.same(await entered(), { number, name }, from);
    }
    const desk = await pbx.phone('201');
    const call = await desk.call(pbx.uri('reception'), pbx.server);
    t.match(await entered(), { number: '201' }, 'who is registered there bears it');
    await call.untilEnded(5_000);
    const impostor = new Phone({ clock: systemClock(), user: '201' });
    await impostor.start();
    t.teardown(() => impostor.stop());
    const claim = await impostor.call(pbx.uri('reception'), pbx.server);
    t.match(await entered(), { number: '' }, 'who is elsewhere does not');
    await claim.untilEnded(5_000);
  },
);
