import { zipSync } from 'fflate';
import t from 'tap';
import { textIn } from '../../agent/privacy/archive.js';

t.test('an archive that would unpack to more than a report ever is, is refused', async (t) => {
  const fits = zipSync({ 'report.json': Buffer.from('{}'), 'other.wav': new Uint8Array(10) });
  t.equal(await textIn(fits, 'report.json'), '{}');
  t.equal(await textIn(fits, 'missing.json'), undefined);
  // Zeros are packed a thousandfold: a small file that fills the memory of whoever believes it.
  const bomb = zipSync({ 'report.json': new Uint8Array(65 * 1024 * 1024) }, { level: 1 });
  t.ok(bomb.length < 1024 * 1024, 'it is small itself');
  await t.rejects(textIn(bomb, 'report.json'), { name: 'RangeError' });
});
