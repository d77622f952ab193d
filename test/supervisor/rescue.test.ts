import t from 'tap';
import { rescue } from '../../agent/supervisor/rescue.js';
import { fakeAri } from './fake-ari.js';

const CALL = '11111111-1111-4111-8111-111111111111';
const FALLBACK = 'vestibule-fallback,s,1';

void t.test('callers of the receptionist move on, people are left alone, ears end', async (t) => {
  const fake = await fakeAri(t, t.testdir());
  fake.channels.set('with-agent', { phase: 'agent' });
  fake.channels.set('with-person', { phase: 'human', app: 'Dial' });
  fake.channels.set('returned/odd id', { phase: 'agent' });
  fake.channels.set('not-yet-there', { phase: 'agent', app: 'Set' });
  fake.channels.set('helper', { phase: 'agent', by: 'Announcer' });
  fake.channels.set('phone', { app: 'AppDial' });
  fake.channels.set(`vestibule-snoop-${CALL}-1`, {});
  fake.channels.set(`vestibule-media-${CALL}-1`, {});
  fake.bridges.set(`vestibule-ear-${CALL}-1`, [`vestibule-snoop-${CALL}-1`]);
  fake.bridges.set('of-another-program', []);
  const done = await rescue(fake.ari);
  t.match(done, { callers: 2, left: 1, ears: 2, bridges: 1 });
  t.strictSame(
    [...fake.done].sort(),
    [
      `destroy vestibule-ear-${CALL}-1`,
      `end vestibule-media-${CALL}-1`,
      `end vestibule-snoop-${CALL}-1`,
      `${FALLBACK} returned/odd id`,
      `${FALLBACK} with-agent`,
    ].sort(),
    'each once',
  );
  t.strictSame([...fake.bridges.keys()], ['of-another-program']);
});

void t.test('a bridge in which somebody talks to a person stays', async (t) => {
  const fake = await fakeAri(t, t.testdir());
  fake.channels.set('with-person', { phase: 'human' });
  fake.bridges.set('vestibule-talk-1', ['with-person', 'phone']);
  t.match(await rescue(fake.ari), { callers: 0, left: 1, bridges: 0 });
  t.strictSame(fake.done, []);
});

void t.test('a call that enters while it sweeps is found by the next sweep', async (t) => {
  const fake = await fakeAri(t, t.testdir());
  fake.channels.set('first', { phase: 'agent' });
  fake.odd = () => {
    if (fake.listed === 1) fake.channels.set('late', { phase: 'agent' });
    return false;
  };
  t.match(await rescue(fake.ari), { callers: 2 });
  t.strictSame([...fake.done].sort(), [`${FALLBACK} first`, `${FALLBACK} late`]);
});

void t.test('one channel that is refused does not keep the others waiting', async (t) => {
  const fake = await fakeAri(t, t.testdir());
  fake.channels.set('broken', { phase: 'agent' });
  fake.channels.set('fine', { phase: 'agent' });
  fake.odd = ({ method, url = '' }, response) => {
    if (method !== 'POST' || !url.includes('/broken/')) return false;
    response.destroy();
    return true;
  };
  t.match(await rescue(fake.ari), { callers: 1 });
  t.strictSame(fake.done, [`${FALLBACK} fine`]);
});

void t.test('callers who were moved count even if the bridges cannot be listed', async (t) => {
  const fake = await fakeAri(t, t.testdir());
  fake.channels.set('one', { phase: 'agent' });
  fake.bridges.set('vestibule-ear-1', []);
  fake.odd = ({ url }, response) => {
    if (url !== '/ari/bridges') return false;
    response.writeHead(503, { 'content-type': 'application/json' });
    response.end('{"message":"busy"}');
    return true;
  };
  t.match(await rescue(fake.ari), { callers: 1, bridges: 0 });
  t.strictSame(fake.done, [`${FALLBACK} one`]);
});

void t.test('an answer that is cut off is asked for again', async (t) => {
  const fake = await fakeAri(t, t.testdir());
  fake.channels.set('one', { phase: 'agent' });
  let cut = true;
  fake.odd = (_, response) => {
    if (!cut) return false;
    cut = false;
    response.writeHead(200);
    response.end('[{"id":');
    return true;
  };
  t.match(await rescue(fake.ari), { callers: 1 });
});

void t.test('an Asterisk that refuses us or hangs is one line', async (t) => {
  const fake = await fakeAri(t, t.testdir());
  await t.rejects(rescue({ ...fake.ari, user: 'somebody' }), {
    message: 'Asterisk refuses the list of its channels',
  });
  fake.odd = () => true;
  await t.rejects(rescue(fake.ari), { message: 'Asterisk does not answer' });
});
