import { Command } from 'commander';
import type { StoredContact } from '../../privacy/contact-room.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { iso, limitOption, shownDetail } from './records-output.js';

export const contactsCommand = (house: () => House): Command =>
  new Command('contacts')
    .description('who calls, known by number across calls; every look is written to the audit log')
    .addCommand(
      new Command('list')
        .description('those who called last')
        .addOption(limitOption())
        .option('--leads', 'only those with a message that nobody has done yet')
        .option('--json', 'print one line of JSON')
        .action(async (options: { limit: number; leads?: true; json?: true }) => {
          const found = await house().rooms((rooms) =>
            rooms.ask('contacts.list', { limit: options.limit, leads: options.leads === true }),
          );
          if (options.json === true) printJson(found);
          else if (found.length === 0) print('no contacts');
          else for (const contact of found) print(lineOf(contact));
        }),
    )
    .addCommand(
      new Command('show')
        .description('one contact and the messages it left')
        .argument('<id>')
        .option('--json', 'print one line of JSON')
        .action(async (id: string, { json }: { json?: true }) => {
          const contact = await house().rooms((rooms) => rooms.ask('contacts.show', { id }));
          if (json === true) {
            printJson(contact);
            return;
          }
          print(lineOf(contact));
          for (const message of contact.messages) {
            const reason = shownDetail(message.body?.reason ?? null) ?? '–';
            print(`  ${message.id}  ${iso(message.takenAt)}  ${message.state}  ${reason}`);
          }
        }),
    )
    .addCommand(
      new Command('merge')
        .description(
          'one person under two numbers: all that is known of the first goes to the second',
        )
        .argument('<from>')
        .argument('<into>')
        .option('--json', 'print one line of JSON')
        .action(async (from: string, into: string, { json }: { json?: true }) => {
          await house().rooms((rooms) => rooms.ask('contacts.merge', { from, into }));
          if (json === true) printJson({ contact: into });
          else print(`${from} is now part of ${into}`);
        }),
    )
    .addCommand(
      new Command('keep-apart')
        .description(
          'two people under one number: the caller of this message becomes a contact apart',
        )
        .argument('<message>', 'id of a message in which the caller gave a name')
        .option('--json', 'print one line of JSON')
        .action(async (message: string, { json }: { json?: true }) => {
          const contact = await house().rooms((rooms) =>
            rooms.ask('contacts.keep-apart', { message }),
          );
          if (json === true) printJson({ contact });
          else print(contact);
        }),
    );

function lineOf({ id, lastAt, names, numbers, calls, openMessages }: StoredContact): string {
  const who = [names.join(', ') || '–', numbers.join(', ') || '–'].join(' · ');
  return `${id}  ${iso(lastAt)}  ${who}  ${String(calls)} calls, ${String(openMessages)} open messages`;
}
