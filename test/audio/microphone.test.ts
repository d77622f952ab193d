import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Pcm } from '../../agent/audio/frame.js';
import { Microphone } from '../../agent/audio/microphone.js';
import { Player } from '../../agent/audio/player.js';
import { systemClock } from '../../agent/clock.js';

const clock = systemClock();
const folder = t.testdir({});

/** An environment whose PATH has only these programs, each a shell script. */
function withPrograms(scripts: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const bin = join(folder, String(Math.random()).slice(2));
  mkdirSync(bin);
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return { ...process.env, PATH: `${bin}:/usr/bin:/bin`, ONLY: bin };
}
/** The same without the machine's own programs. */
const only = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({ ...env, PATH: env.ONLY });

interface Heard {
  frames: Pcm[];
  lost: Error[];
}
function microphone(
  env: NodeJS.ProcessEnv,
  recorder?: 'sox' | 'rec' | 'arecord',
): { microphone: Microphone; heard: Heard } {
  const heard: Heard = { frames: [], lost: [] };
  const listener = {
    frame: (pcm: Pcm) => heard.frames.push(pcm),
    lost: (error: Error) => heard.lost.push(error),
  };
  return { microphone: new Microphone({ recorder }, listener, clock, env), heard };
}
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds() && tries < 400; tries += 1) await clock.sleep(10);
}

void t.test('nothing that records, or plays, is one line that says what to install', async (t) => {
  const none = only(withPrograms({}));
  for (const recorder of [undefined, 'sox', 'rec', 'arecord'] as const) {
    const { microphone: one, heard } = microphone(none, recorder);
    await t.rejects(one.start(), {
      code: 'AUDIO_NO_RECORDER',
      message: /apt-get install sox.*alsa-utils/u,
    });
    await one.stop();
    t.equal(heard.lost.length, 0, 'told once');
  }
  await t.rejects(new Player({}, () => undefined, none).check(), {
    code: 'AUDIO_NO_PLAYER',
    message: /apt-get install/u,
  });
});

void t.test('a device that is not there or busy is told by what the program said', async (t) => {
  const busy = 'arecord: main:831: audio open error: Device or resource busy';
  const env = withPrograms({
    arecord: `echo '${busy}' >&2; exit 1`,
    play: 'cat >/dev/null; echo "play FAIL formats: no default audio device configured" >&2; exit 2',
    rec: 'exit 0',
    sox: 'kill -9 $$',
  });
  for (const [recorder, message] of [
    ['arecord', /Device or resource busy.*--device/u],
    ['rec', /no sound/u],
    ['sox', /no sound/u],
  ] as const) {
    const { microphone: one, heard } = microphone(env, recorder);
    const started = one.start();
    t.equal(one.start(), started, 'may be asked twice');
    await t.rejects(started, { code: 'AUDIO_MICROPHONE', place: recorder, message });
    await one.stop();
    t.equal(heard.lost.length, 0);
  }
  await t.rejects(new Player({ player: 'play' }, () => undefined, env).check(), {
    code: 'AUDIO_PLAYER',
    message: /no default audio device.*--player/u,
  });
  const lost: Error[] = [];
  const player = new Player({ player: 'play' }, (error) => lost.push(error), env);
  player.write(new Uint8Array(640));
  await player.end();
  t.match(lost, [{ code: 'AUDIO_PLAYER' }], 'while it plays too');
});

void t.test(
  'frames come whole, the child ends with stop, and a lost one is told once',
  async (t) => {
    // 1,000 bytes at a time: no frame's length.
    const env = withPrograms({
      arecord: 'while :; do head -c 1000 /dev/zero || exit; sleep 0.01; done',
      sox: 'head -c 6400 /dev/zero; sleep 0.1; echo gone >&2; exit 3',
    });
    const { microphone: one, heard } = microphone(env, 'arecord');
    await one.start();
    await until(() => heard.frames.length > 5);
    t.ok(heard.frames.every(({ length }) => length === 320));
    await one.stop();
    await one.stop();
    const count = heard.frames.length;
    await clock.sleep(100);
    t.equal(heard.frames.length, count, 'silent after stop');
    t.equal(heard.lost.length, 0, 'an end that was asked for is no loss');

    const { microphone: other, heard: then } = microphone(env, 'sox');
    await other.start();
    await until(() => then.lost.length > 0);
    t.equal(then.frames.length, 10);
    t.match(then.lost, [{ code: 'AUDIO_MICROPHONE', message: /gone/u }]);
    await other.stop();
    t.equal(process.env.SOX_OPTS, undefined, 'our own environment is as it was');
  },
);

void t.test('silence kills the player at once, and the next sound has a new one', async (t) => {
  const env = withPrograms({ aplay: 'exec sleep 20' });
  const lost: Error[] = [];
  const player = new Player({ player: 'aplay' }, (error) => lost.push(error), env);
  player.write(new Uint8Array(640));
  player.silence();
  player.silence();
  await player.end();
  player.write(new Uint8Array(640));
  player.silence();
  await clock.sleep(100);
  t.strictSame(lost, [], 'that is no failure');
});
