import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Debian's baresip, a real telephone in software; scripts/test installs it. */
export const PROGRAM = '/usr/bin/baresip';
export const MODULES = '/usr/lib/baresip/modules';

/** Why baresip cannot call here, or false. */
export const noBaresip: string | false = existsSync(PROGRAM)
  ? false
  : 'no baresip here; scripts/test installs it (Debian package baresip-core)';

export interface BaresipCall {
  /** A folder, its path short: baresip keeps its configuration and its recordings there. */
  readonly folder: string;
  readonly server: { readonly host: string; readonly port: number };
  /** User part of whom it calls, and its own. */
  readonly to: string;
  readonly from: string;
  /** What it offers, best first, as it calls them: opus/48000/2, G722/16000/1, PCMU/8000/1. */
  readonly codecs: readonly string[];
  /** A mono WAV file of 48 kHz that it says from the answer on. */
  readonly says: string;
  /** Ports of its media; any without. */
  readonly rtp?: { readonly from: number; readonly to: number };
  /** How it insists on encrypting what is said; SIP goes by TLS then. */
  readonly encryption?: 'srtp-mand' | 'dtls_srtp';
  /** It hangs up after this at the latest. */
  readonly seconds: number;
  /** It hangs up as soon as this is true. */
  readonly until?: () => boolean;
}

export interface BaresipOutcome {
  /** What it said of the call. */
  readonly log: string;
  /** Codecs that it has set up for both directions, such as `opus`. */
  readonly codecs: readonly string[];
  /** WAV file of what it heard; undefined if it heard nothing. */
  readonly heard: string | undefined;
}

/** Lets baresip place one call, without a window and without a sound card. */
export async function baresipCalls(call: BaresipCall): Promise<BaresipOutcome> {
  const { folder, server } = call;
  const recordings = join(folder, 'recordings');
  await mkdir(recordings, { recursive: true });
  const uri = `sip:${call.from}@127.0.0.1`;
  const transport = call.encryption === undefined ? '' : ';transport=tls';
  const dialled = `sip:${call.to}@${server.host}:${String(server.port)}${transport}`;
  const lines = {
    config: [
      `module_path ${MODULES}`,
      ...['aufile', 'sndfile', 'opus', 'g722', 'g711'].map((name) => `module ${name}.so`),
      ...(call.encryption === undefined ? [] : ['module srtp.so', 'module dtls_srtp.so']),
      ...['account', 'contact', 'menu'].map((name) => `module_app ${name}.so`),
      'sip_listen 127.0.0.1:0',
      'net_interface 127.0.0.1',
      ...(call.rtp === undefined
        ? []
        : [`rtp_ports ${String(call.rtp.from)}-${String(call.rtp.to)}`]),
      `audio_source aufile,${call.says}`,
      'audio_player aufile,nil',
      'ausrc_srate 48000',
      'ausrc_channels 1',
      `snd_path ${recordings}`,
      'call_max_calls 1',
      '',
    ],
    accounts: [
      `<${uri}${transport}>;regint=0;audio_codecs=${call.codecs.join(',')}` +
        (call.encryption === undefined ? '' : `;mediaenc=${call.encryption}`),
      '',
    ],
    contacts: [''],
  };
  for (const [name, content] of Object.entries(lines)) {
    await writeFile(join(folder, name), content.join('\n'));
  }
  const child = spawn(
    PROGRAM,
    ['-f', folder, '-t', String(call.seconds), '-e', `/dial ${dialled}`],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: folder } },
  );
  let log = '';
  const hear = (part: Buffer): void => {
    log += part.toString('utf8');
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const watch = setInterval(() => {
    if (call.until?.() === true) child.kill('SIGINT');
  }, 200);
  await ended;
  clearInterval(watch);
  const files = await readdir(recordings);
  const heard = files.find((name) => name.endsWith('-dec.wav'));
  return {
    log,
    codecs: [...log.matchAll(/audio: Set audio (?:de|en)coder: (\S+)/gu)].map(
      ([, name = '']) => name,
    ),
    heard: heard === undefined ? undefined : join(recordings, heard),
  };
}
