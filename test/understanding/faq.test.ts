import t from 'tap';
import { Faq, leastFaqScore } from '../../agent/understanding/faq.js';
import { contrastsOf } from '../../agent/understanding/faq-contrasts.js';
import { plain } from '../../agent/understanding/text.js';
import { FakeEncoder } from '../fakes/encoder.js';

const MASKS = {
  id: 'masks',
  questions: ['Do I have to wear a mask?', 'Are masks required?', 'Should I wear a mask inside?'],
  answer: 'Please wear a mask if you have a cough.',
};
const PARKING = {
  id: 'parking',
  questions: ['Where can I park?', 'Do you have a car park?'],
  answer: 'There is a free car park behind the house.',
};

void t.test('what an entry is about is found in its own words', (t) => {
  const masks = contrastsOf(MASKS, 'en');
  t.ok(masks.includes('where can I buy mask') || masks.includes('where can I buy masks'));
  t.notOk(masks.some((text) => /wear|have to/u.test(text)));
  const parking = contrastsOf(PARKING, 'en');
  t.ok(parking.includes('I lost my park') && parking.includes('I lost my car'));
  t.strictSame(contrastsOf(MASKS, 'fr'), [], 'a language without such texts');
  t.end();
});

void t.test('in German and in Korean, too', (t) => {
  const rollstuhl = {
    ...{ id: 'wheelchair', answer: 'Ja, der Eingang hat eine Rampe.' },
    questions: [
      'Komme ich mit dem Rollstuhl hinein?',
      'Ist für Rollstühle Platz?',
      'Darf der Rollstuhl mit?',
    ],
  };
  const german = contrastsOf(rollstuhl, 'de');
  t.ok(german.includes('was kostet rollstuhl'), german.join());
  t.notOk(
    german.some((text) => / (?:mit|der|dem)(?: |$)/u.test(text)),
    'no word that names nothing',
  );
  const parking = {
    ...{ id: 'parking', answer: '건물 뒤에 무료 주차장이 있습니다.' },
    questions: ['주차할 수 있나요', '주차장 있어요', '주차 가능한가요'],
  };
  t.ok(contrastsOf(parking, 'ko').includes('주차 얼마예요'), 'its stem, without what it carries');
  t.end();
});

void t.test('an entry of one question still is about something', (t) => {
  const dogs = { id: 'dogs', questions: ['Can we bring our dog?'], answer: 'Yes.' };
  t.ok(contrastsOf(dogs, 'en').includes('which dog is best'));
  t.end();
});

/** The score of the masks' entry for `text`. */
async function scoreOf(text: string, entry = MASKS, language = 'en'): Promise<number> {
  const encoder = new FakeEncoder();
  const faq = new Faq({ entries: [entry, PARKING], score: 0, margin: 0, language });
  await faq.start(encoder);
  const [embedded] = await encoder.embed([plain(text)]);
  const ranks = faq.rank(embedded?.vector ?? new Float32Array());
  return ranks.find(({ id }) => id === entry.id)?.score ?? -1;
}

void t.test('another question about the same thing is held against the entry', async (t) => {
  t.ok((await scoreOf('do i have to wear a mask')) > 0.9, 'its own question is at home');
  const bought = await scoreOf('where can i buy a mask');
  t.ok(bought < (await scoreOf('where can i buy a mask', MASKS, 'xx')), 'less than by its words');
  t.ok(bought < (await scoreOf('should i wear a mask')));
});

void t.test('unless the entry answers just that', async (t) => {
  const shop = { ...MASKS, questions: ['Where can I buy a mask?', 'Where can I buy masks?'] };
  const asked = 'where can i buy a mask';
  t.ok((await scoreOf(asked, shop)) > (await scoreOf(asked)) + 0.2);
});

void t.test('the least score suits the language where none is set', (t) => {
  t.equal(leastFaqScore({ language: 'en' }), 0.68);
  for (const language of ['de', 'ko', 'xx']) t.equal(leastFaqScore({ language }), 0.5, language);
  for (const language of ['en', 'de']) t.equal(leastFaqScore({ language, faqScore: 0.6 }), 0.6);
  t.end();
});

void t.test('scores stay between nothing and one', async (t) => {
  for (const text of ['do i have to wear a mask', 'where can i buy a mask', 'xyzzy']) {
    const score = await scoreOf(text);
    t.ok(score >= 0 && score <= 1, text);
  }
});
