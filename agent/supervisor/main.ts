import { keepOutOfCoreDumps } from './core-dumps.js';
import { readPlan } from './plan.js';
import { Supervisor } from './supervisor.js';

// The parent of everything: node main.js PLAN.json. Prints `ready` once calls are answered.

const say = (line: string): void => {
  process.stderr.write(`supervisor: ${line}\n`);
};
const lineOf = (error: unknown): string => (error instanceof Error ? error.message : 'failed');

async function main(): Promise<number> {
  const path = process.argv[2];
  if (path === undefined) throw new Error('usage: main.js PLAN.json');
  // Whoever read what we say may be gone; callers are still to be looked after.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const supervisor = new Supervisor(readPlan(path), {
    ready: () => process.stdout.write('ready\n'),
    say,
  });
  // SIGHUP too: a closed terminal must not leave the others behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void supervisor.end(0));
  }
  process.on('uncaughtException', (error) => {
    say(lineOf(error));
    void supervisor.end(1);
  });
  await supervisor.start();
  return supervisor.over;
}

keepOutOfCoreDumps();
try {
  process.exitCode = await main();
} catch (error) {
  say(lineOf(error));
  process.exitCode = 1;
}
