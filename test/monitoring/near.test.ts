import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import type { Log, LogFacts } from '../../agent/log.js';
import { isNear, lookUpNear } from '../../agent/monitoring/near.js';
import { probeCollector } from '../../agent/monitoring/probe.js';
import { monitoringSettings } from '../../agent/monitoring/settings.js';
import { Traces } from '../../agent/monitoring/traces.js';
import { makeCertificate } from '../../agent/wire/certificates.js';
import { collector } from './collector.js';

t.test('what is near', (t) => {
  for (const address of [
    ...['127.0.0.1', '127.8.9.1', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.7.7'],
    ...['::1', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1'],
  ]) {
    t.ok(isNear(address), address);
  }
  for (const address of [
    ...['8.8.8.8', '172.32.0.1', '100.64.0.1', '169.254.169.254', '0.0.0.0', '192.169.0.1'],
    ...['2001:db8::1', '::ffff:8.8.8.8', '::'],
  ]) {
    t.notOk(isNear(address), address);
  }
  t.end();
});

t.test('settings of a collector', (t) => {
  const fault = (address: string) =>
    monitoringSettings.safeParse({ traces: { collector: address } }).error?.issues[0];
  for (const address of [
    ...['', 'http://127.0.0.1:4318', 'http://localhost:4318', 'http://[::1]:4318/otlp/v1/traces'],
    ...['https://10.0.0.7:4318', 'https://[fd00::7]', 'https://collector.office.example:4318'],
  ]) {
    t.equal(fault(address), undefined, address);
  }
  for (const [address, message] of [
    ['http://8.8.8.8:4318', /this machine or to an address of the local network/u],
    ['https://203.0.113.4', /local network only/u],
    ['https://[2001:db8::1]:4318', /local network only/u],
    // What a browser would take for 127.0.0.1 or for 8.8.8.8 is judged as what it is.
    ['http://134744072:4318', /local network only/u],
    ['http://169.254.169.254', /local network only/u],
    ['http://10.0.0.7:4318', /without TLS/u],
    ['http://collector.office.example:4318', /without TLS/u],
    ['grpc://127.0.0.1:4317', /./u],
    [['https://me', 'hidden@10.0.0.7'].join(':'), /write scheme, host and port/u],
  ] as const) {
    const found = fault(address);
    t.strictSame(found?.path, ['traces', 'collector'], address);
    t.match(found?.message, message, address);
  }
  t.end();
});

t.test('a name that leads outside is refused whenever it is asked for', async (t) => {
  const looked = (name: string) =>
    new Promise<unknown>((resolve) => {
      lookUpNear(name, {}, (fault, address) => {
        resolve(fault ?? address);
      });
    });
  t.match(await looked('localhost'), /^(?:127\.0\.0\.1|::1)$/u);
  // Looked up, an address stands for itself, as the answer of a name server would.
  t.match(await looked('203.0.113.4'), { code: 'MONITORING_COLLECTOR_OUTSIDE' });
});

t.test('by TLS, with an authority of one’s own; the log says what is away, once', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-collector-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const { files } = await makeCertificate(folder, ['127.0.0.1'], 30, 'The collector’s CA');
  const tls = {
    cert: readFileSync(files.certificate, 'utf8'),
    key: readFileSync(files.key, 'utf8'),
  };
  const receiver = await collector(t, { tls });
  const settings = { collector: receiver.url, authority: files.ca };
  await probeCollector(settings);
  t.strictSame(receiver.spans, [], 'it is asked with no span');
  await t.rejects(probeCollector({ ...settings, authority: '' }), /certificate|self/iu);
  receiver.answers(404);
  await t.rejects(probeCollector(settings), {
    code: 'MONITORING_COLLECTOR_REFUSES',
    message: /HTTP 404/u,
  });

  const lines: string[] = [];
  const note = (text: string, facts?: LogFacts): void => {
    lines.push(`${text} ${facts?.reason ?? ''}`.trim());
  };
  const log: Log = { debug: note, info: note, warn: note, error: note, part: () => log };
  const clock = systemClock();
  const sends = async (): Promise<void> => {
    const traces = new Traces({ settings, version: '1', clock, log });
    await traces.start();
    traces.of('0b0d2b52-6f3e-4f57-9a8e-0e7e3b1d8a11', clock.monotonic())?.end(5);
    await traces.stop();
  };
  await sends();
  t.match(lines, [/^the collector takes no traces /u]);
  lines.length = 0;
  receiver.answers(200);
  await sends();
  t.strictSame(lines, []);
  t.equal(receiver.spans.length, 2, 'the first was sent, too, and refused');
  const broken = new Traces({
    settings: { ...settings, authority: '/nowhere' },
    version: '1',
    clock,
    log,
  });
  await broken.start();
  t.match(lines, [/^no traces are sent /u], 'calls are answered all the same');
  await broken.stop();
});
