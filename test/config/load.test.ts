import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse, stringify } from 'yaml';
import {
  checkConfiguration,
  loadConfiguration,
  logLevelOf,
  startOfClock,
} from '../../agent/config/load.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');

/** The example office with one change. */
const changed = (change: (office: Record<string, Record<string, unknown>>) => void): string => {
  const office = parse(example) as Record<string, Record<string, unknown>>;
  change(office);
  return stringify(office);
};

t.test('the example office is in order', (t) => {
  const settings = checkConfiguration(example, 'example', {});
  t.equal(settings.understanding.office.name, 'Riverside Family Clinic');
  t.equal(settings.pbx.extensions.length, 9);
  t.end();
});

t.test('so is the Korean one', (t) => {
  const korean = readFileSync(join(checkoutRoot, 'agent/config/example-office.ko.yaml'), 'utf8');
  const settings = checkConfiguration(korean, 'example', {});
  t.equal(settings.speech.language, 'ko');
  t.equal(settings.understanding.office.name, '강변 가정의원');
  t.end();
});

t.test('so are those of other trades', (t) => {
  for (const profile of ['dentist', 'law', 'trade', 'restaurant']) {
    const file = join(checkoutRoot, `agent/config/example-office.${profile}.yaml`);
    const settings = checkConfiguration(readFileSync(file, 'utf8'), file, {});
    t.equal(settings.understanding.profile, profile);
    t.ok(settings.understanding.faq.length > 0);
  }
  t.end();
});

t.test('every fault is named at once, with its path and mend', (t) => {
  const text = changed((office) => {
    office.understanding!.timeZone = 'Mars/Olympus';
    office.pbx!.ringSeconds = 1;
    office.dialogue!.defaultTarget = 'nobody';
    office.reception!.colour = 'blue';
  });
  try {
    checkConfiguration(text, 'vestibule.yaml', {});
    t.fail('faults were not noticed');
  } catch (error) {
    t.match(error, { code: 'CONFIG_INVALID' });
    const { message } = error as Error;
    t.match(message, /vestibule\.yaml/u);
    t.match(message, /understanding\.timeZone: write an IANA time zone/u);
    t.match(message, /pbx\.ringSeconds/u);
    t.match(message, /dialogue\.defaultTarget: name the id/u);
    t.match(message, /reception.*colour/u);
  }
  t.end();
});

t.test(
  '1 consent by using the service: recording needs an acknowledgement, and a target its extension',
  (t) => {
    t.throws(
      () =>
        checkConfiguration(
          changed((office) => {
            delete office.reception!.acknowledgement;
          }),
          'x',
          {},
        ),
      /reception\.acknowledgement: name who acknowledged/u,
    );
    t.throws(
      () =>
        checkConfiguration(
          changed((office) => {
            office.pbx!.extensions = [{ number: '999', name: 'Nobody' }];
          }),
          'x',
          {},
        ),
      /transferTargets\.0\.extension: this extension is not among pbx\.extensions/u,
    );
    t.end();
  },
);

t.test('each kind of bad input is named with its path and line', (t) => {
  const cases: readonly [string, (office: Record<string, Record<string, unknown>>) => void][] = [
    [
      'understanding.faq.0.answer',
      (o) => delete (o.understanding!.faq as { answer?: string }[])[0]!.answer,
    ],
    ['dialogue.defaultTarget', (o) => (o.dialogue!.defaultTarget = 'nobody')],
    [
      'understanding.hours.monday',
      (o) => (o.understanding!.hours = { monday: ['08:00-12:00', '11:00-17:00'] }),
    ],
    ['understanding.hours.monday.0', (o) => (o.understanding!.hours = { monday: ['17:00-08:00'] })],
  ];
  for (const [path, change] of cases) {
    const text = changed(change);
    try {
      checkConfiguration(text, 'vestibule.yaml', {});
      t.fail(`${path} was not noticed`);
    } catch (error) {
      t.match(error, { code: 'CONFIG_INVALID' });
      const { message } = error as Error;
      const found = new RegExp(`vestibule\\.yaml.*${path}: .*?\\(line (\\d+)\\)`, 'u').exec(
        message,
      );
      t.ok(found, message);
      const line = text.split('\n')[Number(found?.[1]) - 1] ?? '';
      const near: Record<string, RegExp> = {
        'understanding.faq.0.answer': /^\s+- id:/u,
        'dialogue.defaultTarget': /defaultTarget: nobody/u,
        'understanding.hours.monday': /monday:/u,
        'understanding.hours.monday.0': /- 17:00-08:00/u,
      };
      t.match(line, near[path], path);
    }
  }
  try {
    checkConfiguration(
      changed((o) => (o.reception!.colour = 'blue')),
      'x',
      {},
    );
    t.fail('a strange key was not noticed');
  } catch (error) {
    t.match((error as Error).message, /reception: .*colour.* \(line \d+\)/u);
  }
  t.end();
});

t.test('slips of a hand are told as what to write', (t) => {
  const told = (change: (office: Record<string, Record<string, unknown>>) => void): string => {
    try {
      checkConfiguration(changed(change), 'vestibule.yaml', {});
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const target = (of: Record<string, Record<string, unknown>>) =>
    (of.dialogue!.transferTargets as Record<string, unknown>[])[0]!;
  t.match(
    told((o) => (target(o).extension = 201)),
    /transferTargets\.0\.extension: write a text; digits .* in quotes, such as '201' \(this is a number\) \(line \d+\)/u,
  );
  t.match(
    told((o) => (target(o).aliases = 'desk')),
    /aliases: write a list, such as \[one, another\] \(this is a text\)/u,
  );
  t.match(
    told((o) => (o.pbx!.ringSeconds = '20')),
    /pbx\.ringSeconds: write a (?:whole )?number, without quotes/u,
  );
  t.match(
    told((o) => delete target(o).name),
    /transferTargets\.0\.name: this must be filled in/u,
  );
  t.match(
    told((o) => (o.reception!.recording = 'yes')),
    /reception\.recording: write one of .*announcement.*off/u,
  );
  t.match(
    told((o) => (o.understanding!.timezone = 'Europe/London')),
    /understanding: there is no setting timezone here; is timeZone meant\? \(line \d+\)/u,
  );
  t.match(
    told((o) => (target(o).extention = '201')),
    /transferTargets\.0: there is no setting extention here; is extension meant\?/u,
  );
  t.match(
    told((o) => (o.privcy = {})),
    /the file: there is no setting privcy here; is privacy meant\?/u,
  );
  t.match(
    told((o) => (o.notify = { mail: { host: 'a', from: 'desk@clinic', to: ['b@c.example'] } })),
    /notify\.mail\.from: write an e-mail address, such as desk@clinic\.example/u,
  );
  t.match(
    told((o) => (o.notify = { webhooks: [{ url: 'crm.lan', secretFile: '/x' }] })),
    /webhooks\.0\.url: write a whole address, such as https:/u,
  );
  t.match(
    told((o) => (o.calendars = { main: { kind: 'caldv' } })),
    /calendars\.main\.kind: write one of file, caldav/u,
  );
  const recipient = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudgxyzzz';
  t.match(
    told((o) => (o.backup = { folder: '/x', recipient })),
    /backup\.recipient: a letter of it is wrong or missing/u,
    'before a backup fails at night',
  );
  t.match(
    told((o) => (o.reception!.colour = 'blue')),
    /reception: there is no setting colour here \(line/u,
    'nothing is meant that is far from it',
  );
  t.end();
});

t.test('what is no YAML, and what is not there', (t) => {
  t.throws(() => checkConfiguration('a: [1', 'x.yaml', {}), { code: 'CONFIG_UNREADABLE' });
  t.throws(() => checkConfiguration('a: 1\nb: 2\na: 3\n', 'x.yaml', {}), {
    code: 'CONFIG_UNREADABLE',
    message: /a setting stands here that stood before at line 3, column 1\. Correct/u,
  });
  t.throws(() => loadConfiguration('/nowhere/vestibule.yaml', {}), { code: 'CONFIG_MISSING' });
  const folder = t.testdir({});
  t.throws(
    () => loadConfiguration(folder, {}),
    { code: 'CONFIG_NOT_READ', message: /EISDIR/u },
    'what is there and cannot be read is not said to be missing',
  );
  t.end();
});

t.test('the environment moves the SIP port and the clock', (t) => {
  t.equal(checkConfiguration(example, 'x', { VESTIBULE_SIP_PORT: '5099' }).pbx.sip.port, 5099);
  t.throws(() => checkConfiguration(example, 'x', { VESTIBULE_SIP_PORT: 'many' }), {
    code: 'CONFIG_BAD_VARIABLE',
  });
  t.equal(startOfClock({ VESTIBULE_NOW: '2026-11-24T09:00:00Z' }), Date.UTC(2026, 10, 24, 9));
  t.equal(startOfClock({}), undefined);
  t.equal(logLevelOf({}, 'info'), 'info');
  t.equal(logLevelOf({ VESTIBULE_LOG: 'debug' }, 'info'), 'debug');
  t.throws(() => logLevelOf({ VESTIBULE_LOG: 'verbose' }, 'info'), {
    code: 'CONFIG_BAD_VARIABLE',
    message: /VESTIBULE_LOG.*debug, info, warn, error, silent/u,
  });
  t.throws(() => startOfClock({ VESTIBULE_NOW: 'noon' }), { code: 'CONFIG_BAD_VARIABLE' });
  t.end();
});
