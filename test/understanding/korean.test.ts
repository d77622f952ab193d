import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { NgramVectors } from '../../agent/engines/encoder/ngram.js';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { checkConfiguration } from '../../agent/config/load.js';
import { createDialogue } from '../../agent/dialogue/machine.js';
import { silentLog } from '../../agent/log.js';
import { DEFAULT_EMERGENCY_PHRASES } from '../../agent/understanding/emergency-phrases.js';
import { EmergencyWatch } from '../../agent/understanding/emergency.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { findDay } from '../../agent/understanding/slots/day.js';
import { plain } from '../../agent/understanding/text.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { Talk, begin, spoken } from '../dialogue/office.js';

void t.test('emergencies by phrase', (t) => {
  const watch = new EmergencyWatch(DEFAULT_EMERGENCY_PHRASES);
  for (const text of [
    '아버지가 갑자기 쓰러지셨어요!',
    '숨을 못 쉬겠어요',
    '숨을못쉬겠어요',
    '아이가 숨을 안 쉬어요 아니 빨리 좀요',
    '응급 상황이에요',
    '제발 구급차 좀 불러 주세요',
    '응급은 아닌데 아니 응급이에요',
  ]) {
    t.ok(watch.inText(text), text);
  }
  for (const text of [
    '응급은 아니에요',
    '응급 상황은 아닙니다',
    '응급 환자는 아니고요',
    '예약하고 싶어요',
    '',
  ]) {
    t.notOk(watch.inText(text), text);
  }
  t.end();
});

void t.test('days, with their particles', (t) => {
  const holidays = [{ name: '설날', aliases: ['구정'] }];
  const cases: readonly [text: string, value: string | undefined][] = [
    ['토요일에도 하시나요?', 'saturday'],
    ['금 요일은 몇 시까지예요', 'friday'],
    ['주말에 문 여나요', 'weekend'],
    ['내일 진료해요', 'tomorrow'],
    ['내일모레 진료해요', undefined],
    ['오늘은요', 'today'],
    ['지금 열었어요', 'now'],
    ['설날에 여나요', 'holiday:설날'],
    ['구정에도요', 'holiday:설날'],
    ['몇 시까지 하세요', undefined],
  ];
  for (const [text, value] of cases) t.equal(findDay(text, 'ko', holidays)?.value, value, text);
  t.equal(findDay('토요일', 'en', [])?.value, undefined);
  t.end();
});

/** Sentences that are not among the examples, as callers may say them. */
const FRESH: readonly (readonly [text: string, intent: string])[] = [
  ['안녕하세요 다음 주 목요일에 진료 예약을 좀 하고 싶은데요', 'appointment.book'],
  ['지난번에 잡은 예약을 취소했으면 해서요', 'appointment.cancel'],
  ['예약 시간을 두 시간만 뒤로 옮길 수 있을까요', 'appointment.change'],
  ['혹시 토요일에는 몇 시까지 진료하시나요', 'info.hours'],
  ['거기 주소가 어디인지 알려 주시겠어요', 'info.location'],
  ['독감 예방접종 비용이 얼마나 되나요', 'info.price'],
  ['혈압약이 거의 다 떨어져서 처방전을 받고 싶어요', 'prescription.refill'],
  ['지난주에 받은 혈액검사 결과가 나왔는지 궁금합니다', 'results.request'],
  ['기계 말고 직원분하고 통화하고 싶어요', 'person.transfer'],
  ['저는 이 통화가 녹음되는 걸 원하지 않아요', 'privacy.no_recording'],
  ['방금 하신 말씀을 못 들었는데 한 번만 다시 말씀해 주세요', 'control.repeat'],
  ['회사에 내야 해서 진단서를 한 장 떼고 싶습니다', 'document.request'],
];

void t.test('intents, answers and hours in Korean', async (t) => {
  const encoder = new SentenceEncoder(new NgramVectors());
  await encoder.start();
  t.teardown(() => encoder.stop());
  const head = join(t.testdir(), 'clinic.ko.onnx');
  const examples = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.ko.yaml'));
  const english = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.en.yaml'));
  t.strictSame([...examples.intents.keys()], [...english.intents.keys()], 'the same 27 intents');
  const { heldOut } = await trainHead({ examples, encoder, output: head });
  t.comment(
    `held out: ${String(heldOut.examples)} examples, accuracy ${heldOut.accuracy.toFixed(3)}, ` +
      `after threshold ${heldOut.accuracyAfterThreshold.toFixed(3)}, ` +
      `out-of-scope recall ${heldOut.outOfScopeRecall.toFixed(3)}`,
  );
  t.ok(heldOut.accuracy >= 0.8, 'held-out accuracy');
  t.ok(heldOut.outOfScopeRecall >= 0.5, 'out-of-scope recall');

  const place = join(checkoutRoot, 'agent', 'config', 'example-office.ko.yaml');
  const office = checkConfiguration(readFileSync(place, 'utf8'), place, {});
  const { understanding: settings, dialogue } = office;
  const understander = new Understander({ settings, encoder, head, log: silentLog });
  await understander.start();
  t.teardown(() => {
    understander.stop();
  });

  const known = new Set([...examples.intents.values()].flat());
  t.notOk(FRESH.some(([text]) => known.has(plain(text))));
  const wrong: string[] = [];
  for (const [text, intent] of FRESH) {
    const found = await understander.understand(text);
    if (found.intent !== intent) wrong.push(`${text}: ${found.intent}`);
  }
  t.ok(wrong.length <= 2, wrong.join('; '));
  // As the recogniser spaces it.
  t.match(await understander.understand('예약 시간 을 두 시간 만 뒤로 옮길 수 있을까 요'), {
    intent: 'appointment.change',
  });
  t.match(await understander.understand('혹시 토요일 에는 몇 시 까지 진료 하시나 요'), {
    intent: 'info.hours',
    slots: { day: { value: 'saturday' } },
  });
  for (const text of [
    '콧물이 나고 머리가 좀 아파요',
    '감기 걸린 것 같은데요',
    '아니요 급하지 않아요',
  ]) {
    t.notOk((await understander.understand(text)).emergency, `no emergency: ${text}`);
  }
  for (const text of ['차를 어디에다 세워야 할까요', '주차장이 넓은 편인가요']) {
    t.match(await understander.understand(text), { intent: 'info.location' }, text);
  }
  for (const text of ['어머니가 갑자기 숨을 못 쉬어요', '사람이 쓰러졌는데 의식이 없어요']) {
    t.ok((await understander.understand(text)).emergency, `an emergency: ${text}`);
  }
  for (const [text, id] of [
    ['거기 주차할 데 있나요', 'parking'],
    ['예약 안 하고 그냥 가도 되나요', 'walk-ins'],
    ['올 때 신분증이 필요한가요', 'bring-along'],
    ['처방전 받고 싶어요', undefined],
    ['강아지 미용 하나요', undefined],
  ] as const) {
    t.equal((await understander.understand(text)).faq?.id, id, text);
  }

  const talks = createDialogue({ understanding: settings, dialogue, recording: true });
  const talk = new Talk(talks);
  const now = Date.parse('2026-11-24T01:00:00Z');
  talk.take(begin(now));
  t.match(talk.text, /^안녕하세요, 강변 가정의원입니다\..*녹음됩니다/u);
  const say = async (text: string): Promise<string> => {
    const understood = await understander.understand(text);
    return talk.take({ kind: 'heard', text, understood, now }).text;
  };
  talk.take(spoken);
  t.match(await say('토요일에도 진료하시나요'), '토요일은 오전 아홉 시부터 오후 한 시까지 엽니다.');
  t.match(await say('일요일에 문 여나요'), '일요일은 쉽니다.');
  t.match(
    await say('진료 시간이 어떻게 되나요'),
    '월요일부터 금요일까지 오전 아홉 시부터 오후 한 시까지, 그리고 오후 두 시부터 오후 여섯 시까지, ' +
      '토요일 오전 아홉 시부터 오후 한 시까지 엽니다. 일요일은 쉽니다.',
  );
  t.match(await say('크리스마스에 쉬나요'), '십이월 이십오일 금요일은 크리스마스라서 쉽니다.');
  t.match(await say('주차할 수 있나요'), '건물 뒤에 무료 주차장이 있습니다.');
  t.match(await say('김서연 선생님과 통화하고 싶은데요'), '네, 김서연 원장님 연결해 드리겠습니다.');

  const evening = Date.parse('2026-11-24T12:00:00Z');
  const late = new Talk(talks).take(begin(evening), spoken);
  t.match(late.text, '내일 오전 아홉 시에 다시 엽니다.');
  for (const text of [
    '진료 예약하고 싶어요',
    '다음 주 화요일 오전이요',
    '김 민수 입니다',
    '공일공 일이삼사에 오육칠팔이요',
    '네 맞아요',
    '네 맞습니다',
  ]) {
    const understood = await understander.understand(text);
    late.take({ kind: 'heard', text, understood, now: evening });
  }
  const kept = late.last.actions.flatMap((action) =>
    action.do === 'keep-message' ? [action.message] : [],
  );
  t.match(
    kept,
    [
      {
        ...{ intent: 'appointment.book', state: 'complete', confirmed: true },
        name: { value: '김민수' },
        phone: { value: '01012345678' },
        reason: { heard: '진료 예약하고 싶어요' },
        details: { wish: { heard: '다음 주 화요일 오전이요' } },
      },
    ],
    'a whole message',
  );
});
