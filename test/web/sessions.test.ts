import t from 'tap';
import { systemClock } from '../../agent/clock.js';
import { Sessions } from '../../agent/web/sessions.js';

const MINUTE = 60_000;

function aDoor() {
  let now = 0;
  const clock = { ...systemClock(), monotonic: () => now };
  const sessions = new Sessions({ idleMinutes: 30, longestHours: 12 }, clock);
  const { token, session } = sessions.begin('anna');
  return {
    ...{ sessions, token, session },
    after: (minutes: number): void => {
      now += minutes * MINUTE;
    },
  };
}

t.test('a login ends after half an hour without a click', (t) => {
  const { sessions, token, after } = aDoor();
  after(29);
  t.ok(sessions.of(token, true), 'a click');
  after(29);
  t.ok(sessions.of(token, true), 'counts from the last one');
  after(31);
  t.equal(sessions.of(token, true), undefined);
  t.end();
});

t.test('what the page asks by itself keeps nobody logged in', (t) => {
  const { sessions, token, session, after } = aDoor();
  for (let minutes = 0; minutes < 30; minutes += 5) {
    t.ok(sessions.of(token, false), 'it is served');
    after(5);
  }
  after(1);
  t.equal(sessions.of(token, false), undefined);
  t.notOk(sessions.runs(session), 'and its live connection ends');
  t.end();
});

t.test('a login ends after twelve hours in any case', (t) => {
  const { sessions, token, after } = aDoor();
  for (let hours = 0; hours < 12; hours += 0.25) {
    t.ok(sessions.of(token, true));
    after(15);
  }
  after(1);
  t.equal(sessions.of(token, true), undefined);
  t.end();
});
