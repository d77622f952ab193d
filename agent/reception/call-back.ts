import { randomUUID } from 'node:crypto';
import { oneLine } from '../errors.js';
import { receptionErrors } from './errors.js';
import { Colleague, type ColleagueParts } from './transfer/colleague.js';
import { ColleagueTalk } from '../dialogue/colleague.js';
import { talkNames } from './transfer/people.js';

/** Whom somebody of the staff wants to call back. */
export interface WantedCall {
  /** The telephone of the office that rings first. */
  readonly extension: string;
  /** The caller's number, out of the record: nobody keys one in. */
  readonly number: string;
  /** The call that it is about. */
  readonly callId: string;
}

export interface CallBackParts extends ColleagueParts {
  /** Tells that channels of this id are ours, until the returned function is called. */
  readonly guest: (channelId: string, callId: string) => () => void;
}

/**
 * Calls somebody back because a person of the staff asks for it: rings that person first, then the caller,
 * over the trunk that carries calls out. Nothing is ever called by itself, and nothing is recorded.
 */
export class CallBack {
  readonly #parts: () => CallBackParts;
  readonly #running = new Map<string, () => Promise<void>>();

  /** `parts` are asked for at each call: what runs keeps those that it began with. */
  constructor(parts: () => CallBackParts) {
    this.#parts = parts;
  }

  /** How many are under way. */
  get running(): number {
    return this.#running.size;
  }

  /**
   * Begins; resolves when the person's telephone is being rung, and goes on by itself.
   * @throws RECEPTION_UNKNOWN_EXTENSION, RECEPTION_NOT_CALLABLE, RECEPTION_NO_CALLS_OUT, RECEPTION_TELEPHONE_AWAY
   */
  start({ extension, number, callId }: WantedCall): Promise<void> {
    const parts = this.#parts();
    const { people, log } = parts;
    const dialled = number.replace(/[\s()/-]/gu, '');
    const outside = people.outsideOf(dialled);
    if (!people.isHere(extension) && people.personAt(extension) === undefined) {
      throw receptionErrors.make('UNKNOWN_EXTENSION', { place: extension });
    }
    if (!people.isCallable(dialled)) throw receptionErrors.make('NOT_CALLABLE');
    if (outside === undefined) throw receptionErrors.make('NO_CALLS_OUT');
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const over = (): void => {
        // Once it rings this is heard no more.
        reject(receptionErrors.make('TELEPHONE_AWAY', { place: extension }));
      };
      void this.#run(parts, id, { extension, number, callId }, outside, resolve)
        .catch((error: unknown) => {
          const reason = oneLine(error);
          log.part('call-back').warn('a call back failed', { call: callId, reason });
        })
        .finally(over);
    });
  }

  /** Ends what is under way; those who talk already go on without us. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running.values()].map((end) => end()));
  }

  async #run(
    parts: CallBackParts,
    id: string,
    wanted: WantedCall,
    outside: string,
    rings: () => void,
  ): Promise<void> {
    const { people, language, log, guest } = parts;
    const { extension, number, callId } = wanted;
    const target = people.personAt(extension) ?? extension;
    const about = { name: '', callerName: null, callerNumber: number, said: null } as const;
    const common = { call: id, seconds: people.ringSeconds, recorded: false };
    const first = new Colleague(parts, {
      ...{ ...common, nth: 1, target, extension },
      about: { ...about, reason: 'call-back' },
    });
    const other = new Colleague(
      { ...parts, people: { ...people, endpointOf: () => outside } },
      {
        ...{ ...common, nth: 2, target: 'caller', extension: number },
        about: { ...about, callerNumber: '', reason: 'connect' },
      },
    );
    const off = guest(first.channelId, id);
    const bridge = talkNames(id).bridge;
    const end = async (): Promise<void> => {
      await Promise.all([first.close(), other.close()]);
      await people.ari.destroyBridge(bridge);
      off();
      this.#running.delete(id);
    };
    const leave = async (): Promise<void> => {
      first.gone = () => undefined;
      other.gone = () => undefined;
      await Promise.all([first.line.close(), other.line.close()]);
      off();
      this.#running.delete(id);
    };
    this.#running.set(id, end);
    first.rung = rings;
    try {
      if ((await first.ask()) !== 'accepted') return;
      const gone = new Promise<void>((resolve) => {
        first.gone = resolve;
        other.gone = resolve;
      });
      await people.ari.entertain(first.channelId, 'ringing');
      const asked = await Promise.race([other.ask(), gone.then(() => 'gone' as const)]);
      await people.ari.quieten(first.channelId);
      if (asked !== 'accepted') {
        const texts = new ColleagueTalk(language);
        await people.ari.entertain(first.channelId, 'silence');
        if (asked !== 'gone') await first.say([texts.after('unreached')]);
        return;
      }
      await people.ari.quieten(other.channelId);
      await people.ari.createBridge(bridge);
      await people.ari.addToBridge(bridge, [first.channelId, other.channelId]);
      log.part('call-back').info('connected', { call: callId });
      this.#running.set(id, leave);
      await gone;
    } finally {
      await end();
    }
  }
}
