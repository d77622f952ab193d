import t from 'tap';
import { completenessOfTrial, type TrialMoment } from '../../agent/speech/trial.js';

const heard = (text: string, confidence = 0.9): TrialMoment['trial'] => ({ text, confidence });
const moment = (more: Partial<TrialMoment>): TrialMoment => ({
  ...{ trial: heard(''), before: undefined, asked: undefined, spokenMs: 300, mayEcho: false },
  ...more,
});

t.test('a sound that adds no word is somebody who thinks', (t) => {
  const before = heard('He needs, a wheelchair.');
  const same = heard('He needs a wheelchair.');
  t.equal(completenessOfTrial(moment({ trial: same, before })), 'unfinished');
  t.equal(completenessOfTrial(moment({ before })), 'unfinished', 'nothing any more');
  t.equal(completenessOfTrial(moment({ trial: same, before, spokenMs: 64 })), 'open', 'a click');
  const long = moment({ before, spokenMs: 1_200 });
  t.equal(completenessOfTrial(long), 'open', 'words that were not understood');
  const more = heard('He needs a wheelchair today.');
  t.equal(completenessOfTrial(moment({ trial: more, before })), 'open');
  t.equal(completenessOfTrial(moment({ trial: same, before: undefined })), 'open', 'the first');
  const yes = { trial: heard('Yes.'), before: heard('Yes'), asked: 'yes-no' } as const;
  t.equal(completenessOfTrial(moment(yes)), 'complete', 'an answer stays one');
  t.end();
});

t.test('without words', (t) => {
  t.equal(completenessOfTrial(moment({})), 'open');
  t.equal(completenessOfTrial(moment({ asked: 'number' })), 'unfinished');
  t.equal(completenessOfTrial(moment({ mayEcho: true })), 'nothing', 'our own voice');
  t.end();
});
