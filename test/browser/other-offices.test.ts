import t from 'tap';
import { federationErrors } from '../../agent/federation/errors.js';
import type { MessageHead } from '../../agent/privacy/message-room.js';
import type { OutputOf } from '../../agent/privacy/rooms/table.js';
import type { OtherOffices } from '../../agent/web/ports.js';
import { dashboard } from '../web/house.js';
import { openBrowser, openWindow } from './chromium.js';
import { firstLogin } from './first-login.js';
import { barriers, picture, skip } from './page-checks.js';

const told = (value: string) => ({ value, heard: value, confidence: 0.94, by: 'voice' as const });

const head: MessageHead = {
  ...{ id: 'far-1-1', call: 'far-1', takenAt: Date.now() - 3_600_000, state: 'open' },
  ...{ urgent: true, intent: 'prescription.refill', read: false },
};
const whole: OutputOf<'messages.show'> = {
  ...head,
  questions: { last_spray: 'When did you last use it?' },
  ...{ updatedAt: head.takenAt, recipient: undefined, confirmed: true, contact: undefined },
  ...{ done: undefined, assignedTo: undefined, secondHearing: [], notes: [] },
  corrections: [
    {
      ...{ call: 'far-1', thing: 'message:1:phone', at: head.takenAt, by: 'web:carl' },
      ...{ originalSha256: '', text: '020 7946 0143' },
    },
  ],
  body: {
    details: { last_spray: told('on Sunday') },
    ...{ name: told('Margaret Okafor'), phone: told('020 7946 0142') },
    ...{ reason: told('The spray is used up'), callbackTime: null },
  },
};

/** Two other offices: one answers, the other is away. */
function twoOffices() {
  const asked: string[] = [];
  const desk: OtherOffices = {
    list: () => [
      { id: 'leipzig', name: 'Leipzig', seenAt: Date.now() },
      { id: 'ulm', name: 'Ulm', seenAt: undefined },
    ],
    ask(office, method) {
      if (office === 'ulm') return Promise.reject(federationErrors.make('AWAY', { place: office }));
      asked.push(method);
      if (method === 'messages.settle') Object.assign(whole, { state: 'done' });
      const answers: Record<string, unknown> = {
        'messages.heads': whole.state === 'done' ? [] : [head],
        'messages.show': whole,
        'calls.list': [],
      };
      return Promise.resolve(answers[method] as never);
    },
    health: () =>
      Promise.resolve({
        answering: true,
        findings: [
          {
            ...{ id: 'machine.disk', title: 'disk', status: 'warn' as const },
            ...{ finding: 'nearly full', why: 'messages are lost', mend: 'Make room' },
          },
        ],
      }),
  };
  return { desk, asked };
}

t.test('other offices in the inbox and under health', { skip }, async (t) => {
  const { desk, asked } = twoOffices();
  const house = await dashboard(t, [], {}, { offices: desk });
  const url = await house.server.start();
  const { password } = await house.room.accounts.add('anna', 'owner', 'test');
  const { page, faults } = await openWindow(await openBrowser(t), url);
  await firstLogin(page, 'anna', password);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('link', { name: 'Inbox' }).click();

  const leipzig = page.getByRole('article', { name: 'Leipzig' });
  await leipzig.getByText('Repeat prescription').waitFor();
  await page.getByRole('article', { name: 'Ulm' }).getByText('does not answer').waitFor();
  t.equal(await page.getByText('Margaret Okafor').count(), 0, 'a head has no name');
  t.notOk(asked.includes('messages.show'), 'and nothing was opened');
  t.strictSame(await barriers(page), []);
  await picture(page, 'other-offices');

  await leipzig.getByRole('button').click();
  await page.getByRole('heading', { name: 'Margaret Okafor' }).waitFor();
  await page.getByText('The spray is used up').waitFor();
  await page.getByText('When did you last use it?').waitFor();
  await page.getByText('020 7946 0143').waitFor();
  await page.getByText('corrected by carl; before: “020 7946 0142”').waitFor();
  t.strictSame(await barriers(page), []);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Open again' }).waitFor();
  await page.getByRole('link', { name: 'Back' }).click();
  await leipzig.getByText('Nothing is waiting there.').waitFor();

  await page.getByRole('link', { name: 'Health' }).click();
  await page.getByRole('article', { name: 'Leipzig' }).getByText('Make room').waitFor();
  t.strictSame(faults, [], 'nothing went wrong in the page');
});
