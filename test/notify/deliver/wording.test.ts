import t from 'tap';
import type { StoredMessage } from '../../../agent/records/messages.js';
import { alarmNotice, noticeOf } from '../../../agent/notify/deliver/wording.js';

const told = (value: string) => ({ value, heard: value, confidence: 0.9, by: 'voice' });
const message = {
  ...{ id: 'one-1', call: 'one', takenAt: 5, urgent: true, state: 'open' },
  body: {
    ...{ name: told('Jana Vogt'), phone: told('03012345678'), reason: told('das Rezept') },
    callbackTime: told('2026-12-01 morning'),
    details: { dob: told('1982-03-05'), parking: told('ja') },
  },
} as unknown as StoredMessage;
const officeIn = (language: string) => ({
  ...{ name: 'Praxis am Fluss', dashboard: 'https://localhost:8443', language },
});

t.test('notifications speak the language of the office, and days are written as people do', (t) => {
  t.match(noticeOf(message, 'full', officeIn('de')), {
    subject: 'Dringende Nachricht: Praxis am Fluss',
    lines: [
      'Es gibt eine dringende Nachricht.',
      'Name: Jana Vogt',
      'Anliegen: das Rezept',
      'Nummer: 03012345678',
      'Beste Zeit: Dienstag, 1. Dezember 2026, morgens',
      'Geboren: 5. März 1982',
      'parking: ja',
      'https://localhost:8443/inbox/one-1',
    ],
  });
  t.equal(noticeOf(message, 'none', officeIn('ko-KR')).subject, '긴급 메시지: Praxis am Fluss');
  const english = noticeOf(message, 'full', officeIn('nl'));
  t.match(english.lines[4], 'Best time: ', 'English where there are no words');
  t.match(
    english.fields,
    { callbackTime: '2026-12-01 morning' },
    'programs get it as it is stored',
  );
  t.end();
});

t.test('alarms do, too', (t) => {
  const alarm = { kind: 'self-test', state: 'failed', at: 5 } as const;
  t.match(alarmNotice({ ...alarm, id: 1 } as never, officeIn('de')), {
    subject: 'Selbsttest gescheitert: Praxis am Fluss',
    fields: { alarm: 'self-test', state: 'failed' },
  });
  t.match(alarmNotice({ ...alarm, id: 1 } as never, officeIn('ko')).subject, /^자체 점검 실패/u);
  t.end();
});
