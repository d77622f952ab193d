import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

// Sums products as recognition does, for a while, with what nobody else wants of a core.

const { ms } = workerData as { readonly ms: number };
const LENGTH = 4_096;
/** What a round is: so many products. */
const ROUNDS = 16;

const signal = Float32Array.from({ length: LENGTH }, (_, at) => Math.sin(at));
const weights = Float32Array.from({ length: LENGTH }, (_, at) => Math.cos(at));
try {
  // On Linux this is the thread's own: calls that run are not slowed down (setpriority(2), notes).
  setPriority(19);
} catch {
  // Not permitted: two seconds that count like any others.
}
const until = performance.now() + ms;
let rounds = 0;
let sum = 0;
while (performance.now() < until) {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let at = 0; at < LENGTH; at += 1) sum += (signal[at] ?? 0) * (weights[at] ?? 0);
  }
  rounds += 1;
}
parentPort?.postMessage({ rounds, sum });
