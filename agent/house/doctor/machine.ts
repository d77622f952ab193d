import { statSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, skipped, warn, type Check } from './check.js';

const GB = 1e9;
const gb = (bytes: number): string => `${(bytes / GB).toFixed(1)} GB`;

const node: Check = {
  id: 'node.version',
  title: 'Node.js',
  why: 'older versions lack what the daemon needs, and newer ones are not tried',
  needs: 'nothing',
  run({ machine }) {
    const [major = 0, minor = 0] = machine.nodeVersion.split('.').map(Number);
    const found = `version ${machine.nodeVersion}`;
    if (major < 20 || (major === 20 && minor < 19)) {
      return fail(found, 'Install Node.js 20.19 or newer');
    }
    return major > 24 ? warn(found, 'Install a version from 20.19 to 24') : ok(found);
  },
};

const disk: Check = {
  id: 'disk.space',
  title: 'disk space',
  why: 'a full disk ends recordings and loses messages',
  needs: 'nothing',
  async run({ machine, paths }) {
    const free = await machine.diskFree(paths.home);
    const found = `${gb(free)} free for ${paths.home}`;
    const mend = 'Free space, or move the data folder (VESTIBULE_HOME) to a larger disk';
    if (free < GB) return fail(found, mend);
    // A recording takes 230 MB an hour.
    return free < 5 * GB
      ? warn(`${found}, about ${String(Math.floor(free / 0.23e9))} h`, mend)
      : ok(found);
  },
};

/** Beyond these a commit is waited for by whoever calls. */
const SLOW_MS = 40;
const TOO_SLOW_MS = 250;

const diskSpeed: Check = {
  id: 'disk.speed',
  title: 'how quick the disk is',
  why: 'a message is on the disk before its caller is told that it was kept',
  needs: 'nothing',
  async run({ machine, paths, quick }) {
    if (quick) return skipped('not measured with --quick');
    const ms = await machine.syncMs(paths.home);
    const found = `a small write is safe after ${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
    const mend =
      'Move the data folder (VESTIBULE_HOME) to an SSD of this machine, not a network drive';
    if (ms > TOO_SLOW_MS) return fail(found, mend);
    return ms > SLOW_MS ? warn(found, mend) : ok(found);
  },
};

const memory: Check = {
  id: 'machine.memory',
  title: 'memory',
  why: 'models and calls that are swapped out answer seconds late',
  needs: 'nothing',
  run({ machine, running }) {
    const found = `${gb(machine.memoryAvailable)} available`;
    // What runs already has its share.
    const needed = running.size > 0 ? 0.3 * GB : 1.2 * GB;
    const mend = 'Give the machine more memory, or end other programs on it';
    if (machine.memoryAvailable < needed / 2) return fail(found, mend);
    return machine.memoryAvailable < needed ? warn(found, mend) : ok(found);
  },
};

const cpu: Check = {
  id: 'machine.cpu',
  title: 'processors',
  why: 'a busy processor makes callers wait for every answer',
  needs: 'nothing',
  run({ machine }) {
    const found = `${String(machine.cpus)}, load ${machine.load.toFixed(1)}`;
    if (machine.cpus < 2) {
      return warn(found, 'Give the machine a second processor: one carries a few calls at most');
    }
    return machine.load > machine.cpus * 2
      ? warn(found, 'Find what keeps the processors busy (top), and move it elsewhere')
      : ok(found);
  },
};

/** A clock this far behind our own files was never set. */
const BEHIND_MS = 86_400_000;

const time: Check = {
  id: 'clock.plausible',
  title: 'system clock',
  why: 'opening hours, holidays and every stored time depend on it',
  needs: 'nothing',
  run({ clock, paths }) {
    const built = statSync(join(paths.root, 'package.json')).mtimeMs;
    const now = clock.now();
    const found = new Date(now).toISOString();
    return now < built - BEHIND_MS
      ? fail(
          `${found}, which is before this program was installed`,
          'Set the clock and let it be kept: sudo timedatectl set-ntp true',
        )
      : ok(found);
  },
};

const kept: Check = {
  id: 'clock.kept',
  title: 'the clock is kept right',
  why: 'a clock that nobody sets drifts by minutes in a month, and deadlines and opening hours with it',
  needs: 'nothing',
  async run({ machine }) {
    switch (await machine.clockKept()) {
      case true:
        return ok('by time servers');
      case false:
        return warn('no time server is reached', 'Turn it on: sudo timedatectl set-ntp true');
      case undefined:
        return skipped('this system does not tell; in a container its host keeps the clock');
    }
  },
};

const zone: Check = {
  id: 'clock.zone',
  title: 'time zone of the office',
  why: 'in a wrong zone, or without rules for summer time, the office is open at the wrong hours',
  needs: 'configuration',
  run({ settings, clock, env }) {
    const { timeZone, country } = settings.understanding;
    const now = new Date(clock.now());
    const shown = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'short',
    }).format(now);
    const found = `${timeZone}, where it is ${shown}`;
    const offset = (at: string): string =>
      new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit' }).format(
        new Date(at),
      );
    if (offset('2026-01-15T12:00:00Z') === offset('2026-07-15T12:00:00Z')) {
      return fail(
        'this Node.js has no data about time zones',
        `Install Node.js with full ICU, or unset NODE_ICU_DATA${env.NODE_ICU_DATA === undefined ? '' : ` (${env.NODE_ICU_DATA})`}`,
      );
    }
    const region = REGIONS[country];
    return region !== undefined && !region.test(timeZone)
      ? warn(
          `${found}, for an office in ${country}`,
          'Set understanding.timeZone to the zone of the office, such as Europe/London',
        )
      : ok(found);
  },
};

/** Zones that offices of a country are in, for the countries that there are settings for. */
const REGIONS: Readonly<Record<string, RegExp>> = {
  gb: /^Europe\/|^GB/u,
  de: /^Europe\//u,
  us: /^(?:America|Pacific|US)\//u,
  kr: /^(?:Asia\/Seoul|ROK)$/u,
};

export const machineChecks: readonly Check[] = [
  node,
  disk,
  diskSpeed,
  memory,
  cpu,
  time,
  kept,
  zone,
];
