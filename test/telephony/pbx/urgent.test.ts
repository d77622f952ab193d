import { join } from 'node:path';
import t from 'tap';
import { writeWav } from '../../../agent/audio/wav.js';
import { share, tone } from '../../reception/rehearse/tone.js';
import { BootedPbx, lacking, until } from './booted.js';

void t.test(
  'about an urgent message: told, and key 1 comes to us',
  { skip: lacking },
  async (t) => {
    const pbx = await BootedPbx.boot(t);
    const sounds = join(pbx.state, 'sounds');
    await writeWav(join(sounds, 'urgent-notice.wav'), [tone(700, 1_500)], 8_000);
    await writeWav(join(sounds, 'urgent-thanks.wav'), [tone(1_000, 500)], 8_000);
    const ari = await pbx.connected();
    const entered: string[] = [];
    ari.events.listen('stasis-start', 'test', ({ channel, args }) => {
      entered.push([channel.id, ...args].join(' '));
    });

    const phone = await pbx.phone('202');
    await ari.ring('vestibule-urgent-1', '202', 'vestibule-urgent', 10);
    const call = await phone.nextCall(5_000);
    await call?.answer();
    await until(
      () => share(call?.audio.recording.channels().heard ?? new Int16Array(1), 700) > 0.5,
      'the notice is heard',
    );
    t.strictSame(entered, [], 'hearing it is not taking it on');
    await call?.press('1');
    await until(() => entered.length > 0, 'key 1 comes to us');
    t.strictSame(entered, ['vestibule-urgent-1 acknowledged']);
    await ari.continueAt('vestibule-urgent-1', 'vestibule-urgent', 'thanks');
    t.ok(await call?.untilEnded(10_000), 'and the call ends by itself');

    await t.rejects(ari.ring('vestibule-urgent-2', '209', 'vestibule-urgent', 5), {
      code: 'TELEPHONY_ARI_REQUEST_FAILED',
    });
  },
);
