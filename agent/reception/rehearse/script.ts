import type { Pcm } from '../../audio/frame.js';
import { SAMPLE_RATE } from '../../audio/frame.js';
import { resample } from '../../audio/resample.js';
import { readWav } from '../../audio/wav.js';
import { Prompts } from '../../dialogue/prompts/prompts.js';
import type { Turn } from './agent-ear.js';
import type { PhoneCall } from './caller.js';
import { rehearseErrors } from './errors.js';
import { CODECS, rateOf } from './line-codec.js';
import { LINE_RATE } from './pacer.js';
import { replyTo, type Answering } from './replies.js';
import type { RehearsalEvent } from './report.js';
import type { Scenario, Step } from './scenario.js';
import type { Synthesise } from './synthesise.js';

const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}]+/gu, '');

/** How begins what the receptionist says where an answer takes long; its end is often misheard. */
const MOMENTS: readonly string[] = ['en', 'de', 'ko'].map((language) => {
  const [beginning = ''] = new Prompts(language).phrase('wait.moment').text.split(',');
  return lettersOf(beginning);
});
/** It comes no sooner after the caller's words, and is no longer than this, in milliseconds. */
const MOMENT_AFTER_MS = 2_000;
const MOMENT_LENGTH_MS = 3_000;

/** What the caller said, as measured later. */
export interface SaidLine {
  readonly startMs: number;
  readonly endMs: number;
  readonly bargeIn: boolean;
}

/** The lines of a scenario as PCM of the line's rate, made before dialling so that they cost no time in the call. */
export class Lines {
  readonly #pcm = new Map<string, Int16Array>();

  /** Throws REHEARSE_SYNTHESIS_FAILED and the errors of readWav. */
  async prepare(scenario: Scenario, synthesise: Synthesise): Promise<void> {
    const rate = scenario.codec === undefined ? LINE_RATE : rateOf(CODECS[scenario.codec]);
    const make = async (key: string, source: () => Promise<Pcm>): Promise<void> => {
      if (this.#pcm.has(key)) return;
      this.#pcm.set(key, resample(await source(), SAMPLE_RATE, rate));
    };
    for (const step of scenario.steps) {
      for (const { say, wav } of linesOf(step)) {
        if (say !== undefined) await make(`say:${say}`, () => synthesise(say, scenario.voice));
        if (wav !== undefined) await make(`wav:${wav}`, async () => (await readWav(wav)).pcm);
      }
    }
  }

  get(line: { say?: string | undefined; wav?: string | undefined }): Int16Array {
    const key = line.say === undefined ? `wav:${line.wav ?? ''}` : `say:${line.say}`;
    return this.#pcm.get(key) ?? new Int16Array(0);
  }
}

function linesOf(step: Step): readonly { say?: string | undefined; wav?: string | undefined }[] {
  if ('say' in step || 'wav' in step) return [step];
  if ('barge-in' in step) return [step['barge-in']];
  if ('hang-up' in step) return [{ say: step['hang-up'].saying }];
  return 'answer' in step ? step.answer.replies.map(({ say }) => ({ say })) : [];
}

/** Plays the steps of a scenario on a call that rings or has been answered. */
export class Script {
  readonly said: SaidLine[] = [];
  readonly #call: PhoneCall;
  readonly #lines: Lines;
  readonly #emit: (event: RehearsalEvent) => void;
  readonly #lastTurn: () => Turn | undefined;
  readonly #pauseMs: number;
  readonly #heardSince: (markMs: number) => Promise<string>;
  /** What the receptionist said before this moment has been waited for already. */
  #markMs = 0;

  /**
   * `lastTurn` gives the newest finished turn of the other side, in ms; undefined for none.
   * `heardSince` gives the words of the turns that ended after a moment.
   */
  constructor(
    call: PhoneCall,
    lines: Lines,
    pauseMs: number,
    lastTurn: () => Turn | undefined,
    heardSince: (markMs: number) => Promise<string>,
    emit: (event: RehearsalEvent) => void,
  ) {
    this.#call = call;
    this.#lines = lines;
    this.#pauseMs = pauseMs;
    this.#lastTurn = lastTurn;
    this.#heardSince = heardSince;
    this.#emit = emit;
  }

  /** Does one step. Throws REHEARSE_WAIT_TIMEOUT and REHEARSE_CALL_OVER. */
  async run(step: Step): Promise<void> {
    const { audio } = this.#call;
    if ('wait-for' in step) {
      await this.#waitFor(step['wait-for'], step.timeout);
    } else if ('say' in step || 'wav' in step) {
      await this.#say(step, false);
    } else if ('key' in step) {
      await this.#press(step.key);
    } else if ('silence' in step) {
      this.#emit({ type: 'silent', seconds: step.silence, atMs: audio.nowMs });
      await this.#pause(step.silence * 1000);
    } else if ('barge-in' in step) {
      const { timeout, 'after-ms': afterMs } = step['barge-in'];
      await this.#until(() => {
        const { startMs } = audio.ear;
        return startMs !== undefined && audio.nowMs - startMs >= afterMs;
      }, timeout);
      await this.#say(step['barge-in'], true);
    } else if ('answer' in step) {
      await this.#answer(step.answer);
    } else {
      await this.#hangUp(step['hang-up']);
    }
  }

  async #press(key: string): Promise<void> {
    const { audio } = this.#call;
    this.#emit({ type: 'presses', key, atMs: audio.nowMs });
    await this.#call.press(key);
    this.#markMs = audio.nowMs;
  }

  /** Replies to what is asked, until there is nothing more to answer. */
  async #answer(answering: Answering): Promise<void> {
    const { ear } = this.#call.audio;
    for (let count = 0; count < answering.most; count += 1) {
      let heard = '';
      let reply: ReturnType<typeof replyTo>;
      // A longer pause may part what belongs together: what comes after it is listened to as well.
      for (let seen = this.#markMs; reply === undefined; seen = this.#turnEnds()) {
        const newer = (): boolean => !ear.speaking && this.#turnEnds() > seen;
        try {
          await this.#until(newer, answering.timeout);
        } catch (cause) {
          throw heard === '' ? cause : rehearseErrors.make('NO_REPLY', { detail: heard, cause });
        }
        heard = await this.#heardSince(this.#markMs);
        reply = replyTo(answering, heard);
      }
      if (reply === 'over') return;
      if (reply.say !== undefined) await this.#say(reply, false);
      for (const key of reply.keys ?? '') await this.#press(key);
    }
    throw rehearseErrors.make('NO_REPLY', { detail: 'the receptionist asks for ever' });
  }

  async #waitFor(what: 'greeting' | 'agent' | 'speech' | 'silence' | 'hang-up', seconds: number) {
    const { audio } = this.#call;
    const { ear } = audio;
    switch (what) {
      case 'greeting':
      case 'agent': {
        for (let seen = this.#markMs; ; seen = this.#turnEnds()) {
          const before = seen;
          await this.#until(() => !ear.speaking && this.#turnEnds() > before, seconds);
          if (!(await this.#asksForAMoment(before))) break;
        }
        this.#markMs = audio.nowMs;
        return;
      }
      case 'speech':
        await this.#until(() => ear.speaking, seconds);
        return;
      case 'silence':
        await this.#until(() => !ear.speaking && ear.silentMs >= this.#pauseMs, seconds);
        return;
      case 'hang-up':
        if (await this.#call.untilEnded(seconds * 1000)) return;
        throw rehearseErrors.make('WAIT_TIMEOUT', { detail: 'the other side did not hang up' });
    }
  }

  /** End of the newest finished turn of the other side, in ms. */
  #turnEnds(): number {
    return this.#lastTurn()?.endMs ?? -1;
  }

  /** Whether nothing was said since then but that it takes a moment: the answer is still to come. */
  async #asksForAMoment(sinceMs: number): Promise<boolean> {
    const turn = this.#lastTurn();
    if (turn === undefined || turn.startMs - this.#markMs < MOMENT_AFTER_MS) return false;
    if (turn.endMs - turn.startMs > MOMENT_LENGTH_MS) return false;
    const heard = lettersOf(await this.#heardSince(sinceMs));
    return MOMENTS.some((moment) => heard.startsWith(moment));
  }

  async #until(condition: () => boolean, seconds: number): Promise<void> {
    const over = (): boolean => this.#call.endedMs !== undefined;
    // Whoever runs late looks at several moments at once: what was true in one of them may have passed.
    let held = false;
    const looked = (): boolean => (held ||= condition());
    await this.#call.audio.until(() => looked() || over(), seconds * 1000);
    // A turn that the end of the call closed still counts.
    if (looked()) return;
    if (over()) throw rehearseErrors.make('CALL_OVER');
    throw rehearseErrors.make('WAIT_TIMEOUT', { detail: `${seconds} s` });
  }

  async #pause(ms: number): Promise<void> {
    const { audio } = this.#call;
    const endMs = audio.nowMs + ms;
    await audio.until(() => audio.nowMs >= endMs || this.#call.endedMs !== undefined, ms + 1000);
  }

  async #say(
    line: { say?: string | undefined; wav?: string | undefined },
    bargeIn: boolean,
  ): Promise<void> {
    const { audio } = this.#call;
    this.#emit({ type: 'says', text: line.say ?? line.wav ?? '', bargeIn, atMs: audio.nowMs });
    const { startMs, endMs } = await this.#call.say(this.#lines.get(line));
    this.said.push({ startMs, endMs, bargeIn });
    this.#markMs = endMs;
  }

  async #hangUp(how: {
    readonly at: 'now' | 'ringing' | 'speech';
    readonly 'after-ms': number;
    readonly saying?: string | undefined;
  }): Promise<void> {
    const { audio } = this.#call;
    if (how.at === 'speech') await this.#until(() => audio.ear.speaking, 20);
    const { saying } = how;
    const line = saying === undefined ? undefined : this.#say({ say: saying }, false);
    await this.#pause(how['after-ms']);
    if (this.#call.endedMs === undefined) this.#emit({ type: 'hangs-up', atMs: audio.nowMs });
    await this.#call.hangUp();
    await line;
  }
}
