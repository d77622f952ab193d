import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { systemClock, type Clock } from '../../agent/clock.js';
import { Events } from '../../agent/events.js';
import { silentLog } from '../../agent/log.js';
import { redactionSettings } from '../../agent/privacy/redaction-settings.js';
import { SecondPass } from '../../agent/reception/second-pass.js';
import type { Recogniser } from '../../agent/speech/ports.js';
import type { AriEvents } from '../../agent/telephony/ari.js';
import { startedStore } from '../records/store.js';

const NEVER = (): void => undefined;

/** A second pass over a real store; `hears` gives what is recognised, or fails. */
export async function passOver(
  t: Test,
  hears: (turn: number) => Promise<string>,
  redaction: object = {},
) {
  const { records } = await startedStore(t);
  let due = NEVER;
  const clock: Clock = {
    ...systemClock(),
    after: (_, then) => {
      due = then;
      return () => {
        due = NEVER;
      };
    },
  };
  const lengths: number[] = [];
  const recogniser: Recogniser = {
    listen: () => {
      let fail: (error: Error) => void = () => undefined;
      const cancelled = new Promise<never>((_, reject) => {
        fail = reject;
      });
      cancelled.catch(() => undefined);
      const finish = async () => {
        const text = await Promise.race([hears(lengths.length), cancelled]);
        return { text, words: [], confidence: 1, engine: 'fake', secondsAudio: 1, secondsCpu: 0 };
      };
      return {
        push: (pcm) => lengths.push(pcm.length / 16),
        speculate: finish,
        finish,
        cancel: () => {
          fail(new Error('cancelled'));
        },
      };
    },
  };
  const state = { idle: true };
  const events = new Events<AriEvents>(silentLog);
  const pass = new SecondPass({
    ...{ transcripts: records.transcripts, recogniser, events, clock, log: silentLog },
    idle: () => state.idle,
    office: { country: 'us', timeZone: 'UTC' },
    redaction: () => redactionSettings.parse(redaction),
  });
  t.teardown(() => pass.stop());
  const channel = {
    ...{ id: 'channel', name: 'SIP', state: 'Up' },
    caller: { name: '', number: '' },
    dialplan: { context: 'in', exten: 'reception', app_name: '', app_data: '' },
  };
  return {
    ...{ records, pass, state, lengths },
    comes: () => {
      state.idle = false;
      events.emit('stasis-start', { channel, args: ['incoming'] });
    },
    /** Lets the time to look come, and waits until `done`. */
    look: async (done: () => boolean | Promise<boolean>) => {
      const now = due;
      due = NEVER;
      now();
      for (let waited = 0; !(await done()) && waited < 400; waited += 1) await sleep(5);
      t.ok(await done());
    },
    next: () => records.transcripts.next(),
    /** Whether it waits for the time to look. */
    rests: () => due !== NEVER,
  };
}
