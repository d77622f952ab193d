import { createSocket } from 'node:dgram';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { oneLine } from '../../errors.js';
import { listensOf, type Listens } from '../../telephony/pbx/listens.js';
import { asteriskTree } from '../../telephony/pbx/program.js';
import { versionOf } from './asterisk-version.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

const WITHIN_MS = 5_000;
const INSTALL = 'Run scripts/install-asterisk';

const installed: Check = {
  id: 'asterisk.version',
  title: 'Asterisk',
  why: 'older versions lose audio, or lack the media channel that calls are heard through',
  needs: 'nothing',
  async run({ asterisk }) {
    let said: string | undefined;
    try {
      said = await versionOf(asterisk);
    } catch (error) {
      return fail(oneLine(error).slice(0, 200), INSTALL);
    }
    if (said === undefined) return fail('it does not tell its version', INSTALL);
    const [major = 0, minor = 0, patch = 0] = said.split('.').map(Number);
    const found = `version ${said}`;
    if (major < 22 || (major === 22 && minor < 6)) return fail(found, `${INSTALL} for 22.10.1`);
    const early = major === 22 && (minor < 10 || (minor === 10 && patch < 1));
    return early ? warn(`${found}, tried is 22.10.1`, `${INSTALL} for 22.10.1`) : ok(found);
  },
};

const modules: Check = {
  id: 'asterisk.modules',
  title: 'Asterisk’s modules',
  why: 'what a call needs and Asterisk does not find is missed only when somebody calls',
  needs: 'nothing',
  run({ asterisk, paths }) {
    if (!existsSync(join(asterisk, 'usr/sbin/asterisk'))) return skipped('no Asterisk');
    const tree = asteriskTree(asterisk);
    const template = readFileSync(join(paths.root, 'asterisk-config', 'modules.conf'), 'utf8');
    const wanted = [...template.matchAll(/^(?:pre)?load = (\S+\.so)$/gmu)].map(
      ([, name = '']) => name,
    );
    const missing = wanted.filter((name) => !existsSync(join(tree.modules, name)));
    return missing.length > 0
      ? fail(`missing: ${missing.join(', ')}`, INSTALL)
      : ok(`all ${String(wanted.length)} are there`);
  },
};

const ari: Check = {
  id: 'asterisk.ari',
  title: 'Asterisk answers',
  why: 'without ARI no call reaches the receptionist',
  needs: 'configuration',
  async run({ settings, paths, running }) {
    if (!running.has('asterisk')) return skipped('Asterisk does not run');
    const { port, user } = settings.pbx.ari;
    const mend = 'Look into run/asterisk.log of the data folder, and start again';
    try {
      const password = readFileSync(join(paths.asterisk, 'ari-password'), 'utf8');
      const response = await fetch(`http://127.0.0.1:${String(port)}/ari/asterisk/info`, {
        headers: {
          authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        },
        signal: AbortSignal.timeout(WITHIN_MS),
      });
      if (response.ok) return ok(`on port ${String(port)}`);
      return fail(`status ${String(response.status)} on port ${String(port)}`, mend);
    } catch (error) {
      return fail(`no answer on port ${String(port)}: ${oneLine(error)}`, mend);
    }
  },
};

const ports: Check = {
  id: 'ports.free',
  title: 'ports of SIP and ARI',
  why: 'Asterisk starts without a port that another program has, and callers find nobody',
  needs: 'configuration',
  async run({ settings, running }) {
    const wanted = listensOf(settings.pbx);
    const names = wanted.map(({ protocol, port }) => `${String(port)}/${protocol}`).join(', ');
    if (running.has('asterisk')) return ok(`${names}: ours`);
    const faults = await Promise.all(wanted.map(bindFault));
    const [at] = faults.flatMap((fault, index) => (fault === undefined ? [] : [index]));
    if (at === undefined) return ok(`${names}: free`);
    const { host, port, protocol } = wanted[at] ?? { host: '', port: 0, protocol: '' };
    const place = `${host}:${String(port)} ${protocol}`;
    return faults[at] === 'EADDRNOTAVAIL'
      ? fail(
          `${host} is no address of this machine`,
          'Set pbx.sip.bind to one that is (ip address)',
        )
      : fail(
          `${place}: ${faults[at] === 'EACCES' ? 'not allowed' : 'another program has it'}`,
          'End that program (ss -lnp shows it), or set pbx.sip.port or pbx.ari.port to another port',
        );
  },
};

/** The code of the error that binding gives, or undefined when it is free. */
function bindFault({ protocol, host, port }: Listens): Promise<string | undefined> {
  return new Promise((resolve) => {
    const told = (error: NodeJS.ErrnoException): void => {
      resolve(error.code ?? 'EADDRINUSE');
    };
    if (protocol === 'udp') {
      const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
      socket.once('error', (error) => {
        socket.close();
        told(error);
      });
      socket.bind({ address: host, port, exclusive: true }, () => {
        socket.close(() => {
          resolve(undefined);
        });
      });
      return;
    }
    const server = createServer();
    server.once('error', told);
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}

/** A caller's leg takes two ports, RTP and RTCP, and so does the person's that is rung. */
const PORTS_PER_CALL = 4;

const rtp: Check = {
  id: 'ports.rtp',
  title: 'ports of RTP',
  why: 'a call without a port of its own is silent',
  needs: 'configuration',
  run({ settings, running }) {
    const { pbx, reception } = settings;
    const { from, to } = pbx.rtp;
    const found = `${String(from)}-${String(to)}`;
    const range = 'Set pbx.rtp.from and pbx.rtp.to to another range';
    const inside = listensOf(pbx).find(({ port }) => port >= from && port <= to);
    if (inside !== undefined) return fail(`${found} holds port ${String(inside.port)}`, range);
    if (from < 1024) return fail(`${found} begins among the system's own ports`, range);
    const calls = Math.floor((to - from + 1) / PORTS_PER_CALL);
    if (calls < reception.mostCalls) {
      return warn(
        `${found} serves ${String(calls)} calls, and reception.mostCalls is ${String(reception.mostCalls)}`,
        `${range} of ${String(reception.mostCalls * PORTS_PER_CALL)} ports or more`,
      );
    }
    const taken = running.has('asterisk') ? 0 : takenUdpIn(from, to);
    return taken > (to - from) / 10
      ? warn(`${String(taken)} of ${found} are taken by other programs`, range)
      : ok(`${found}, for ${String(calls)} calls`);
  },
};

/** UDP ports of a range that are bound (proc(5), /proc/net/udp: local_address is hex). */
function takenUdpIn(from: number, to: number): number {
  let table: string;
  try {
    table = readFileSync('/proc/net/udp', 'latin1');
  } catch {
    // Not Linux: the ports are tried when a call needs them.
    return 0;
  }
  const bound = new Set(
    [...table.matchAll(/^\s*\d+: [0-9A-F]+:([0-9A-F]{4})/gmu)].map(([, hex = '']) =>
      Number.parseInt(hex, 16),
    ),
  );
  return [...bound].filter((port) => port >= from && port <= to).length;
}

export const telephoneChecks: readonly Check[] = [installed, modules, ari, ports, rtp];
