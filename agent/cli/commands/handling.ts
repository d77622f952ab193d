import { Command, Option } from 'commander';
import type {
  HandlingWay,
  RecordingWish,
  StoredHandlingRule,
} from '../../privacy/handling-room.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { awayCommand, backCommand, staffCommand } from './handling-staff.js';
import { asked, keptNumber, oneOf, timeOf, whole } from './handling-input.js';
import { iso } from './records-output.js';

const WAYS: readonly HandlingWay[] = ['assistant', 'staff', 'voicemail', 'block', 'allow', 'vip'];
const WISHES: readonly RecordingWish[] = ['force', 'yes', 'dont-care', 'no', 'never'];
const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/u;

interface SetOptions {
  readonly do: HandlingWay;
  readonly called?: string;
  readonly target?: string;
  readonly seconds?: number;
  readonly record?: RecordingWish;
  readonly until?: string;
  readonly json?: true;
}

export const handlingCommand = (house: () => House): Command =>
  new Command('handling')
    .description('who takes which call, who is kept out, and who of the staff is away')
    .addCommand(listCommand(house))
    .addCommand(setCommand(house))
    .addCommand(removeCommand(house))
    .addCommand(testCommand(house))
    .addCommand(countsCommand(house))
    .addCommand(staffCommand(house))
    .addCommand(awayCommand(house))
    .addCommand(backCommand(house));

const listCommand = (house: () => House): Command =>
  new Command('list')
    .description('the rules that were set by command; they go before those of the configuration')
    .option('--json', 'print one line of JSON')
    .action(async ({ json }: { json?: true }) => {
      const rules = await house().rooms((rooms) => rooms.ask('handling.list', {}));
      if (json === true) printJson(rules);
      else if (rules.length === 0) print('no rules were set');
      else for (const rule of rules) print(lineOf(rule));
    });

const setCommand = (house: () => House): Command =>
  new Command('set')
    .description(
      'set a rule, which holds from the next call on; it replaces one for the same number',
    )
    .argument('<number>', 'a caller: +493012345, an extension, +4930*, withheld, or any')
    .addOption(
      new Option('--do <way>', `what is done: ${WAYS.join(', ')}`)
        .argParser(oneOf(WAYS))
        .makeOptionMandatory(),
    )
    .option('--called <number>', 'only when this number was dialled')
    .option('--target <id>', 'who rings first, with --do staff')
    .addOption(
      new Option('--seconds <n>', 'for how long, with --do staff').argParser(whole(3, 120)),
    )
    .addOption(
      new Option('--record <wish>', `recording: ${WISHES.join(', ')}`).argParser(oneOf(WISHES)),
    )
    .option('--until <when>', '2h, 3d, 17:30, 2026-12-24 or 2026-12-24T09:00')
    .option('--json', 'print one line of JSON')
    .action(async (number: string, options: SetOptions, command: Command) => {
      const here = house();
      const { handling, facts } = here;
      const { called, target, seconds, record, until } = options;
      if ((target !== undefined || seconds !== undefined) && options.do !== 'staff') {
        command.error('error: --target and --seconds go with --do staff.');
      }
      if (target !== undefined && !handling.isDestination(target)) {
        command.error(`error: ${target} is no transfer target, department or rota.`);
      }
      if (number === 'any' && called === undefined) {
        command.error('error: a rule for any caller names the number dialled with --called.');
      }
      const now = facts.now();
      const rule = {
        caller:
          number === 'any' ? undefined : asked(command, () => keptNumber(number, handling.plan)),
        called,
        way: options.do,
        target,
        seconds,
        recording: record,
        until:
          until === undefined
            ? undefined
            : asked(command, () => timeOf(until, now, facts.timeZone, true)),
      };
      if (rule.until !== undefined && rule.until <= now) {
        command.error(`error: --until ${iso(rule.until)} is past: the rule would never hold.`);
      }
      const id = await here.rooms((rooms) => rooms.ask('handling.set', rule));
      if (options.json === true) printJson({ id, ...rule });
      else print(`${id} is set`);
    });

const removeCommand = (house: () => House): Command =>
  new Command('remove')
    .description('remove a rule, or all rules for a number; its number is erased from backups too')
    .argument('<number>', 'the number, or the id of a rule')
    .option('--json', 'print one line of JSON')
    .action(async (number: string, { json }: { json?: true }, command: Command) => {
      const here = house();
      const { handling } = here;
      const which = ID.test(number)
        ? { id: number }
        : { caller: asked(command, () => keptNumber(number, handling.plan)) };
      const removed = await here.rooms((rooms) => rooms.ask('handling.remove', which));
      if (json === true) printJson({ removed });
      else print(`${String(removed)} removed`);
    });

const testCommand = (house: () => House): Command =>
  new Command('test')
    .description('how a call from this number would be handled now, and why; nobody is called')
    .argument('<number>', 'the caller as the network shows it, or withheld')
    .option('--called <number>', 'the number dialled', 'reception')
    .option('--at <when>', 'at another time: 17:30, 2026-12-24T09:00')
    .option('--json', 'print one line of JSON')
    .action(
      async (
        number: string,
        { called, at, json }: { called: string; at?: string; json?: true },
        command: Command,
      ) => {
        const here = house();
        const { handling, facts } = here;
        const caller = number === 'withheld' ? '' : number;
        const now =
          at === undefined
            ? facts.now()
            : asked(command, () => timeOf(at, facts.now(), facts.timeZone, false));
        const plan = handling.planFor(called);
        const known = plan.number(caller);
        const { keyOf } = await import('../../reception/handling-numbers.js');
        const whose = { key: keyOf(known), e164: known.e164, now };
        const found = await here.rooms((rooms) => rooms.ask('handling.known', whose));
        const decision = plan.decide({ caller, called, now, ...found });
        if (json === true) {
          printJson({ ...decision, calls: { hour: found.lastHour, day: found.lastDay } });
          return;
        }
        const { way, staff, challenged, recorded, vip, because } = decision;
        const first =
          staff === undefined ? '' : ` (${staff.target}, ${String(staff.seconds)} seconds)`;
        print(`way        ${way}${first}`);
        print(`challenge  ${challenged ? 'a key has to be pressed first' : 'no'}`);
        print(`recorded   ${recorded ? 'after the notice' : 'no'}`);
        print(`vip        ${vip ? 'yes' : 'no'}`);
        print(`because    ${because.length === 0 ? 'nothing else applies' : because.join(', ')}`);
        print(`calls      ${String(found.lastHour.calls)} in the last hour`);
      },
    );

const countsCommand = (house: () => House): Command =>
  new Command('counts')
    .description('what the gate did, by day; no count tells who called')
    .addOption(new Option('--days <n>', 'how many days').default(7).argParser(whole(1, 3_660)))
    .option('--json', 'print one line of JSON')
    .action(async ({ days, json }: { days: number; json?: true }) => {
      const here = house();
      const { facts } = here;
      const from = iso(facts.now() - (days - 1) * 86_400_000).slice(0, 10);
      const counts = await here.rooms((rooms) => rooms.ask('handling.counts', { from }));
      if (json === true) printJson(counts);
      else if (counts.length === 0) print('nothing was counted');
      else
        for (const { day, what, count } of counts)
          print(`${day}  ${what.padEnd(14)}${String(count)}`);
    });

function lineOf(rule: StoredHandlingRule): string {
  const { id, caller, called, way, target, seconds, recording, until, setBy } = rule;
  const parts = [
    caller ?? 'any',
    ...(called === undefined ? [] : [`to ${called}`]),
    way,
    ...(target === undefined ? [] : [target]),
    ...(seconds === undefined ? [] : [`${String(seconds)} s`]),
    ...(recording === undefined ? [] : [`record ${recording}`]),
    ...(until === undefined ? [] : [`until ${iso(until)}`]),
    `by ${setBy}`,
  ];
  return `${id}  ${parts.join('  ')}`;
}
