import t from 'tap';
import { begin, heard, key, listening, silent, spoken, Talk } from './office.js';

const UNSPOKEN = { kind: 'unspoken' } as const;

void t.test('our voice fails in the middle of a talk: a person, by words that are fixed', (t) => {
  const talks = [
    listening(),
    listening().take(heard('faq.parking'), spoken),
    listening().take(heard('message.leave')),
    listening().take(heard('message.leave'), heard('oos', { text: 'Ida Brown' })),
  ];
  for (const talk of talks) {
    t.strictSame(talk.take(UNSPOKEN).prompts, ['voice.lost']);
    t.strictSame(talk.take(spoken).last.actions, [
      { do: 'transfer', target: 'desk', why: 'voiceless' },
    ]);
    t.equal(talk.outcome, 'unserved');
  }
  t.end();
});

void t.test('where nobody took the call, the caller’s words are taken down', (t) => {
  const talk = listening().take(UNSPOKEN, spoken, { kind: 'transfer-ended', outcome: 'busy' });
  t.equal(talk.phase, 'offering-message');
  talk.take(heard('control.yes'), heard('oos', { text: 'Ida Brown' }), UNSPOKEN);
  t.strictSame(talk.prompts, ['voicemail.say']);
  talk.take(spoken, heard('oos', { text: 'The roof is leaking.' }));
  t.match(talk.last.actions, [{ do: 'keep-message' }]);
  t.strictSame(talk.take(silent).prompts, ['voicemail.kept']);
  t.end();
});

void t.test('who is told to wait, asked for consent or let go is not kept from it', (t) => {
  const phases: [Talk, string][] = [
    [new Talk().take(begin()), 'listening'],
    [listening().take(key('0')), 'transferring'],
    [listening().take(heard('control.goodbye')), 'ended'],
    [listening().take(key('0'), spoken), 'transferring'],
  ];
  for (const [talk, phase] of phases) t.equal(talk.take(UNSPOKEN).phase, phase);
  t.end();
});
