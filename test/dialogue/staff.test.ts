import t from 'tap';
import { begin, dialogueOf, heard, key, listening, spoken, Talk } from './office.js';

const TAKEN = { kind: 'taken-over', extension: '204' } as const;
const ENDED = { kind: 'ended-by-staff' } as const;
const actions = (talk: Talk): readonly string[] => talk.last.actions.map((action) => action.do);

void t.test(
  'whoever takes a call over is rung at their own telephone, after the caller is told',
  (t) => {
    const talks = [
      new Talk().take(begin()),
      listening(),
      listening().take(heard('message.leave'), heard('oos', { text: 'Ida Brown' })),
      listening().take(key('0')),
      listening().take(heard('control.goodbye')),
    ];
    for (const talk of talks) {
      talk.take(TAKEN);
      t.strictSame(talk.prompts, ['staff.takes_over']);
      t.match(talk.take(spoken).last.actions, [
        { do: 'transfer', why: 'taken-over', extension: '204' },
      ]);
      talk.take({ kind: 'transfer-ended', outcome: 'answered' });
      t.equal(talk.phase, 'handed-over');
    }
    t.end();
  },
);

void t.test(
  'a telephone that nobody takes up: the caller is told, and a message is offered',
  (t) => {
    const talk = listening().take(TAKEN, spoken, { kind: 'transfer-ended', outcome: 'no-answer' });
    t.strictSame(
      talk.prompts,
      ['consent.reminder', 'transfer.failed', 'message.offer'],
      'nobody else is rung instead',
    );
    t.equal(talk.phase, 'offering-message');
    t.end();
  },
);

void t.test('a call that is ended is ended politely, and what was told is kept', (t) => {
  const plain = listening().take(ENDED);
  t.strictSame(plain.prompts, ['staff.ends']);
  t.strictSame(actions(plain.take(spoken)), ['hang-up']);
  const telling = listening().take(heard('message.leave'), heard('oos', { text: 'Ida Brown' }));
  telling.take(
    heard('oos', { text: '415 555 0142' }),
    heard('control.yes', { text: 'yes' }),
    ENDED,
  );
  t.ok(actions(telling).includes('keep-message'));
  t.equal(telling.phase, 'leaving');
  t.end();
});

void t.test('where nobody talks with us the staff changes nothing', (t) => {
  const ringing = listening().take(key('0'), spoken);
  for (const event of [TAKEN, ENDED]) {
    ringing.take(event);
    t.equal(ringing.phase, 'transferring');
    t.strictSame(actions(ringing), []);
  }
  t.end();
});

void t.test('a recording that was to be erased is erased by a take-over too', (t) => {
  const talk = listening().take(heard('privacy.no_recording'));
  t.equal(talk.phase, 'erasing');
  t.match(talk.take(TAKEN).last.actions, [{ do: 'stop-recording', erase: true }, { do: 'say' }]);
  t.end();
});

void t.test(
  'where the staff may listen in, the notice and the question for consent say so',
  (t) => {
    for (const [listens, consentMode, wanted] of [
      [true, 'announcement', 'greeting.notice_listened'],
      [false, 'announcement', 'greeting.notice'],
      [true, 'opt-in', 'greeting.notice_unrecorded'],
    ] as const) {
      const talk = new Talk(dialogueOf({}, { consentMode }, true, listens)).take(begin());
      t.ok(talk.prompts.includes(wanted), wanted);
      if (consentMode !== 'opt-in') continue;
      t.strictSame(talk.take(spoken).prompts, ['consent.ask_listened']);
    }
    t.end();
  },
);
