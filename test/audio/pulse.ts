import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesOfPcm, pcmFromBytes, type Pcm } from '../../agent/audio/frame.js';

const FORMAT = ['--raw', '--rate=16000', '--channels=1', '--format=s16le'];

/** Why there is no sound system to test with, or false. scripts/test installs what it needs. */
export const lackingSound: string | false = ['pulseaudio', 'pactl', 'paplay', 'parec', 'sox'].every(
  (program) => spawnSync('which', [program]).status === 0,
)
  ? false
  : 'no pulseaudio or no sox here; scripts/test installs them';

/**
 * A PulseAudio of a test's own with two sinks that lead nowhere: what is played into `caller` is what
 * the microphone hears; what the receptionist says goes to `office`.
 */
export class Sound {
  readonly env: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #server: ChildProcess;
  readonly #ear: { child: ChildProcess; chunks: Buffer[] }[] = [];

  private constructor(folder: string, env: NodeJS.ProcessEnv, server: ChildProcess) {
    this.env = env;
    this.#folder = folder;
    this.#server = server;
  }

  static async open(): Promise<Sound> {
    const folder = mkdtempSync(join(tmpdir(), 'vs-'));
    const socket = join(folder, 'native');
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      HOME: folder,
      XDG_RUNTIME_DIR: folder,
      PULSE_SERVER: `unix:${socket}`,
    };
    const sink = (name: string): string[] => [
      '-L',
      `module-null-sink sink_name=${name} rate=16000 channels=1`,
    ];
    const server = spawn(
      'pulseaudio',
      [
        ...['-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no'],
        ...['-L', `module-native-protocol-unix socket=${socket} auth-anonymous=1`],
        ...[...sink('office'), ...sink('caller')],
      ],
      { env, stdio: 'ignore' },
    );
    const sound = new Sound(folder, env, server);
    for (let tries = 0; sound.#pactl('info') !== 0; tries += 1) {
      if (tries > 100 || server.exitCode !== null) throw new Error('pulseaudio does not start');
      await sleep(50);
    }
    sound.#pactl('set-default-sink', 'office');
    sound.#pactl('set-default-source', 'caller.monitor');
    return sound;
  }

  /** Speaks into the microphone; resolves when it was said. */
  async say(pcm: Pcm): Promise<void> {
    const child = spawn('paplay', ['--device=caller', '--latency-msec=60', ...FORMAT], {
      env: this.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.stdin.end(bytesOfPcm(pcm));
    await new Promise((resolve) => child.once('close', resolve));
  }

  /** Begins to listen to what comes out of the loudspeaker; the returned function ends it. */
  listen(): () => Promise<Pcm> {
    const child = spawn('parec', ['--device=office.monitor', '--latency-msec=60', ...FORMAT], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const ear = { child, chunks: [] as Buffer[] };
    this.#ear.push(ear);
    child.stdout.on('data', (bytes: Buffer) => ear.chunks.push(bytes));
    return async () => {
      await ended(child);
      return pcmFromBytes(Buffer.concat(ear.chunks));
    };
  }

  /** How many programs record or play at this moment. */
  streams(): number {
    const list = (what: string): number =>
      spawnSync('pactl', ['list', 'short', what], { env: this.env, encoding: 'utf8' })
        .stdout.split('\n')
        .filter((line) => line !== '').length;
    return list('source-outputs') + list('sink-inputs');
  }

  #pactl(...args: string[]): number | null {
    return spawnSync('pactl', args, { env: this.env, stdio: 'ignore' }).status;
  }

  async close(): Promise<void> {
    for (const { child } of this.#ear) await ended(child);
    await ended(this.#server);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}
