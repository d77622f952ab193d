import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { unzipSync } from 'fflate';
import t, { type Test } from 'tap';
import { decodeWav } from '../../agent/audio/wav.js';
import { publishedSchema, type SubjectReport } from '../../agent/privacy/report-schema.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
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

/** The report on Nora, unpacked. */
async function reported(t: Test) {
  const made = await planted(t);
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
    ...['manifest.json', 'recordings/nora-1.wav', 'report.html', 'report.json'],
    'subject-report.schema.json',
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
  t.equal(manifest.files.length, 4);
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
    const { report, file } = await reported(t);
    const schema = JSON.parse(readFileSync(published, 'utf8')) as object;
    t.strictSame(schema, JSON.parse(JSON.stringify(publishedSchema())), 'npm run docs:schema');
    const ajv = new Ajv2020({ formats: { 'date-time': true } });
    const validate = ajv.compile(schema);
    t.ok(validate(report), JSON.stringify(validate.errors));
    t.notOk(validate({ ...report, calls: [{ id: 'x' }] }));
    const other = await anOffice(t);
    t.match(await other.office.importing.import(file, ANNA), { calls: 2, known: 0 });
    t.match(await other.office.importing.import(file, ANNA), { calls: 0, known: 2 });
    const again = join(other.home, '..', 'again.zip');
    await other.office.reports.make({ number: NORA.number }, PROOF, again, ANNA);
    const text = Buffer.from(unzipSync(readFileSync(again))['report.json'] ?? []).toString('utf8');
    const back = JSON.parse(text) as SubjectReport;
    const told = ({ calls }: SubjectReport) =>
      calls.map(({ id, startedAt, endedAt, outcome, callerNumber, utterances, messages }) => ({
        ...{ id, startedAt, endedAt, outcome, callerNumber, utterances, messages },
      }));
    t.strictSame(told(back), told(report), 'what was said and told is the same');
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
    const { office, home } = await planted(t);
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
      messages.map(({ body }) => body === undefined),
      [false, true],
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
