import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Ends } from '../../records/store.js';
import type { BootedPbx } from './booted.js';

/** What Asterisk answered to a call. */
export interface RawAnswer {
  /** Where sound is to be sent to, as SDP tells. */
  readonly host: string | undefined;
  readonly port: number;
  /** Where the call is, as SIP tells. */
  readonly contact: string | undefined;
}

/** Calls the echo from `host` by hand, with G.711 at `port` of it, and stays until the test ends. */
export async function rawCall(
  t: Ends,
  pbx: BootedPbx,
  host: string,
  port = 40_000,
): Promise<RawAnswer> {
  const socket = createSocket('udp4');
  t.teardown(() => socket.close());
  socket.bind(0, host);
  await once(socket, 'listening');
  const own = `${host}:${String(socket.address().port)}`;
  const sdp = [
    ...['v=0', `o=- 1 1 IN IP4 ${host}`, 's=-', `c=IN IP4 ${host}`, 't=0 0'],
    ...[`m=audio ${String(port)} RTP/AVP 0`, 'a=rtpmap:0 PCMU/8000', ''],
  ].join('\r\n');
  const request = (method: string, to: string, more: readonly string[]): string =>
    [
      `${method} ${pbx.uri('echo')} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own};branch=z9hG4bK-${method}-${own}`,
      `From: <sip:somebody@${own}>;tag=1`,
      ...[`To: ${to}`, `Call-ID: ${own}`, `CSeq: 1 ${method}`, 'Max-Forwards: 70', ...more],
    ].join('\r\n');
  const send = (text: string): void => {
    socket.send(text, pbx.sipPort, '127.0.0.1');
  };
  const answer = new Promise<string>((resolve) => {
    socket.on('message', (message) => {
      const text = message.toString('latin1');
      if (!text.startsWith('SIP/2.0 200')) return;
      const to = /^To: (.+)\r$/mu.exec(text)?.[1] ?? '';
      send(request('ACK', to, ['Content-Length: 0', '', '']));
      resolve(text);
    });
  });
  const type = 'Content-Type: application/sdp';
  const contact = `Contact: <sip:somebody@${own}>`;
  const length = `Content-Length: ${String(sdp.length)}`;
  send(request('INVITE', `<${pbx.uri('echo')}>`, [contact, type, length, '', sdp]));
  const text = await answer;
  return {
    host: /^c=IN IP4 (\S+)/mu.exec(text)?.[1],
    port: Number(/^m=audio (\d+)/mu.exec(text)?.[1]),
    contact: /^Contact: <sip:(?:[^@>]*@)?([\d.]+)/mu.exec(text)?.[1],
  };
}
