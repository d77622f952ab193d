import t from 'tap';
import { redactionSettings } from '../../agent/privacy/redaction-settings.js';
import { Redactor } from '../../agent/privacy/redaction.js';
import { Discretion } from '../../agent/reception/discretion.js';
import type { HiddenSound } from '../../agent/reception/held-sound.js';
import type { Recognised } from '../../agent/speech/ports.js';

const NOW = Date.parse('2026-11-16T10:00:00Z');

function begun(hide: ('dob' | 'email' | 'phone')[] = []) {
  const told: unknown[] = [];
  const notes: string[] = [];
  const redactor = new Redactor(redactionSettings.parse({ hide }), () => ({
    ...{ language: 'en', country: 'US', timeZone: 'America/New_York', now: NOW },
  }));
  const sound = {
    hide: (side: string, fromMs: number) => {
      told.push({ side, fromMs });
      return (toMs: number) => told.push({ side, toMs });
    },
    pause: (paused: boolean) => told.push({ paused }),
    turnBegan: (atMs: number) => told.push({ began: atMs }),
    turnDropped: (atMs: number) => told.push({ dropped: atMs }),
    turnWaits: (atMs: number) => told.push({ waits: atMs }),
    turnDecided: (atMs: number, hidden: readonly HiddenSound[]) =>
      told.push({ decided: atMs, hidden }),
  };
  const note = (kind: string, place: string): void => {
    notes.push(`${kind} ${place}`);
  };
  return { told, notes, discretion: new Discretion(redactor, sound, note) };
}

/** Words of half a second each. */
const recognised = (text: string, estimated = false): Recognised => ({
  ...{ text, confidence: 0.9, engine: 'test', secondsAudio: 9, secondsCpu: 1 },
  words: text.split(' ').map((word, index) => ({
    ...{ word, start: index / 2, end: (index + 1) / 2, confidence: 0.9 },
    ...(estimated ? { estimated } : {}),
  })),
});

await t.test(
  'a card number is in nothing that is known or stored, and its words are tones',
  (t) => {
    const { told, notes, discretion } = begun();
    discretion.began(1_000);
    const turn = discretion.heard({
      recognised: recognised('take 4111 1111 1111 1111 please'),
      ...{ fromMs: 1_000, toMs: 4_000 },
    });
    t.equal(turn.known.text, 'take [card number] please');
    t.equal(turn.stored.text, turn.known.text);
    t.same(
      turn.stored.words.map(({ word }) => word),
      ['take', 'please'],
    );
    t.equal(turn.hidden, undefined, 'nobody can reveal it');
    t.notMatch(JSON.stringify(turn), /4111|1111/u);
    t.same(told, [
      { began: 1_000 },
      {
        decided: 1_000,
        hidden: [{ side: 'caller', fromMs: 680 + 500 - 300, toMs: 680 + 2_500 + 300 }],
      },
    ]);
    t.same(notes, ['card text', 'card sound']);
    t.end();
  },
);

await t.test(
  'where word times are estimated, or words and text differ, all of it is hidden',
  (t) => {
    for (const heard of [
      recognised('take 4111 1111 1111 1111 please', true),
      { ...recognised('take 4111 1111 1111 1111 please'), words: [] },
      { ...recognised('4111111111111111'), words: recognised('four one one one').words },
    ]) {
      const { told, discretion } = begun();
      const { stored } = discretion.heard({ recognised: heard, fromMs: 2_000, toMs: 5_000 });
      t.match(told, [{ hidden: [{ fromMs: 1_680, toMs: 5_300 }] }]);
      t.notMatch(JSON.stringify(stored), /1111|four/u);
    }
    t.end();
  },
);

await t.test('what the policy hides is known to the conversation, and sealed for some', (t) => {
  const { told, discretion } = begun(['phone']);
  const turn = discretion.heard({
    recognised: recognised('my number is 415 555 0142'),
    ...{ fromMs: 0, toMs: 3_000 },
  });
  t.equal(turn.known.text, 'my number is 415 555 0142');
  t.equal(turn.stored.text, 'my number is [telephone number]');
  t.same(JSON.parse(turn.hidden ?? ''), [{ kind: 'phone', text: '415 555 0142' }]);
  const said = discretion.says('I have 4 1 5, 5 5 5, 0 1 4 2.', 9_000);
  said.heard(12_000);
  t.equal(said.stored, 'I have [telephone number].');
  t.match(told.slice(1), [
    { side: 'agent', fromMs: 9_000 },
    { side: 'agent', toMs: 12_500 },
  ]);
  t.equal(discretion.inJournal?.('4155550142'), '[telephone number]');
  t.equal(discretion.inMessage('4155550142', 0), '4155550142', 'the office calls back');
  t.end();
});

await t.test('a caller who fetches the number is not recorded when it is told at last', (t) => {
  for (const between of ['wait', 'still_there', 'repeat']) {
    const { told, discretion } = begun();
    discretion.asks('insurance_number');
    discretion.asks(between);
    t.same(told, [{ paused: true }], between);
    const { stored } = discretion.heard({
      recognised: recognised('it is 23 56 78 91'),
      ...{ fromMs: 20_000, toMs: 24_000 },
    });
    t.notMatch(stored.text, /\d/u, 'it is known what the digits are');
  }
  t.end();
});

await t.test('questions for such digits pause the recording, keys are judged together', (t) => {
  const { told, notes, discretion } = begun();
  discretion.asks('insurance_number');
  discretion.asks('anything_else');
  t.same(told, [{ paused: true }, { paused: false }]);
  t.notOk(discretion.keys('4111111111111111', 0));
  t.ok(discretion.keys('4155550142', 0));
  t.equal(discretion.inMessage('4111 1111 1111 1111', 0), '[card number]');
  t.same(notes, ['card keys', 'card message']);
  discretion.began(5);
  discretion.dropped();
  discretion.dropped();
  t.same(told.slice(2), [{ began: 5 }, { dropped: 5 }]);
  t.end();
});
