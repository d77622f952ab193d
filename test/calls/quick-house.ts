import type { z } from 'zod';
import { FRAME_MS, type Pcm } from '../../agent/audio/frame.js';
import { rmsDbfs } from '../../agent/audio/level.js';
import { toneShare } from '../../agent/audio/tones.js';
import { systemClock } from '../../agent/clock.js';
import type { Configuration } from '../../agent/config/schema.js';
import { createDialogue } from '../../agent/dialogue/machine.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import { silentLog } from '../../agent/log.js';
import { peopleOf } from '../../agent/people-parts.js';
import { CallBack } from '../../agent/reception/call-back.js';
import { FrontDesk, type FrontDeskParts } from '../../agent/reception/front-desk.js';
import type { People } from '../../agent/reception/transfer/people.js';
import { WaitingLines } from '../../agent/reception/transfer/waiting-lines.js';
import type { CallHead } from '../../agent/records/calls.js';
import type { Recognised, Recogniser, VoiceActivity } from '../../agent/speech/ports.js';
import type { Ari } from '../../agent/telephony/ari.js';
import { Ear } from '../../agent/telephony/ear.js';
import { pbxSettings } from '../../agent/telephony/pbx/settings.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { officeFacts, talkFacts } from '../dialogue/office.js';
import { startedStore, type Ends } from '../records/store.js';
import { BootedPbx, until } from '../telephony/pbx/booted.js';
import { BaresipPhone } from './baresip-phone.js';

const clock = systemClock();
/** What is said takes so long here, whatever it is. */
const SAID_SAMPLES = 1_600;
const SPEECH_DBFS = -40;
const TONES = [440, 620, 840] as const;

/** Speech is what is loud. */
const vad: VoiceActivity = {
  open: (listener) => {
    let atMs = 0;
    return {
      push: (frame) => {
        atMs += FRAME_MS;
        listener(rmsDbfs(frame) > SPEECH_DBFS ? 1 : 0, atMs);
      },
      reset: () => undefined,
      close: () => undefined,
    };
  },
};

/** The words of a tone are its pitch: `440`. */
const recogniser: Recogniser = {
  listen: () => {
    const heard: Pcm[] = [];
    const finish = async (): Promise<Recognised> => {
      await Promise.resolve();
      const all = heard.flatMap((pcm) => [...pcm]);
      const pcm = Int16Array.from(all.slice(0, 16_000));
      const [loudest] = [...TONES].sort((a, b) => toneShare(pcm, b) - toneShare(pcm, a));
      const numbers = { confidence: 0.9, secondsAudio: 1, secondsCpu: 0 };
      return { text: `tone ${String(loudest)}`, words: [], engine: 'tones', ...numbers };
    };
    return {
      push: (pcm) => void heard.push(pcm),
      speculate: finish,
      finish,
      cancel: () => undefined,
    };
  },
};

type Talk = Readonly<Record<string, unknown>>;

/**
 * The reception with a real Asterisk, real telephones, the real dialogue and a real store, in which
 * speech is tones: what is said takes a tenth of a second, and words are pitches.
 */
export class QuickHouse {
  readonly pbx: BootedPbx;
  readonly ari: Ari;
  readonly desk: FrontDesk;
  readonly callBack: CallBack;
  readonly #t: Ends;
  readonly #store: Awaited<ReturnType<typeof startedStore>>;
  readonly #settings: z.input<typeof pbxSettings>;
  readonly #lines = new WaitingLines();
  #parts: FrontDeskParts;
  #people!: People;

  private constructor(
    t: Ends,
    pbx: BootedPbx,
    ari: Ari,
    store: Awaited<ReturnType<typeof startedStore>>,
    settings: z.input<typeof pbxSettings>,
    talk: Talk,
  ) {
    this.#t = t;
    this.pbx = pbx;
    this.ari = ari;
    this.#store = store;
    this.#settings = settings;
    this.#parts = this.#partsOf(talk);
    this.desk = new FrontDesk(this.#parts, 8);
    this.callBack = new CallBack(() => ({
      ...this.#parts,
      people: this.#people,
      guest: (channel, call) => this.desk.guest(channel, call),
    }));
  }

  /** Opens it; it is closed with the test. */
  static async open(
    t: Ends,
    settings: z.input<typeof pbxSettings>,
    talk: Talk,
  ): Promise<QuickHouse> {
    const store = await startedStore(t);
    const pbx = await BootedPbx.boot(t, settings);
    const ari = await pbx.connected();
    const house = new QuickHouse(t, pbx, ari, store, settings, talk);
    await house.desk.start();
    t.teardown(async () => {
      await house.callBack.stop();
      await house.desk.stop();
    });
    return house;
  }

  /** Calls from now on are held under other settings of the dialogue, and by so many lines. */
  under(
    talk: Talk,
    { lines = 8, ...more }: { lines?: number; whenFull?: 'fallback' | 'busy' } = {},
  ): void {
    this.#parts = { ...this.#partsOf(talk), ...more };
    this.desk.take(this.#parts, lines);
  }

  /** A telephone on somebody's desk: baresip, which says a tone. */
  telephone(number: string, toneHz: (typeof TONES)[number]): Promise<BaresipPhone> {
    const password = this.pbx.rendered.secrets.extensions[number] ?? '';
    return BaresipPhone.open(this.#t, { number, password, server: this.pbx.server, toneHz });
  }

  /** A telephone elsewhere, which is called at an address of its own as `number`. */
  outside(
    number: string,
    toneHz: (typeof TONES)[number],
    listens: { readonly host: string; readonly port: number },
  ): Promise<BaresipPhone> {
    return BaresipPhone.open(this.#t, { number, password: '', server: listens, toneHz, listens });
  }

  /** The latest call as it is stored, once it is closed. */
  async closed(): Promise<{ call: CallHead; reasons: readonly string[] }> {
    const { calls } = this.#store.records.reading;
    const call = await until(async () => {
      const [latest] = await calls.list(1);
      return latest?.endedAt !== undefined && latest;
    }, 'the call is closed');
    const decisions = await calls.decisions(call.id);
    return { call, reasons: decisions.map(({ reason }) => reason) };
  }

  /** Reasons of the decisions of a call that runs. */
  async reasons(call: string): Promise<readonly string[]> {
    const decisions = await this.#store.records.reading.calls.decisions(call);
    return decisions.map(({ reason }) => reason);
  }

  get reading() {
    return this.#store.records.reading;
  }

  /** Nothing stands in Asterisk any more. */
  async empty(): Promise<void> {
    await until(
      async () =>
        (await this.ari.channels()).length === 0 && (await this.ari.bridges()).length === 0,
      'no channel and no bridge is left',
    );
  }

  #partsOf(talk: Talk): FrontDeskParts {
    const understanding = understandingSettings.parse(officeFacts);
    const dialogue = dialogueSettings.parse({ ...talkFacts, ...talk });
    const pbx = pbxSettings.parse(this.#settings);
    const extensions = new Map(
      dialogue.transferTargets.map(({ id, extension }) => [id, extension]),
    );
    const { ari } = this;
    this.#people = peopleOf({ understanding, dialogue, pbx } as unknown as Configuration, {
      ari,
      lines: this.#lines,
    });
    const records = this.#store.records;
    return {
      ...{ ari, records, vad, recogniser, clock, log: silentLog, language: 'en' },
      ear: (channel, id) => new Ear(ari, channel, id, silentLog, clock),
      dialogue: createDialogue({ understanding, dialogue, recording: true, listening: false }),
      understanding: {
        danger: () => undefined,
        understand: () =>
          Promise.resolve({
            ...{ intent: 'control.wait', score: 0.9, alternatives: [], emergency: false },
            ...{ slots: {}, faq: undefined },
          }),
      },
      render: async function* () {
        await Promise.resolve();
        yield new Int16Array(SAID_SAMPLES);
      },
      extensionOf: (target) => extensions.get(target),
      people: this.#people,
      recording: true,
      contactNumber: () => undefined,
      configuration: () => undefined,
      silenceMs: 60_000,
    };
  }
}
