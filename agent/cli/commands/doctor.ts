import { Command } from 'commander';
import type { Finding } from '../../finding.js';
import type { DoctorReport, Examine } from '../doctor-report.js';
import { EXIT, print, printJson } from '../output.js';

export const doctorCommand = (examine: Examine, finish: (code: number) => void): Command =>
  new Command('doctor')
    .description('examine this installation: what is wrong, why it matters, how to mend it')
    .option('--fix', 'mend what can be mended without risk: permissions of data and keys')
    .option('--offline', 'ask nothing of Vestibule while it runs; read the store beside it')
    .option(
      '--quick',
      'leave out what takes seconds: how many calls it carries, how quick the disk is',
    )
    .option('--json', 'print one line of JSON')
    .addHelpText('after', '\nExit code 0: no fault (there may be warnings). 1: a fault was found.')
    .action(async (options: { fix?: true; offline?: true; quick?: true; json?: true }) => {
      const report = await examine({
        fix: options.fix === true,
        offline: options.offline === true,
        quick: options.quick === true,
      });
      if (options.json === true) printJson(report);
      else show(report);
      if (report.findings.some(({ status }) => status === 'fail')) finish(EXIT.faultFound);
    });

const MARKS: Readonly<Record<Finding['status'], string>> = {
  ok: 'ok     ',
  warn: 'WARN   ',
  fail: 'FAULT  ',
  skipped: '–      ',
};

function show({ findings, fixed }: DoctorReport): void {
  const width = Math.max(...findings.map(({ id }) => id.length));
  for (const { id, status, title, finding } of findings) {
    print(`${MARKS[status]} ${id.padEnd(width)}  ${title}: ${finding}`);
  }
  for (const line of fixed) print(`mended  ${line}`);
  const open = findings.filter(({ status }) => status === 'fail' || status === 'warn');
  for (const { id, why, mend } of open) print(`\n${id}: ${why}.\n  → ${mend}.`);
  const count = (status: Finding['status']): number =>
    findings.filter((one) => one.status === status).length;
  print(
    `\n${String(findings.length)} checks: ${many(count('fail'), 'fault')}, ${many(count('warn'), 'warning')}`,
  );
}

const many = (count: number, what: string): string =>
  `${String(count)} ${what}${count === 1 ? '' : 's'}`;
