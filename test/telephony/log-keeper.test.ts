import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { LogKeeper, MOST_BYTES } from '../../agent/telephony/log-keeper.js';
import { BootedPbx, lacking } from './pbx/booted.js';

const DAY_MS = 24 * 3_600_000;

void t.test(
  'a real Asterisk begins a new log each day, and seven are kept',
  { skip: lacking },
  async (t) => {
    const pbx = await BootedPbx.boot(t);
    const clock = systemClock();
    const ari = await pbx.connected();
    const asterisk = join(pbx.state, 'log');
    const run = t.testdir({});
    let days = 0;
    const keeper = new LogKeeper({
      ...{ asterisk, run, ari, log: silentLog },
      clock: { ...clock, now: () => Date.now() + days * DAY_MS },
    });
    const marked = (): void => {
      appendFileSync(join(asterisk, 'messages'), 'a mark\n');
    };
    marked();
    await keeper.look();
    t.notOk(existsSync(join(asterisk, 'messages.0')), 'not before the day is over');
    for (days = 2; days < 24; days += 2) {
      marked();
      await keeper.look();
    }
    t.match(readFileSync(join(asterisk, 'messages.0'), 'utf8'), /a mark/u);
    t.notMatch(readFileSync(join(asterisk, 'messages'), 'utf8'), /a mark/u, 'a new one was begun');
    t.ok(existsSync(join(asterisk, 'messages.6')));
    t.notOk(existsSync(join(asterisk, 'messages.7')), 'the eighth is gone');
    await keeper.stop();
  },
);

void t.test('what children say is cut when it is long, and goes on', async (t) => {
  const folder = t.testdir({ run: {}, log: {} });
  const run = join(folder, 'run');
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, 'vad.log'), Buffer.alloc(MOST_BYTES + 1, 0x61));
  writeFileSync(join(run, 'voice.log'), 'short');
  const keeper = new LogKeeper({
    ...{ asterisk: join(folder, 'log'), run, log: silentLog, clock: systemClock() },
    ari: { up: false, rotateLog: () => Promise.reject(new Error('away')) },
  });
  await keeper.look();
  t.equal(statSync(join(run, 'vad.log')).size, 0);
  t.equal(statSync(join(run, 'vad.log.0')).size, MOST_BYTES + 1);
  t.equal(readFileSync(join(run, 'voice.log'), 'utf8'), 'short');
  appendFileSync(join(run, 'vad.log'), 'on');
  t.equal(readFileSync(join(run, 'vad.log'), 'utf8'), 'on');
  await keeper.stop();
});
