import t from 'tap';
import type { Log } from '../../agent/log.js';
import { silentLog } from '../../agent/log.js';
import { noteGuardian } from '../../agent/reception/effects/note-guardian.js';
import type { Visit } from '../../agent/reception/visit.js';

/** The effect of a visit whose store takes what a guardian said, or does not. */
function effect(guardian: (told: object) => Promise<void>, log: Log = silentLog) {
  return noteGuardian({
    id: 'call',
    inMessage: (text: string) => text.replaceAll(/\d/gu, '*'),
    parts: { rights: { guardian }, log },
  } as unknown as Visit);
}

t.test('who agreed is stored, without what may never be', async (t) => {
  const stored: object[] = [];
  const note = effect((told) => {
    stored.push(told);
    return Promise.resolve();
  });
  await note({ do: 'note-guardian', what: 'agreed', who: 'Ida 4111', how: 'voice' });
  await note({ do: 'note-guardian', what: 'absent', who: null, how: 'hang-up' });
  t.strictSame(stored, [
    { call: 'call', what: 'agreed', who: 'Ida ****', how: 'voice' },
    { call: 'call', what: 'absent', who: null, how: 'hang-up' },
  ]);
});

t.test('a store that fails keeps nobody from talking on, and is told', async (t) => {
  const told: string[] = [];
  const log = { ...silentLog, error: (what: string) => told.push(what) } as unknown as Log;
  const note = effect(() => Promise.reject(new Error('locked')), log);
  await note({ do: 'note-guardian', what: 'refused', who: null, how: 'key' });
  t.strictSame(told, ['what a guardian said could not be stored']);
});
