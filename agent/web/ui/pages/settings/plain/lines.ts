import { choice, flag, list, port, text, whole, type PlainPart } from './parts';

const EXTENSIONS = Array.from({ length: 9 }, (_, at) => String(201 + at));

/** Lines to the outside and the office's telephones. */
export const LINES: readonly PlainPart[] = [
  {
    ...{ name: 'trunks', kind: 'list', path: 'pbx.trunks', title: 'id' },
    blank: { id: 'provider', host: '' },
    fields: [
      ...[text('id'), text('host'), port('port', 5060)],
      choice('transport', ['udp', 'tcp', 'tls'], 'udp'),
      choice('encryption', ['none', 'sdes', 'dtls'], 'none'),
      ...[flag('verify', true), text('caFile')],
      ...[text('user'), text('passwordFile'), flag('register', true)],
      ...[list('numbers'), flag('outbound', false), text('callerNumber')],
      ...[list('addresses'), flag('telephones', false)],
    ],
  },
  {
    ...{ name: 'extensions', kind: 'list', path: 'pbx.extensions', title: 'name' },
    blank: { number: '', name: '' },
    usual: EXTENSIONS.map((number) => ({ number, name: `Extension ${number}` })),
    fields: [text('number'), text('name')],
  },
  {
    ...{ name: 'ringing', kind: 'fields' },
    fields: [
      list('pbx.fallbackRing', { usual: ['201'] }),
      whole('pbx.ringSeconds', 25, 5, 120),
      whole('pbx.mostSeconds', 3_600, 60, 86_400),
      choice('pbx.country', ['us', 'gb', 'de', 'kr'], 'us'),
      text('pbx.musicFolder'),
      flag('pbx.voicemail', true),
    ],
  },
  {
    ...{ name: 'emergency', kind: 'fields' },
    fields: [
      list('pbx.emergency.numbers', { usual: ['911', '112', '999', '119'] }),
      text('pbx.emergency.trunk'),
    ],
  },
  {
    ...{ name: 'network', kind: 'fields' },
    fields: [
      text('pbx.sip.bind', { usual: '127.0.0.1' }),
      port('pbx.sip.port', 5060),
      text('pbx.sip.advertised'),
      ...[port('pbx.rtp.from', 20_000), port('pbx.rtp.to', 20_999)],
      choice('pbx.sip.encryption', ['none', 'sdes', 'dtls'], 'none'),
      ...[list('pbx.sip.localNetworks'), list('pbx.sip.allow')],
      flag('pbx.sip.strangers', true),
    ],
  },
  {
    ...{ name: 'sipTls', kind: 'optional', path: 'pbx.sip.tls' },
    blank: { certificate: '', key: '' },
    fields: [port('port', 5061), text('certificate'), text('key')],
  },
  {
    ...{ name: 'guard', kind: 'fields' },
    fields: [
      flag('pbx.guard.enabled', true),
      whole('pbx.guard.offences', 10, 2, 1_000),
      whole('pbx.guard.withinSeconds', 60, 10, 86_400),
      whole('pbx.guard.banSeconds', 3_600, 60, 2_592_000),
      list('pbx.guard.never'),
    ],
  },
  {
    ...{ name: 'asterisk', kind: 'fields' },
    fields: [
      port('pbx.ari.port', 8088),
      text('pbx.ari.user', { usual: 'vestibule' }),
      text('pbx.app', { usual: 'vestibule' }),
    ],
  },
];
