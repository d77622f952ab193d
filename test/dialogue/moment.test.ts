import t from 'tap';
import { begin, heard, key, listening, OPEN, spoken, Talk } from './office.js';

const BEGIN = { kind: 'begin', now: OPEN } as const;
const WAITING = { kind: 'kept-waiting' } as const;

void t.test(
  'a caller whose words nobody knows yet is asked for a moment, and nothing changes',
  (t) => {
    const talks = [
      new Talk().take(begin()),
      listening(),
      listening().take(heard('message.leave')),
      listening().take(heard('message.leave'), heard('oos', { text: 'Ida Brown' })),
    ];
    for (const talk of talks) {
      const before = talk.last.state;
      t.strictSame(talk.take(WAITING).prompts, ['wait.moment']);
      t.strictSame(talk.last.state, before);
    }
    const question = listening().take(heard('faq.parking'));
    const repeated = question.take(WAITING, heard('control.repeat')).prompts;
    t.notOk(repeated.includes('wait.moment'), 'it is nothing that would be said again');
    t.end();
  },
);

void t.test('where a caller waits for no word of ours, nothing is said', (t) => {
  const elsewhere = [
    new Talk(),
    listening().take(key('0')),
    listening().take(key('0'), spoken),
    listening().take(heard('control.goodbye')),
    listening().take({ kind: 'hung-up' }),
    new Talk().take({ ...BEGIN, handling: { way: 'voicemail' } }, spoken, spoken),
  ];
  for (const talk of elsewhere) {
    const { phase } = talk;
    t.strictSame(talk.take(WAITING).last.actions, [], phase);
    t.equal(talk.last.reason, 'wait.not-now');
    t.equal(talk.phase, phase);
  }
  t.end();
});
