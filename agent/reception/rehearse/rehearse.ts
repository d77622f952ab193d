import { SAMPLE_RATE, type Pcm } from '../../audio/frame.js';
import { resample } from '../../audio/resample.js';
import { writeWav } from '../../audio/wav.js';
import { systemClock, type Clock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import type { Turn } from './agent-ear.js';
import { Phone, type PhoneCall } from './caller.js';
import { rehearseErrors } from './errors.js';
import { CODECS } from './line-codec.js';
import { localHostTowards } from './local-host.js';
import type { PathImpairments } from './lossy-path.js';
import { measure } from './measure.js';
import type { Expectation, RehearsalEvent, RehearsalReport } from './report.js';
import type { PathSettings, Scenario } from './scenario.js';
import { Lines, Script } from './script.js';
import type { Credentials } from './sip-digest.js';
import type { Endpoint } from './sip-transactions.js';
import { parseUri } from './sip-message.js';
import type { Synthesise } from './synthesise.js';

export interface RehearsalSettings {
  readonly synthesise: Synthesise;
  /** Text of 16 kHz mono speech. Without it what was heard is not judged by its words. */
  readonly transcribe?: (pcm: Pcm) => Promise<string>;
  /** Where the INVITE is sent; by default the host and port of the scenario's `to`. */
  readonly sip?: Endpoint;
  readonly credentials?: Credentials;
  /** Writes the stereo recording there: left what the caller said, right what it heard. */
  readonly recordTo?: string;
  /** Hears what happens as it happens; what was heard comes when it has been transcribed. */
  readonly onEvent?: (event: RehearsalEvent) => void;
  /** How long it may ring, in milliseconds; 30 s by default. */
  readonly answerTimeoutMs?: number;
  /** Ends the rehearsal by hanging up. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** Speech is given to the recogniser with this much around it. */
const PADDING_MS = 200;

/**
 * Places one call as the scenario says and reports what the caller experienced. A call that goes
 * wrong is a report that did not pass; throws only if the call cannot be tried: BAD_ADDRESS,
 * SOCKET_FAILED, SYNTHESIS_FAILED, and the errors of readWav and writeWav.
 */
export async function rehearse(
  scenario: Scenario,
  settings: RehearsalSettings,
): Promise<RehearsalReport> {
  const lines = new Lines();
  await lines.prepare(scenario, settings.synthesise);
  const server = settings.sip ?? parseUri(scenario.to);
  if (server === undefined) throw rehearseErrors.make('BAD_ADDRESS');
  const { impairments } = scenario;
  const displayName = scenario['display-name'];
  const phone = new Phone({
    clock: settings.clock ?? systemClock(),
    host: await localHostTowards(server),
    user: scenario.from,
    pauseMs: scenario['pause-ms'],
    seed: impairments.seed,
    impairments: {
      sending: pathOf(impairments),
      receiving: pathOf(impairments.receiving),
      dtx: impairments.dtx,
      noiseDb: impairments['noise-db'],
      echo: impairments.echo && {
        db: impairments.echo.db,
        delayMs: impairments.echo['delay-ms'],
      },
    },
    ...(scenario.codec === undefined ? {} : { codecs: [CODECS[scenario.codec]] }),
    ...(displayName === undefined ? {} : { displayName }),
    ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
  });
  await phone.start();
  try {
    return await new Rehearsal(scenario, settings, phone, server, lines).run();
  } finally {
    await phone.stop();
  }
}

const pathOf = (path: PathSettings): PathImpairments => ({
  lossPercent: path['loss-percent'],
  lossBurst: path['loss-burst'],
  jitterMs: path['jitter-ms'],
});

/** One run of a scenario. */
class Rehearsal {
  readonly #scenario: Scenario;
  readonly #settings: RehearsalSettings;
  readonly #phone: Phone;
  readonly #server: Endpoint;
  readonly #lines: Lines;
  readonly #events: RehearsalEvent[] = [];
  readonly #turns: Turn[] = [];
  readonly #transcripts: Promise<string | undefined>[] = [];
  readonly #expectations: Expectation[] = [];
  #told: Promise<void> = Promise.resolve();

  constructor(
    scenario: Scenario,
    settings: RehearsalSettings,
    phone: Phone,
    server: Endpoint,
    lines: Lines,
  ) {
    this.#scenario = scenario;
    this.#settings = settings;
    this.#phone = phone;
    this.#server = server;
    this.#lines = lines;
  }

  async run(): Promise<RehearsalReport> {
    const scenario = this.#scenario;
    this.#emit({ type: 'dialling', to: scenario.to, atMs: 0 });
    let heard: (turn: Turn) => void = () => undefined;
    const call = await this.#phone.call(scenario.to, this.#server, {
      ringing: (atMs) => {
        this.#emit({ type: 'ringing', atMs });
      },
      answered: (atMs) => {
        this.#emit({ type: 'answered', atMs });
      },
      key: (key, atMs) => {
        this.#emit({ type: 'hears-key', key, atMs });
      },
      turn: (turn) => {
        heard(turn);
      },
      ended: ({ by, status }, atMs) => {
        this.#emit({ type: 'ended', by, status, atMs });
      },
    });
    heard = (turn) => {
      this.#turns.push(turn);
      const transcript = this.#transcribe(call, turn);
      this.#transcripts.push(transcript);
      this.#emit(async () => ({
        type: 'hears',
        lengthMs: turn.endMs - turn.startMs,
        text: await transcript,
        atMs: turn.startMs,
      }));
    };
    const abort = (): void => {
      void call.hangUp();
    };
    this.#settings.signal?.addEventListener('abort', abort);
    const script = new Script(
      call,
      this.#lines,
      scenario['pause-ms'],
      () => this.#turns.at(-1),
      (markMs) => this.#heardSince(markMs),
      (event) => {
        this.#emit(event);
      },
    );
    await this.#play(call, script);
    await call.hangUp();
    this.#settings.signal?.removeEventListener('abort', abort);
    return this.#report(call, script);
  }

  async #play(call: PhoneCall, script: Script): Promise<void> {
    const [first] = this.#scenario.steps;
    const timeoutMs = this.#settings.answerTimeoutMs ?? 30_000;
    if (first !== undefined && 'hang-up' in first && first['hang-up'].at === 'ringing') {
      await script.run(first);
      return;
    }
    const answered = await call.untilAnswered(timeoutMs);
    this.#expectations.push({ kind: 'answered', what: 'the call is answered', met: answered });
    if (!answered) return;
    for (const [index, step] of this.#scenario.steps.entries()) {
      try {
        await script.run(step);
      } catch (error) {
        const what = `${index + 1} (${Object.keys(step)[0] ?? ''}): ${oneLine(error)}`;
        this.#expectations.push({ kind: 'step', what, met: false });
        return;
      }
    }
  }

  async #heardSince(markMs: number): Promise<string> {
    const since = this.#turns.findIndex(({ endMs }) => endMs > markMs);
    const texts = await Promise.all(since < 0 ? [] : this.#transcripts.slice(since));
    return texts.join(' ');
  }

  #transcribe(call: PhoneCall, turn: Turn): Promise<string | undefined> {
    const { transcribe } = this.#settings;
    const { recording } = call.audio;
    const pcm = recording.heardBetween(turn.startMs - PADDING_MS, turn.endMs + PADDING_MS);
    if (transcribe === undefined) return Promise.resolve(undefined);
    return transcribe(resample(pcm, recording.rate, SAMPLE_RATE)).catch((error: unknown) => {
      this.#expectations.push({ kind: 'step', what: `hearing: ${oneLine(error)}`, met: false });
      return undefined;
    });
  }

  async #report(call: PhoneCall, script: Script): Promise<RehearsalReport> {
    await this.#told;
    const texts = (await Promise.all(this.#transcripts)).filter((text) => text !== undefined);
    const { rate } = call.audio.recording;
    const { said, heard } = call.audio.recording.channels();
    const endedMs = call.endedMs ?? call.audio.nowMs;
    const { recordTo } = this.#settings;
    if (recordTo !== undefined) await writeWav(recordTo, [said, heard], rate);
    const outcome = call.outcome ?? { by: 'network' as const, status: 408 };
    const { expect } = this.#scenario;
    if (this.#settings.transcribe !== undefined) {
      const all = texts.join('\n');
      for (const what of expect.heard) {
        this.#expectations.push({ kind: 'heard', what, met: new RegExp(what, 'iu').test(all) });
      }
      for (const what of expect['not-heard']) {
        const met = !new RegExp(what, 'iu').test(all);
        this.#expectations.push({ kind: 'not-heard', what, met });
      }
    }
    const endedBy = expect['ended-by'];
    if (endedBy !== undefined) {
      this.#expectations.push({ kind: 'ended-by', what: endedBy, met: outcome.by === endedBy });
    }
    return {
      scenario: this.#scenario.name,
      passed: this.#expectations.every((expectation) => expectation.met),
      expectations: this.#expectations,
      stored: expect.stored,
      outcome,
      events: [...this.#events].sort((a, b) => a.atMs - b.atMs),
      figures: measure(
        said,
        heard,
        { answeredMs: call.answeredMs, endedMs, said: script.said },
        rate,
      ),
      rtp: call.audio.counts,
      keys: call.keys,
      seconds: endedMs / 1000,
      recording: recordTo,
    };
  }

  /** Tells of an event, in order: what is heard is told once it is transcribed, and nothing before. */
  #emit(event: RehearsalEvent | (() => Promise<RehearsalEvent>)): void {
    this.#told = this.#told.then(async () => {
      const told = typeof event === 'function' ? await event() : event;
      this.#events.push(told);
      this.#settings.onEvent?.(told);
    });
  }
}
