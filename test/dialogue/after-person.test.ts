import t from 'tap';
import { ColleagueTalk } from '../../agent/dialogue/colleague.js';
import type { DialogueAction, DialogueEvent } from '../../agent/dialogue/ports.js';
import { dialogueOf, heard, listening, spoken } from './office.js';

const TARGETS = [
  { id: 'desk', name: 'the desk', extension: '201' },
  { id: 'ann', name: 'Ann Carter', extension: '202', fallback: 'team' },
  { id: 'bob', name: 'Bob Stone', extension: '203' },
];
const team = { id: 'team', name: 'the team', members: ['bob', 'desk'] };

/** A talk that has come to the transfer to whom `text` names. */
function asked(
  settings: Readonly<Record<string, unknown>>,
  text = 'Please connect me with Ann Carter.',
) {
  const talk = listening(
    dialogueOf(
      {},
      {
        ...{ emergencyTarget: 'desk', transferTargets: TARGETS, departments: [team] },
        ...settings,
      },
    ),
  );
  talk.take(heard('person.transfer', { text }), spoken);
  const rungIn = () => talk.last.actions.find((one) => one.do === 'transfer');
  const take = (...events: readonly DialogueEvent[]) => talk.take(...events).last;
  return { take, rungIn, rung: rungIn(), phase: () => talk.phase, settled: () => talk.outcome };
}

const saidIn = (actions: readonly DialogueAction[]): string =>
  actions.flatMap((one) => (one.do === 'say' ? one.phrases.map(({ text }) => text) : [])).join(' ');

void t.test('blind unless the office, the department or the person wants to be told', (t) => {
  t.equal(asked({}).rung?.how, undefined);
  t.equal(asked({ transfer: { mode: 'announced' } }).rung?.how, 'announced');
  const own = TARGETS.map((one) =>
    one.id === 'ann' ? { ...one, transfer: { mode: 'announced' } } : one,
  );
  const { rung } = asked({ transferTargets: own });
  t.equal(rung?.how, 'announced');
  t.match(rung?.about?.said, /Ann Carter/u, "the caller's own words go with it");
  const blind = TARGETS.map((one) =>
    one.id === 'ann' ? { ...one, transfer: { mode: 'blind' } } : one,
  );
  t.equal(asked({ transferTargets: blind, transfer: { mode: 'announced' } }).rung?.how, undefined);
  t.end();
});

void t.test('danger waits for no announcement', (t) => {
  const talk = listening(
    dialogueOf(
      {},
      {
        ...{ emergencyTarget: 'desk', transferTargets: TARGETS, departments: [team] },
        transfer: { mode: 'announced' },
      },
    ),
  );
  talk.take(heard('emergency', { text: 'He has chest pain' }), spoken);
  const rung = talk.last.actions.find((one) => one.do === 'transfer');
  t.equal(rung?.why, 'emergency');
  t.equal(rung?.how, undefined);
  t.end();
});

void t.test(
  'a department that rings as one is one step of the chain, and its fallback the next',
  (t) => {
    const departments = [{ ...team, ring: 'all', fallback: 'ann' }];
    const talk = asked({ departments }, 'Please connect me with the team.');
    t.equal(talk.rung?.target, 'team');
    t.same(talk.rung?.among, ['bob', 'desk']);
    talk.take({ kind: 'transfer-ended', outcome: 'no-answer' });
    const next = talk.take({ kind: 'spoken' }).actions.find((one) => one.do === 'transfer');
    t.equal(next?.target, 'ann');
    t.equal(next?.among, undefined);
    t.end();
  },
);

void t.test('a queue is announced, whatever the office does else', (t) => {
  const departments = [{ ...team, queueSeconds: 120 }];
  const { rung } = asked({ departments }, 'Please connect me with the team.');
  t.equal(rung?.how, 'announced');
  t.equal(rung?.queueSeconds, 120);
  t.end();
});

void t.test('whoever wants a message gets one, and no colleague is rung', (t) => {
  const talk = asked({ departments: [team] });
  const { actions } = talk.take({ kind: 'transfer-ended', outcome: 'voicemail' });
  t.equal(talk.phase(), 'taking');
  t.match(saidIn(actions), /Ann Carter can't take the call/u);
  t.end();
});

void t.test('when the chain is over: a message is offered, taken, or voicemail begins', (t) => {
  for (const [whenMissed, phase] of [
    ['offer', 'offering-message'],
    ['message', 'taking'],
    ['voicemail', 'voicemail'],
  ] as const) {
    const talk = asked({ departments: [team], transfer: { whenMissed } });
    for (const outcome of ['busy', 'declined'] as const) {
      talk.take({ kind: 'transfer-ended', outcome });
      t.equal(talk.phase(), 'announcing', `${whenMissed}: the next of the chain`);
      talk.take({ kind: 'spoken' });
    }
    const { actions } = talk.take({ kind: 'transfer-ended', outcome: 'no-answer' });
    t.equal(talk.phase(), phase);
    t.match(saidIn(actions), /Ann Carter/u, 'who was asked for is named');
  }
  t.end();
});

void t.test('after the talk the line is closed, or the caller is asked', (t) => {
  const closed = asked({});
  const { actions } = closed.take({ kind: 'transfer-ended', outcome: 'answered', back: true });
  t.same(actions, [{ do: 'hang-up' }]);
  t.equal(closed.settled(), 'transferred');
  const open = asked({ transfer: { afterTalk: 'ask' } });
  const asking = open.take({ kind: 'transfer-ended', outcome: 'answered', back: true });
  t.match(saidIn(asking.actions), /anything else/u);
  t.equal(open.settled(), 'transferred');
  // Whoever was given back by a person is not hung up on.
  const given = asked({});
  const end = { kind: 'transfer-ended', outcome: 'answered', back: true, given: true } as const;
  t.match(saidIn(given.take(end).actions), /anything else/u);
  t.equal(given.settled(), 'transferred');
  t.end();
});

void t.test('what people do is noted, and a talk has served the caller', (t) => {
  const talk = asked({});
  t.equal(talk.take({ kind: 'talk', what: 'held', who: 'ann' }).reason, 'talk.held');
  t.equal(talk.settled(), 'abandoned');
  t.equal(talk.take({ kind: 'talk', what: 'connected', who: 'ann' }).reason, 'talk.connected');
  t.equal(talk.settled(), 'transferred');
  t.equal(talk.phase(), 'transferring');
  t.end();
});

void t.test('what a person is told, and what their answer means', (t) => {
  const about = {
    reason: 'call',
    name: 'Dr Emily Carter',
    callerName: null,
    callerNumber: '+4930123',
    said: 'It is about my knee.',
  } as const;
  const en = new ColleagueTalk('en');
  const told = en.announcement(about).join(' ');
  t.match(
    told,
    /number zero zero four nine three zero one two three is on the line for Doctor Emily/u,
  );
  t.match(told, /It is about my knee\. Press one/u);
  t.match(en.announcement({ ...about, callerNumber: '' }).join(' '), /without a number/u);
  t.match(
    en.announcement({ ...about, callerName: 'Ann Lee' }).join(' '),
    /Ann Lee is on the line/u,
  );
  const long = en.announcement({ ...about, said: 'word '.repeat(200) });
  t.ok((long[1] ?? '').length < 230, 'nobody listens to a speech before taking a call');
  for (const [language, yes, no, message] of [
    ['en', 'yes please', 'no', 'take a message please'],
    ['de', 'ja', 'nein danke', 'eine Nachricht bitte'],
    ['ko', '네', '아니요', '메시지 받아 주세요'],
  ] as const) {
    const talk = new ColleagueTalk(language);
    t.equal(talk.answerOfWords(yes), 'accept', language);
    t.equal(talk.answerOfWords(no), 'decline', language);
    t.equal(talk.answerOfWords(message), 'message', language);
    t.equal(talk.answerOfWords('hello'), undefined, language);
    t.same(
      ['1', '2', '3', '4'].map((key) => talk.answerOfKey(key)),
      [...['accept', 'decline', 'message', undefined]],
    );
  }
  t.end();
});
