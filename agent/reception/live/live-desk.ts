import type { Log } from '../../log.js';
import type { CallState } from '../../telephony/call-state.js';
import { partnerOf, Whisper, type WhisperAri } from '../../telephony/whisper.js';
import { receptionErrors } from '../errors.js';
import type { Visit } from '../visit.js';
import type { Listener } from './audience.js';
import type { LiveTalk } from './notes.js';

/** A call that runs: what may be seen of it by whoever may read transcripts. */
export interface LiveCall extends LiveTalk {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly begunAt: number;
  readonly state: CallState;
  /** The caller's number as the network gave it; empty when withheld. */
  readonly callerNumber: string;
  /** Whether the caller was told that others may hear the call, and has not objected. */
  readonly consented: boolean;
  /** Whether those who talk may be listened to, if the office allows it at all. */
  readonly audible: boolean;
}

export interface LiveDeskParts {
  /** The calls that run. */
  readonly running: () => readonly Visit[];
  readonly ari: WhisperAri;
  /** What this office lets its staff do. */
  readonly allows: { readonly listen: boolean; readonly whisper: boolean };
  /** The telephones of the office. */
  readonly extensions: () => readonly string[];
  readonly ringSeconds: number;
  readonly log: Log;
}

/**
 * Where the staff steps into calls that run: look, listen in, whisper to a colleague, take over, end.
 * Who may do it is asked, and written down, before.
 */
export class LiveDesk {
  readonly #parts: LiveDeskParts;
  readonly #whispers = new Set<Whisper>();

  constructor(parts: LiveDeskParts) {
    this.#parts = parts;
  }

  get allows(): LiveDeskParts['allows'] {
    return this.#parts.allows;
  }

  /** The oldest first. */
  list(): readonly LiveCall[] {
    return this.#parts.running().map(shown);
  }

  /** Undefined once it is over. */
  find(call: string): LiveCall | undefined {
    const visit = this.#visit(call);
    return visit === undefined ? undefined : shown(visit);
  }

  /** Whether anybody may listen in on `call` now. @throws RECEPTION_… that says why not */
  mayListen(call: string): void {
    this.#listenable(call);
  }

  /**
   * Listens in on the receptionist's talk with a caller, and on that with people who were told, until the returned function is called or
   * `listener` is told that it is over. Needs no channel of its own.
   * @throws RECEPTION_CALL_OVER, RECEPTION_NO_LISTENING, RECEPTION_NOT_TOLD, RECEPTION_NOT_WITH_US
   */
  listen(call: string, listener: Listener): () => void {
    return this.#listenable(call).attend(listener);
  }

  /**
   * Rings `extension`, which then hears caller and colleague and is heard by the colleague alone.
   * @throws RECEPTION_CALL_OVER, RECEPTION_NO_LISTENING, RECEPTION_NOT_TOLD, RECEPTION_NOT_WITH_PERSON,
   * RECEPTION_NO_TELEPHONE, TELEPHONY_NOBODY_THERE
   */
  async whisper(call: string, extension: string | undefined): Promise<void> {
    const visit = this.#known(call);
    if (!this.#parts.allows.whisper) throw receptionErrors.make('NO_LISTENING');
    if (visit.state !== 'with-person') throw receptionErrors.make('NOT_WITH_PERSON');
    if (!visit.consented) throw receptionErrors.make('NOT_TOLD');
    const telephone = this.#telephone(extension);
    const { ari, ringSeconds, log } = this.#parts;
    const colleague = await partnerOf(ari, visit.channelId);
    const whisper = new Whisper(ari, call, log, () => this.#whispers.delete(whisper));
    this.#whispers.add(whisper);
    await whisper.open(colleague, telephone, ringSeconds);
  }

  /**
   * Tells the caller that somebody takes over, and then rings `extension`. Of a caller who talks with a
   * colleague through us, `extension` rings first, and the colleague goes when it is taken up; a talk that
   * the telephone system holds alone ends at once, and the caller comes back to us to be handed over.
   * @throws RECEPTION_CALL_OVER, RECEPTION_NOT_WITH_US, RECEPTION_NO_TELEPHONE, TELEPHONY_NOBODY_THERE
   */
  async takeOver(call: string, extension: string | undefined): Promise<void> {
    const visit = this.#known(call);
    const telephone = this.#telephone(extension);
    if (visit.state === 'talking') {
      visit.interrupt({ kind: 'taken-over', extension: telephone });
      return;
    }
    if (visit.state !== 'with-person') throw receptionErrors.make('NOT_WITH_US');
    if (visit.handing) {
      if (!visit.takeFromTalk(telephone)) throw receptionErrors.make('NOT_WITH_PERSON');
      return;
    }
    const { ari } = this.#parts;
    const colleague = await partnerOf(ari, visit.channelId);
    visit.expectBack(telephone);
    await ari.hangUp(colleague);
  }

  /** Says goodbye and hangs up; where a colleague talks with the caller, at once. @throws RECEPTION_CALL_OVER */
  async end(call: string): Promise<void> {
    const visit = this.#known(call);
    if (visit.state === 'talking') visit.interrupt({ kind: 'ended-by-staff' });
    else await visit.end('agent');
  }

  /** Ends every whisper. */
  async stop(): Promise<void> {
    await Promise.all([...this.#whispers].map((whisper) => whisper.close()));
  }

  #visit(call: string): Visit | undefined {
    return this.#parts.running().find(({ id }) => id === call);
  }

  #known(call: string): Visit {
    const visit = this.#visit(call);
    if (visit === undefined) throw receptionErrors.make('CALL_OVER', { place: call });
    return visit;
  }

  #listenable(call: string): Visit {
    const visit = this.#known(call);
    if (!this.#parts.allows.listen) throw receptionErrors.make('NO_LISTENING');
    if (!visit.audible) throw receptionErrors.make('NOT_WITH_US');
    if (!visit.consented) throw receptionErrors.make('NOT_TOLD');
    return visit;
  }

  /** Nothing but a telephone of the office is ever rung. */
  #telephone(extension: string | undefined): string {
    if (extension === undefined || !this.#parts.extensions().includes(extension)) {
      throw receptionErrors.make('NO_TELEPHONE');
    }
    return extension;
  }
}

const shown = (visit: Visit): LiveCall => {
  const { id, begunAt, state, callerNumber, consented, audible, talk } = visit;
  const { asks, intent, urgency, name, lines, partial } = talk;
  return {
    ...{ id, begunAt, state, callerNumber, consented, audible },
    ...{ asks, intent, urgency, name, lines: [...lines], partial },
  };
};
