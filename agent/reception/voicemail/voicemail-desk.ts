import { randomUUID } from 'node:crypto';
import { FRAME_MS, FRAME_SAMPLES, millisecondsOf, samplesIn, type Pcm } from '../../audio/frame.js';
import { readPcm } from '../../audio/wav.js';
import type { Clock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Redactor } from '../../privacy/redaction.js';
import type { Detail, Records } from '../../records/ports.js';
import type { Recognised, Recogniser } from '../../speech/ports.js';
import type { Ari } from '../../telephony/ari.js';
import { Discretion, type Kept } from '../discretion.js';
import { Recorder } from '../recorder.js';
import { piecesOf } from './voicemail-pieces.js';
import {
  callIdOf,
  channelsOf,
  shred,
  voicemailOf,
  type TakenVoicemail,
} from './voicemail-files.js';

export interface VoicemailParts {
  /** Where Asterisk puts what it has taken. */
  readonly folder: string;
  readonly records: Records;
  /** How a call that is stored already ended; undefined for one that is not. */
  readonly outcomeOf: (call: string) => Promise<string | undefined>;
  readonly ari: Pick<Ari, 'channels'>;
  readonly recogniser: Recogniser;
  readonly redactor: () => Redactor;
  readonly language: string;
  /** Stored with the consent: what is told before the tone now. */
  readonly noticeVersion: () => string;
  readonly contactNumber: (number: string) => string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** A file that grows tells nothing: what is complete is seen by looking. */
const LOOK_MS = 2_000;
/** Less sound than this is nobody's message. */
const LEAST_MS = 1_000;

/**
 * Takes the voicemails that Asterisk recorded while nobody of ours could: stores each as a call with a
 * message, sealed, writes down what was said, and destroys the plain files. What an earlier life left
 * lying is taken at the start.
 */
export class VoicemailDesk {
  readonly #parts: VoicemailParts;
  readonly #log: Log;
  #cancel: () => void = () => undefined;
  #running = false;
  #looking: Promise<void> = Promise.resolve();

  constructor(parts: VoicemailParts) {
    this.#parts = parts;
    this.#log = parts.log.part('voicemail');
  }

  start(): Promise<void> {
    if (this.#running) return Promise.resolve();
    this.#running = true;
    this.#again();
    void this.look();
    return Promise.resolve();
  }

  /** What is being stored is stored whole. */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancel();
    await this.#looking;
  }

  /** Takes everything that is complete; what fails is tried again at the next look. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  #again(): void {
    this.#cancel = this.#parts.clock.after(LOOK_MS, () => {
      void this.look().then(() => {
        if (this.#running) this.#again();
      });
    });
  }

  async #look(): Promise<void> {
    const { folder } = this.#parts;
    const left = channelsOf(folder);
    if (left.size === 0) return;
    const standing = await this.#standing();
    if (standing === undefined) return;
    // As long as the caller is on the line the files grow.
    const whole = [...left].filter((channel) => !standing.has(channel));
    const taken = whole.map((channel) => voicemailOf(folder, channel)).sort((a, b) => a.at - b.at);
    for (const one of taken) {
      try {
        await this.#take(one);
      } catch (error) {
        this.#log.error('a voicemail could not be taken', { reason: oneLine(error) });
      }
    }
  }

  /** Ids of all channels, asked once for all files; undefined while Asterisk does not say. */
  async #standing(): Promise<ReadonlySet<string> | undefined> {
    try {
      return new Set((await this.#parts.ari.channels()).map(({ id }) => id));
    } catch {
      return undefined;
    }
  }

  async #take(one: TakenVoicemail): Promise<void> {
    const { outcomeOf, records } = this.#parts;
    const first = callIdOf(one);
    const stored = await outcomeOf(first);
    if (stored !== 'message' && stored !== 'abandoned') {
      // A try that a crash interrupted stays as it is: nothing of it is lost, and nothing is stored twice.
      const call = stored === undefined ? first : randomUUID();
      const pcm = one.sound === undefined ? new Int16Array(0) : await readPcm(one.sound);
      await records.calls.open({
        ...{
          id: call,
          startedAt: one.at,
          calledNumber: one.called,
          language: this.#parts.language,
        },
        callerNumber: one.caller === '' ? undefined : one.caller,
        ...this.#contact(one.caller),
      });
      await records.calls.answered(call, one.at);
      const left = millisecondsOf(pcm) >= LEAST_MS;
      if (left) await this.#keep(call, one, pcm);
      await records.calls.close({
        ...{ call, endedAt: one.at + Math.round(millisecondsOf(pcm)), endedBy: 'caller' },
        outcome: left ? 'message' : 'abandoned',
      });
      this.#log.info('a voicemail is sealed', { call });
    }
    for (const file of one.files) shred(file);
  }

  /** The sound, the words and the message; nothing in them that may never be stored. */
  async #keep(call: string, one: TakenVoicemail, pcm: Pcm): Promise<void> {
    const { records, redactor } = this.#parts;
    const noticeVersion = this.#parts.noticeVersion();
    const recorder = new Recorder(records, this.#log);
    const discretion = new Discretion(redactor(), recorder, (kind, place, atMs) => {
      void records.redactions.add({ call, atMs: Math.round(atMs), kind, place });
    });
    const basis = 'announcement';
    await recorder.begin(
      await records.consents.grant({ call, at: one.at, basis, noticeVersion, how: 'notice' }),
    );
    const texts: string[] = [];
    const confidences: number[] = [];
    const turns: { fromMs: number; toMs: number; kept: Kept }[] = [];
    let writtenMs = 0;
    const write = (toMs: number): void => {
      for (; writtenMs + FRAME_MS <= toMs; writtenMs += FRAME_MS) {
        const at = samplesIn(writtenMs);
        recorder.write('caller', pcm.subarray(at, at + FRAME_SAMPLES), writtenMs);
      }
    };
    for (const { fromMs, toMs } of piecesOf(pcm)) {
      discretion.began(fromMs);
      write(toMs);
      const recognised = await this.#hear(pcm.subarray(samplesIn(fromMs), samplesIn(toMs)));
      const heard = discretion.heard({ recognised, fromMs, toMs });
      const said: (typeof turns)[number] = { fromMs, toMs, kept: heard };
      heard.settled?.((kept) => {
        said.kept = kept;
      });
      turns.push(said);
    }
    // Only with the last of them is it known whether digits of one are a part of a number.
    await discretion.close();
    for (const {
      fromMs,
      toMs,
      kept: { stored, hidden },
    } of turns) {
      await records.utterances.add({
        ...{ call, party: 'caller', atMs: fromMs, lengthMs: Math.round(toMs - fromMs) },
        ...{ text: stored.text, confidence: stored.confidence, engine: stored.engine },
        words: stored.words.length === 0 ? undefined : JSON.stringify(stored.words),
        whole: true,
        ...(hidden === undefined ? {} : { hidden }),
      });
      texts.push(stored.text);
      confidences.push(stored.confidence);
    }
    write(millisecondsOf(pcm));
    await recorder.close();
    const words = texts.filter((text) => text !== '').join(' ');
    const snippet = { fromMs: 0, toMs: Math.round(millisecondsOf(pcm)) };
    const told = (value: string | null, heard: string, by: Detail['by']): Detail => ({
      ...{ value, heard, by, snippet },
      confidence: by === 'caller-id' ? 1 : Math.min(1, ...confidences),
    });
    await records.messages.keep({
      ...{ call, number: 1, at: one.at, whole: true, urgent: undefined, recipient: undefined },
      ...{ intent: 'message.leave', confirmed: false },
      contactNumber: this.#parts.contactNumber(one.caller),
      body: {
        ...{ name: null, callbackTime: null },
        phone: one.caller === '' ? null : told(one.caller, one.caller, 'caller-id'),
        reason: told(null, words, 'voice'),
      },
    });
  }

  /** What is said in a piece; nothing if it cannot be heard now: the second pass listens to it again. */
  async #hear(pcm: Pcm): Promise<Recognised> {
    const { recogniser, language } = this.#parts;
    const utterance = recogniser.listen({ language });
    try {
      utterance.push(pcm);
      return await utterance.finish();
    } catch (error) {
      utterance.cancel();
      this.#log.warn('a voicemail could not be heard yet', { reason: oneLine(error) });
      return { text: '', words: [], confidence: 0, engine: '', secondsAudio: 0, secondsCpu: 0 };
    }
  }

  #contact(caller: string): { readonly contactNumber?: string } {
    const number = this.#parts.contactNumber(caller);
    return number === undefined ? {} : { contactNumber: number };
  }
}
