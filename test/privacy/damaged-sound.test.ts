import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { bytesOfPcm } from '../../agent/audio/frame.js';
import { decodeWav, readWav } from '../../agent/audio/wav.js';
import { systemClock } from '../../agent/clock.js';
import { bytesIn, textIn } from '../../agent/privacy/archive.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { reportSchema } from '../../agent/privacy/report-schema.js';
import { aCall, grantFor, tone } from '../records/store.js';
import { ANNA, anOffice } from './office.js';

const RATE = 16_000;
const SECONDS = 6;
const WHO = 'cli:anna';

/** An office with a call of six seconds, and where the chunks of its file begin. */
async function recorded(t: Test) {
  const made = await anOffice(t);
  const { records, folder } = made;
  await records.calls.open(aCall('one'));
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  writer.write('caller', tone(SECONDS), 0);
  await writer.close();
  const below = join(folder, 'recordings');
  const file = join(below, readdirSync(below)[0] ?? '');
  const whole = readFileSync(file);
  const places = [0];
  for (let at = 0; at < whole.length; places.push(at)) at += 21 + whole.readUInt32BE(at + 9);
  const place = (chunk: number): number => places[chunk] ?? 0;
  const spoil = (...bytes: readonly number[]): void => {
    const spoilt = Buffer.from(whole);
    for (const at of bytes) spoilt.writeUInt8(spoilt.readUInt8(at) ^ 0x41, at);
    writeFileSync(file, spoilt);
  };
  return { ...made, file, whole, place, spoil, room: new ReadingRoom(records, systemClock()) };
}

/** Each second is the caller's own, but for those that are silent. */
function compare(t: Test, side: Int16Array | undefined, silent: readonly number[], what: string) {
  const seconds = Math.round((side?.length ?? 0) / RATE);
  t.equal(seconds, SECONDS, `${what}: as long as it was`);
  const own = tone(SECONDS);
  for (let at = 0; at < seconds; at += 1) {
    const heard = Buffer.from(bytesOfPcm(side!.slice(at * RATE, (at + 1) * RATE)));
    const was = silent.includes(at) ? new Int16Array(RATE) : own.slice(at * RATE, (at + 1) * RATE);
    t.ok(heard.equals(bytesOfPcm(was)), `${what}: second ${at}`);
  }
}

await t.test('all that is whole of a damaged recording comes out, on every way', async (t) => {
  const { room, records, office, clock, file, whole, place, spoil, home } = await recorded(t);
  const wav = join(home, 'call.wav');
  const zip = join(home, 'report.zip');
  const call = await records.reading.calls.head('one');
  clock.at = (call?.startedAt ?? 0) + 60_000;
  const ways: readonly (readonly [string, readonly number[], () => void])[] = [
    [
      'nothing',
      [],
      () => {
        spoil();
      },
    ],
    [
      'a flipped bit of sound',
      [2],
      () => {
        spoil(place(2) + 60);
      },
    ],
    [
      'a spoilt length',
      [2],
      () => {
        spoil(place(2) + 10);
      },
    ],
    [
      'two spoilt headers',
      [3, 4],
      () => {
        spoil(place(3) + 9, place(4) + 1);
      },
    ],
    [
      'the first header',
      [0],
      () => {
        spoil(place(0));
      },
    ],
    [
      'the last second',
      [5],
      () => {
        spoil(place(5) + 3);
      },
    ],
    [
      'a hole of a disk block',
      [1, 2],
      () => {
        const spoilt = Buffer.from(whole);
        spoilt.fill(0, place(1) + 5, place(2) + 500);
        writeFileSync(file, spoilt);
      },
    ],
    [
      'a file cut off in its fifth second',
      [4, 5],
      () => {
        spoil();
        truncateSync(file, place(4) + 700);
      },
    ],
    [
      'cut off, and spoilt before',
      [1, 5],
      () => {
        spoil(place(1) + 12);
        truncateSync(file, place(5));
      },
    ],
  ];
  for (const [what, silent, damage] of ways) {
    damage();
    const before = readFileSync(file);
    t.same(await room.exportRecording('one', wav, WHO), silent, `${what}: told by the export`);
    compare(t, (await readWav(wav)).channels[0], silent, `${what}, export`);

    const { parts, bytes, damaged } = await room.listen('one', WHO);
    const pieces: Buffer[] = [];
    for await (const part of parts) pieces.push(part);
    const streamed = Buffer.concat(pieces);
    t.equal(streamed.length, bytes, `${what}: as many bytes as were announced`);
    t.same(damaged, silent, `${what}: told to who listens`);
    compare(t, decodeWav(streamed, 'stream').channels[0], silent, `${what}, stream`);

    await office.reports.make(
      { number: '+15550100042' },
      { identity: 'came in person' },
      zip,
      ANNA,
    );
    const archive = readFileSync(zip);
    const sound = (await bytesIn(archive, 'recordings/one.wav')) ?? new Uint8Array();
    compare(t, decodeWav(Buffer.from(sound), zip).channels[0], silent, `${what}, report`);
    const report = reportSchema.parse(JSON.parse((await textIn(archive, 'report.json')) ?? ''));
    t.match(report.calls[0], {
      recording: { seconds: SECONDS },
      recordingDamaged: silent.length > 0,
    });
    t.same(report.calls[0]?.damagedSeconds ?? [], silent, `${what}: told in the report`);
    const manifest = (await textIn(archive, 'manifest.json')) ?? '';
    t.equal(manifest.includes('"damaged"'), silent.length > 0, `${what}: told in the manifest`);
    t.ok(readFileSync(file).equals(before), `${what}: nothing was overwritten`);
  }
});

await t.test('of a recording of which nothing is whole, nothing is given out', async (t) => {
  const { room, home, file, whole } = await recorded(t);
  writeFileSync(file, Buffer.alloc(whole.length, 0x5a));
  const refused = { code: 'RECORDS_CHUNK_DAMAGED', place: 'one' };
  await t.rejects(room.exportRecording('one', join(home, 'call.wav'), WHO), refused);
  await t.rejects(room.listen('one', WHO), refused);
  t.match((await room.showCall('one', WHO)).recording, { state: 'damaged', seconds: 0 });
});

await t.test('a part tells only what is damaged in it', async (t) => {
  const { room, place, spoil, home } = await recorded(t);
  spoil(place(1) + 60, place(4) + 60);
  const wav = join(home, 'part.wav');
  t.same(await room.exportRecording('one', wav, WHO, { fromMs: 3_500, toMs: 4_500 }), [4]);
  t.same(await room.exportRecording('one', wav, WHO, { fromMs: 2_000, toMs: 4_000 }), []);
  t.same((await room.listen('one', WHO, { fromMs: 1_000, toMs: 2_000 })).damaged, [1]);
});
