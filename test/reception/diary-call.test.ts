import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { systemClock, type Clock } from '../../agent/clock.js';
import { appointmentSettings } from '../../agent/dialogue/appointment-settings.js';
import type { Diary } from '../../agent/dialogue/diary.js';
import { silentLog } from '../../agent/log.js';
import { calendarsSettings } from '../../agent/notify/calendar/settings.js';
import { openDiary } from '../../agent/notify/calendar/open.js';
import type { Effects } from '../../agent/reception/conversation-parts.js';
import { Conversation } from '../../agent/reception/conversation.js';
import { DiaryDesk } from '../../agent/reception/diary-desk.js';
import { diaryEffects } from '../../agent/reception/effects/diary.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { dialogueOf, heard, officeFacts, OPEN } from '../dialogue/office.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecords } from '../fakes/records.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';

const appointments = {
  visits: [{ id: 'check-up', name: 'a check-up', minutes: 30, calendar: 'practice' }],
};

/** Calls to an office with an empty calendar that answers after `slowMs`. */
function office(t: Test, slowMs: number) {
  const home = mkdtempSync(join(tmpdir(), 'vt-diary-'));
  t.teardown(() => {
    rmSync(home, { recursive: true, force: true });
  });
  const path = join(home, 'practice.ics');
  writeFileSync(path, 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n');
  const clock: Clock = { ...systemClock(), now: () => OPEN };
  const real = openDiary({
    calendars: calendarsSettings.parse({ practice: { kind: 'file', path } }),
    appointments: appointmentSettings.parse(appointments),
    understanding: understandingSettings.parse(officeFacts),
    ...{ home, clock },
  })!;
  const diary: Diary = {
    ...{ book: real.book.bind(real), release: real.release.bind(real) },
    find: async (...asked) => {
      await sleep(slowMs);
      return real.find(...asked);
    },
  };
  return { call: (id: string) => caller(id, diary, clock), text: () => readFileSync(path, 'utf8') };
}

/** A caller past the greeting, to whom everything is heard to its end. */
async function caller(id: string, diary: Diary, clock: Clock) {
  const line = new FakeLine();
  const records = new FakeRecords();
  const desk: DiaryDesk = new DiaryDesk(id, diary, clock, silentLog, (event) => {
    conversation.post(event);
  });
  const nothing = (): Promise<void> => Promise.resolve();
  const effects: Effects = {
    ...{ 'grant-consent': nothing, 'stop-recording': nothing, transfer: nothing, count: nothing },
    'note-guardian': nothing,
    ...{ 'keep-message': nothing, 'hang-up': nothing },
    ...diaryEffects({ diary: desk }),
  };
  const conversation = new Conversation(
    id,
    clock.monotonic(),
    {
      dialogue: dialogueOf({}, { appointments }),
      understanding: {
        danger: () => undefined,
        understand: () => Promise.reject(new Error('events are posted')),
      },
      ...{ vad: new FakeVoiceActivity(), recogniser: new FakeRecogniser() },
      render: async function* () {
        await Promise.resolve();
        yield new Int16Array(160);
      },
      ...{ records, language: 'en', silenceMs: 60_000, clock, log: silentLog },
    },
    effects,
  );
  conversation.attach(line);
  const listens = setInterval(() => line.playing?.hear(), 1);
  conversation.post({ kind: 'begin', now: OPEN });
  await sleep(30);
  return {
    says: async (text: string, intent = 'oos') => {
      conversation.post(heard(intent, { text }));
      await sleep(40);
    },
    said: () => records.said.filter(({ party }) => party === 'agent').map(({ text }) => text),
    reasons: () => records.decided.map(({ reason }) => reason),
    settled: async () => {
      await desk.settled();
      await sleep(40);
    },
    hangUp: async () => {
      await desk.close();
      await conversation.close();
      clearInterval(listens);
    },
  };
}

t.test('a caller is told of a slow calendar, and books', async (t) => {
  const { call, text } = office(t, 1_800);
  const one = await call('call-1');
  await one.says('A check-up on Thursday, please.', 'appointment.book');
  await one.settled();
  await sleep(20);
  const said = one.said().join(' ');
  t.match(said, /One moment, please, I'm looking into the diary\. I have these free times\./u);
  await one.says('Number one.');
  await one.says('I am Mary Johnson.');
  await one.says('020 7946 0142');
  for (let tries = 0; tries < 6 && !one.reasons().includes('appointment.booked'); tries += 1) {
    await one.says('Yes.', 'control.yes');
    await one.settled();
  }
  t.match(one.said().at(-1), /it is booked: on Thursday at eight thirty in the morning/u);
  t.match(text(), /DTSTART:20261126T073000Z/u);
  await one.hangUp();
});

t.test('what a caller is offered another is not, until the first hangs up', async (t) => {
  const { call } = office(t, 0);
  const offer = async (id: string) => {
    const one = await call(id);
    await one.says('A check-up on Thursday, please.', 'appointment.book');
    await one.settled();
    return { one, first: /Number one: ([^.]+)\./u.exec(one.said().join(' '))?.[1] };
  };
  const first = await offer('call-1');
  const second = await offer('call-2');
  t.equal(first.first, 'on Thursday at eight thirty in the morning');
  t.equal(second.first, 'on Thursday at ten in the morning');
  await first.one.hangUp();
  const third = await offer('call-3');
  t.equal(third.first, first.first);
  await second.one.hangUp();
  await third.one.hangUp();
});
