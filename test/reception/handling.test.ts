import t from 'tap';
import type { StoredHandlingRule } from '../../agent/records/handling-rules.js';
import { Directory } from '../../agent/dialogue/directory.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import { HandlingPlan, type CallAsked, type Decision } from '../../agent/reception/handling.js';
import { callerNumber, fits } from '../../agent/reception/handling-numbers.js';
import { isRecorded } from '../../agent/reception/handling-recording.js';
import { handlingSettings } from '../../agent/reception/handling-settings.js';
import { e164 } from '../../agent/understanding/slots/phone-rules.js';
import { OPEN, talkFacts } from '../dialogue/office.js';

const british = (number: string): string | undefined => e164(number, 'gb');
const CALLER = '+442079460142';
const QUIET = { calls: 0, silent: 0 };

const planOf = (settings: object = {}, records = true, isOpen = true): HandlingPlan =>
  new HandlingPlan({
    settings: handlingSettings.parse(settings),
    directory: new Directory(dialogueSettings.parse(talkFacts), 'Europe/Berlin'),
    defaultTarget: 'desk',
    isOpen: () => isOpen,
    records,
    e164: british,
    extensions: ['205'],
  });

const asked = (more: Partial<CallAsked> = {}): CallAsked => ({
  ...{ caller: CALLER, called: 'reception', now: OPEN, rules: [], away: [] },
  ...{ lastHour: QUIET, lastDay: QUIET },
  ...more,
});

const rule = (more: Partial<StoredHandlingRule>): StoredHandlingRule => ({
  ...{ id: 'one', setAt: 0, setBy: 'x', caller: undefined, called: undefined, way: 'assistant' },
  ...{ target: undefined, seconds: undefined, recording: undefined, until: undefined },
  ...more,
});

const wayOf = ({ way, because }: Decision): string => [way, ...because].join(' ');

void t.test('numbers are known in whatever form the network writes them', (t) => {
  const fit = (pattern: string, shown: string): boolean =>
    fits(pattern, callerNumber(shown, british), british);
  t.ok(fit('+442079460142', '02079460142'));
  t.ok(fit('02079460142', '+442079460142'));
  t.ok(fit('+4420*', '020 7946 0142'));
  t.ok(fit('205', '205'));
  t.ok(fit('withheld', '') && fit('withheld', 'anonymous'));
  t.notOk(fit('+4420*', '') || fit('withheld', '205') || fit('20', '205'));
  t.notOk(fit('+44207946014*', '+442079460199'));
  t.end();
});

void t.test('the closest rule counts, one set by command before one of the configuration', (t) => {
  const plan = planOf({
    rules: [
      { caller: '+4420*', when: 'closed', do: 'voicemail' },
      { called: 'sales', do: 'staff', target: 'carter', seconds: 12 },
      { caller: '+4420*', do: 'staff' },
    ],
  });
  t.equal(wayOf(plan.decide(asked())), 'staff configured.2');
  t.match(plan.decide(asked({ called: 'sales' })).staff, { target: 'carter', seconds: 12 });
  const rules = [
    rule({ id: 'wide', caller: '+4*', way: 'voicemail' }),
    rule({ id: 'near', caller: CALLER, way: 'assistant' }),
    rule({ id: 'any', called: 'reception', way: 'block' }),
    rule({ id: 'over', caller: CALLER, called: 'reception', way: 'block', until: OPEN }),
  ];
  t.equal(wayOf(plan.decide(asked({ rules }))), 'assistant rule.near');
  t.equal(wayOf(plan.decide(asked({ rules, caller: '+4930123456' }))), 'voicemail rule.wide');
  t.equal(wayOf(plan.decide(asked({ rules, caller: '+15550100123' }))), 'block rule.any');
  const atNight = planOf({ rules: [{ when: 'closed', do: 'voicemail' }] }, true, false);
  t.equal(atNight.decide(asked()).way, 'voicemail');
  t.end();
});

void t.test('lists: allowed before VIP before blocked, and a rule before all of them', (t) => {
  const plan = planOf({
    block: ['+44*'],
    allow: ['+4420794601*'],
    vip: { callers: ['+442079460200'], target: 'carter', seconds: 8 },
  });
  t.equal(wayOf(plan.decide(asked())), 'assistant list.allow');
  t.equal(wayOf(plan.decide(asked({ caller: '02079469999' }))), 'block list.block');
  const vip = plan.decide(asked({ caller: '+442079460200' }));
  t.match(vip, { way: 'staff', vip: true, staff: { target: 'carter', seconds: 8 } });
  const lifted = [rule({ caller: '+442079469999', way: 'voicemail' })];
  t.equal(plan.decide(asked({ caller: '+442079469999', rules: lifted })).way, 'voicemail');
  const made = [rule({ caller: CALLER, way: 'block' })];
  t.equal(plan.decide(asked({ rules: made })).way, 'block');
  t.equal(
    plan.decide(
      asked({ rules: [rule({ caller: '+442079469999', way: 'vip' })], caller: '+442079469999' }),
    ).vip,
    true,
  );
  t.end();
});

void t.test('staff who are away are not rung: the assistant takes the call', (t) => {
  const plan = planOf({ rules: [{ do: 'staff', target: 'carter' }] });
  const away = [{ person: 'carter', kind: 'absent', from: 0, until: OPEN + 1 }] as const;
  t.equal(plan.decide(asked({ away })).way, 'assistant');
  t.match(plan.decide(asked({ away })).because, ['configured.0', 'staff.away']);
  t.equal(plan.decide(asked({ away, now: OPEN + 1 })).way, 'staff');
  t.end();
});

void t.test(
  'the gate: many calls, silent calls, withheld numbers; never one’s own telephones',
  (t) => {
    const plan = planOf();
    const challenged = (more: Partial<CallAsked>, one = plan): boolean =>
      one.decide(asked(more)).challenged;
    t.notOk(challenged({}));
    t.notOk(challenged({ lastHour: { calls: 5, silent: 0 } }));
    t.ok(challenged({ lastHour: { calls: 6, silent: 0 } }));
    t.ok(challenged({ lastDay: { calls: 9, silent: 2 } }));
    const said = (verdict: 'passed' | 'failed' | 'unverified') => ({ attestation: { verdict } });
    t.ok(challenged(said('failed')), 'the carrier says that it is not the caller’s number');
    t.notOk(challenged(said('unverified')) || challenged(said('passed')));
    const strict = planOf({ gate: { attestation: 'unverified' } });
    t.ok(challenged(said('unverified'), strict) && !challenged(said('passed'), strict));
    t.notOk(challenged({}, strict), 'nothing said is nothing known');
    t.notOk(challenged(said('failed'), planOf({ gate: { attestation: 'off' } })));
    t.notOk(challenged({ caller: '' }));
    t.ok(challenged({ caller: '' }, planOf({ gate: { withheld: true } })));
    t.ok(challenged({}, planOf({ gate: { challenge: 'always' } })));
    t.notOk(
      challenged({ lastHour: { calls: 19, silent: 0 } }, planOf({ gate: { challenge: 'never' } })),
    );
    const many = { calls: 20, silent: 9 };
    t.equal(wayOf(plan.decide(asked({ lastHour: many }))), 'block gate.too-many');
    for (const known of [
      { caller: '205' },
      { rules: [rule({ caller: CALLER, way: 'allow' })] },
      { rules: [rule({ caller: CALLER, way: 'vip' })] },
    ]) {
      const decision = plan.decide(asked({ lastHour: many, lastDay: many, ...known }));
      t.not(decision.way, 'block');
      t.notOk(decision.challenged);
    }
    t.end();
  },
);

void t.test('recording by the precedence of FreePBX', (t) => {
  const cases: readonly [Parameters<typeof isRecorded>[0], boolean][] = [
    [[], true],
    [['no'], false],
    [['yes', 'no'], true],
    [['no', 'yes'], false],
    [['dont-care', 'no'], false],
    [['no', 'force'], true],
    [['force', 'no'], true],
    [['force', 'never'], false],
    [['never', 'yes'], false],
    [['never', 'force'], true],
  ];
  for (const [wishes, recorded] of cases) {
    t.equal(isRecorded(wishes, true), recorded, wishes.join(' '));
    t.notOk(isRecorded(wishes, false), 'an office that records nothing records nothing');
  }
  const plan = planOf({
    rules: [{ caller: '+4930*', do: 'staff', target: 'carter' }],
    recording: [
      { called: 'sales', record: 'no' },
      { caller: '+4420*', record: 'yes' },
      { extension: '203', record: 'never' },
    ],
  });
  const recorded = (more: Partial<CallAsked>): boolean => plan.decide(asked(more)).recorded;
  t.ok(recorded({}));
  t.notOk(recorded({ called: 'sales' }), 'the number dialled comes first');
  t.notOk(recorded({ caller: '+4930123456' }), 'it rings at 203 first');
  t.notOk(recorded({ caller: '203' }));
  t.ok(recorded({ called: 'sales', rules: [rule({ caller: CALLER, recording: 'force' })] }));
  t.end();
});

void t.test('wrong settings are named', (t) => {
  const faults = (settings: object): readonly string[] =>
    (handlingSettings.safeParse(settings).error?.issues ?? []).map(({ path }) => path.join('.'));
  t.strictSame(faults({ block: ['everybody'] }), ['block.0']);
  t.strictSame(faults({ recording: [{ record: 'no' }] }), ['recording.0']);
  t.strictSame(faults({ recording: [{ called: '1', caller: '2', record: 'no' }] }), [
    'recording.0',
  ]);
  t.strictSame(faults({ gate: { suspiciousPerHour: 9, mostPerHour: 9 } }), ['gate.mostPerHour']);
  t.strictSame(faults({ mostSeconds: 130, warnSeconds: 130 }), ['warnSeconds']);
  t.strictSame(faults({ rules: [{ do: 'dance' }] }), ['rules.0.do']);
  t.end();
});
