import { choice, flag, list, text, week, whole, type PlainPart } from './parts';

/** How calls run: how callers are connected, what happens when all lines are taken. */
export const CALLS: readonly PlainPart[] = [
  {
    ...{ name: 'transfer', kind: 'fields' },
    fields: [
      choice('dialogue.transfer.mode', ['blind', 'announced'], 'blind'),
      choice('dialogue.transfer.whenMissed', ['offer', 'message', 'voicemail'], 'offer'),
      choice('dialogue.transfer.waiting', ['music', 'ringing', 'silence'], 'music'),
      choice('dialogue.transfer.afterTalk', ['hang-up', 'ask'], 'hang-up'),
      whole('dialogue.transfer.answerSeconds', 12, 5, 60),
      flag('dialogue.transfer.recorded', true),
      flag('dialogue.transfer.blindRecorded', false),
    ],
  },
  {
    ...{ name: 'reception', kind: 'fields' },
    fields: [
      whole('reception.mostCalls', undefined, 1, 500),
      choice('reception.whenFull', ['fallback', 'busy'], 'fallback'),
      whole('reception.silenceMs', 7_000, 2_000, 60_000),
      flag('reception.secondPass', true),
    ],
  },
  {
    ...{ name: 'selfTest', kind: 'optional', path: 'reception.selfTest', blank: { at: '03:40' } },
    fields: [text('at', { usual: '03:40' })],
  },
];

const CONTENTS = ['none', 'name', 'full'];

/** Kinds of appointments, and the calendars that free times come from. */
export const APPOINTMENTS: readonly PlainPart[] = [
  {
    ...{ name: 'appointments', kind: 'fields' },
    fields: [
      choice('dialogue.appointments.by', ['request', 'people'], 'request'),
      whole('dialogue.appointments.noticeMinutes', 120, 0, 10_080),
      whole('dialogue.appointments.horizonDays', 42, 1, 365),
    ],
  },
  {
    ...{ name: 'visits', kind: 'list', path: 'dialogue.appointments.visits', title: 'name' },
    blank: { id: 'visit', name: '' },
    fields: [
      ...[text('name'), text('id'), list('aliases')],
      ...[whole('minutes', 30, 5, 480), text('calendar'), week('hours')],
    ],
  },
  {
    ...{ name: 'calendars', kind: 'record', path: 'calendars', blank: { kind: 'file', path: '' } },
    fields: [
      choice('kind', ['file', 'caldav']),
      choice('content', CONTENTS, 'none'),
      text('path', { when: ['kind', 'file'] }),
      text('url', { when: ['kind', 'caldav'] }),
      text('user', { when: ['kind', 'caldav'] }),
      text('passwordFile', { when: ['kind', 'caldav'] }),
      text('ca', { when: ['kind', 'caldav'] }),
    ],
  },
];
