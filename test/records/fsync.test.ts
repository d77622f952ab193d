import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { ReadingRoom } from '../../agent/privacy/reading-room.js';
import { storeOf, temporaryHome } from './store.js';

const skip =
  spawnSync('strace', ['-qq', 'true']).status === 0 ? false : 'no strace here, or it may not trace';
const CALL = 'one';
/** So many syncs of a thread succeed; from then on the kernel answers EIO to each. */
const SYNCS = 120;

await t.test(
  'fsync fails in the kernel: nothing is told stored that a next life does not find',
  { skip, timeout: 120_000 },
  async (t) => {
    const home = temporaryHome(t);
    const child = fileURLToPath(new URL('./fsync-child.js', import.meta.url));
    const { status, stdout, stderr } = spawnSync(
      'strace',
      [
        ...['-f', '-qq', '--seccomp-bpf', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync'],
        ...['-e', `inject=fsync,fdatasync:error=EIO:when=${String(SYNCS)}+`],
        ...[process.execPath, child, home, CALL],
      ],
      { encoding: 'utf8' },
    );
    t.equal(status, 0, stderr.slice(-2_000));
    const lines = stdout.trim().split('\n');
    const numbers = (what: string): readonly number[] =>
      lines.filter((line) => line.startsWith(`${what} `)).map((line) => Number(line.split(' ')[1]));
    const [said, messages] = [numbers('said'), numbers('message')];
    const refused = lines.filter((line) => line.startsWith('refused ')).length;
    t.ok(said.length > 0, 'it was filled before');
    t.ok(refused > 0, 'and refused after');
    const store = storeOf(home);
    await store.start();
    t.teardown(() => store.stop());
    const shown = await new ReadingRoom(store, systemClock()).showCall(CALL, 'test');
    const there = new Set(shown.utterances.map(({ text }) => Number(text)));
    const missing = said.filter((number) => !there.has(number));
    for (const number of messages) {
      const found = await store.reading.messages.find(`${CALL}-${String(number + 1)}`);
      if (Number(found?.body?.reason?.value) !== number) missing.push(number);
    }
    t.strictSame(missing, [], 'what was told stored is there');
    t.comment(
      `fsync answers EIO: ${String(missing.length)} false "saved" of ${String(said.length + messages.length)}, ` +
        `${String(refused)} refused`,
    );
  },
);
