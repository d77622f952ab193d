import t from 'tap';
import {
  CONSENT_MODES,
  nextConsent,
  type ConsentEvent,
  type ConsentStage,
} from '../../agent/dialogue/consent.js';
import type { DialogueAction } from '../../agent/dialogue/ports.js';
import { begin, dialogueOf, heard, key, silent, spoken, Talk } from './office.js';

const office = (consentMode: string): Talk => new Talk(dialogueOf({}, { consentMode }));
const did = (talk: Talk, what: DialogueAction['do']): DialogueAction | undefined =>
  talk.last.actions.find((action) => action.do === what);
const ended = { kind: 'transfer-ended', outcome: 'busy' } as const;

void t.test('opt-in: nothing is recorded without a yes', (t) => {
  for (const [answer, granted] of [
    [heard('control.yes'), true],
    [key('1'), true],
    [heard('control.no'), false],
    [heard('privacy.no_recording'), false],
    [heard('info.hours'), false],
    [{ kind: 'unheard' } as const, false],
    [key('2'), false],
    [silent, false],
  ] as const) {
    const talk = office('opt-in').take(begin());
    t.notMatch(talk.text, /recorded/u, 'the notice does not claim what is not so');
    talk.take(spoken);
    t.same(talk.prompts, ['consent.ask']);
    t.notOk(did(talk, 'grant-consent'));
    talk.take(answer);
    const grant = did(talk, 'grant-consent');
    t.equal(grant !== undefined, granted, JSON.stringify(answer));
    if (granted) t.match(grant, { basis: 'opt-in', noticeVersion: 'test-1' });
    t.ok(did(talk, 'say'), 'and the caller is served either way');
    talk.take(spoken, heard('info.hours'), spoken, heard('control.yes'));
    t.notOk(did(talk, 'grant-consent'), 'a later yes is an answer to something else');
  }
  t.end();
});

void t.test('opt-out: whoever goes on after the notice agrees, silence does not', (t) => {
  const talk = office('opt-out').take(begin(), spoken);
  t.notOk(did(talk, 'grant-consent'));
  talk.take(silent);
  t.notOk(did(talk, 'grant-consent'));
  talk.take(heard('info.hours'));
  t.match(talk.last.actions[0], { do: 'grant-consent', basis: 'opt-out' });
  talk.take(spoken, heard('info.location'));
  t.notOk(did(talk, 'grant-consent'), 'once');

  for (const objection of [heard('privacy.no_recording'), key('9')]) {
    const against = office('opt-out').take(begin(), spoken, objection);
    t.match(did(against, 'stop-recording'), { withdrawn: false, basis: 'opt-out' });
    t.notOk(did(against, 'grant-consent'));
    against.take(spoken, heard('info.hours'));
    t.notOk(did(against, 'grant-consent'), 'for good');
  }
  t.end();
});

void t.test('a withdrawal, by voice or key, stops at once and offers to erase', (t) => {
  for (const withdrawal of [heard('privacy.no_recording'), key('9')]) {
    const withdrawn = (): Talk => office('announcement').take(begin(), spoken, withdrawal);
    t.match(withdrawn().last.actions, [
      { do: 'stop-recording', erase: false, withdrawn: true, noticeVersion: 'test-1' },
      { do: 'say', asks: 'erase_recording' },
    ]);
    for (const [answer, erased] of [
      [heard('control.yes'), true],
      [heard('control.no'), false],
      [key('2'), false],
      [heard('info.hours'), true],
      [silent, true],
      [{ kind: 'hung-up' } as const, true],
    ] as const) {
      const talk = withdrawn().take(spoken, answer);
      const stop = did(talk, 'stop-recording');
      t.equal(stop !== undefined, erased, JSON.stringify(answer));
      if (erased) t.match(stop, { erase: true });
    }
  }
  t.end();
});

void t.test('after a transfer callers are told again that they are recorded', (t) => {
  const talk = office('announcement').take(
    begin(),
    spoken,
    heard('person.transfer'),
    spoken,
    ended,
  );
  t.equal(talk.prompts[0], 'consent.reminder');
  const refused = office('opt-in').take(begin(), spoken, heard('control.no'), spoken);
  refused.take(heard('person.transfer'), spoken, ended);
  t.notOk(refused.prompts.includes('consent.reminder'));
  t.end();
});

void t.test('consent never comes back once it is refused or withdrawn', (t) => {
  const events: readonly ConsentEvent[] = ['notice-heard', 'went-on', 'silence', 'objection'];
  for (const mode of CONSENT_MODES)
    for (const stage of ['refused', 'withdrawn'] as const satisfies readonly ConsentStage[])
      for (const event of events) t.equal(nextConsent(mode, stage, event), stage);
  t.throws(() => nextConsent('announcement', 'asked', 'yes'), { code: 'DIALOGUE_UNLISTED_CHANGE' });
  t.end();
});
