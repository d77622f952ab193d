import t from 'tap';
import { Directory } from '../../agent/dialogue/directory.js';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import { dialogueOf, heard, key, OPEN, silent, spoken, talkFacts, Talk } from './office.js';

const people = [
  { id: 'desk', name: 'the front desk', extension: '201' },
  { id: 'anna', name: 'Dr Anna Berg', extension: '202', roles: ['doctor'], fallback: 'desk' },
  { id: 'peter', name: 'Mr Peter Berg', extension: '203', roles: ['nurse'] },
  { id: 'mary', name: 'Mary Stone', extension: '204', roles: ['nurse'] },
];
const staff = {
  ...talkFacts,
  transferTargets: people,
  departments: [
    { id: 'rooms', name: 'the treatment rooms', members: ['peter', 'mary'], fallback: 'desk' },
  ],
  rotas: [
    {
      id: 'on-call',
      name: 'the doctor on call',
      weekly: { monday: 'anna', tuesday: 'peter' },
      dates: { '2026-12-24': 'mary' },
      fallback: 'desk',
    },
  ],
  messageRoutes: { billing: 'mary', 'billing.question': 'peter', 'prescription.refill': 'nurse' },
  emergencyTarget: 'on-call',
};
const office = dialogueOf({}, staff);
const away = (person: string, kind: 'absent' | 'do-not-disturb' = 'absent') =>
  ({ person, kind, from: OPEN - 1, until: OPEN + 1 }) as const;
const talk = (...absent: ReturnType<typeof away>[]): Talk => {
  const begin: DialogueEvent = {
    kind: 'begin',
    now: OPEN,
    handling: { way: 'assistant', away: absent },
  };
  return new Talk(office).take(begin, spoken);
};
const wants = (text: string): DialogueEvent => heard('person.transfer', { text });
const rung = (one: Talk): unknown =>
  one
    .take(spoken)
    .last.actions.flatMap((action) => (action.do === 'transfer' ? [action.target] : []));
const missed: DialogueEvent = { kind: 'transfer-ended', outcome: 'no-answer' };

void t.test(
  'a name that two people bear is asked back, and the answer may be anything clear',
  (t) => {
    const asked = talk().take(wants('can I speak to Berg please'));
    t.equal(
      asked.text,
      'Do you mean Doctor Anna Berg or Mr Peter Berg? Press one for Doctor Anna Berg. Press two for Mr ' +
        'Peter Berg.',
    );
    const answers: readonly [DialogueEvent, string][] = [
      [key('1'), 'anna'],
      [key('2'), 'peter'],
      [heard('oos', { text: 'Peter' }), 'peter'],
      [heard('oos', { text: 'the doctor anna berg' }), 'anna'],
      [heard('oos', { text: 'the second one' }), 'peter'],
      [heard('oos', { text: 'one' }), 'anna'],
      [key('0'), 'desk'],
    ];
    for (const [answer, who] of answers) {
      const one = talk().take(wants('can I speak to Berg please'), answer);
      t.strictSame(rung(one), [who], JSON.stringify(answer));
    }
    t.end();
  },
);

void t.test('for whom a message is, is asked back as well', (t) => {
  const asked = (): Talk =>
    talk().take(heard('message.leave', { text: 'I want to leave a message for Berg' }));
  t.equal(asked().prompts[0], 'directory.which');
  const told = asked().take(key('2'), heard('oos', { text: 'Ida Brown' }));
  t.match(told.last.actions, [{ do: 'keep-message', message: { recipient: 'peter' } }]);
  const unclear = asked().take(heard('oos', { text: 'hm' }), heard('oos', { text: 'hm' }));
  t.strictSame(unclear.prompts, ['message.name'], 'then it is for the office');
  unclear.take(heard('oos', { text: 'Ida Brown' }));
  t.match(unclear.last.actions, [{ do: 'keep-message', message: { recipient: null } }]);
  const own = talk().take(
    heard('message.leave', { text: 'My name is Julia Berg and I want to leave a message' }),
  );
  t.not(own.prompts[0], 'directory.which', 'the caller’s own name is nobody here');
  t.end();
});

void t.test('a title or a first name tells them apart; a role may be several people’s', (t) => {
  t.strictSame(rung(talk().take(wants('doctor berg please'))), ['anna']);
  t.strictSame(rung(talk().take(wants('is peter there'))), ['peter']);
  t.strictSame(rung(talk().take(wants('I need the doctor'))), ['anna'], 'the only one');
  t.match(talk().take(wants('I want to talk to a nurse')).text, /Mr Peter Berg or Mary Stone/u);
  t.strictSame(
    rung(talk().take(wants('my name is Julia Stone, I want to talk to somebody'))),
    ['desk'],
    'the caller’s own name is nobody here',
  );
  t.end();
});

void t.test('an unclear answer is asked once more, another wish is served, no ends it', (t) => {
  const asked = (): Talk => talk().take(wants('can I speak to Berg please'));
  const vague = asked().take(heard('oos', { text: 'hm' }));
  t.equal(vague.prompts[0], 'directory.which');
  t.strictSame(rung(vague.take(heard('oos', { text: 'Berg' }))), ['desk']);
  t.equal(asked().take(heard('info.location')).prompts[0], 'location.address');
  t.strictSame(asked().take(heard('control.no')).prompts, ['listen.go_on']);
  t.ok(asked().take(heard('emergency')).prompts.includes('emergency.script'));
  t.strictSame(asked().take(silent).prompts, ['silence.first']);
  t.strictSame(rung(asked().take({ kind: 'unheard' }, { kind: 'unheard' })), ['desk']);
  t.end();
});

void t.test('nobody is rung who is away: the fallback is, or a message is offered', (t) => {
  const instead = talk(away('anna')).take(wants('doctor berg please'));
  t.strictSame(instead.prompts, ['directory.away', 'transfer.announce']);
  t.match(instead.text, /Doctor Anna Berg can't be reached.*the front desk/u);
  t.strictSame(rung(instead), ['desk']);
  const nobody = talk(away('peter', 'do-not-disturb')).take(wants('is peter there'));
  t.equal(nobody.phase, 'offering-message');
  nobody.take(heard('control.yes', { text: 'yes' }), heard('oos', { text: 'Ida Brown' }));
  t.match(nobody.last.actions, [{ do: 'keep-message', message: { recipient: 'peter' } }]);
  t.end();
});

void t.test(
  'those who do not answer are followed by the next, and the message is for whom was asked',
  (t) => {
    const asked = talk(away('mary')).take(wants('the treatment rooms please'));
    t.match(asked.text, /connect you with the treatment rooms/u);
    t.strictSame(rung(asked), ['peter']);
    asked.take(missed);
    t.match(asked.text, /Mr Peter Berg doesn't answer. I'll try the front desk/u);
    t.strictSame(rung(asked), ['desk']);
    asked.take(missed);
    t.match(asked.text, /couldn't reach the treatment rooms/u);
    t.equal(asked.phase, 'offering-message');
    asked.take(heard('control.yes', { text: 'yes' }), heard('oos', { text: 'Ida Brown' }));
    t.match(asked.last.actions, [{ do: 'keep-message', message: { recipient: 'rooms' } }]);
    t.end();
  },
);

void t.test(
  'danger disturbs those who are not to be disturbed, and the next one after them',
  (t) => {
    const one = talk(away('peter', 'do-not-disturb')).take(heard('emergency'));
    t.strictSame(rung(one), ['peter'], 'on duty on a Tuesday');
    t.strictSame(rung(one.take(missed)), ['desk']);
    const all = talk(...['peter', 'desk'].map((id) => away(id))).take(heard('emergency'));
    t.strictSame(rung(all), ['peter'], 'if everybody is away, all the same');
    t.end();
  },
);

void t.test('a duty lasts until the next day’s begins, and single days go before the week', (t) => {
  const settings = dialogueSettings.parse(staff);
  const directory = new Directory(settings, 'Europe/Berlin');
  const [rota] = settings.rotas;
  const on = (time: string): string | undefined =>
    rota === undefined ? undefined : directory.onDuty(rota, Date.parse(time));
  t.equal(on('2026-11-23T12:00:00+01:00'), 'anna', 'Monday');
  t.equal(on('2026-11-24T07:59:00+01:00'), 'anna', 'the night belongs to Monday');
  t.equal(on('2026-11-24T08:00:00+01:00'), 'peter');
  t.equal(on('2026-11-26T12:00:00+01:00'), undefined, 'nobody on Thursdays');
  t.equal(on('2026-12-24T12:00:00+01:00'), 'mary', 'but on this one');
  t.equal(on('2026-12-25T03:00:00+01:00'), 'mary');
  // The clocks change on 29 March: at 08:00 on the wall it is Sunday, whatever the hours between.
  t.equal(on('2027-03-30T07:30:00+02:00'), 'anna');
  const reaching = { now: Date.parse('2026-11-26T12:00:00+01:00'), away: [], urgent: false };
  t.strictSame(
    directory.reach('on-call', reaching).map(({ id }) => id),
    ['desk'],
  );
  t.end();
});

void t.test('messages go to whom they are about', (t) => {
  const recipient = (intent: string): unknown => {
    const one = new Talk(office).take({ kind: 'begin', now: OPEN + 12 * 3_600_000 }, spoken);
    one.take(heard(intent, { text: 'it is about my bill', now: OPEN + 12 * 3_600_000 }));
    return one.last.actions.flatMap((action) =>
      action.do === 'keep-message' ? [action.message.recipient] : [],
    )[0];
  };
  t.equal(recipient('billing.question'), 'peter', 'the whole intent first');
  t.equal(recipient('billing.other'), 'mary', 'then the part before its dot');
  t.equal(recipient('prescription.refill'), 'nurse', 'or a role');
  t.equal(recipient('results.request'), null, 'else the office');
  t.end();
});

void t.test('an id that stands for nobody, or for two, is named with its path', (t) => {
  const wrong = dialogueSettings.safeParse({
    ...staff,
    transferTargets: [...people, { id: 'x', name: 'X', extension: '209', fallback: 'gone' }],
    departments: [
      { id: 'anna', name: 'A', members: ['gone'] },
      { id: 'rooms', name: 'R', members: ['on-call'] },
    ],
    rotas: [
      { id: 'on-call', name: 'O', weekly: { monday: 'gone' }, dates: { '2026-13-45': 'anna' } },
    ],
    messageRoutes: { billing: 'gone' },
    defaultTarget: 'gone',
  });
  const paths = (wrong.error?.issues ?? []).map(({ path }) => path.join('.')).sort();
  t.strictSame(paths, [
    'defaultTarget',
    'departments.0.id',
    'departments.0.members.0',
    'departments.1.members.0',
    'messageRoutes.billing',
    'rotas.0.dates.2026-13-45',
    'rotas.0.weekly.monday',
    'transferTargets.4.fallback',
  ]);
  t.end();
});
