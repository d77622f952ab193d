import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fhir } from 'fhir';
import t, { type Test } from 'tap';
import { fhirChannel, resourceOf } from '../../../agent/notify/deliver/fhir.js';
import { notifySettings } from '../../../agent/notify/deliver/settings.js';
import { noticeOf } from '../../../agent/notify/deliver/wording.js';

const told = (value: string) => ({ value, heard: value, confidence: 0.9, by: 'voice' as const });
const OFFICE = {
  name: 'Riverside Family Clinic',
  dashboard: 'https://localhost:8443',
  language: 'en',
};
const notice = (content: 'none' | 'full') =>
  noticeOf(
    {
      ...{ id: 'm1', call: 'c1', takenAt: 1_772_000_000_000, state: 'open', urgent: true },
      ...{ intent: 'message.leave', confirmed: true, notes: [] },
      body: {
        name: told('Zebulon Quartermain'),
        phone: told('020 7946 0142'),
        reason: told('the violet teapot leaks'),
        callbackTime: null,
        details: { dob: told('1961-05-01'), doctor_name: told('Dr Bell') },
      },
    } as never,
    content,
    OFFICE,
  );

await t.test('what is sent fits the published definitions of FHIR R4', (t) => {
  const fhir = new Fhir();
  for (const kind of ['Task', 'Communication'] as const) {
    for (const content of ['none', 'full'] as const) {
      const resource = resourceOf(notice(content), kind);
      const { valid, messages } = fhir.validate(resource, { errorOnUnexpected: true });
      t.ok(valid, `${kind} ${content}: ${JSON.stringify(messages)}`);
      const text = JSON.stringify(resource);
      t.equal(/Quartermain|7946|teapot/u.test(text), content === 'full', `${kind} ${content}`);
      t.equal(/Born.*Dr Bell/u.test(text), content === 'full', 'what a form asked besides');
      t.match(resource, { priority: 'urgent', identifier: [{ value: 'm1' }] });
    }
  }
  const wrong = { ...resourceOf(notice('none'), 'Task'), status: 'odd' };
  t.notOk(fhir.validate(wrong).valid, 'and the check can fail');
  t.end();
});

/** A server of health records: creates a resource once, as the standard's conditional create asks. */
async function anEhr(t: Test) {
  const held = new Map<string, string>();
  const state = { status: 0, token: '' };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      state.token = request.headers.authorization ?? '';
      const known = String(request.headers['if-none-exist']);
      const status = state.status !== 0 ? state.status : held.has(known) ? 200 : 201;
      if (status === 201) held.set(known, Buffer.concat(parts).toString('utf8'));
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise((resolve) => server.close(resolve)));
  const { port } = server.address() as AddressInfo;
  return { held, state, url: `http://127.0.0.1:${String(port)}/fhir/` };
}

await t.test('a record is made once, however often it is sent', async (t) => {
  const ehr = await anEhr(t);
  const settings = notifySettings.parse({ fhir: { url: ehr.url } });
  t.ok(fhirChannel.inUse(settings));
  t.notOk(fhirChannel.inUse(notifySettings.parse({})));
  const [place = ''] = fhirChannel.places({ recipient: undefined }, settings);
  const delivery = { place, notice: notice('full'), id: 'd1', now: 0 };
  ehr.state.status = 503;
  await t.rejects(fhirChannel.send(delivery, settings), { code: 'NOTIFY_REFUSED' });
  ehr.state.status = 0;
  await fhirChannel.send(delivery, settings);
  await fhirChannel.send(delivery, settings);
  t.strictSame([...ehr.held.keys()], ['identifier=urn:vestibule:message|m1']);
  t.match(JSON.parse([...ehr.held.values()][0] ?? '{}'), { resourceType: 'Task' });
  t.equal(ehr.state.token, '', 'no token without a setting');
});
