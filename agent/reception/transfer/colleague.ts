import { within, type Clock } from '../../clock.js';
import { ColleagueTalk, type Announced, type ColleagueAnswer } from '../../dialogue/colleague.js';
import type { TransferOutcome } from '../../dialogue/ports.js';
import { oneLine } from '../../errors.js';
import type { Log } from '../../log.js';
import type { Recogniser, VoiceActivity } from '../../speech/ports.js';
import type { Line } from '../../telephony/line.js';
import { Hearing } from '../hearing.js';
import { Speaking, type Render } from '../speaking.js';
import { talkNames, type People } from './people.js';

/** What somebody makes of being asked: `accepted`, or how it ended. */
export type Asked = 'accepted' | Exclude<TransferOutcome, 'answered'>;

export interface ColleagueParts {
  readonly people: People;
  readonly ear: (channelId: string, earId: string) => Line & { open(): Promise<void> };
  readonly vad: VoiceActivity;
  readonly recogniser: Recogniser;
  readonly render: Render;
  readonly language: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Whom to ask, and about what. */
export interface Request {
  readonly call: string;
  /** Counts those who are asked in one call. */
  readonly nth: number;
  /** Id of the person. */
  readonly target: string;
  readonly extension: string;
  readonly about: Announced;
  readonly seconds: number;
  /** The call goes on being recorded: whoever takes it is told before. */
  readonly recorded: boolean;
}

/** Why somebody is not asked any more. */
export type Dismissal = 'caller_gone' | 'taken' | 'unreached';

/** Hangup causes (Q.850) that tell more than that nobody came. */
const CAUSES: Readonly<Record<number, Asked>> = {
  ...{ 17: 'busy', 21: 'declined', 1: 'failed', 3: 'failed', 27: 'failed', 28: 'failed' },
  ...{ 34: 'failed', 38: 'failed', 41: 'failed', 42: 'busy' },
};
/** What people are told who are not needed any more; whom nothing is told are rung no longer. */
const LAST_WORDS: Readonly<
  Partial<Record<Asked | Dismissal, Parameters<ColleagueTalk['after']>[0]>>
> = {
  ...{ declined: 'decline', voicemail: 'message' },
  ...{ caller_gone: 'caller_gone', taken: 'taken', unreached: 'unreached' },
};

/** What is told at the end takes less than this. */
const LAST_WORDS_MS = 10_000;

/** The telephone of whoever answers is at the ear only after this: nothing said before would be heard. */
const LIFTED_MS = 300;

/**
 * One person who is asked whether they take a call: rings, tells who calls and why to the end, and takes
 * the answer by key or voice. Owns the channel and its ear until it is closed.
 */
export class Colleague {
  readonly channelId: string;
  readonly target: string;
  readonly extension: string;
  readonly #parts: ColleagueParts;
  readonly #request: Request;
  readonly #texts: ColleagueTalk;
  readonly #off: (() => void)[] = [];
  #line: (Line & { open(): Promise<void> }) | undefined;
  #speaking: Speaking | undefined;
  #hearing: Hearing | undefined;
  #asking = false;
  #settled = false;
  #settle: (asked: Asked) => void = () => undefined;
  readonly #asked: Promise<Asked>;
  #lost = false;
  #dismissing: Promise<void> | undefined;
  #closing: Promise<void> | undefined;
  /** Called once when the person hangs up or their telephone is lost. */
  gone: () => void = () => undefined;
  /** Called once their telephone is being rung. */
  rung: () => void = () => undefined;
  /** Called while the announcement is told. */
  told: () => void = () => undefined;

  constructor(parts: ColleagueParts, request: Request) {
    this.#parts = parts;
    this.#request = request;
    this.channelId = talkNames(request.call).colleague(request.nth);
    this.target = request.target;
    this.extension = request.extension;
    this.#texts = new ColleagueTalk(parts.language);
    this.#asked = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Whether the person has hung up, or their telephone is lost. */
  get lost(): boolean {
    return this.#lost;
  }

  /** The ear of a person who has accepted. */
  get line(): Line {
    if (this.#line === undefined) throw new Error('nobody has answered');
    return this.#line;
  }

  /** Rings and asks; resolves with the answer. Never rejects. */
  async ask(): Promise<Asked> {
    const { people, clock, log } = this.#parts;
    const { events } = people.ari;
    const endpoint = people.endpointOf(this.extension);
    const free = people.lines.take(this.extension);
    this.#off.push(
      free,
      events.listen('stasis-start', 'colleague', ({ channel }) => {
        if (channel.id === this.channelId) void this.#answered();
      }),
      events.listen('channel-gone', 'colleague', ({ channelId, cause }) => {
        if (channelId !== this.channelId) return;
        this.#lost = true;
        this.#ended(CAUSES[cause ?? 0] ?? 'no-answer');
      }),
      // Asterisk gives up by itself; this is for one that does not say so.
      clock.after((this.#request.seconds + 3) * 1000, () => {
        if (this.#line === undefined) this.#ended('no-answer');
      }),
    );
    if (endpoint === undefined) this.#ended('failed');
    else {
      try {
        await people.ari.invite(this.channelId, {
          endpoint,
          args: ['colleague', this.#request.call],
          callerId: callerIdOf(this.#request.about),
          seconds: this.#request.seconds,
          // A dead daemon cuts nobody off, and this telephone's REFER is asked of us.
          variables: { VESTIBULE_PHASE: 'human', 'PJSIP_TRANSFER_HANDLING()': 'ari-only' },
        });
        this.rung();
      } catch (error) {
        // No telephone is registered there.
        log.debug('a person could not be rung', { reason: oneLine(error) });
        this.#ended('no-answer');
      }
    }
    const asked = await this.#asked;
    if (asked !== 'accepted') void this.dismiss(asked);
    return asked;
  }

  /** Says `texts` to this person alone, to the end. */
  async say(texts: readonly string[]): Promise<void> {
    await this.#speaking?.say(texts);
  }

  /**
   * Nobody needs this person any more: they are told why, to the end, if they have answered. May be called
   * twice: the first reason is told.
   */
  dismiss(why: Asked | Dismissal): Promise<void> {
    this.#dismissing ??= this.#dismiss(why);
    return this.#dismissing;
  }

  async #dismiss(why: Asked | Dismissal): Promise<void> {
    this.gone = () => undefined;
    this.#ended('no-answer');
    const what = LAST_WORDS[why];
    if (what !== undefined && !this.#lost) {
      this.#speaking?.stop();
      // A telephone that does not play them any more is hung up all the same.
      const told = this.say([this.#texts.after(what)]).catch(() => undefined);
      await within(this.#parts.clock, LAST_WORDS_MS, told);
    }
    await this.close();
  }

  /** Ends the ear and the channel. May be called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.gone = () => undefined;
    this.#ended('no-answer');
    for (const off of this.#off.splice(0)) off();
    this.#hearing?.close();
    // Side by side: an ear that does not end keeps nobody on the line.
    await Promise.all([this.#line?.close(), this.#parts.people.ari.hangUp(this.channelId)]);
  }

  /** The telephone was answered: its ear is opened, and the person is told. */
  async #answered(): Promise<void> {
    const { ear, render, clock, log } = this.#parts;
    const { call, nth, about, recorded } = this.#request;
    try {
      const line = ear(this.channelId, talkNames(call).ear(nth));
      await line.open();
      this.#line = line;
      this.#speaking = new Speaking(line, render, log, clock);
      line.listen({
        frame: (pcm, atMs) => this.#hearing?.frame(pcm, atMs),
        played: (pcm, atMs) => this.#hearing?.played(pcm, atMs),
        key: (digit) => {
          this.#answer(this.#texts.answerOfKey(digit));
        },
        closed: () => {
          this.#lost = true;
          this.#ended('no-answer');
        },
      });
      if (this.#isSettled()) return;
      if (about.reason === 'connect') {
        if (recorded) {
          await clock.sleep(LIFTED_MS);
          await this.say([this.#texts.after('recorded')]);
        }
        this.#answer('accept');
        return;
      }
      this.told();
      await clock.sleep(LIFTED_MS);
      const texts = [...this.#texts.announcement(about)];
      // Before the question, so that whoever takes the call can be connected at once.
      if (recorded) texts.splice(texts.length - 1, 0, this.#texts.after('recorded'));
      await this.say(texts);
      // Whoever takes a talk over, or calls back, has chosen to.
      if (about.reason === 'call-back' || about.reason === 'take-over') {
        this.#answer('accept');
        return;
      }
      this.#listen();
      await this.#patience();
      if (this.#isSettled()) return;
      await this.say([this.#texts.keys(about.reason)]);
      await this.#patience();
      // A mailbox that has answered presses no key and says no yes.
      this.#ended('no-answer');
    } catch (error) {
      log.warn('a person could not be asked', { reason: oneLine(error) });
      this.#ended('failed');
    }
  }

  /** From now on what the person says may be the answer. */
  #listen(): void {
    const { vad, recogniser, language, log } = this.#parts;
    this.#asking = true;
    this.#hearing = new Hearing(
      { vad, recogniser, language, log },
      {
        ...{ stirred: () => undefined, settled: () => undefined, began: () => undefined },
        ...{ partial: () => undefined, guessed: () => undefined },
        ended: ({ recognised }) => {
          this.#answer(this.#texts.answerOfWords(recognised.text));
        },
      },
    );
    this.#hearing.expect('yes-no');
  }

  async #patience(): Promise<void> {
    const { people, clock } = this.#parts;
    await Promise.race([this.#asked, clock.sleep(people.settings.answerSeconds * 1000)]);
  }

  #answer(answer: ColleagueAnswer | undefined): void {
    if (answer === undefined || this.#isSettled()) return;
    this.#speaking?.stop();
    const outcomes = { accept: 'accepted', decline: 'declined', message: 'voicemail' } as const;
    const asked = outcomes[answer];
    // Whoever is asked to join has nobody to leave a message.
    if (asked === 'voicemail' && this.#request.about.reason !== 'call') return;
    if (this.#asking) this.#hearing?.close();
    this.#hearing = undefined;
    this.#settled = true;
    this.#settle(asked);
  }

  #ended(asked: Asked): void {
    if (!this.#settled) {
      this.#settled = true;
      this.#settle(asked);
      return;
    }
    this.gone();
    this.gone = () => undefined;
  }

  #isSettled(): boolean {
    return this.#settled;
  }
}

/** What the telephone shows: the caller, with nothing in it that would end the text. */
function callerIdOf({ callerName, callerNumber }: Announced): string {
  const number = callerNumber.replace(/[^\d+*#]/gu, '');
  const name = (callerName ?? '').replace(/["<>\\,\r\n]/gu, '');
  if (number === '') return name === '' ? 'Vestibule' : `"${name}" <>`;
  return name === '' ? number : `"${name}" <${number}>`;
}
