// Does everything that makes files of what callers say, to be traced: canary-writes-child.js HOME. The PBX
// has left a voicemail in HOME/voicemail. Whatever is told to the outside goes to a server of its own.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { createLog } from '../../agent/log.js';
import { Courier, type Heard } from '../../agent/notify/deliver/courier.js';
import { notifySettings } from '../../agent/notify/deliver/settings.js';
import { backUp, makeIdentity, readIdentity } from '../../agent/privacy/backup.js';
import { drill } from '../../agent/privacy/backup-drill.js';
import { Redactor } from '../../agent/privacy/redaction.js';
import { redactionSettings } from '../../agent/privacy/redaction-settings.js';
import { VoicemailDesk } from '../../agent/reception/voicemail/voicemail-desk.js';
import type { Recogniser } from '../../agent/speech/ports.js';
import { officeOver } from '../privacy/office.js';
import { NORA, plant } from '../privacy/planted.js';
import { storeOf } from './store.js';

const [, , home = ''] = process.argv;
const clock = systemClock();
const log = createLog('debug');
const records = storeOf(home, {}, log);
await records.start();
await plant(records, Date.now() - 9 * 86_400_000);

const words = `${NORA.name} about ${NORA.word}, my card is 4111 1111 1111 1111`;
const heard = { text: words, words: [], confidence: 0.9, engine: 'fake' };
const finish = () => Promise.resolve({ ...heard, secondsAudio: 1, secondsCpu: 0 });
const recogniser: Recogniser = {
  listen: () => ({ push: () => undefined, speculate: finish, finish, cancel: () => undefined }),
};
await new VoicemailDesk({
  ...{ folder: join(home, 'voicemail'), records, recogniser, language: 'en', log, clock },
  noticeVersion: () => '3',
  outcomeOf: async (call) => (await records.reading.calls.head(call))?.outcome,
  ari: { channels: () => Promise.resolve([]) },
  redactor: () =>
    new Redactor(redactionSettings.parse({}), () => ({
      ...{ language: 'en', country: 'gb', timeZone: 'UTC', now: 0 },
    })),
  contactNumber: () => NORA.number,
}).look();

// Told in full, to programs that take it and to one that is down.
let taken = 0;
const sink = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    taken += 1;
    response.writeHead(request.url?.startsWith('/down') === true ? 503 : 201).end('{}');
  });
});
await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${String((sink.address() as AddressInfo).port)}`;
const secretFile = join(home, '..', 'secret');
writeFileSync(secretFile, 's'.repeat(40), { mode: 0o600 });
const events = new Events<Heard>(log);
const courier = new Courier({
  ...{
    records,
    events,
    clock,
    log,
    office: { name: 'Mill Clinic', dashboard: address, language: 'en' },
  },
  settings: notifySettings.parse({
    content: 'full',
    webhooks: [
      { url: `${address}/hook`, secretFile },
      { url: `${address}/down`, secretFile },
    ],
    fhir: { url: `${address}/fhir` },
  }),
});
await courier.start();
events.emit('message', { id: 'nora-1-1' });
while (taken < 3) await clock.sleep(10);
await courier.stop();
sink.closeAllConnections();
sink.close();

const owner = { who: 'cli:test', role: 'owner' } as const;
const office = officeOver(records, clock);
const sent = await office.reports.send({ number: NORA.number }, { identity: 'seen' }, owner);
for await (const part of sent.stream) if ((part as Buffer).length === 0) throw new Error('empty');
await sent.made;
await records.search.refresh();

const identity = join(home, '..', 'identity');
const recipient = await makeIdentity(identity);
const place = {
  ...{ home, store: join(home, 'records'), keyFile: join(`${home}-keys`, 'root.key') },
  configuration: join(home, 'vestibule.yaml'),
};
const folder = join(home, '..', 'backups');
await backUp(records, place, { folder, recipient, keep: 1 }, clock);
const copyOf = (there: string) => storeOf(there, { keyFile: place.keyFile }, log);
const { broken } = await drill({ folder, identity: readIdentity(identity) }, place, copyOf, clock);
if (broken.length > 0) throw new Error('the drill read not all');
await records.stop();
process.stdout.write('done\n');
