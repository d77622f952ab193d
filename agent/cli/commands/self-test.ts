import { Command } from 'commander';
import { endpoint } from '../endpoint.js';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';

interface Options {
  readonly json?: true;
  readonly sip?: ReturnType<typeof endpoint>;
}

export const selfTestCommand = (house: () => House, finish: (code: number) => void): Command =>
  new Command('self-test')
    .description(
      'call the receptionist that runs here over its real line, ask for the hours, take leave, and ' +
        'look for the call in the store; exit code 1 raises the alarm',
    )
    .option('--sip <host:port>', 'where to call instead of the configured address', endpoint)
    .option('--json', 'print one line of JSON')
    .action(async ({ json, sip }: Options) => {
      const report = await house().selfTest(sip);
      if (!report.passed) finish(EXIT.faultFound);
      if (json === true) {
        printJson(report);
        return;
      }
      const took = `${report.seconds.toFixed(1)} s`;
      print(report.passed ? `self-test passed (${took})` : `self-test FAILED (${took})`);
      for (const fault of report.faults) print(`  ${fault}`);
    });
