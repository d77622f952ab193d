import t from 'tap';
import type { DialogueParts } from '../../agent/dialogue/fixed-phrases.js';
import { createDialogue } from '../../agent/dialogue/machine.js';
import type { DialogueEvent } from '../../agent/dialogue/ports.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import type { Journal } from '../../agent/privacy/reading-room.js';
import { configurationOf, replay } from '../../agent/reception/replay.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { CLOSED, heard, key, officeFacts, silent, spoken, talkFacts } from '../dialogue/office.js';

const parts = (facts: object = {}): DialogueParts => ({
  understanding: understandingSettings.parse({ ...officeFacts, country: 'gb', ...facts }),
  dialogue: dialogueSettings.parse(talkFacts),
  recording: true,
});

const EVENTS: readonly DialogueEvent[] = [
  { kind: 'begin', now: CLOSED, caller: '+442079460199' },
  spoken,
  heard('info.hours', { now: CLOSED, text: 'Are you open tomorrow?' }),
  spoken,
  heard('message.leave', { now: CLOSED, text: 'I want to leave a message.' }),
  heard('oos', { now: CLOSED, text: 'My name is Ida Brown.' }),
  silent,
  heard('control.no', { now: CLOSED, text: 'No.' }),
  ...Array.from('02079460142', key),
  { kind: 'silence', ms: 2_500 },
  heard('control.yes', { now: CLOSED, text: 'Yes.' }),
  heard('oos', { now: CLOSED, text: 'The lamp is broken.' }),
  { kind: 'hung-up' },
];

/** The journal of those events, as a call would have kept it. */
function journalOf(made: DialogueParts): Journal {
  const dialogue = createDialogue(made);
  let state = dialogue.start();
  const decisions = EVENTS.map((event, index) => {
    const step = dialogue.step(state, event);
    ({ state } = step);
    const actions = JSON.stringify(step.actions);
    return { atMs: index * 1_000, event: JSON.stringify(event), actions, reason: step.reason };
  });
  return { configuration: configurationOf(made), decisions };
}

t.test('3 customisation: a journal alone decides the same again', (t) => {
  const replayed = replay(journalOf(parts()));
  t.equal(replayed.length, EVENTS.length);
  t.strictSame(
    replayed.filter(({ same }) => !same),
    [],
  );
  t.ok(
    replayed.some(({ now }) => now === 'message.phone'),
    'and gets far',
  );
  t.end();
});

t.test('a journal that is older than a setting is replayed, and hours stay what they are', (t) => {
  const visits = [
    {
      id: 'visit',
      name: 'a visit',
      minutes: 20,
      calendar: 'office',
      hours: { monday: ['09:00-10:00'] },
    },
  ];
  const made: DialogueParts = {
    ...parts(),
    dialogue: dialogueSettings.parse({ ...talkFacts, appointments: { visits } }),
  };
  const journal = journalOf(made);
  const older = JSON.parse(journal.configuration) as { dialogue: Record<string, unknown> };
  for (const setting of ['departments', 'rotas', 'messageRoutes']) {
    t.ok(setting in older.dialogue);
    older.dialogue = Object.fromEntries(
      Object.entries(older.dialogue).filter(([name]) => name !== setting),
    );
  }
  const replayed = replay({ ...journal, configuration: JSON.stringify(older) });
  t.ok(replayed.every(({ same }) => same));
  t.end();
});

t.test('what would be decided otherwise is shown', (t) => {
  const journal = journalOf(parts());
  const elsewhere = configurationOf(parts({ hours: { wednesday: ['10:00-11:00'] } }));
  const replayed = replay({ ...journal, configuration: elsewhere });
  t.ok(
    replayed.some(({ same, then, now }) => !same && then === now),
    'the same reason with other words is a difference',
  );
  const [first, ...rest] = journal.decisions;
  const forged = { ...journal, decisions: [{ ...first!, reason: 'greeting.open' }, ...rest] };
  t.match(replay(forged)[0], { then: 'greeting.open', now: 'greeting.closed', same: false });
  t.end();
});

t.test('a damaged journal is refused by its code', (t) => {
  const journal = journalOf(parts());
  t.throws(() => replay({ ...journal, configuration: '{' }), {
    code: 'RECEPTION_JOURNAL_UNREADABLE',
  });
  t.end();
});
