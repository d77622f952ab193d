import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Directory } from '../../agent/dialogue/directory.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import { TextCall, type TextHandling, type TextOutput } from '../../agent/reception/converse.js';
import { HandlingPlan } from '../../agent/reception/handling.js';
import { handlingSettings } from '../../agent/reception/handling-settings.js';
import { e164 } from '../../agent/understanding/slots/phone-rules.js';
import { dialogueOf, talkFacts } from '../dialogue/office.js';

const CALLER = '+442079460142';
const QUIET = { calls: 0, silent: 0 };

/** A call in text that is held as `handling` says, with everything that was written. */
function callOf(handling: object, known: Partial<TextHandling['known'] & object> = {}) {
  const written: TextOutput[] = [];
  const plan = new HandlingPlan({
    settings: handlingSettings.parse(handling),
    directory: new Directory(dialogueSettings.parse(talkFacts), 'Europe/Berlin'),
    defaultTarget: 'desk',
    isOpen: () => true,
    records: true,
    e164: (number) => e164(number, 'gb'),
    extensions: ['205'],
  });
  const call = new TextCall(
    {
      dialogue: dialogueOf({ country: 'gb' }),
      understanding: {
        danger: () => undefined,
        understand: (text) =>
          Promise.resolve({
            ...{ intent: 'oos', score: 0.9, alternatives: [], slots: {}, faq: undefined },
            emergency: text.includes('breathing'),
          }),
      },
      handling: {
        ...{ plan, called: '5550100', random: () => 0.5 },
        known: { rules: [], away: [], lastHour: QUIET, lastDay: QUIET, ...known },
      },
      ...{ silenceMs: 7_000, language: 'en', caller: CALLER, clock: systemClock() },
    },
    (output) => written.push(output),
  );
  const said = (): string => written.flatMap((one) => ('says' in one ? [one.says] : [])).join(' ');
  return { call, written, said };
}

void t.test('an ordinary call is the assistant’s, and nothing is said of it', (t) => {
  const { call, written } = callOf({});
  call.begin();
  t.match(written[0], { asks: 'greeting' });
  t.strictSame(call.record().record.handling, {
    ...{ way: 'assistant', challenged: false, recorded: true, because: [] },
  });
  t.end();
});

void t.test('a blocked caller hears one sentence, and the call ends', async (t) => {
  const { call, written, said } = callOf({ block: [CALLER] });
  call.begin();
  t.match(written[0], { does: 'handle', way: 'block', because: ['list.block'] });
  t.notMatch(said(), /help you/u);
  await call.take({ silence: 3 });
  t.ok(call.over);
  t.strictSame(call.record().record.counts, ['blocked']);
});

void t.test('danger gets past a block', async (t) => {
  const { call, written } = callOf({ block: [CALLER] });
  call.begin();
  await call.take({ say: 'my wife has stopped breathing' });
  t.ok(written.some((one) => 'does' in one && one.does === 'transfer' && one.target === 'duty'));
});

void t.test('a suspicious caller presses the key that is asked for, and goes on', async (t) => {
  const gate = { suspiciousPerHour: 3 };
  const { call, written, said } = callOf({ gate }, { lastHour: { calls: 4, silent: 0 } });
  call.begin();
  t.match(written[0], { does: 'handle', challenged: true, because: ['gate.many-calls'] });
  t.match(said(), /five/u);
  t.notMatch(said(), /help you/u);
  await call.take({ dtmf: '5' });
  t.match(said(), /help you/u);
  t.strictSame(call.record().record.counts, ['challenged', 'passed']);
});

void t.test('who never presses it is let go', async (t) => {
  const { call } = callOf({ gate: { challenge: 'always' } });
  call.begin();
  for (let count = 0; count < 6 && !call.over; count += 1) await call.take({ dtmf: '1' });
  t.ok(call.over);
  t.ok(call.record().record.counts.includes('refused'));
});

void t.test('voicemail: what is said is kept', async (t) => {
  const { call, written } = callOf({ rules: [{ called: '5550100', do: 'voicemail' }] });
  call.begin();
  t.match(written[0], { does: 'handle', way: 'voicemail', because: ['configured.0'] });
  await call.take({ say: 'This is Ida Brown, the roof leaks again.' });
  await call.take({ dtmf: '#' });
  t.ok(call.over);
  const { messages, outcome } = call.record().record;
  t.equal(outcome, 'message');
  t.match(messages, [{ name: 'Ida Brown', state: 'complete', reason: /roof leaks/u }]);
});

void t.test('staff ring first; when nobody takes it, the assistant does', async (t) => {
  const rules = [{ called: '5550100', do: 'staff', target: 'carter', seconds: 12 }];
  const answered = callOf({ rules });
  answered.call.begin();
  t.match(answered.written[1], { does: 'transfer', target: 'carter', why: 'staff-first' });
  t.ok(answered.call.over, 'a colleague has the caller');
  const missed = callOf({ rules });
  await missed.call.take({ transfer: 'no-answer' });
  missed.call.begin();
  t.match(missed.said(), /Harbour Office/u);
  t.notOk(missed.call.over);
  const now = Date.now();
  const gone = { person: 'carter', kind: 'absent' as const, from: now - 1000, until: now + 60_000 };
  const away = callOf({ rules }, { away: [gone] });
  away.call.begin();
  t.notMatch(away.written[0], { does: 'transfer' });
  t.ok(away.call.record().record.handling?.because.includes('staff.away'));
});

void t.test('a number that is never recorded is not announced as recorded', (t) => {
  const recording = [{ called: '5550100', record: 'never' }];
  const { call, written } = callOf({ recording });
  call.begin();
  t.notOk(written.some((one) => 'does' in one && one.does === 'consent'));
  t.equal(call.record().record.handling?.recorded, false);
  t.end();
});
