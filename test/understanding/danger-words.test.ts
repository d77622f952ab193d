import t from 'tap';
import { heardAsDanger } from '../../agent/understanding/danger-words.js';

void t.test('words that sound like danger are tried as such', (t) => {
  t.ok(heardAsDanger("I've cut an archery, I think.", 'en').includes("i've cut an artery i think"));
  t.ok(
    heardAsDanger("My asma so bad I can't speak", 'en').includes("my asthma so bad i can't speak"),
  );
  t.ok(heardAsDanger('he needs his epi pen', 'en').includes('he needs his epipen'), 'two for one');
  t.end();
});

void t.test('what sounds like nothing of the kind is left as it was heard', (t) => {
  for (const text of ['I would like an appointment on Tuesday', 'yes', '', 'do you treat children'])
    t.strictSame(heardAsDanger(text, 'en'), [], text);
  t.end();
});

void t.test(
  'German words that were taken apart or misheard, Korean ones with what they carry',
  (t) => {
    for (const [said, meant] of [
      ['meine Mutter hat einen Schlag an Fall', 'meine mutter hat einen schlaganfall'],
      ['er ist bewusst los', 'er ist bewusstlos'],
      ['ich glaube es ist ein Herz infakt', 'ich glaube es ist ein herzinfarkt'],
      ['mein Sohn hat einen Kampf Anfall', 'mein sohn hat einen krampfanfall'],
      ['sie ist ohne mächtig', 'sie ist ohnmächtig'],
      ['wir brauchen einen Not Arzt', 'wir brauchen einen notarzt'],
      ['das Kind hat eine Über Dosis', 'das kind hat eine überdosis'],
      ['sie hat Brust Schmärtsen', 'sie hat brustschmerzen'],
    ] as const) {
      t.ok(heardAsDanger(said, 'de').includes(meant), said);
    }
    for (const [said, meant] of [
      ['아이가 경년을 해요', '아이가 경련을 해요'],
      ['아버지가 뇌 졸증이 온 것 같아요', '아버지가 뇌졸중이 온 것 같아요'],
      ['호흡골란이 와요', '호흡곤란이 와요'],
      ['쓰러젔어요', '쓰러졌어요'],
      ['구급자 불러 주세요', '구급차 불러 주세요'],
    ] as const) {
      t.ok(heardAsDanger(said, 'ko').includes(meant), said);
    }
    for (const [said, language] of [
      ['ich hätte gerne einen Termin am Dienstag', 'de'],
      ['können Sie mir ein Rezept ausstellen', 'de'],
      ['haben Sie am Freitag geöffnet', 'de'],
      ['내일 오후에 예약하고 싶어요', 'ko'],
      ['진료 시간이 어떻게 되나요', 'ko'],
      ['처방전 받으러 왔어요', 'ko'],
    ] as const) {
      t.strictSame(heardAsDanger(said, language), [], said);
    }
    t.end();
  },
);

void t.test('nor what was heard rightly, nor in a language without such words', (t) => {
  t.strictSame(heardAsDanger('an artery like an archery', 'en'), []);
  t.strictSame(heardAsDanger('아이가 경련을 하고 경년을 해요', 'ko'), []);
  t.strictSame(heardAsDanger('archery', 'fr'), []);
  t.end();
});
