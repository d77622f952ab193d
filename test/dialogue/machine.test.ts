import t from 'tap';
import { isOver } from '../../agent/dialogue/machine.js';
import { eventsOf } from '../../agent/dialogue/table.js';
import { en } from '../../agent/dialogue/prompts/en.js';
import type { CallHandling, DialogueEvent, DialogueState } from '../../agent/dialogue/ports.js';
import { dialogueErrors } from '../../agent/dialogue/errors.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import { seeded } from '../../agent/audio/seeded.js';
import {
  begin,
  CLOSED,
  day,
  dialogueOf,
  heard,
  key,
  OPEN,
  silent,
  spoken,
  talkFacts,
} from './office.js';

const INTENTS = [
  ...['message.leave', 'message.leave', 'message.leave', 'oos'],
  ...['info.hours', 'info.location', 'info.services', 'info.price', 'appointment.book'],
  ...['message.leave', 'person.transfer', 'emergency', 'privacy.no_recording', 'oos', 'oos'],
  ...['control.repeat', 'control.yes', 'control.no', 'control.goodbye', 'control.wait'],
  ...['control.greeting', 'sales.solicitation', 'language.switch', 'intent.unknown'],
];
const DAYS = ['today', 'tomorrow', 'now', 'weekend', 'monday', 'friday', 'holiday:Christmas Day'];
const TEXTS = [
  ...['words', 'doctor carter please', 'the front desk', '', 'my name is Ida Brown', 'no'],
  'put me through to carter',
  ...['020 7946 0142', '415 555 0142', 'five five five', 'the last digit is nine', 'yes'],
];
const OUTCOMES = ['answered', 'busy', 'no-answer', 'declined', 'voicemail', 'failed'] as const;
/**
 * Prompts that repeat what the caller told, or put names together: only these are synthesised during a
 * call.
 */
const OWN_WORDS = new Set([
  ...['directory.which', 'directory.next'],
  ...['message.thanks_name', 'message.phone_offer', 'message.phone_check', 'message.read_name'],
  ...['message.read_name_spelled', 'message.read_reason', 'form.read_dob', 'form.read_medicine'],
  ...['form.read_pharmacy', 'form.read_test', 'form.read_invoice', 'form.read_document'],
  ...['form.read_email', 'form.read_service'],
]);
const away = { person: 'carter', kind: 'absent', from: 0, until: Infinity } as const;
const HANDLINGS: readonly CallHandling[] = [
  { way: 'block' },
  { way: 'voicemail', recorded: false },
  { way: 'assistant', challenge: '5', away: [away] },
  { way: 'staff', staff: { target: 'carter', seconds: 9 }, challenge: '7' },
  { way: 'staff', staff: { target: 'carter', seconds: 9 } },
];
/** Free times on three mornings. */
const SLOTS = [0, 1, 2].map((days) => {
  const from = Date.parse('2026-11-25T09:00:00Z') + days * 86_400_000;
  return { visit: 'check-up', from, to: from + 1_200_000 };
});
const SEQUENCES = 500;
const LENGTH = 40;

const dialogue = dialogueOf(
  {},
  {
    transferTargets: [
      ...talkFacts.transferTargets,
      { id: 'bob', name: 'Dr Bob Carter', extension: '204', fallback: 'desk' },
    ],
  },
);

function randomEvent(kind: DialogueEvent['kind'], random: () => number): DialogueEvent {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const now = pick([OPEN, CLOSED, Date.parse('2026-12-25T09:00:00Z')]);
  switch (kind) {
    case 'begin':
      return {
        ...begin(now),
        ...(random() < 0.5 ? { caller: '+14155550142' } : {}),
        ...(random() < 0.5 ? { handling: pick(HANDLINGS) } : {}),
      };
    case 'heard':
      return heard(pick(INTENTS), {
        now,
        text: pick(TEXTS),
        slots: random() < 0.5 ? day(pick(DAYS)) : {},
        faq:
          random() < 0.2 ? { id: 'parking', score: 0.6 + random() * 0.4, margin: 0.2 } : undefined,
      });
    case 'key':
      return key(pick(['0', '1', '5', '*', '#']));
    case 'silence':
      return silent;
    case 'spoken':
      return spoken;
    case 'talk':
      return { kind, what: pick(['asked', 'connected', 'held', 'left'] as const), who: 'desk' };
    case 'transfer-ended':
      return { kind, outcome: pick(OUTCOMES) };
    case 'time':
      return { kind, left: pick(['little', 'none'] as const) };
    case 'slots-found':
      return { kind, now, slots: SLOTS.slice(0, Math.floor(random() * 4)) };
    case 'slot-booked':
    case 'slot-lost':
      return { kind, slot: pick(SLOTS) };
    case 'taken-over':
      return { kind, extension: '204' };
    case 'ended-by-staff':
    case 'diary-failed':
    case 'unheard':
    case 'not-kept':
    case 'kept-waiting':
    case 'unspoken':
    case 'hung-up':
      return { kind };
  }
}

const TALKING = [
  ...['greeting', 'listening', 'more', 'offering', 'offering-message', 'taking', 'leaving'],
  'choosing',
];

/** The same, with no digits keyed so far. */
function clearedOf(state: DialogueState): DialogueState {
  const message = state.message as { digits: string } | null;
  return message === null ? state : { ...state, message: { ...message, digits: '' } };
}

/** The shortest way out for a caller who says nothing more. */
function lapse(state: DialogueState): DialogueEvent {
  if (state.phase === 'new') return begin();
  if (state.phase === 'transferring') return { kind: 'transfer-ended', outcome: 'no-answer' };
  return silent;
}

void t.test('500 random dialogues', (t) => {
  const texts = new Set(dialogue.fixedTexts());
  const seen = new Set<string>();
  const reasonless: string[] = [];
  const strange: string[] = [];
  const moved: string[] = [];
  let unended = 0;
  let zeroes = 0;
  for (let seed = 1; seed <= SEQUENCES; seed += 1) {
    const random = seeded(seed);
    let state = dialogue.start();
    const take = (event: DialogueEvent): void => {
      const before = state.phase;
      const step = dialogue.step(state, event);
      // Through JSON, as a journal would keep it.
      state = JSON.parse(JSON.stringify(step.state)) as DialogueState;
      seen.add(before);
      const waiting = dialogue.step(state, { kind: 'kept-waiting' });
      if (JSON.stringify(waiting.state) !== JSON.stringify(state)) moved.push(state.phase);
      if (!/^[a-z]+(?:\.[a-z0-9-]+)*$/u.test(step.reason)) reasonless.push(step.reason);
      for (const action of step.actions) {
        if (action.do !== 'say') continue;
        for (const { text, prompt } of action.phrases) {
          if (!texts.has(text) && !OWN_WORDS.has(prompt)) strange.push(text);
        }
      }
    };
    for (let count = 0; count < LENGTH && state.phase !== 'ended'; count += 1) {
      const kinds = eventsOf(state.phase).filter((kind) => kind !== 'hung-up' || random() < 0.05);
      take(randomEvent(kinds[Math.floor(random() * kinds.length)] ?? 'hung-up', random));
      if (TALKING.includes(state.phase)) {
        const keyed = dialogue.step(clearedOf(state), key('0'));
        // While a number is asked, 0 may be its first digit: the silence after it decides.
        const announced =
          keyed.patienceMs === undefined ? keyed : dialogue.step(keyed.state, silent);
        const connected = dialogue.step(announced.state, spoken);
        if (connected.actions.some((action) => action.do === 'transfer')) zeroes += 1;
        else strange.push(`0 in ${state.phase}`);
      }
    }
    for (let count = 0; count < 12 && !isOver(state); count += 1) take(lapse(state));
    if (!isOver(state)) unended += 1;
  }
  t.strictSame(strange, [], 'all that is said can be rendered ahead, and 0 always connects');
  t.strictSame(moved, [], 'to be kept waiting changes nothing');
  t.strictSame(reasonless, [], 'every step has a reason code');
  t.equal(unended, 0, 'every dialogue ends');
  t.ok(zeroes > SEQUENCES, 'and 0 was tried often');
  t.strictSame(
    [...seen].sort(),
    [
      ...['announcing', 'choosing', 'erasing', 'gate', 'greeting', 'handed-over', 'leaving'],
      'listening',
      ...['more', 'new', 'offering', 'offering-message', 'taking', 'transferring', 'voicemail'],
    ],
    'every phase was visited',
  );
  t.end();
});

void t.test('the same events lead to the same decisions', (t) => {
  const events = [begin(), spoken, heard('info.hours', { slots: day('today') }), silent, key('0')];
  const run = (): readonly unknown[] => {
    let state = dialogue.start();
    return events.map((event) => {
      const step = dialogue.step(state, event);
      ({ state } = step);
      return step;
    });
  };
  t.strictSame(run(), run());
  t.end();
});

void t.test('an unlisted change throws', (t) => {
  const wrong: readonly DialogueEvent[] = [
    spoken,
    silent,
    heard('oos'),
    key('0'),
    { kind: 'transfer-ended', outcome: 'busy' },
  ];
  for (const event of wrong) {
    t.throws(
      () => dialogue.step(dialogue.start(), event),
      { code: 'DIALOGUE_UNLISTED_CHANGE' },
      event.kind,
    );
  }
  t.throws(() => dialogue.step({ phase: 'elsewhere' }, spoken), {
    code: 'DIALOGUE_UNLISTED_CHANGE',
  });
  t.end();
});

void t.test('how phrases begin that a caller fills is rendered before the first call', (t) => {
  const texts = dialogue.fixedTexts();
  for (const opening of ['Thank you,', 'I have', 'Your name is', 'Your message is:']) {
    t.ok(texts.includes(opening), opening);
  }
  t.notOk(texts.some((text) => text.includes('{')));
  t.end();
});

void t.test('speakable English', (t) => {
  t.equal(en.time(510), 'eight thirty in the morning');
  t.equal(en.time(720), 'noon');
  t.equal(en.time(0), 'midnight');
  t.equal(en.time(1440), 'midnight');
  t.equal(en.time(13 * 60 + 5), 'one oh five in the afternoon');
  t.equal(en.time(21 * 60 + 45), 'nine forty-five in the evening');
  t.equal(en.onDate('sunday', '2027-01-31'), 'on Sunday, January thirty-first');
  t.equal(en.onDate('saturday', '2027-01-30'), 'on Saturday, January thirtieth');
  t.equal(en.digits('911'), 'nine one one');
  t.equal(en.list(['a']), 'a');
  t.equal(en.list(['a', 'b', 'c']), 'a, b and c');
  t.end();
});

void t.test('settings name every fault', (t) => {
  const crossed = dialogueSettings.safeParse({
    ...talkFacts,
    emergencyNumber: 'help',
    defaultTarget: 'nobody',
    emergencyTarget: 'nowhere',
    transferTargets: [...talkFacts.transferTargets, { id: 'desk', name: 'x', extension: '1' }],
  });
  t.strictSame(crossed.error?.issues.map(({ path }) => path.join('.')).sort(), [
    'defaultTarget',
    'emergencyNumber',
    'emergencyTarget',
    'transferTargets.3.id',
  ]);
  t.throws(() => dialogueOf({ language: 'xx' }), { code: 'DIALOGUE_NO_LANGUAGE' });
  t.equal(dialogueErrors.area, 'DIALOGUE');
  t.end();
});

void t.test('what may come at any moment is taken in every phase of a call', (t) => {
  const phases = [
    ...['gate', 'voicemail', 'choosing', 'greeting', 'listening', 'more', 'consenting', 'erasing'],
    ...['offering', 'offering-message', 'taking', 'diary', 'announcing', 'transferring', 'leaving'],
    ...['handed-over', 'ended'],
  ];
  for (const phase of phases) {
    for (const kind of [
      'heard',
      'unheard',
      'key',
      'silence',
      'spoken',
      'time',
      'hung-up',
    ] as const) {
      t.ok(eventsOf(phase).includes(kind), `${kind} in ${phase}`);
    }
  }
  t.end();
});
