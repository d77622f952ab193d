import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkConfiguration } from '../../../agent/config/load.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';

const example = readFileSync(join(checkoutRoot, 'agent', 'config', 'example-office.yaml'), 'utf8');
const check = (text: string): unknown => checkConfiguration(text, 'vestibule.yaml', {});

/** The example with a calendar behind its check-up. */
const withCalendar = (calendar: string): string =>
  `calendars:\n  practice: ${calendar}\n` +
  example.replace('minutes: 20 }', 'minutes: 20, calendar: practice }');

t.test('calendars that are right', (t) => {
  t.match(check(example), { calendars: {}, dialogue: { appointments: { by: 'request' } } });
  t.match(check(withCalendar('{ kind: file, path: practice.ics }')), {
    calendars: { practice: { kind: 'file', content: 'none' } },
  });
  const local =
    '{ kind: caldav, url: "http://127.0.0.1:5232/desk/a/", user: desk, passwordFile: /p }';
  t.match(check(withCalendar(local)), { calendars: { practice: { kind: 'caldav' } } });
  t.end();
});

t.test('each fault is named with its place', (t) => {
  const caldav = (url: string, more = ''): string =>
    withCalendar(`{ kind: caldav, url: "${url}", user: desk, passwordFile: /p${more} }`);
  const faults: readonly (readonly [text: string, named: RegExp])[] = [
    [
      example.replace('minutes: 20 }', 'minutes: 20, calendar: nowhere }'),
      /dialogue\.appointments\.visits\.0\.calendar: name the id of one of calendars/u,
    ],
    [withCalendar('{ kind: outlook }'), /calendars\.practice\.kind/u],
    [caldav('http://cloud.example.org/a/'), /calendars\.practice\.url: write an https address/u],
    // No secret: secretlint-disable-next-line
    [caldav('https://desk:secret@cloud.example.org/a/'), /calendars\.practice\.url/u],
    [caldav('cloud'), /calendars\.practice\.url/u],
    [caldav('https://cloud.example.org/a/', ', password: x'), /password/u],
    [example.replace('id: vaccination', 'id: check-up'), /visits\.1\.id: this id is taken/u],
    [example.replace('minutes: 20', 'minutes: 1'), /visits\.0\.minutes/u],
  ];
  for (const [text, named] of faults) {
    t.throws(() => check(text), { code: 'CONFIG_INVALID', message: named }, String(named));
  }
  t.end();
});
