import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { converseScenario, type TextReport } from '../../agent/reception/converse-scenario.js';
import { parseScenario } from '../../agent/reception/rehearse/scenario.js';
import { dialogueOf } from '../dialogue/office.js';

const INTENTS: Readonly<Record<string, string>> = {
  'a message please': 'message.leave',
  yes: 'control.yes',
  bye: 'control.goodbye',
};

/** Plays a message about a leaking roof, with these expectations. */
function play(expect: object, more: object = {}): Promise<TextReport> {
  const scenario = parseScenario(
    {
      to: 'sip:reception@127.0.0.1',
      from: '02079460199',
      steps: [
        { 'wait-for': 'greeting' },
        { say: 'a message please' },
        {
          answer: {
            until: 'anything else',
            replies: [
              { when: 'your name,', say: 'My name is Ida Brown' },
              { when: 'calling from', say: 'yes' },
              { when: 'about', say: 'The roof leaks.' },
              { when: 'urgent', say: 'yes' },
              { when: 'good time', say: 'Any time.' },
              { when: 'right', say: 'yes' },
            ],
          },
        },
        { say: 'bye' },
        { 'wait-for': 'hang-up' },
      ],
      expect,
      ...more,
    },
    'scenario',
  );
  const parts = {
    dialogue: dialogueOf({ country: 'gb' }),
    understanding: {
      danger: () => undefined,
      understand: (text: string) =>
        Promise.resolve({
          intent: INTENTS[text] ?? 'oos',
          score: 0.9,
          alternatives: [],
          slots: {},
          emergency: false,
          faq: undefined,
        }),
    },
    silenceMs: 7_000,
    language: 'en',
    clock: systemClock(),
  };
  return converseScenario(scenario, parts, () => undefined);
}

t.test('what was expected and came', async (t) => {
  const message = { name: '^ida brown$', phone: '199$', reason: 'roof', urgent: true };
  const report = await play({
    heard: ['harbour office'],
    'ended-by': 'them',
    stored: { outcome: 'message', message: { ...message, state: 'complete', confirmed: true } },
  });
  t.strictSame(report.misses, []);
  t.ok(report.passed);
});

const WRONG: Readonly<Record<string, object>> = {
  'a text that was not said': { heard: ['violet'] },
  'a text that should not have been said': { 'not-heard': ['harbour'] },
  'another end': { 'ended-by': 'us' },
  'another outcome': { stored: { outcome: 'transferred' } },
  'another name': { stored: { message: { name: '^otto' } } },
  'another number': { stored: { message: { phone: '^555' } } },
  'another state': { stored: { message: { state: 'partial' } } },
};

for (const [what, expect] of Object.entries(WRONG)) {
  t.test(`${what} is missed`, async (t) => {
    const report = await play(expect);
    t.equal(report.misses.length, 1, report.misses.join('; '));
    t.notOk(report.passed);
  });
}

t.test('a caller without a reply, and a message that was never left', async (t) => {
  const asked = { answer: { until: 'never', replies: [{ when: 'violet', say: 'yes' }] } };
  const mute = await play({}, { steps: [{ say: 'a message please' }, asked] });
  t.match(mute.misses[0], /REHEARSE_NO_REPLY/u);
  const none = await play(
    { stored: { message: { name: 'ida' } } },
    { steps: [{ say: 'bye' }, { 'wait-for': 'hang-up' }] },
  );
  t.strictSame(none.misses, ['message: none was kept']);
});
