import { Command, InvalidArgumentError, Option } from 'commander';
import type { AuditCheck, AuditFault, AuditHead } from '../../privacy/audit-room.js';
import type { House } from '../house.js';
import { EXIT, print, printJson } from '../output.js';
import { iso, limitOption } from './records-output.js';

const FAULTS: Readonly<Record<AuditFault, string>> = {
  changed: 'was changed, put in, or has another row’s place',
  missing: 'is gone from between others',
  'cut-off': 'and all after it are gone',
  replaced: 'belongs to another log than the one whose head was written outside the database',
  'head-gone': 'the head outside the database is gone (ledger/audit-heads.jsonl)',
  'head-damaged': 'the head outside the database is damaged (ledger/audit-heads.jsonl)',
};

const headOption = (): Option =>
  new Option('--head <row:link>', 'also compare with a head that you noted').argParser(
    (text): Pick<AuditHead, 'row' | 'link'> => {
      const found = /^(\d+):([0-9a-f]{64})$/u.exec(text);
      if (found === null) {
        throw new InvalidArgumentError('write it as `vestibule audit head` printed it.');
      }
      return { row: Number(found[1]), link: found[2] ?? '' };
    },
  );

export const auditCommand = (house: () => House, finish: (code: number) => void): Command =>
  new Command('audit')
    .description('who read or changed what, when and why; for auditors (role privacy or owner)')
    .addCommand(
      new Command('verify')
        .description('find rows that were changed, removed, reordered or cut off')
        .addOption(headOption())
        .option('--json', 'print one line of JSON')
        .addHelpText('after', '\nExit code 0: the log is whole. 1: it is not.')
        .action(async (options: { head?: Pick<AuditHead, 'row' | 'link'>; json?: true }) => {
          const found = await house().rooms((rooms) =>
            rooms.ask('audit.verify', options.head === undefined ? {} : { head: options.head }),
          );
          if (found.fault !== undefined) finish(EXIT.faultFound);
          if (options.json === true) printJson({ whole: found.fault === undefined, ...found });
          else print(told(found));
        }),
    )
    .addCommand(
      new Command('list')
        .description('the latest rows')
        .addOption(limitOption())
        .option('--subject <id>', 'only rows about this call, message, contact or account')
        .option('--by <who>', 'only rows of this user, such as cli:anna')
        .option('--json', 'print one line of JSON')
        .action(async (options: { limit: number; subject?: string; by?: string; json?: true }) => {
          const { limit, subject, by } = options;
          const rows = await house().rooms((rooms) =>
            rooms.ask('audit.list', { limit, subject, by }),
          );
          if (options.json === true) {
            printJson(rows);
            return;
          }
          for (const { id, at, who, what, subject: about, why } of rows) {
            const reason = why === null ? '' : `  (${why})`;
            print(
              `${String(id).padStart(6)}  ${iso(at)}  ${who}  ${what}  ${about ?? '–'}${reason}`,
            );
          }
        }),
    )
    .addCommand(
      new Command('head')
        .description('the last row and its link; note it elsewhere and give it to `verify --head`')
        .option('--json', 'print one line of JSON')
        .action(async ({ json }: { json?: true }) => {
          const head = await house().rooms((rooms) => rooms.ask('audit.head', {}));
          if (json === true) printJson(head ?? null);
          else print(head === undefined ? 'no rows' : `${String(head.row)}:${head.link}`);
        }),
    )
    .addCommand(
      new Command('export')
        .description('write the whole log as lines of JSON, the last one signed')
        .argument('<file>')
        .option('--why <reason>', 'why it is given out; kept in the log')
        .option('--json', 'print one line of JSON')
        .action(async (file: string, { why, json }: { why?: string; json?: true }) => {
          const { rows } = await house().rooms((rooms) =>
            rooms.fetch('audit.export', { why }, file),
          );
          if (json === true) printJson({ file, rows });
          else print(`written: ${file} (${String(rows)} rows)`);
        }),
    );

function told({ rows, brokenAt, fault, restores }: AuditCheck): string {
  return [...restores.map(restoreTold), stateTold({ rows, brokenAt, fault })].join('\n');
}

function restoreTold({ at, state, backup, lost }: AuditCheck['restores'][number]): string {
  const gone = `; rows ${String((backup?.row ?? 0) + 1)} to ${String(lost?.row)} were lost with the machine`;
  return `restored ${iso(at)} from ${state}, row ${String(backup?.row ?? 0)}${lost === null ? '' : gone}`;
}

function stateTold({ rows, brokenAt, fault }: Omit<AuditCheck, 'restores'>): string {
  if (fault === undefined) return `the audit log is whole: ${String(rows)} rows`;
  if (brokenAt === undefined) return FAULTS[fault];
  return `row ${String(brokenAt)} ${FAULTS[fault]}; ${String(brokenAt - 1)} rows before it are whole`;
}
