import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { pathsOf } from '../../agent/config/paths.js';
import { createHouse } from '../../agent/house.js';
import { silentLog } from '../../agent/log.js';
import { flite } from '../../agent/reception/rehearse/synthesise.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { Sound, lackingSound } from '../audio/pulse.js';
import { argumentsOf, guideBlock } from '../guide.js';
import { keepPrompts, lendKept } from './kept.js';
import { lacking } from './office.js';

const clock = systemClock();
const why = lackingSound === false ? lacking : lackingSound;

/** A program whose lines are waited for. */
class Program {
  readonly child: ChildProcess;
  said = '';

  constructor(args: readonly string[], env: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [join(checkoutRoot, 'build/agent/main.js'), ...args], {
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (bytes: Buffer) => {
        this.said += bytes.toString('utf8');
      });
    }
  }

  async until(pattern: RegExp, withinMs = 90_000): Promise<void> {
    const end = performance.now() + withinMs;
    while (!pattern.test(this.said)) {
      if (performance.now() > end || this.child.exitCode !== null) {
        throw new Error(`${String(pattern)} did not come:\n${this.said}`);
      }
      await clock.sleep(50);
    }
  }

  /** Its exit code, once it has ended. */
  async ended(): Promise<number | null> {
    while (this.child.exitCode === null && this.child.signalCode === null) await clock.sleep(20);
    return this.child.exitCode;
  }
}

void t.test(
  'a talk at the desk: heard, answered, kept',
  { skip: why, timeout: 240_000 },
  async (t) => {
    const home = join(t.testdir({ home: {} }), 'home');
    const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
    writeFileSync(join(home, 'vestibule.yaml'), example);
    lendKept(home);
    const sound = await Sound.open();
    t.teardown(() => sound.close());
    // A Tuesday morning.
    const env = { ...sound.env, VESTIBULE_HOME: home, VESTIBULE_NOW: '2026-11-24T10:00:00Z' };
    const house = createHouse(pathsOf(env), env, clock, silentLog);
    await house.train(false);
    const heard = sound.listen();
    // As the guide has it typed, and nobody takes a transfer.
    const [line = ''] = guideBlock('desk.md', 'vestibule talk');
    const program = new Program([...argumentsOf(line), '--transfers', 'no-answer'], env);
    t.teardown(() => program.child.kill('SIGKILL'));

    await program.until(/vestibule: .*How can I help you\?/u);
    await sound.say(await flite('What are your opening hours?', 'slt'));
    await program.until(/caller: .*opening hours/iu, 20_000);
    await program.until(/vestibule: .*Monday to Friday/u, 30_000);
    t.pass('the question was heard and answered');

    program.child.stdin?.write('0');
    await program.until(/does: transfer reception/u, 20_000);
    await program.until(/the transfer ends: no-answer/u, 20_000);
    await program.until(/vestibule: .*nobody could be reached/u, 30_000);
    t.pass('a key is a key, and the line is opened again after the transfer');

    program.child.kill('SIGINT');
    t.equal(await program.ended(), 0, program.said);
    keepPrompts(home);
    const call = /kept as call (\S+)/u.exec(program.said)?.[1] ?? '';
    t.match(call, /^[0-9a-f-]{36}$/u);
    const pcm = await heard();
    t.equal(sound.streams(), 0, 'recorder and player are gone');

    const stored = await house.rooms((rooms) => rooms.ask('calls.show', { id: call }));
    t.match(stored.utterances.map(({ party }) => party).join(' '), /agent caller agent/u);
    t.equal(stored.consent?.basis, 'announcement');
    t.ok((stored.recording?.seconds ?? 0) > 10, 'recorded as any call');
    t.ok(stored.decisions.some(({ reason }) => reason.includes('hours')));

    const text = await house.speech(['recogniser'], async ({ recogniser }) => {
      const texts: string[] = [];
      // Twelve seconds at a time, three of them again: no cut is in the middle of a word both times.
      for (let at = 0; at < pcm.length; at += 16_000 * 9) {
        const utterance = recogniser.listen({ language: 'en' });
        utterance.push(pcm.subarray(at, at + 16_000 * 12));
        texts.push((await utterance.finish()).text);
      }
      return texts.join(' ');
    });
    t.match(text, /riverside family clinic/iu, 'the greeting came out of the loudspeaker');
    // What loudspeaker and recogniser make of it varies in a word or two.
    t.match(
      text,
      /monday\W+\w+\W+friday[^]*thirty[^]*closed on saturday/iu,
      'and so did the answer',
    );
  },
);

void t.test(
  'nothing is kept of a talk that is not to be',
  { skip: why, timeout: 120_000 },
  async (t) => {
    const home = join(t.testdir({ home: {} }), 'home');
    const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
    writeFileSync(join(home, 'vestibule.yaml'), example);
    lendKept(home);
    const sound = await Sound.open();
    t.teardown(() => sound.close());
    const env = { ...sound.env, VESTIBULE_HOME: home };
    const program = new Program(
      ['talk', '--no-record', '--recorder', 'arecord', '--player', 'play'],
      env,
    );
    t.teardown(() => program.child.kill('SIGKILL'));
    await program.until(/vestibule: /u);
    t.notMatch(program.said, /recorded/u, 'nobody is told of a recording');
    program.child.kill('SIGINT');
    t.equal(await program.ended(), 0, program.said);
    t.match(program.said, /nothing was kept/u);
    t.strictSame(
      await createHouse(pathsOf(env), env, clock, silentLog).rooms((rooms) =>
        rooms.ask('calls.list', { limit: 5 }),
      ),
      [],
    );
  },
);
