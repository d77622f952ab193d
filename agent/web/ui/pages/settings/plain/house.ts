import { DEFAULT_EMERGENCY_PHRASES } from '../../../../../understanding/emergency-phrases';
import { choice, flag, list, text, whole, type PlainPart } from './parts';

const ROLES = ['reception', 'clinician', 'privacy', 'it', 'owner'];
const PROFILES = ['clinic', 'dentist', 'law', 'trade', 'restaurant'];

/** What is spoken and understood, and by which models. */
export const SPEECH: readonly PlainPart[] = [
  {
    ...{ name: 'language', kind: 'fields' },
    fields: [
      text('speech.language', { usual: 'en', also: 'understanding.language' }),
      text('understanding.country', { usual: 'us' }),
      text('understanding.timeZone'),
      choice('understanding.profile', PROFILES),
      text('understanding.holidaysFile'),
    ],
  },
  {
    ...{ name: 'voice', kind: 'fields' },
    fields: [
      text('speech.voice'),
      { ...whole('speech.pace', 1, 0.5, 2), decimals: 2 },
      text('speech.models'),
    ],
  },
  {
    ...{ name: 'pronunciations', kind: 'list', path: 'speech.pronunciations', title: 'word' },
    ...{ blank: { word: '', say: '' }, fields: [text('word'), text('say')] },
  },
  {
    ...{ name: 'understanding', kind: 'fields' },
    fields: [
      { ...whole('understanding.faqScore', undefined, 0, 1), decimals: 2 },
      { ...whole('understanding.faqMargin', 0.08, 0, 1), decimals: 2 },
    ],
  },
  {
    ...{ name: 'danger', kind: 'fields', wide: true },
    fields: [
      list('understanding.emergencyPhrases', { usual: DEFAULT_EMERGENCY_PHRASES }),
      list('dialogue.urgentIntents'),
    ],
  },
  {
    ...{ name: 'languageModel', kind: 'optional', path: 'understanding.languageModel' },
    blank: { url: '', model: '' },
    fields: [
      ...[text('url'), text('model'), text('keyFile')],
      whole('proposeWithinMs', 1_200, 100, 5_000),
      ...[flag('proposeIntents', true), flag('rephraseSummaries', false)],
    ],
  },
  {
    ...{ name: 'recognisers', kind: 'fields' },
    fields: [
      whole('speech.recognisers', undefined, 1, 64),
      text('speech.sockets', { usual: 'run' }),
      list('speech.voskServers'),
      text('speech.voskListen'),
    ],
  },
  {
    ...{ name: 'recognition', kind: 'record', path: 'speech.recognition', blank: { final: '' } },
    fields: [text('final'), text('partial', { usual: 'none' })],
  },
  {
    ...{ name: 'elsewhere', kind: 'list', path: 'speech.elsewhere', title: 'name' },
    blank: { name: '', address: '' },
    fields: [
      ...[text('name'), choice('kind', ['recogniser', 'voice', 'encoder'], 'recogniser')],
      ...[text('address'), whole('workers', 1, 1, 64), text('model')],
    ],
  },
  {
    ...{ name: 'speechTls', kind: 'optional', path: 'speech.tls' },
    blank: { ca: '', certificate: '', key: '' },
    fields: [text('ca'), text('certificate'), text('key')],
  },
];

/** Where records lie, how they are sealed, and where backups of them go. */
export const STORE: readonly PlainPart[] = [
  {
    ...{ name: 'backup', kind: 'fields' },
    fields: [
      ...[text('backup.folder'), text('backup.to'), text('backup.recipient')],
      whole('backup.keep', 14, 1, 1_000),
    ],
  },
  {
    ...{ name: 's3', kind: 'optional', path: 'backup.s3' },
    blank: { endpoint: '', accessKey: '', secretKeyFile: '' },
    fields: [
      ...[text('endpoint'), text('region', { usual: 'us-east-1' }), text('accessKey')],
      ...[text('secretKeyFile'), text('authority')],
    ],
  },
  {
    ...{ name: 'records', kind: 'fields' },
    fields: [
      text('records.folder', { usual: 'records' }),
      choice('records.soundFormat', ['flac', 'pcm'], 'flac'),
      whole('records.reserveMegabytes', 200, 0, 1_000_000),
    ],
  },
  {
    ...{ name: 'keys', kind: 'fields' },
    fields: [
      choice('records.keySource', ['file', 'passphrase', 'credential'], 'file'),
      ...[text('records.keyFile'), text('records.passphraseFile')],
      text('records.credential', { usual: 'vestibule.root-key' }),
    ],
  },
];

/** These pages, the control API, and who is told how calls run. */
export const ACCESS: readonly PlainPart[] = [
  {
    ...{ name: 'web', kind: 'fields' },
    fields: [
      ...[text('web.host', { usual: '127.0.0.1' }), whole('web.port', 8443, 0, 65_535)],
      list('web.names', { usual: ['localhost', '127.0.0.1'] }),
      ...[text('web.certificate'), text('web.key'), flag('web.enabled', true)],
    ],
  },
  {
    ...{ name: 'logins', kind: 'fields' },
    fields: [
      whole('web.idleMinutes', 30, 1, 480),
      whole('web.longestHours', 12, 1, 72),
      whole('web.mostLogins', 10, 1, 50),
    ],
  },
  {
    ...{ name: 'live', kind: 'fields' },
    fields: [
      ...[flag('web.live.listen', false), flag('web.live.whisper', false)],
      flag('web.teachFromCalls', false),
    ],
  },
  {
    ...{ name: 'control', kind: 'fields' },
    fields: ['listen', 'ca', 'certificate', 'key'].map((one) => text(`control.${one}`)),
  },
  {
    ...{ name: 'clients', kind: 'list', path: 'control.clients', title: 'name' },
    blank: { name: '' },
    fields: [text('name'), choice('role', ROLES), list('people', { options: ROLES })],
  },
  {
    ...{ name: 'monitoring', kind: 'fields' },
    fields: [text('monitoring.traces.collector'), text('monitoring.traces.authority')],
  },
];
