import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { DAMAGED_HEADER, readSpans, writeSpans } from '../../agent/web/damaged-sound.js';
import { aCall, grantFor, tone } from '../records/store.js';
import { dashboard, loggedIn } from './house.js';

t.test('seconds in a row are told as one, and read as they were told', (t) => {
  t.equal(writeSpans([]), '');
  t.equal(writeSpans([3]), '3');
  t.equal(writeSpans([0, 1, 2, 7, 9, 10]), '0-2,7,9-10');
  t.strictSame(readSpans('0-2,7'), [
    { from: 0, to: 2 },
    { from: 7, to: 7 },
  ]);
  t.strictSame(readSpans(null), []);
  t.strictSame(readSpans('nonsense'), []);
  t.end();
});

t.test('a recording names the seconds of it that are damaged', async (t) => {
  const house = await dashboard(t);
  const { records, home } = house;
  await records.calls.open(aCall('one'));
  await records.calls.answered('one', Date.now());
  const writer = await records.recordings.open(await grantFor(records, 'one'));
  writer.write('caller', tone(6), 0);
  await writer.close();
  const { browser } = await loggedIn(house, 'owner');
  const whole = await browser.ask('GET', '/api/calls/one/recording.wav');
  t.equal(whole.headers[DAMAGED_HEADER], undefined, 'nothing is wrong with it yet');
  const below = join(home, 'records', 'recordings');
  const file = join(below, readdirSync(below)[0] ?? '');
  const bytes = readFileSync(file);
  let at = 0;
  for (let chunk = 0; chunk < 2; chunk += 1) at += 21 + bytes.readUInt32BE(at + 9);
  bytes.writeUInt8(bytes.readUInt8(at + 60) ^ 0x41, at + 60);
  writeFileSync(file, bytes);
  const spoilt = await browser.ask('GET', '/api/calls/one/recording.wav');
  t.equal(spoilt.headers[DAMAGED_HEADER], '2');
  t.equal(spoilt.rawPayload.length, whole.rawPayload.length, 'as long as it was');
  const part = await browser.ask('GET', '/api/calls/one/recording.wav?from=3000&to=5000');
  t.equal(part.headers[DAMAGED_HEADER], undefined, 'and of a part only what is in it');
});
