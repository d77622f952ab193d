import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { parse } from 'yaml';
import { callPartsOf, type Shared } from '../agent/call-parts.js';
import { systemClock } from '../agent/clock.js';
import { pathsOf } from '../agent/config/paths.js';
import { configuration } from '../agent/config/schema.js';
import { Events } from '../agent/events.js';
import { silentLog } from '../agent/log.js';
import { WaitingLines } from '../agent/reception/transfer/waiting-lines.js';
import { checkoutRoot } from '../agent/wire/checkout.js';
import { FakeRecords } from './fakes/records.js';
import { temporaryHome } from './records/store.js';

t.test('calls are held under what the configuration says', (t) => {
  const example = readFileSync(join(checkoutRoot, 'agent/config/example-office.yaml'), 'utf8');
  const own = parse(example) as { dialogue: object; reception: object };
  const traces = { of: () => undefined };
  const shared = {
    ...{ paths: pathsOf({ VESTIBULE_HOME: temporaryHome(t) }), records: new FakeRecords() },
    ...{ stored: new Events(silentLog), workers: {}, ari: {}, lines: new WaitingLines(), traces },
    ...{ clock: systemClock(), log: silentLog },
  } as unknown as Shared;
  const held = (reception: object, transfer: object) => {
    const dialogue = { ...own.dialogue, transfer };
    const settings = { ...own, dialogue, reception: { ...own.reception, ...reception } };
    return callPartsOf(configuration.parse(settings), shared);
  };

  const usual = held({}, {}).desk;
  t.equal(usual.whenFull, 'fallback');
  t.equal(usual.people?.settings.blindRecorded, false);
  t.equal(usual.traces, traces, 'where the time of calls goes is told, too');
  const reception = { mostCalls: 3, whenFull: 'busy', silenceMs: 9_000 };
  const { desk, mostCalls } = held(reception, { blindRecorded: true });
  t.same([mostCalls, desk.whenFull, desk.silenceMs], [3, 'busy', 9_000]);
  t.equal(desk.people?.settings.blindRecorded, true);
  t.end();
});
