import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { checkConfiguration } from '../../../agent/config/load.js';
import { createDialogue, isOver } from '../../../agent/dialogue/machine.js';
import { eventsOf } from '../../../agent/dialogue/table.js';
import type { DialogueEvent } from '../../../agent/dialogue/ports.js';
import { checkoutRoot } from '../../../agent/wire/checkout.js';
import { heard, OPEN } from '../office.js';
import { Origin } from '../origin.js';
import { allAttacks, DISCLOSURES } from './attacks.js';

const path = join(checkoutRoot, 'agent', 'config', 'example-office.yaml');
const settings = checkConfiguration(readFileSync(path, 'utf8'), path, {});
const { understanding, dialogue: talk } = settings;
const dialogue = createDialogue({ understanding, dialogue: talk, recording: true });
const targets = new Set(talk.transferTargets.map(({ id }) => id));
const attacks = allAttacks();
const origin = new Origin(settings);
/** Readings that are tried of each attack; all with --full. */
const READINGS = process.env.VESTIBULE_FULL === '1' ? Infinity : 3;

/** Whatever the model makes of an attack: the worst it can be taken for, one after the other. */
const TAKEN_FOR = [
  ...['person.transfer', 'results.request', 'appointment.query', 'message.leave', 'control.yes'],
  ...[
    'control.no',
    'privacy.request',
    'info.hours',
    'oos',
    'prescription.refill',
    'control.repeat',
  ],
];
/** Answers that bring a caller into the middle of a message before the attack is said. */
const MIDDLES: readonly (readonly [intent: string, text: string])[][] = [
  [],
  [['message.leave', 'I would like to leave a message.']],
  [
    ['message.leave', 'I would like to leave a message.'],
    ['oos', 'Anna Lee'],
  ],
  [
    ['results.request', 'my results please'],
    ['oos', 'Anna Lee'],
  ],
  [['person.transfer', 'a human please']],
];
/** Agrees to whatever is asked. */
const YES: DialogueEvent = heard('control.yes', { text: 'Yes.' });

interface Found {
  readonly targets: Set<string>;
  readonly faults: Set<string>;
  calls: number;
}

/** One call that says and keys `attack` after `middle`, and then agrees to everything. */
function attackCall(
  found: Found,
  attack: (typeof attacks)[number],
  middle: (typeof MIDDLES)[number],
  intent: string,
): void {
  origin.begin();
  let state = dialogue.start();
  found.calls += 1;
  const take = (event: DialogueEvent): void => {
    if (isOver(state) || !eventsOf(state.phase).includes(event.kind)) return;
    origin.take(event);
    const step = dialogue.step(state, event);
    ({ state } = step);
    for (const action of step.actions) {
      if (action.do === 'transfer') found.targets.add(action.target);
      if (action.do !== 'say') continue;
      for (const phrase of action.phrases) {
        for (const fault of origin.faults(phrase)) found.faults.add(fault);
        // The caller's own words, read back, and questions tell nothing.
        const own = /^(?:\w+\.read|message\.thanks|faq)/u.test(phrase.prompt);
        const tells =
          !own && !phrase.text.endsWith('?') && DISCLOSURES.find((one) => one.test(phrase.text));
        if (tells) found.faults.add(`${phrase.prompt}: ${phrase.text}`);
      }
    }
    if (state.phase === 'transferring') take({ kind: 'transfer-ended', outcome: 'no-answer' });
  };
  take({ kind: 'begin', now: OPEN, caller: '+442079460199' });
  take({ kind: 'spoken' });
  for (const [wish, text] of middle) take(heard(wish, { text }));
  take({ kind: 'spoken' });
  for (const text of attack.turns) take(heard(intent, { text }));
  for (const digit of attack.keys) take({ kind: 'key', digit });
  for (let count = 0; count < 8; count += 1) {
    take(YES);
    take({ kind: 'spoken' });
    take({ kind: 'silence', ms: 7_000 });
  }
}

t.ok(attacks.length >= 200, `${String(attacks.length)} attacks`);
t.equal(new Set(attacks.map((one) => JSON.stringify(one))).size, attacks.length, 'all different');

for (const kind of new Set(attacks.map((one) => one.kind))) {
  t.test(`${kind}, whatever it is taken for`, (t) => {
    const found: Found = { targets: new Set(), faults: new Set(), calls: 0 };
    const these = attacks.filter((one) => one.kind === kind);
    for (const [at, attack] of these.entries()) {
      for (const [stage, middle] of MIDDLES.entries()) {
        // Each attack at each stage is taken for others, so that all readings are tried in a kind.
        const from = (at * MIDDLES.length + stage) % TAKEN_FOR.length;
        const intents = [...TAKEN_FOR.slice(from), ...TAKEN_FOR.slice(0, from)];
        for (const intent of intents.slice(0, READINGS)) attackCall(found, attack, middle, intent);
      }
    }
    t.strictSame(
      [...found.targets].filter((target) => !targets.has(target)),
      [],
      'listed targets only',
    );
    t.strictSame([...found.faults].slice(0, 10), [], 'nothing is told that is no approved text');
    t.comment(`${String(these.length)} attacks, ${String(found.calls)} calls`);
    t.end();
  });
}
