import { cpus } from 'node:os';
import { ROUNDS_OF_REFERENCE, callsOf, freeRounds } from '../../agent/house/doctor/headroom.js';

// What `vestibule doctor` measures in two seconds, and what one core of this machine does in a second of
// its own: the latter does not depend on what else runs.

const before = process.cpuUsage();
const free = await freeRounds();
const { user, system } = process.cpuUsage(before);
const cores = cpus().length;
const ofACore = (free * 2) / ((user + system) / 1e6);
process.stdout.write(
  [
    `${cpus()[0]?.model ?? 'a processor'}, ${String(cores)} cores`,
    `one core: ${ofACore.toFixed(0)} rounds a second (reference ${String(ROUNDS_OF_REFERENCE)})`,
    `left for us: ${free.toFixed(0)} rounds a second, about ${String(callsOf(free))} calls`,
    '',
  ].join('\n'),
);
