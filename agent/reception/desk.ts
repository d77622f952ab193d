import { randomUUID } from 'node:crypto';
import type { DialogueAction, DialogueEvent, TransferOutcome } from '../dialogue/ports.js';
import { Events } from '../events.js';
import type { Records } from '../records/ports.js';
import type { AriEvents, ChannelData } from '../telephony/ari.js';
import { DeskLine, type DeskLineSettings } from './desk-line.js';
import { Visit, type Exchange, type VisitParts } from './visit.js';

/** What happens in a talk at the desk, as it happens. */
export type DeskEvent =
  | { readonly party: 'caller' | 'vestibule'; readonly text: string; readonly whole: boolean }
  | { readonly does: string };

export interface DeskSettings extends DeskLineSettings {
  /** How a transfer ends: there is nobody to ring at a desk. */
  readonly transfers: TransferOutcome;
  /** The caller's number, if one is to be offered for calling back. */
  readonly caller: string | undefined;
}

export type DeskParts = Omit<VisitParts, 'ari' | 'ear'>;

/** As long as a person takes to answer, or not to. */
const RINGING_MS = 1_500;

/**
 * The receptionist at a desk: one visit as by telephone, over a microphone and a loudspeaker. It
 * stands in for the PBX as far as a visit asks for one.
 */
export class Desk {
  readonly callId = randomUUID();
  readonly #parts: DeskParts;
  readonly #settings: DeskSettings;
  readonly #tell: (event: DeskEvent) => void;
  readonly #events: Events<AriEvents>;
  #visit: Visit | undefined;
  #line: DeskLine | undefined;
  #failure: Error | undefined;
  #told = false;

  constructor(parts: DeskParts, settings: DeskSettings, tell: (event: DeskEvent) => void) {
    this.#parts = parts;
    this.#settings = settings;
    this.#tell = tell;
    this.#events = new Events(parts.log);
  }

  /** Holds one conversation; resolves when it is over. @throws AUDIO_… */
  async talk(): Promise<void> {
    // Before there is a call: a desk without a microphone leaves no trace in the store.
    await this.#newLine().open();
    if (this.#told) {
      await this.#line?.close();
      return;
    }
    const records = telling(this.#parts.records, this.#tell);
    await new Promise<void>((resolve) => {
      this.#visit = new Visit(
        this.callId,
        this.#channel(),
        { ...this.#parts, records, ari: this.#exchange(), ear: () => this.#freshLine() },
        () => {
          resolve();
        },
      );
      void this.#visit.start();
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  key(digit: string): void {
    this.#line?.key(digit);
  }

  /** Whoever sits there hangs up. */
  hangUp(): void {
    this.#told = true;
    void this.#visit?.end('caller');
  }

  #newLine(): DeskLine {
    const { clock } = this.#parts;
    this.#line = new DeskLine(this.#settings, clock, (error) => {
      this.#failure = error;
    });
    return this.#line;
  }

  /** The line that stands open for the beginning, and a new one after each transfer. */
  #freshLine(): DeskLine {
    const line = this.#line;
    return line === undefined || line.closed ? this.#newLine() : line;
  }

  #channel(): ChannelData {
    return {
      id: `desk-${this.callId}`,
      name: 'desk',
      state: 'Up',
      caller: { name: '', number: this.#settings.caller ?? '' },
      dialplan: { context: 'desk', exten: 'desk', app_name: '', app_data: '' },
    };
  }

  #exchange(): Exchange {
    const done = (): Promise<void> => Promise.resolve();
    return {
      events: this.#events,
      answer: done,
      hangUp: done,
      setVariable: done,
      watch: done,
      stands: () => Promise.resolve(true),
      continueAt: (channelId, context) => {
        if (context === 'vestibule-transfer') this.#ring(channelId);
        return Promise.resolve();
      },
    };
  }

  /** Nobody is rung; the outcome comes as it was asked for. */
  #ring(channelId: string): void {
    const { transfers } = this.#settings;
    this.#parts.clock.after(RINGING_MS, () => {
      if (this.#told) return;
      this.#tell({ does: `the transfer ends: ${transfers}` });
      if (transfers === 'answered') {
        this.#events.emit('dial', { channelId, status: 'ANSWER' });
        this.#events.emit('channel-gone', { channelId });
      } else {
        void this.#visit?.returned(transfers);
      }
    });
  }
}

/** The same store, and everything that is said and done is told as well. */
function telling(records: Records, tell: (event: DeskEvent) => void): Records {
  return {
    ...records,
    utterances: {
      add: (utterance) => {
        const { party, text, whole } = utterance;
        tell({ party: party === 'agent' ? 'vestibule' : 'caller', text, whole });
        return records.utterances.add(utterance);
      },
    },
    decisions: {
      add: (decision) => {
        const event = JSON.parse(decision.event) as DialogueEvent;
        if (event.kind === 'key')
          tell({ party: 'caller', text: `presses ${event.digit}`, whole: true });
        for (const action of JSON.parse(decision.actions) as readonly DialogueAction[]) {
          if (action.do !== 'say') tell({ does: lineOf(action) });
        }
        return records.decisions.add(decision);
      },
    },
  };
}

function lineOf(action: Exclude<DialogueAction, { do: 'say' }>): string {
  switch (action.do) {
    case 'transfer':
      return `transfer ${action.target} (${action.why})`;
    case 'keep-message':
      return `message ${String(action.message.number)} ${action.message.state}`;
    default:
      return action.do;
  }
}
