import t from 'tap';
import type { Slot } from '../../agent/dialogue/diary.js';
import { dialogueOf, kept, OPEN, says, spoken, Talk, yes } from './office.js';

// "Next week" is any day of it: its Monday is neither read back nor kept, and where to look begins there.

const caller = (text: string, more: object = {}, facts: object = {}): Talk =>
  new Talk(
    dialogueOf(
      { country: 'gb', timeZone: 'Europe/London', ...facts },
      { appointments: { visits: [{ id: 'check-up', name: 'a check-up', minutes: 20, ...more }] } },
    ),
  ).take(
    { kind: 'begin', now: OPEN, caller: '02079460199' },
    spoken,
    says(text, 'appointment.book'),
  );
const said = (talk: Talk): string => JSON.stringify(talk.last.actions);

void t.test('a week or a month is read back and kept in the words that told it', (t) => {
  for (const [text, words] of [
    ['a check-up next week please', 'next week'],
    ['Next week, for a check-up', 'next week'],
    ['a check-up in the first week of January', 'the first week of January'],
  ] as const) {
    const talk = caller(text).take(says('Karen White'), yes);
    for (let turn = 0; turn < 4 && !said(talk).includes('like to come'); turn += 1)
      talk.take(says('no', 'control.no'));
    t.match(said(talk), `You'd like to come ${words}.`, text);
    talk.take(yes);
    const wish = kept(talk)?.details?.wish;
    t.match(wish, { value: null }, `${text}: no day is kept`);
    t.match(wish?.heard.toLowerCase(), words.toLowerCase());
    t.notOk('loose' in (wish ?? {}), 'nor how it was read');
  }
  t.end();
});

void t.test('a day that is told behind it is one of that week', (t) => {
  const talk = caller('a check-up next week please').take(says('Thursday would be best'));
  talk.take(says('Karen White'), yes);
  for (let turn = 0; turn < 4 && !said(talk).includes('like to come'); turn += 1)
    talk.take(says('no', 'control.no'));
  talk.take(yes);
  t.match(kept(talk)?.details?.wish, { value: '2026-12-03' });
  t.end();
});

void t.test('of an attached diary any time of that week is one then', (t) => {
  const at = (iso: string): Slot => {
    const from = Date.parse(iso);
    return { visit: 'check-up', from, to: from + 1_200_000 };
  };
  const offered = (iso: string): readonly string[] => {
    const talk = caller('a check-up next week please', { calendar: 'practice' });
    const [wish] = talk.last.actions.flatMap((one) => (one.do === 'find-slots' ? [one.wish] : []));
    t.equal(new Date(wish?.from ?? 0).toISOString().slice(0, 10), '2026-11-30');
    return talk.take({ kind: 'slots-found', slots: [at(iso)], now: OPEN }).prompts;
  };
  t.notOk(offered('2026-12-02T09:00:00Z').includes('appointment.not_then'), 'Wednesday is');
  t.ok(offered('2026-12-07T09:00:00Z').includes('appointment.not_then'), 'the week after is not');
  t.end();
});

void t.test('a week in Korean is read back as it was told', (t) => {
  const talk = caller('다음 주에 진료를 받고 싶어요', {}, { language: 'ko', country: 'kr' });
  for (let turn = 0; turn < 8 && !said(talk).includes('희망하시는 때는'); turn += 1)
    talk.take(
      turn === 0
        ? says('박지영')
        : turn === 1
          ? says('네', 'control.yes')
          : says('아니요', 'control.no'),
    );
  t.match(said(talk), '희망하시는 때는 다음 주입니다.');
  t.end();
});
