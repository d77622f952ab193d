import type { NoticeWords } from './words.js';

export const en: NoticeWords = {
  message: ['New message', 'There is a new message.'],
  urgent: ['Urgent message', 'There is an urgent message.'],
  parts: { name: 'Name', reason: 'About', phone: 'Number', callbackTime: 'Best time' },
  alarms: {
    'self-test': {
      failed: [
        'Self-test failed',
        'The receptionist called itself and was not served as a caller should be. Look what is wrong:',
      ],
      recovered: ['Self-test passed again', 'The receptionist called itself and was served well.'],
    },
    logins: {
      failed: [
        'Somebody tries passwords',
        'Wrong passwords came one after the other, and accounts are locked for a while. See which, and from when on, in the audit log:',
      ],
      recovered: ['Nobody tries passwords any more', 'Logins are as usual.'],
    },
    retention: {
      failed: [
        'The schedule of keeping did not run',
        'What is past its time was not deleted, or the clock jumped. See what the schedule says:',
      ],
      recovered: ['The schedule of keeping runs again', 'What was past its time is deleted.'],
    },
    requests: {
      failed: [
        'A request about personal data is due',
        'It is due within days, or overdue. Answer it, extend it once, or refuse it, and say why:',
      ],
      recovered: ['No request about personal data is due', 'All that was due is answered.'],
    },
    disk: {
      failed: [
        'The disk is full',
        'Calls are answered and messages are kept, but nothing is recorded until there is room. Free space on the machine:',
      ],
      recovered: ['The disk has room again', 'Calls are recorded as before.'],
    },
  },
};
