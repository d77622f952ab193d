import { within, type Clock } from '../clock.js';
import { telephonyErrors } from './errors.js';
import type { AriConnection, AriEvents } from './ari-connection.js';

type Entered = AriEvents['stasis-start'];
/** Hears once that a telephone was taken up. */
export type Answered = (entered: Entered) => void;

/** A telephone to call, and what becomes of whoever takes it up. */
export interface Invitation {
  /** Such as `PJSIP/202`. */
  readonly endpoint: string;
  /** What the answered channel enters our application with. */
  readonly args: readonly string[];
  /** What their telephone shows. */
  readonly callerId: string;
  readonly seconds: number;
  readonly variables: Readonly<Record<string, string>>;
}

interface Waiting {
  readonly enter: () => void;
  readonly fail: () => void;
  readonly answered: Answered;
  args: readonly string[];
}

/** A channel that was just made is in our application within milliseconds. */
const ENTERED_WITHIN_MS = 3_000;

/**
 * Telephones that are being called. A channel that is made to call one enters our application before it is
 * dialled; for everybody else it does so when it is answered.
 */
export class Invitations {
  readonly #waiting = new Map<string, Waiting>();

  /** Begins to wait for a channel. `answered` is called once, when its telephone was taken up. */
  expect(channelId: string, answered: Answered): Promise<void> {
    const entered = new Promise<void>((resolve, reject) => {
      const fail = (): void => {
        reject(telephonyErrors.make('ARI_REQUEST_FAILED', { place: 'invite' }));
      };
      this.#waiting.set(channelId, { enter: resolve, fail, answered, args: [] });
    });
    entered.catch(() => undefined);
    return entered;
  }

  forget(channelId: string): void {
    this.#waiting.delete(channelId);
  }

  /** Whether an event is one of a channel that is called and not answered yet, which nobody else hears of. */
  takes(type: unknown, channel: Entered['channel'], args: unknown): boolean {
    const one = this.#waiting.get(channel.id);
    if (one === undefined) return false;
    switch (type) {
      case 'StasisStart':
        one.args = args as readonly string[];
        one.enter();
        return true;
      case 'ChannelStateChange':
        if (channel.state !== 'Up') return false;
        this.#waiting.delete(channel.id);
        one.answered({ channel, args: one.args });
        return true;
      case 'ChannelDestroyed':
        this.#waiting.delete(channel.id);
        one.fail();
        return false;
      default:
        return false;
    }
  }
}

/**
 * Calls a telephone, and nobody whom it names instead: to a call that ARI originates in one step, an answer of 302
 * has Asterisk dial whatever its Contact says, also by a trunk or in another context (main/dial.c,
 * handle_call_forward). A channel that is made and dialled follows nothing: it ends.
 *
 * @throws TELEPHONY_ARI_REQUEST_FAILED if no telephone is there
 */
export async function call(
  connection: AriConnection,
  clock: Clock,
  channelId: string,
  { endpoint, args, callerId, seconds, variables }: Invitation,
  answered: Answered,
): Promise<void> {
  const { invitations, address } = connection;
  const entered = invitations.expect(channelId, answered);
  try {
    await connection.ask('invite', ({ channels }) =>
      channels.create({
        ...{ channelId, endpoint, app: address.app, appArgs: args.join(',') },
        // First what most telephones and lines speak: nobody's sound is converted without need.
        formats: 'ulaw,alaw',
        // `i`: it is called with it, not told of it.
        variables: { 'CALLERID(all)': callerId, 'CONNECTEDLINE(all,i)': callerId, ...variables },
      }),
    );
  } catch (error) {
    invitations.forget(channelId);
    throw error;
  }
  try {
    const inTime = await within(
      clock,
      ENTERED_WITHIN_MS,
      entered.then(() => true),
    );
    if (inTime !== true) throw telephonyErrors.make('ARI_REQUEST_FAILED', { place: 'invite' });
    await connection.ask('dial', ({ channels }) => channels.dial({ channelId, timeout: seconds }));
  } catch (error) {
    invitations.forget(channelId);
    await connection.settle('hang up', ({ channels }) => channels.hangup({ channelId }));
    throw error;
  }
}
