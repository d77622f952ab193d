import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse, parseDocument } from 'yaml';
import { seeded } from '../../agent/audio/seeded.js';
import { differences, differentLines } from '../../agent/config/differences.js';
import { edited } from '../../agent/config/edit.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
const FILE = `# ours
understanding: # facts
  hours:
    # mornings
    monday: [08:30-12:30,   13:30-17:30]
    tuesday: [ 08:30-12:30 ] # short
  holidays:
    - { date: 2026-12-25, name: Christmas Day } # closed
  faq:
    # ask Anna before changing this
    - id: parking
      questions: # as they ask
        - Where can I park?
      answer: 'Behind the house.'   # since May
pbx: {sip: {port: 5060}}
`;

/** Lines of \`after\` that \`before\` has not. */
const fresh = (before: string, after: string): readonly string[] =>
  differentLines(before, after)
    .filter(({ what }) => what === 'added')
    .map(({ text }) => text);

t.test('a change touches its own lines; comments and writing of all others stay', (t) => {
  const after = edited(FILE, {
    'understanding.hours': { monday: ['09:00-12:30'], tuesday: ['08:30-12:30'] },
  });
  t.strictSame(fresh(FILE, after), ['    monday: [09:00-12:30]']);
  t.match(after, '    # mornings\n');
  t.match(after, '    tuesday: [ 08:30-12:30 ] # short\n');
  const answer = edited(FILE, {
    'understanding.faq': [
      { id: 'parking', questions: ['Where can I park?', 'Is there a car park?'], answer: 'No.' },
      { id: 'lift', questions: ['Is there a lift?'], answer: 'Yes: two.' },
    ],
  });
  t.match(
    answer,
    '    # ask Anna before changing this\n    - id: parking\n      questions: # as they ask\n',
  );
  t.match(answer, "      answer: 'No.' # since May\n");
  t.match(answer, '        - Is there a car park?\n');
  t.match(
    answer,
    '    - id: lift\n      questions:\n        - Is there a lift?\n      answer: "Yes: two."',
  );
  t.match(answer, 'pbx: {sip: {port: 5060}}\n', 'what is written otherwise stays as written');
  t.end();
});

t.test('settings are put where none were, and taken out', (t) => {
  const after = edited(FILE, {
    'dialogue.greeting': 'Hello: "you"',
    'understanding.holidays': null,
  });
  t.equal((parse(after) as { dialogue: { greeting: string } }).dialogue.greeting, 'Hello: "you"');
  t.notMatch(after, 'Christmas');
  t.match(after, '# ask Anna');
  const day = edited(FILE, {
    'understanding.holidays': [
      { date: '2026-12-24', name: 'Christmas Eve', hours: ['08:30-11:00'] },
      { date: '2026-12-25', name: 'Christmas Day' },
    ],
  });
  t.match(day, '    - { date: 2026-12-25, name: Christmas Day } # closed\n');
  t.match(day, 'date: 2026-12-24');
  t.equal(edited(FILE, {}), FILE);
  t.end();
});

t.test('a part that is shared by an anchor is not changed behind its other place', (t) => {
  const shared = 'a: &x { one: 1 }\nb: *x\n';
  t.throws(() => edited(shared, { a: { one: 2 } }), { code: 'CONFIG_UNEDITABLE' });
  t.strictSame(parse(edited(shared, { b: { one: 2 } })), { a: { one: 1 }, b: { one: 2 } });
  t.end();
});

t.test('whatever is changed, the file says just that, and its comments stay', (t) => {
  const random = seeded(8);
  const any = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const office = parse(example) as { understanding: Record<string, unknown> };
  const faq = office.understanding.faq as { id: string; questions: string[]; answer: string }[];
  const words = [
    'yes',
    '201',
    'a: b',
    '# no',
    "it's",
    '"so"',
    '- x',
    ' ',
    'null',
    '한국어',
    'a\nb',
  ];
  for (let round = 0; round < 60; round += 1) {
    const entries = faq
      .filter(() => random() < 0.8)
      .map((one) =>
        random() < 0.5 ? one : { ...one, answer: any(words), questions: [any(words)] },
      );
    if (random() < 0.4) entries.reverse();
    if (random() < 0.5) entries.push({ id: 'fresh', questions: [any(words)], answer: any(words) });
    const after = edited(example, { 'understanding.faq': entries });
    const wanted = { ...office, understanding: { ...office.understanding, faq: entries } };
    t.strictSame(parse(after), wanted);
    for (const [comment] of example.matchAll(/# .*$/gmu)) t.ok(after.includes(comment), comment);
  }
  t.end();
});

t.test('no value at any path makes it fail otherwise than by saying so', (t) => {
  const values = [
    null,
    true,
    1e308,
    '',
    ' ',
    '\u0000',
    '\ud800',
    '💥',
    [],
    {},
    [[null]],
    '*x',
    '&a b',
  ];
  const paths = ['understanding', 'understanding.hours.monday.0', 'pbx.sip.port.x', 'a.b.c', 'faq'];
  for (const text of [FILE, example, '', 'just text', '- a list\n']) {
    for (const path of paths) {
      for (const value of values) {
        try {
          const after = edited(text, { [path]: value });
          t.notOk(parseDocument(after).errors.length, `${path} ${JSON.stringify(value)}`);
        } catch (error) {
          t.match(error, { code: 'CONFIG_UNEDITABLE' }, `${path} ${JSON.stringify(value)}`);
        }
      }
    }
  }
  t.end();
});

t.test('differences are told setting by setting', (t) => {
  const after = edited(FILE, {
    'understanding.hours': { monday: ['09:00-12:30'], tuesday: ['08:30-12:30'] },
    'understanding.faq': [{ id: 'lift', questions: ['Is there a lift?'], answer: 'Yes.' }],
    'pbx.sip.port': 5061,
  });
  t.strictSame(differences(FILE, after), [
    {
      path: 'understanding.hours.monday',
      was: '08:30-12:30, 13:30-17:30',
      is: '09:00-12:30',
    },
    {
      path: 'understanding.faq[parking]',
      was: 'id: parking; questions: Where can I park?; answer: Behind the house.',
    },
    { path: 'understanding.faq[lift]', is: 'id: lift; questions: Is there a lift?; answer: Yes.' },
    { path: 'pbx.sip.port', was: '5060', is: '5061' },
  ]);
  t.strictSame(differences(FILE, FILE), []);
  t.strictSame(differences(FILE, 'a: ['), [], 'no YAML has no settings');
  t.end();
});
