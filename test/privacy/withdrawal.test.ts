import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { Conversation } from '../../agent/reception/conversation.js';
import type { Effects } from '../../agent/reception/conversation-parts.js';
import { grantConsent } from '../../agent/reception/effects/grant-consent.js';
import { stopRecording } from '../../agent/reception/effects/stop-recording.js';
import { Recorder } from '../../agent/reception/recorder.js';
import type { Visit } from '../../agent/reception/visit.js';
import type { OpenRecords } from '../../agent/records/records.js';
import { dialogueOf } from '../dialogue/office.js';
import { FakeLine } from '../fakes/line.js';
import { FakeRecogniser, FakeVoiceActivity } from '../fakes/speech.js';
import { aCall, startedStore } from '../records/store.js';

const FRAME_MS = 20;
const FRAME = 320;

/** A caller on a line whose every sample tells the 20 ms of the call that it belongs to. */
class Caller {
  readonly line = new FakeLine();
  readonly recorder: Recorder;
  readonly records: OpenRecords;
  readonly call: string;
  readonly #vad = new FakeVoiceActivity();
  readonly #recogniser = new FakeRecogniser();
  readonly #conversation: Conversation;
  readonly #from: number;
  #intent = 'oos';
  #atMs = 0;

  constructor(records: OpenRecords, call: string) {
    const clock = systemClock();
    this.records = records;
    this.call = call;
    this.recorder = new Recorder(records, silentLog);
    const parts = { records, clock, log: silentLog, recording: true };
    const visit = { id: call, parts, recorder: this.recorder } as unknown as Visit;
    const nothing = (): Promise<void> => Promise.resolve();
    const effects: Effects = {
      'grant-consent': grantConsent(visit),
      'stop-recording': stopRecording(visit),
      'note-guardian': nothing,
      ...{ transfer: nothing, count: nothing, 'keep-message': nothing, 'hang-up': nothing },
    };
    this.#from = clock.monotonic();
    const understood = () => ({
      ...{ intent: this.#intent, score: 0.9, alternatives: [], slots: {} },
      ...{ emergency: false, faq: undefined },
    });
    this.#conversation = new Conversation(
      call,
      this.#from,
      {
        dialogue: dialogueOf(),
        understanding: {
          danger: () => undefined,
          understand: () => Promise.resolve(understood()),
        },
        ...{ vad: this.#vad, recogniser: this.#recogniser, records, clock, log: silentLog },
        render: async function* () {
          await Promise.resolve();
          yield new Int16Array(16_000);
        },
        ...{ language: 'en', silenceMs: 60_000 },
      },
      effects,
      this.recorder,
    );
    this.#conversation.attach(this.line);
    this.#conversation.post({ kind: 'begin', now: Date.parse('2026-11-24T09:00:00Z') });
  }

  /** The sound of the line goes on as time does. Returns the call's time at its end. */
  async goesOn(ms: number): Promise<number> {
    for (const end = this.#atMs + ms; this.#atMs < end; this.#atMs += FRAME_MS) {
      const sound = new Int16Array(FRAME).fill(1 + this.#atMs / FRAME_MS);
      this.recorder.write('caller', sound, this.#atMs);
      const wait = this.#from + this.#atMs + FRAME_MS - performance.now();
      if (wait > 0) await sleep(wait);
    }
    return this.#atMs;
  }

  async says(text: string, meant: string): Promise<void> {
    this.#recogniser.text = text;
    this.#intent = meant;
    this.#vad.tell(false, this.#atMs);
    this.#vad.tell(true, 640);
    await this.goesOn(640);
    this.#vad.tell(false, 960);
  }

  /** Whether what was recorded is destroyed, some seconds later at the latest. */
  async erased(): Promise<boolean> {
    for (let tries = 0; tries < 100; tries += 1) {
      // Between the file's end and its row's a reader finds neither.
      const found = await this.records.reading.recordings.of(this.call).catch(() => []);
      if (found.length > 0 && found.every(({ state }) => state === 'discarded')) return true;
      await sleep(50);
    }
    return false;
  }

  hangsUp(): Promise<void> {
    return this.#conversation.close();
  }

  /** The call's time of the last frame of the caller on the disk, in milliseconds; -1 for none. */
  async lastStored(): Promise<number> {
    let last = -1;
    for (const one of await this.records.reading.recordings.of(this.call))
      for await (const { samples } of one.chunks())
        for (let at = 0; at < samples.length; at += 2)
          if (samples[at] !== 0) last = Math.max(last, ((samples[at] ?? 0) - 1) * FRAME_MS);
    return last;
  }
}

async function recordedCaller(t: Test, call: string): Promise<Caller> {
  const { records } = await startedStore(t);
  await records.calls.open(aCall(call));
  const caller = new Caller(records, call);
  t.teardown(() => caller.hangsUp());
  await caller.goesOn(100);
  caller.line.playing?.hear();
  await caller.goesOn(2_600);
  return caller;
}

/** When it is said, what leads there, and whether the caller is asked what becomes of the recording. */
const MOMENTS: readonly (readonly [string, (caller: Caller) => Promise<void>, boolean])[] = [
  ['while we ask', () => Promise.resolve(), true],
  [
    'while we listen',
    async (caller) => {
      caller.line.playing?.hear();
      await caller.goesOn(200);
    },
    true,
  ],
  [
    'in the middle of a message',
    (caller) => caller.says('a message please', 'message.leave'),
    false,
  ],
];

await t.test(
  '7 withdrawal of consent: nothing of what comes after it is on the disk',
  async (t) => {
    const late: number[] = [];
    const withdraws = async (
      [when, before, asks]: (typeof MOMENTS)[number],
      how: 'key' | 'voice',
    ): Promise<void> => {
      const caller = await recordedCaller(t, `${when} ${how}`);
      await before(caller);
      const moment = await caller.goesOn(400);
      if (how === 'key') caller.line.key('9');
      else await caller.says('do not record me', 'privacy.no_recording');
      await caller.goesOn(1_200);
      if (asks) {
        await caller.recorder.stop();
        const last = await caller.lastStored();
        t.ok(last > 0, `${when}, by ${how}: what came before is there`);
        // A second was promised; sound is held back longer than that takes.
        t.ok(last <= moment, `${when}, by ${how}: ${String(last - moment)} ms after the moment`);
        late.push(last - moment);
        caller.line.key('1');
      }
      t.ok(await caller.erased(), `${when}, by ${how}: erased`);
    };
    // All at once: they wait for the clock most of the time.
    await Promise.all(
      MOMENTS.flatMap((moment) => [withdraws(moment, 'key'), withdraws(moment, 'voice')]),
    );
    t.comment(
      `the last frame on the disk: at most ${String(Math.max(...late))} ms after the moment`,
    );
  },
);
