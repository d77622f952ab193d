import { Command, InvalidArgumentError } from 'commander';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';

interface Options {
  readonly json?: true;
  readonly sip?: { readonly host: string; readonly port: number };
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

function endpoint(text: string): Options['sip'] {
  const [host = '', port = '5060'] = text.split(':');
  const number = Number(port);
  if (host === '' || !Number.isInteger(number) || number < 1 || number > 65_535) {
    throw new InvalidArgumentError('write a host and a port, such as 127.0.0.1:5060.');
  }
  return { host, port: number };
}
