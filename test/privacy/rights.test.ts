import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { unzipSync, zipSync } from 'fflate';
import t, { type Test } from 'tap';
import { decodeWav } from '../../agent/audio/wav.js';
import { publishedSchema, type SubjectReport } from '../../agent/privacy/report-schema.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { registerOf } from '../../agent/privacy/register.js';
import { privacySettings } from '../../agent/privacy/settings.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { anUtterance, grantFor, tone } from '../records/store.js';
import { ANNA, anOffice, SAM } from './office.js';
import { DAY_MS, NORA, plant } from './planted.js';

// Each test is named after the row of the privacy policy that it proves; docs/rights.md lists them.

const PROOF = { identity: 'showed her identity card' };
const published = join(checkoutRoot, 'docs', 'schema', 'subject-report.schema.json');

async function planted(t: Test) {
  const made = await anOffice(t);
  await plant(made.records, made.clock.at);
  made.clock.at += 10 * DAY_MS;
  return { ...made, room: new ReadingRoom(made.records, made.clock) };
}

/** The report on Nora, unpacked; `more` is done in her calls before it. */
async function reported(
  t: Test,
  more: (records: OpenRecords) => Promise<void> = () => Promise.resolve(),
) {
  const made = await planted(t);
  await more(made.records);
  const file = join(made.home, '..', 'nora.zip');
  const done = await made.office.reports.make({ number: NORA.number }, PROOF, file, ANNA);
  const files = unzipSync(readFileSync(file));
  const text = (name: string): string => Buffer.from(files[name] ?? []).toString('utf8');
  const report = JSON.parse(text('report.json')) as SubjectReport;
  return { ...made, file, done, files, text, report };
}

await t.test('7 access: one archive, complete against planted data', async (t) => {
  const { file, done, files, text, report, office, home } = await reported(t);
  t.equal(statSync(file).mode & 0o777, 0o600);
  t.strictSame(Object.keys(files).sort(), [
    ...['calls.csv', 'manifest.json', 'messages.csv', 'recordings/nora-1.wav'],
    ...['report.html', 'report.json', 'subject-report.schema.json', 'utterances.csv'],
  ]);
  t.match(report, {
    contacts: [{ names: [NORA.name], numbers: [NORA.number] }],
    calls: [
      {
        ...{ id: 'nora-1', callerNumber: NORA.number, outcome: 'message' },
        utterances: [{ party: 'caller', text: `I need ${NORA.word}` }],
        messages: [{ name: { value: NORA.name }, phone: { value: NORA.number } }],
        decisions: [{ reason: 'info.hours 0.93' }],
        consent: { basis: 'announcement', noticeVersion: '7' },
        recording: { file: 'recordings/nora-1.wav', seconds: 2 },
      },
      { id: 'nora-2', utterances: [{ text: `still ${NORA.word}` }], recording: null },
    ],
  });
  t.equal(report.calls.length, 2);
  t.ok(
    report.processing.some(({ kept }) => kept === '180 days'),
    'purposes and times are told',
  );
  t.notMatch(JSON.stringify(report), /Ida|ida-1/u, 'nothing of other people');
  t.match(done.mentions, [{ call: 'ida-1' }, { call: 'ida-1' }], 'which the officer is told of');
  for (const said of [NORA.name, `I need ${NORA.word}`, `still ${NORA.word}`]) {
    t.ok(text('report.html').includes(said), 'the page says the same');
  }
  t.notMatch(text('report.html'), /<script|https?:/u);
  const { channels, rate } = decodeWav(files['recordings/nora-1.wav'] ?? new Uint8Array(), 'wav');
  t.match([channels.length, rate], [2, 16_000]);
  t.ok(
    (channels[0] ?? []).slice(0, 32_000).some((sample) => sample > 7_000),
    'with her voice',
  );
  const manifest = JSON.parse(text('manifest.json')) as {
    files: { file: string; sha256: string }[];
  };
  t.equal(manifest.files.length, 7);
  t.match(text('utterances.csv'), `nora-1,0,900,caller,I need ${NORA.word},\r\n`);
  // A number that begins with + is text to a spreadsheet, not a sum.
  t.match(text('calls.csv'), `,${NORA.number},recordings/nora-1.wav\r\n`);
  for (const { file: name, sha256 } of manifest.files) {
    t.equal(
      createHash('sha256')
        .update(files[name] ?? '')
        .digest('hex'),
      sha256,
      name,
    );
  }
  const signed = join(home, 'manifest.json');
  writeFileSync(signed, text('manifest.json'));
  t.match(await office.verifyDocument(signed, undefined), { document: /manifest/u });
  t.doesNotThrow(
    () => execFileSync('python3', ['-m', 'zipfile', '-t', file]),
    'other programs open it',
  );
});

await t.test(
  '7 portability: validates against the published schema and imports again',
  async (t) => {
    const { report, file } = await reported(t, async (records) => {
      const asked = { at: 2_000, what: 'agreed', who: 'Nora senior', how: 'voice' } as const;
      await records.rights.guardians.note('nora-1', asked);
      const consent = await grantFor(records, 'nora-2');
      const writer = await records.recordings.open(consent);
      writer.write('agent', tone(2), 1_000);
      await writer.close();
    });
    const schema = JSON.parse(readFileSync(published, 'utf8')) as object;
    t.strictSame(schema, JSON.parse(JSON.stringify(publishedSchema())), 'npm run docs:schema');
    const ajv = new Ajv2020({ formats: { 'date-time': true } });
    const validate = ajv.compile(schema);
    t.ok(validate(report), JSON.stringify(validate.errors));
    t.notOk(validate({ ...report, calls: [{ id: 'x' }] }));
    const other = await anOffice(t);
    t.match(await other.office.importing.import(file, ANNA), { calls: 2, known: 0, recordings: 2 });
    t.match(await other.office.importing.import(file, ANNA), { calls: 0, known: 2 });
    const again = join(other.home, '..', 'again.zip');
    await other.office.reports.make({ number: NORA.number }, PROOF, again, ANNA);
    const text = Buffer.from(unzipSync(readFileSync(again))['report.json'] ?? []).toString('utf8');
    const back = JSON.parse(text) as SubjectReport;
    const told = ({ calls }: SubjectReport) => calls.map((call) => ({ ...call, decisions: [] }));
    t.strictSame(told(back), told(report), 'what was said, told and agreed is the same');
    const wav = (archive: string, call = 'nora-1'): Uint8Array =>
      unzipSync(readFileSync(archive))[`recordings/${call}.wav`] ?? new Uint8Array();
    for (const call of ['nora-1', 'nora-2']) {
      const sound = wav(file, call);
      t.ok(sound.length > 60_000 && Buffer.from(wav(again, call)).equals(sound), 'and the sound');
    }
    const files = unzipSync(readFileSync(file));
    const changed = wav(file).slice();
    changed[50_000] = (changed[50_000] ?? 0) ^ 1;
    const forged = join(other.home, '..', 'forged.zip');
    writeFileSync(forged, zipSync({ ...files, 'recordings/nora-1.wav': changed }));
    const third = await anOffice(t);
    await t.rejects(third.office.importing.import(forged, ANNA), {
      ...{ code: 'PRIVACY_FILE_UNREADABLE', place: /nora-1\.wav/u },
    });
    t.equal(await third.records.reading.calls.head('nora-1'), undefined, 'no half call is left');
    const plain = join(other.home, '..', 'report.json');
    writeFileSync(plain, JSON.stringify(report));
    t.match(await third.office.importing.import(plain, ANNA), { calls: 2, recordings: 0 });
    t.strictSame(back.contacts[0]?.names, report.contacts[0]?.names);
    await other.office.erasing.erase(
      { query: { number: NORA.number }, also: [], proof: PROOF },
      ANNA,
    );
    t.match(await other.office.importing.import(file, ANNA), { calls: 0, erased: 2 });
    const wrong = join(other.home, '..', 'wrong.json');
    for (const content of ['{}', 'PK no archive', JSON.stringify({ ...report, version: 2 })]) {
      writeFileSync(wrong, content);
      const unreadable = { code: 'PRIVACY_FILE_UNREADABLE', place: wrong };
      await t.rejects(other.office.importing.import(wrong, ANNA), unreadable, content.slice(0, 12));
    }
  },
);

await t.test(
  '7 correction: the original stays with its hash, and the export shows both',
  async (t) => {
    const { office, room, home } = await planted(t);
    await office.corrections.correct('nora-1', 'utterance:1', 'I need a plain cake', ANNA);
    await office.corrections.correct('nora-1', 'message:1:name', 'Norah Whitlock', ANNA);
    const file = join(home, '..', 'nora.zip');
    await office.reports.make({ number: NORA.number }, PROOF, file, ANNA);
    const files = unzipSync(readFileSync(file));
    const page = Buffer.from(files['report.html'] ?? []).toString('utf8');
    const report = JSON.parse(
      Buffer.from(files['report.json'] ?? []).toString('utf8'),
    ) as SubjectReport;
    const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
    t.match(report.calls[0], {
      utterances: [{ text: `I need ${NORA.word}` }],
      corrections: [
        { text: 'I need a plain cake', originalSha256: hash(`I need ${NORA.word}`) },
        { text: 'Norah Whitlock', originalSha256: hash(NORA.name) },
      ],
    });
    for (const shown of [NORA.name, 'Norah Whitlock', 'I need a plain cake']) {
      t.ok(page.includes(shown));
    }
    const { messages } = room;
    const all = await messages.list({ limit: 9, states: [] }, ANNA.who);
    const listed = all.find(({ id }) => id === 'nora-1-1');
    t.equal(listed?.body?.name?.value, 'Norah Whitlock', 'a list tells what is right');
    const shown = await messages.show('nora-1-1', ANNA.who);
    t.equal(shown.body?.name?.value, NORA.name, 'and the message itself both');
    await office.corrections.correct('nora-1', 'message:1:phone', '020 7946 0177', ANNA);
    t.match(await messages.numberOf('nora-1-1', ANNA.who), { number: '020 7946 0177' });
    for (const thing of ['utterance:9', 'message:1:shoe', 'message:2:name', 'x']) {
      const missing = { code: 'PRIVACY_NO_THING', place: `nora-1 ${thing}` };
      await t.rejects(office.corrections.correct('nora-1', thing, 'y', ANNA), missing);
    }
    await t.rejects(office.corrections.correct('none', 'utterance:1', 'y', ANNA), {
      code: 'PRIVACY_NO_CALL',
    });
  },
);

await t.test(
  '7 restriction: stored and not used; play, read, list and second hearing refuse',
  async (t) => {
    const { office, room, records, home } = await planted(t);
    t.match(await records.transcripts.next(), { id: 'nora-1' });
    const [number = 0] = await office.freezes.place(
      'restriction',
      { number: NORA.number },
      'disputed',
      ANNA,
    );
    const contact = (await records.reading.contacts.ofNumber(NORA.number))[0] ?? '';
    const refused = { code: 'PRIVACY_RESTRICTED' };
    const uses: Readonly<Record<string, () => Promise<unknown>>> = {
      'calls.show': () => room.showCall('nora-1', 'cli:ben'),
      'calls.listen': () => room.listen('nora-1', 'cli:ben'),
      'calls.replay': () => room.journal('nora-1', 'cli:ben'),
      'calls.export': () => room.exportRecording('nora-1', join(home, 'x.wav'), 'cli:ben'),
      'messages.show': () => room.messages.show('nora-1-1', 'cli:ben'),
      'contacts.show': () => room.contacts.show(contact, 'cli:ben'),
    };
    for (const [what, use] of Object.entries(uses)) {
      await t.rejects(use(), refused, what);
      const [row] = await records.reading.audit.list({ limit: 1, by: 'cli:ben' });
      t.match(row, { what: `${what}.refused`, why: 'restricted' });
    }
    const messages = await room.messages.list({ limit: 9, states: [] }, 'cli:ben');
    t.strictSame(
      messages.map(({ body, restricted }) => [body === undefined, restricted]),
      [
        [false, undefined],
        [true, true],
      ],
    );
    t.equal((await room.contacts.list({ limit: 9, leads: false }, 'cli:ben')).length, 1);
    t.equal(await records.transcripts.next(), undefined, 'nor is it listened to again');
    t.equal((await records.reading.calls.utterances('nora-1')).length, 1, 'it is stored');
    await room.showCall('ida-1', 'cli:ben');
    await office.freezes.lift('restriction', number, 'settled', ANNA);
    t.match(await room.showCall('nora-1', 'cli:ben'), { id: 'nora-1' });
    await t.rejects(office.freezes.lift('restriction', number, 'again', ANNA), {
      code: 'PRIVACY_NO_FREEZE',
    });
    await t.rejects(office.freezes.list('restriction', SAM), { code: 'PRIVACY_NOT_ALLOWED' });
  },
);

await t.test(
  '2.2 caller information: finds every planted mention, by number, e-mail and name',
  async (t) => {
    const { office, records } = await planted(t);
    const say = (call: string, atMs: number, text: string) =>
      records.utterances.add(anUtterance(call, { atMs, text }));
    await say('ida-1', 7_000, 'Mrs Whitlock is not well.');
    await say('ida-1', 8_000, 'It is oh two oh, seven nine four six, oh one four two.');
    await say('ida-1', 9_000, 'The weather is fine.');
    await say('nora-2', 9_000, 'Write to nora dot whitlock at example dot com.');
    const found = async (query: object) => {
      const { calls, mentions } = await office.erasing.plan({ query, also: [] }, ANNA);
      return [calls, mentions.map(({ atMs, what }) => `${String(atMs)} ${what}`)];
    };
    const others = ['1000 name', '5000 number', '7000 maybe-name', '8000 number'];
    const theirs = ['nora-1', 'nora-2'];
    t.strictSame(await found({ number: NORA.number }), [theirs, others]);
    t.strictSame(await found({ name: 'NORA WHITLOCK' }), [theirs, others]);
    t.strictSame(await found({ email: 'nora.whitlock@example.com' }), [['nora-2'], []]);
  },
);

await t.test('4 legal requests: a disclosure has a log and a signed manifest', async (t) => {
  const { office, records, home } = await planted(t);
  const file = join(home, '..', 'order.zip');
  const order = { identity: 'court order 17/2026' };
  await office.reports.make({ number: NORA.number }, order, file, ANNA);
  const rows = await records.reading.audit.list({ limit: 9, subject: 'nora-1' });
  t.match(rows, [{ who: 'cli:anna', what: 'privacy.report', why: 'court order 17/2026' }]);
  const manifest = unzipSync(readFileSync(file))['manifest.json'] ?? new Uint8Array();
  const signed = join(home, 'manifest.json');
  writeFileSync(signed, manifest);
  t.match(await office.verifyDocument(signed, undefined), { document: /manifest/u });
  writeFileSync(signed, Buffer.from(manifest).toString('utf8').replace('calls.csv', 'halls.csv'));
  await t.rejects(office.verifyDocument(signed, undefined), { code: 'PRIVACY_SIGNATURE_WRONG' });
});

await t.test(
  '7.2 know: the categories and purposes in a report are those of the register',
  async (t) => {
    const { report } = await reported(t);
    const register = registerOf({
      ...{ office: 'x', language: 'en', recording: true, noticeVersion: '1' },
      ...{ destinations: [], now: 0 },
      settings: privacySettings.parse({ controller: { name: 'x', address: 'y', contact: 'z' } }),
    });
    const known = new Map(register.processing.map((one) => [one.purpose, one]));
    t.ok(report.processing.length >= 5);
    for (const { purpose, basis, kept } of report.processing) {
      t.match(known.get(purpose), { basis, kept }, purpose);
    }
  },
);

await t.test(
  '2.1 account information, payment: the schema has no place for payment data',
  async (t) => {
    const { records } = await anOffice(t);
    const columns = await records.rights.database.read<{ name: string }>(
      'main',
      `SELECT m.name || '.' || c.name AS name FROM sqlite_master AS m
     JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' ORDER BY 1`,
    );
    const names = columns.map(({ name }) => name);
    t.ok(names.includes('account.password') && names.length > 100, 'the columns are found');
    t.strictSame(
      names.filter((name) => /pay|iban|card|bill|price|invoice/iu.test(name)),
      [],
    );
    t.strictSame(
      names.filter((name) => name.startsWith('account.')).map((name) => name.slice(8)),
      [
        ...['closed_at', 'created_at', 'extension', 'failures', 'id', 'last_login_at'],
        ...[
          'locked_until',
          'name',
          'one_time',
          'one_time_until',
          'password',
          'role',
          'totp',
          'totp_last_step',
        ],
      ],
      'an account is a name, a role, and what proves it',
    );
  },
);

await t.test(
  '5 access controls: every room of the privacy office refuses IT and reception',
  async (t) => {
    const { office, home } = await planted(t);
    const file = join(home, 'x');
    const nora = { number: NORA.number };
    for (const role of ['it', 'reception', 'clinician'] as const) {
      const actor = { who: 'cli:sam', role };
      const deeds: readonly (() => Promise<unknown>)[] = [
        () => office.audit.list({ limit: 1 }, actor),
        () => office.erasing.plan({ query: nora, also: [] }, actor),
        () => office.erasing.erase({ query: nora, also: [], proof: PROOF }, actor),
        () => office.erasing.replay(actor),
        () => office.reports.make(nora, PROOF, file, actor),
        () => office.importing.import(file, actor),
        () => office.corrections.correct('nora-1', 'message:1:phone', 'x', actor),
        () => office.freezes.place('hold', { call: 'nora-1' }, 'x', actor),
        () => office.freezes.lift('hold', 1, 'x', actor),
        () => office.objections.add(NORA.number, 'no-record', actor),
        () => office.objections.list(actor),
        () => office.requests.take('access', {}, actor),
        () => office.requests.code(1, actor),
        () => office.requests.vouch(1, 'x', actor),
        () => office.retention.run(true, actor),
      ];
      for (const deed of deeds)
        await t.rejects(deed(), { code: 'PRIVACY_NOT_ALLOWED' }, `${role} ${String(deed)}`);
    }
  },
);
