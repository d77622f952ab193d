import { Command } from 'commander';
import type { Absence } from '../../privacy/handling-room.js';
import type { StaffMember } from '../../reception/handling-staff.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { asked, timeOf } from './handling-input.js';
import { iso } from './records-output.js';

export const staffCommand = (house: () => House): Command =>
  new Command('staff')
    .description('the directory: departments, roles, who is on duty, and who is away')
    .option('--json', 'print one line of JSON')
    .action(async ({ json }: { json?: true }) => {
      const here = house();
      const { handling, facts } = here;
      const away = await here.rooms((rooms) => rooms.ask('handling.absences', {}));
      const staff = handling.staff(facts.now(), away);
      if (json === true) printJson(staff);
      else for (const one of staff) print(lineOf(one));
    });

export const awayCommand = (house: () => House): Command =>
  new Command('away')
    .description('somebody of the staff is away until then: calls go to whoever stands in')
    .argument('<person>', 'id of a transfer target')
    .requiredOption('--until <when>', 'the end: 2h, 3d, 17:30, 2026-12-24 (that day included)')
    .option('--from <when>', 'the beginning; now if left out')
    .option('--dnd', 'do not disturb: danger and urgent messages still ring')
    .option('--json', 'print one line of JSON')
    .action(
      async (
        person: string,
        options: { until: string; from?: string; dnd?: true; json?: true },
        command: Command,
      ) => {
        const here = house();
        const { handling, facts } = here;
        const now = facts.now();
        if (!handling.staff(now, []).some(({ id }) => id === person)) {
          command.error(`error: ${person} is none of the transfer targets.`);
        }
        const time = (text: string, end: boolean): number =>
          asked(command, () => timeOf(text, now, facts.timeZone, end));
        const from = options.from === undefined ? now : time(options.from, false);
        const until = time(options.until, true);
        if (until <= from || until <= now)
          command.error('error: the end is over before it begins.');
        const kind = options.dnd === true ? 'do-not-disturb' : 'absent';
        const absence: Absence = { person, kind, from, until };
        await here.rooms((rooms) => rooms.ask('handling.away', absence));
        if (options.json === true) printJson(absence);
        else print(`${person} is ${kind} from ${iso(from)} until ${iso(until)}`);
      },
    );

export const backCommand = (house: () => House): Command =>
  new Command('back')
    .description('somebody is back, and nothing planned of theirs counts any more')
    .argument('<person>', 'id of a transfer target')
    .option('--json', 'print one line of JSON')
    .action(async (person: string, { json }: { json?: true }) => {
      const ended = await house().rooms((rooms) => rooms.ask('handling.back', { person }));
      if (json === true) printJson({ person, ended });
      else print(`${person} is back`);
    });

function lineOf(one: StaffMember): string {
  const { id, name, extension, roles, departments, onDuty, away } = one;
  const more = [
    ...(roles.length === 0 ? [] : [roles.join(', ')]),
    ...(departments.length === 0 ? [] : [`of ${departments.join(', ')}`]),
    ...(onDuty.length === 0 ? [] : [`ON DUTY: ${onDuty.join(', ')}`]),
    ...away.map(({ kind, from, until }) => `${kind} ${iso(from)} – ${iso(until)}`),
  ];
  return [id.padEnd(14), extension.padEnd(6), name, ...more].join('  ');
}
