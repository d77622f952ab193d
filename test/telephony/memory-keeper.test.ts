import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import type { AriEvents } from '../../agent/telephony/ari-connection.js';
import { askCommandLine } from '../../agent/telephony/command-line.js';
import { MemoryKeeper } from '../../agent/telephony/memory-keeper.js';
import { collectGarbage, trimMemory } from '../../agent/wire/own-memory.js';
import { FakeClock } from './fake-clock.js';
import { BootedPbx, lacking } from './pbx/booted.js';

void t.test('memory is given back once after calls, and never while one runs', async (t) => {
  const clock = new FakeClock();
  const events = new Events<AriEvents>(silentLog);
  const asked: string[] = [];
  const own: string[] = [];
  let calls = 0;
  const keeper = new MemoryKeeper({
    ari: { events },
    idle: () => calls === 0,
    ask: (command) => {
      asked.push(command);
      return asked.length === 1 ? Promise.reject(new Error('it is starting')) : Promise.resolve('');
    },
    collect: () => {
      own.push('collect');
      return Promise.resolve();
    },
    trim: () => {
      own.push('trim');
      return Promise.resolve();
    },
    ...{ clock, log: silentLog },
  });
  await keeper.start();
  /** As long as it takes, ten seconds at a time. */
  const pass = async (seconds: number): Promise<void> => {
    for (let at = 0; at < seconds; at += 10) {
      clock.advance(10_000);
      await new Promise(setImmediate);
    }
  };
  const call = (): void => {
    events.emit('stasis-start', { channel: { id: 'one' } as never, args: [] });
  };
  await pass(60);
  t.strictSame(asked, [], 'nobody has called yet');
  call();
  calls = 1;
  await pass(60);
  t.strictSame(asked, [], 'somebody talks');
  calls = 0;
  await pass(10);
  t.strictSame(asked, [], 'perhaps the next one calls at once');
  // Too short to be seen by looking.
  call();
  await pass(10);
  t.strictSame(asked, []);
  await pass(10);
  t.strictSame(own, ['collect'], 'what our garbage held is freed meanwhile');
  await pass(10);
  t.strictSame(own, ['collect', 'trim'], 'our own, too');
  t.strictSame(asked, ['malloc trim']);
  await pass(60);
  const twice = ['malloc trim', 'malloc trim'];
  t.strictSame(asked, twice, 'once more, when SIP holds nothing of the call any longer');
  t.strictSame(own, ['collect', 'trim', 'collect', 'trim']);
  call();
  await pass(30);
  call();
  await pass(10);
  t.equal(asked.length, 3, 'after the next call, whatever became of the last request');
  await pass(60);
  t.equal(asked.length, 5, 'twice after the last one');
  await keeper.stop();
  t.equal(clock.waiting, 0, 'no timer is left');
  t.equal(events.size, 0, 'nor a listener');
});

void t.test('what lies free in pieces in our own heaps is given back', async (t) => {
  const PIECES = 100_000;
  const held = (): number => {
    let pieces = Array.from({ length: PIECES }, () => Buffer.allocUnsafeSlow(700));
    const most = process.memoryUsage.rss();
    // One of fifty stays, as what a call leaves to be kept lies between what it has freed.
    pieces = pieces.filter((_, at) => at % 50 === 0);
    kept.push(...pieces);
    return most;
  };
  const kept: Buffer[] = [];
  setFlagsFromString('--expose-gc');
  // As --expose-gc has it from the start.
  globalThis.gc = runInNewContext('gc') as NodeJS.GCFunction;
  const before = process.memoryUsage.rss();
  const taken = held() - before;
  t.ok(taken > PIECES * 700, 'as much as was asked for');
  collectGarbage();
  // Another thread frees them.
  while (process.memoryUsage().arrayBuffers > (PIECES * 700) / 10) await sleep(20);
  await trimMemory();
  const left = process.memoryUsage.rss() - before;
  t.ok(left < taken / 2, `${String(left)} bytes of ${String(taken)} are left`);
  t.equal(kept.length, PIECES / 50);
});

void t.test('a real Asterisk knows the command', { skip: lacking }, async (t) => {
  const pbx = await BootedPbx.boot(t);
  const said = await askCommandLine(join(pbx.state, 'run/asterisk.ctl'), 'malloc trim');
  t.match(said, /memory to the OS|no additional memory/iu);
});
