import t from 'tap';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { recordedBlind, watchBlind } from '../../agent/reception/transfer/blind.js';
import type { Exchange } from '../../agent/reception/visit-parts.js';
import type { AriEvents } from '../../agent/telephony/ari.js';

function watched() {
  const events = new Events<AriEvents>(silentLog);
  const told: string[] = [];
  const off = watchBlind({ events } as unknown as Exchange, 'caller', {
    answered: () => told.push('answered'),
    gone: (served) => told.push(served ? 'gone, served' : 'gone'),
  });
  return { events, told, off };
}

t.test('whoever hangs up after a talk was served, whoever hangs up before was not', (t) => {
  const served = watched();
  served.events.emit('dial', { channelId: 'caller', status: 'RINGING' });
  served.events.emit('dial', { channelId: 'caller', status: 'ANSWER' });
  served.events.emit('channel-gone', { channelId: 'caller' });
  t.strictSame(served.told, ['answered', 'gone, served']);
  const left = watched();
  left.events.emit('dial', { channelId: 'caller', status: 'RINGING' });
  left.events.emit('channel-gone', { channelId: 'caller' });
  t.strictSame(left.told, ['gone']);
  t.end();
});

t.test('other calls are none of its business, and when it is over neither is this one', (t) => {
  const { events, told, off } = watched();
  events.emit('dial', { channelId: 'somebody', status: 'ANSWER' });
  events.emit('channel-gone', { channelId: 'somebody' });
  off();
  events.emit('channel-gone', { channelId: 'caller' });
  t.strictSame(told, []);
  t.end();
});

t.test(
  'blind transfers are recorded where all agree, and never where a caller is in danger',
  (t) => {
    const on = { recorded: true, blindRecorded: true };
    const asked = { why: 'caller-asked' };
    t.ok(recordedBlind(on, true, asked));
    t.notOk(recordedBlind(on, false, asked), 'the caller has not agreed');
    t.notOk(recordedBlind({ ...on, recorded: false }, true, asked));
    t.notOk(recordedBlind({ ...on, blindRecorded: false }, true, asked));
    t.notOk(recordedBlind(on, true, { ...asked, how: 'announced' }), 'it is none');
    for (const why of ['emergency', 'taken-over', 'staff-first'])
      t.notOk(recordedBlind(on, true, { why }), why);
    t.end();
  },
);
