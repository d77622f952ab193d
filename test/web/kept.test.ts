import t from 'tap';
import { kept } from '../../agent/web/kept.js';
import { FakeClock } from '../telephony/fake-clock.js';

t.test('one look serves whoever asks meanwhile; a failure serves nobody', async (t) => {
  const clock = new FakeClock();
  let looks = 0;
  const read = kept(clock, 100, () => {
    looks += 1;
    return looks === 3 ? Promise.reject(new Error('no')) : Promise.resolve(looks);
  });
  t.strictSame(await Promise.all([read(), read()]), [1, 1]);
  clock.advance(101);
  t.equal(await read(), 2);
  clock.advance(101);
  await t.rejects(read(), { message: 'no' });
  t.equal(await read(), 4, 'it is looked again at once');
});
