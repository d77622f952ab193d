import t from 'tap';
import { besidesDeniedTroubles } from '../../agent/understanding/denied-danger.js';
import { DEFAULT_EMERGENCY_PHRASES } from '../../agent/understanding/emergency-phrases.js';
import { EmergencyWatch } from '../../agent/understanding/emergency.js';
import { plain } from '../../agent/understanding/text.js';

const watch = new EmergencyWatch(DEFAULT_EMERGENCY_PHRASES);

const DENIED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  en: [['no chest pain, could you call me back', 'could you call me back']],
  de: [
    ['Ich habe keine Brustschmerzen, ich hätte gern einen Termin', 'ich hätte gern einen termin'],
    ['keine Schmerzen in der Brust und auch keine Atemnot, nur Husten', 'nur husten'],
    ['Ich blute nicht mehr, ich brauche einen neuen Verband', 'ich brauche einen neuen verband'],
    ['Die Blutung hat aufgehört, kann ich morgen kommen', 'kann ich morgen kommen'],
    ['Es ist niemand verletzt, ich habe eine Frage', 'ich habe eine frage'],
    ['Wir brauchen keinen Krankenwagen, nur ein Rezept', 'nur ein rezept'],
    ['Sie atmet normal, sie hat Ausschlag', 'sie hat ausschlag'],
  ],
  ko: [
    ['가슴 통증은 없어요. 약만 받고 싶어요', '약만 받고 싶어요'],
    ['가슴 통증도 호흡 곤란도 없고 기침만 나요', '기침만 나요'],
    ['가슴은 안 아파요, 예약하고 싶어요', '예약하고 싶어요'],
    ['이제 피는 안 나요. 붕대만 갈고 싶어요', '이제 붕대만 갈고 싶어요'],
    ['구급차는 필요 없어요 주소만 알려 주세요', '주소만 알려 주세요'],
    ['숨은 잘 쉬어요 열이 있어요', '열이 있어요'],
  ],
};

void t.test('what is denied in each language is no danger, and the rest is what is wanted', (t) => {
  for (const [said, besides] of Object.values(DENIED).flat()) {
    t.equal(besidesDeniedTroubles(plain(said)), besides, said);
    t.notOk(watch.inText(said), said);
    t.equal(watch.besidesDenial(said), besides, said);
  }
  t.equal(watch.besidesDenial('응급 상황은 아니에요 약이 필요해요'), '약이 필요해요');
  t.end();
});

void t.test('what only sounds like a denial is danger as before', (t) => {
  for (const said of [
    'Er atmet nicht',
    'Sie bekommt keine Luft',
    'Er hat keinen Puls mehr',
    'Es hört nicht auf zu bluten',
    'Die Blutung hat nicht aufgehört',
    'Die Schmerzen sind nicht weg',
    'Die Schmerzen waren weg und sind wieder da',
    'Ich halte keine Schmerzen mehr aus',
    'Keine Brustschmerzen wie diese hatte ich je',
    'Es blutet nicht wenig',
    '의식이 없어요',
    '숨을 안 쉬어요',
    '호흡이 없어요',
    '피가 안 멈춰요',
    '피가 멈추지 않아요',
    '통증이 없어지지 않아요',
    '발작이 없었는데 지금 해요',
    '피가 멈췄다가 또 나요',
    '통증은 없었다가 갑자기 심해졌어요',
  ]) {
    t.equal(besidesDeniedTroubles(plain(said)), undefined, said);
  }
  for (const said of [
    '통증은 없는데 의식이 없어요',
    '가슴이 아파요',
    'keine Schmerzen, aber er atmet nicht',
  ]) {
    t.ok(watch.inText(said), said);
  }
  t.end();
});
