import { readPlan } from './plan.js';
import { Supervisor } from './supervisor.js';

// The parent of everything: node main.js PLAN.json. Prints `ready` once calls are answered.

async function main(): Promise<number> {
  const path = process.argv[2];
  if (path === undefined) throw new Error('usage: main.js PLAN.json');
  const supervisor = new Supervisor(readPlan(path), {
    ready: () => process.stdout.write('ready\n'),
    say: (line) => process.stderr.write(`supervisor: ${line}\n`),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void supervisor.end(0));
  }
  await supervisor.start();
  return supervisor.over;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`supervisor: ${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = 1;
}
