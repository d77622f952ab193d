import t from 'tap';
import { rescue } from '../../agent/supervisor/rescue.js';
import { share, tone } from '../reception/rehearse/tone.js';
import { BootedPbx, lacking, until } from '../telephony/pbx/booted.js';

const EAR = '22222222-2222-4222-8222-222222222222-1';

t.test('a real Asterisk, the daemon dead', { skip: lacking, timeout: 120_000 }, async (t) => {
  const pbx = await BootedPbx.boot(t);
  const daemon = await pbx.application();
  const done = async (method: string, path: string): Promise<void> => {
    const { status } = await pbx.ari(method, path);
    if (status >= 300) throw new Error(`${method} ${path}: ${String(status)}`);
  };
  const [alone, talking, desk, nurse] = await Promise.all(
    ['stranger', 'another', '201', '203'].map((user) => pbx.phone(user)),
  );
  if (!alone || !talking || !desk || !nurse) throw new Error('four telephones');

  const withAgent = await alone.call(pbx.uri('reception'), pbx.server);
  const first = (await daemon.next('StasisStart')).channel?.id ?? '';
  await done('POST', `/channels/${first}/answer`);
  await done(
    'POST',
    `/channels/${first}/snoop/vestibule-snoop-${EAR}?spy=in&whisper=out&app=vestibule`,
  );
  await done('POST', `/bridges/vestibule-ear-${EAR}?type=mixing`);
  await daemon.next('StasisStart');
  await done('POST', `/bridges/vestibule-ear-${EAR}/addChannel?channel=vestibule-snoop-${EAR}`);

  const withPerson = await talking.call(pbx.uri('reception'), pbx.server);
  const second = (await daemon.next('StasisStart')).channel?.id ?? '';
  const where = 'context=vestibule-transfer&extension=203&priority=1';
  await done('POST', `/channels/${second}/continue?${where}`);
  const taken = await nurse.nextCall(5_000);
  await taken?.answer();
  t.ok(await withPerson.untilAnswered(5_000));

  daemon.close();
  const rescued = await rescue({
    url: pbx.rendered.ariUrl,
    user: 'vestibule',
    passwordFile: pbx.rendered.ariPasswordFile,
    app: 'vestibule',
  });
  t.match(rescued, { callers: 1, left: 1, ears: 1, bridges: 1 });
  t.comment(`rescued in ${String(rescued.ms)} ms`);

  const rung = await desk.nextCall(15_000);
  t.ok(rung, 'the desk rings for the caller who was with the receptionist');
  await rung?.answer();
  await withPerson.say(tone(700, 800));
  await withPerson.say(new Int16Array(1_600));
  const heard = taken?.audio.recording.channels().heard ?? new Int16Array(1);
  t.ok(share(heard, 700) > 0.8, 'who talked to a person still does');
  t.notOk(withPerson.outcome);

  await Promise.all([withAgent.hangUp(), withPerson.hangUp()]);
  await until(async () => (await pbx.channels()).length === 0, 'nobody is left');
  t.strictSame((await pbx.ari('GET', '/bridges')).body, []);
});
