import type { Clock } from '../clock.js';
import type {
  CallHandling,
  Dialogue,
  DialogueAction,
  DialogueEvent,
  DialogueState,
  GateEvent,
  TakenMessage,
  TransferOutcome,
} from '../dialogue/ports.js';
import { isOver } from '../dialogue/machine.js';
import type { JournalStep } from '../dialogue/record/record.js';
import type { Understanding } from '../understanding/ports.js';
import type { Diary, Slot } from '../dialogue/diary.js';
import type { CallKnown } from '../records/handling.js';
import { DiaryDesk } from './diary-desk.js';
import { handlingOf, type HandlingPlan } from './handling.js';
import { flatMessage, recordOf, type CallRecord, type FlatMessage } from './converse-record.js';

/** What a caller does in a call in text. */
export type TextInput =
  | { readonly say: string }
  /** One or more keys; after more than one the caller is taken to have finished keying. */
  | { readonly dtmf: string }
  /** Seconds in which nothing is said. */
  | { readonly silence: number }
  /** How transfers end from now on. */
  | { readonly transfer: TransferOutcome }
  | { readonly hangup: true };

/** What the receptionist does in it. */
export type TextOutput =
  | { readonly asks: string; readonly says: string }
  | ({ readonly does: 'message'; readonly number: number; readonly state: string } & FlatMessage)
  | { readonly does: 'consent'; readonly basis: string; readonly notice_version: string }
  | { readonly does: 'stop_recording' }
  | { readonly does: 'transfer'; readonly target: string; readonly why: string }
  /** Free times are looked for, or one is booked: when, in ISO 8601. */
  | { readonly does: 'find_slots'; readonly from: string }
  | { readonly does: 'book_slot'; readonly visit: string; readonly from: string }
  | { readonly does: 'release_slots' }
  /** The call is not simply the assistant's; and why, as codes. */
  | ({ readonly does: 'handle' } & HandledAs)
  | { readonly does: 'guardian'; readonly what: 'agreed' | 'refused' | 'absent' }
  | { readonly does: 'hangup' };

/** How a call was held before anybody spoke. */
export interface HandledAs {
  readonly way: CallHandling['way'];
  readonly challenged: boolean;
  readonly recorded: boolean;
  readonly because: readonly string[];
}

export interface ConverseParts {
  readonly dialogue: Dialogue;
  readonly understanding: Understanding;
  readonly silenceMs: number;
  readonly language: string;
  /** The caller's number; absent when withheld. */
  readonly caller?: string | undefined;
  /** Decides who takes the call, as by telephone; the assistant takes every call if absent. */
  readonly handling?: TextHandling | undefined;
  readonly clock: Clock;
  /** The office's calendars; without them only wishes are taken. */
  readonly diary?: Diary | undefined;
}

/** What a call meets before the assistant, and what is known of it. */
export interface TextHandling {
  readonly plan: Pick<HandlingPlan, 'decide'>;
  /** The number dialled; `reception` if absent. */
  readonly called?: string | undefined;
  /** Rules set by command, earlier calls, and who is away; none of them if absent. */
  readonly known?: CallKnown | undefined;
  /** 0 ≤ x < 1; chooses the key of a challenge. */
  readonly random: () => number;
}

const QUIET = { calls: 0, silent: 0 };
const NOTHING_KNOWN: CallKnown = { rules: [], away: [], lastHour: QUIET, lastDay: QUIET };

const iso = ({ from }: Pick<Slot, 'from'>): string => new Date(from).toISOString();

/**
 * One call in text: the same dialogue and the same understanding as by telephone, without line, voice
 * and recogniser. Nothing is stored; `record` is what a call would have left.
 */
export class TextCall {
  readonly #parts: ConverseParts;
  readonly #write: (output: TextOutput) => void;
  readonly #startedAt: number;
  #state: DialogueState;
  readonly #diary: DiaryDesk;
  /** What the diary told, not yet taken. */
  readonly #fromDiary: DialogueEvent[] = [];
  #transfers: TransferOutcome = 'answered';
  #patienceMs: number | undefined;
  #over = false;
  /** Where in what was said the caller last did something. */
  #mark = 0;
  #endedBy: 'caller' | 'agent' = 'caller';
  #told = 0;
  readonly #messages = new Map<number, TakenMessage>();
  readonly #said: { party: 'caller' | 'agent'; text: string }[] = [];
  #asked = 'greeting';
  #handled: HandledAs | undefined;
  readonly #counts: GateEvent[] = [];
  readonly #journal: JournalStep[] = [];
  #consent: { basis: string; notice_version: string } | undefined;

  constructor(parts: ConverseParts, write: (output: TextOutput) => void) {
    this.#parts = parts;
    this.#write = write;
    this.#state = parts.dialogue.start();
    this.#diary = new DiaryDesk('text', parts.diary, parts.clock, undefined, (event) => {
      this.#fromDiary.push(event);
    });
    this.#startedAt = parts.clock.now();
  }

  /** Whether the call has ended, by hanging up or by handing over to a person. */
  get over(): boolean {
    return this.#over;
  }

  /** What the receptionist said since the caller last did something. */
  get lastSaid(): string {
    return this.#said
      .slice(this.#mark)
      .filter(({ party }) => party === 'agent')
      .map(({ text }) => text)
      .join(' ');
  }

  /** Silence after which the receptionist says something, in milliseconds. */
  get patienceMs(): number {
    return this.#patienceMs ?? this.#parts.silenceMs;
  }

  /** Whether the receptionist has said something since this was last asked. */
  news(): boolean {
    const count = this.#said.length;
    const news = this.#said.slice(this.#told).some(({ party }) => party === 'agent');
    this.#told = count;
    return news;
  }

  begin(): void {
    const { caller, clock } = this.#parts;
    const handling = this.#decide();
    this.#post({
      kind: 'begin',
      now: clock.now(),
      ...(caller === undefined ? {} : { caller }),
      ...(handling === undefined ? {} : { handling }),
    });
  }

  /** How this call is to be held, as it is decided before a telephone is picked up. */
  #decide(): CallHandling | undefined {
    const { handling, caller = '', clock } = this.#parts;
    if (handling === undefined) return undefined;
    const { plan, called = 'reception', known = NOTHING_KNOWN, random } = handling;
    const decision = plan.decide({ caller, called, now: clock.now(), ...known });
    const { way, challenged, recorded, because } = decision;
    this.#handled = { way, challenged, recorded, because };
    if (way !== 'assistant' || challenged) this.#write({ does: 'handle', ...this.#handled });
    return handlingOf(decision, known.away, random);
  }

  /** Takes what the caller does; resolves when the receptionist has reacted. */
  async take(input: TextInput): Promise<void> {
    if (this.#over) return;
    this.#mark = this.#said.length;
    if ('say' in input) await this.#heard(input.say);
    else if ('dtmf' in input) this.#keys(input.dtmf);
    else if ('silence' in input) this.#silence(input.silence * 1000);
    else if ('transfer' in input) this.#transfers = input.transfer;
    else this.hangUp();
    await this.#listenToDiary();
  }

  /** Takes what the diary answers, as often as that leads to a further question to it. */
  async #listenToDiary(): Promise<void> {
    await this.#diary.settled();
    for (
      let event = this.#fromDiary.shift();
      event !== undefined;
      event = this.#fromDiary.shift()
    ) {
      if (!this.#over) this.#post(event);
      await this.#diary.settled();
    }
    if (this.#over) await this.#diary.close();
  }

  /** The caller waits for what comes: ends a number that is being keyed in. */
  wait(): void {
    if (this.#patienceMs !== undefined) this.#silence(this.#patienceMs);
  }

  hangUp(): void {
    if (this.#over) return;
    this.#post({ kind: 'hung-up' });
    this.#over = true;
  }

  /** What the call left. */
  record(): CallRecord {
    return recordOf({
      language: this.#parts.language,
      caller: this.#parts.caller,
      startedAt: this.#startedAt,
      endedBy: this.#endedBy,
      outcome: this.#parts.dialogue.outcome(this.#state),
      consent: this.#consent,
      messages: [...this.#messages.values()],
      said: this.#said,
      journal: this.#journal,
      handled: this.#handled,
      counts: this.#counts,
    });
  }

  async #heard(text: string): Promise<void> {
    this.#said.push({ party: 'caller', text });
    const understood = await this.#parts.understanding.understand(text, this.#asked);
    this.#post({ kind: 'heard', text, understood, now: this.#parts.clock.now() });
  }

  #keys(keys: string): void {
    for (const digit of keys) this.#post({ kind: 'key', digit });
    if (keys.length > 1) this.wait();
  }

  #silence(ms: number): void {
    let left = ms;
    while (!this.#over) {
      const patience = this.patienceMs;
      if (left < patience) return;
      left -= patience;
      this.#post({ kind: 'silence', ms: patience });
    }
  }

  #post(first: DialogueEvent): void {
    const inbox: DialogueEvent[] = [first];
    for (let event = inbox.shift(); event !== undefined && !this.#over; event = inbox.shift()) {
      const { state, actions, reason, patienceMs } = this.#parts.dialogue.step(this.#state, event);
      this.#state = state;
      if (event.kind !== 'spoken') this.#patienceMs = patienceMs;
      this.#journal.push({ event, actions, reason });
      for (const action of actions) this.#do(action, inbox);
      if (actions.some((action) => action.do === 'say')) inbox.push({ kind: 'spoken' });
    }
    if (isOver(this.#state)) this.#over = true;
  }

  #do(action: DialogueAction, inbox: DialogueEvent[]): void {
    switch (action.do) {
      case 'say': {
        const says = action.phrases.map(({ text }) => text).join(' ');
        this.#said.push({ party: 'agent', text: says });
        this.#asked = action.asks;
        this.#write({ asks: action.asks, says });
        break;
      }
      case 'keep-message':
        this.#messages.set(action.message.number, action.message);
        this.#write({
          does: 'message',
          number: action.message.number,
          state: action.message.state,
          ...flatMessage(action.message),
        });
        break;
      case 'grant-consent':
        this.#consent = { basis: action.basis, notice_version: action.noticeVersion };
        this.#write({ does: 'consent', ...this.#consent });
        break;
      case 'note-guardian':
        this.#write({ does: 'guardian', what: action.what });
        break;
      case 'stop-recording':
        this.#consent = undefined;
        this.#write({ does: 'stop_recording' });
        break;
      case 'transfer':
        this.#write({ does: 'transfer', target: action.target, why: action.why });
        inbox.push({ kind: 'transfer-ended', outcome: this.#transfers });
        break;
      case 'count':
        this.#counts.push(action.what);
        break;
      case 'find-slots':
        this.#write({ does: 'find_slots', from: iso(action.wish) });
        this.#diary.find(action.wish);
        break;
      case 'book-slot':
        this.#write({ does: 'book_slot', visit: action.slot.visit, from: iso(action.slot) });
        this.#diary.book(action.slot, action.guest);
        break;
      case 'release-slots':
        this.#write({ does: 'release_slots' });
        this.#diary.release();
        break;
      case 'hang-up':
        this.#endedBy = 'agent';
        this.#write({ does: 'hangup' });
        break;
    }
  }
}
