import type { Clock } from '../../clock.js';
import { rehearseErrors } from './errors.js';
import { ALLOW, SipCall, type CallHost } from './sip-call.js';
import { answerChallenge, type Credentials } from './sip-digest.js';
import { SipDialog } from './sip-dialog.js';
import { parameterOf, parseUri, type HeaderList, type SipMessage } from './sip-message.js';
import { SipTransactions, type Endpoint, type ServerTransaction } from './sip-transactions.js';

export interface UserAgentSettings {
  readonly clock: Clock;
  /** Our own address and SIP port; port 0 takes a free one. */
  readonly local: Endpoint;
  /** User part of our address, such as an extension. */
  readonly user: string;
  readonly displayName?: string;
  /** Answers challenges to INVITE and REGISTER. */
  readonly credentials?: Credentials;
}

/** A small SIP user agent over UDP (RFC 3261): places and receives calls, registers. */
export class UserAgent {
  readonly #settings: UserAgentSettings;
  readonly #transactions: SipTransactions;
  readonly #calls = new Set<SipCall>();
  readonly #host: CallHost;
  #onCall: ((call: SipCall) => void) | undefined;

  constructor(settings: UserAgentSettings) {
    this.#settings = settings;
    this.#transactions = new SipTransactions(settings.clock, settings.local);
    const contact = (): string => this.#contact();
    this.#host = {
      transactions: this.#transactions,
      get contact() {
        return contact();
      },
      credentials: settings.credentials,
      release: (call) => {
        this.#calls.delete(call);
      },
    };
  }

  /** Our own address. Only after `start`. */
  get address(): Endpoint {
    return this.#transactions.address;
  }

  /** Hears of calls from elsewhere. Without it they are refused as busy. */
  onCall(listener: ((call: SipCall) => void) | undefined): void {
    this.#onCall = listener;
  }

  /** Opens the socket. Throws REHEARSE_SOCKET_FAILED. */
  async start(): Promise<void> {
    this.#transactions.listen({
      request: (transaction) => {
        this.#receive(transaction);
      },
      ack: (request) => {
        this.#callOf(request)?.acknowledged();
      },
    });
    await this.#transactions.start();
  }

  /** Hangs up what is left and closes the socket. */
  async stop(): Promise<void> {
    for (const call of [...this.#calls]) call.hangUp();
    this.#calls.clear();
    await this.#transactions.stop();
  }

  /**
   * A call to `uri`, sent to `server` (by default the host of the URI); listen to it, then
   * `invite(sdp)`. Throws REHEARSE_BAD_ADDRESS.
   */
  call(uri: string, server?: Endpoint): SipCall {
    const parsed = parseUri(uri);
    if (parsed === undefined) throw rehearseErrors.make('BAD_ADDRESS');
    const { displayName } = this.#settings;
    const name = displayName === undefined ? '' : `"${displayName.replace(/["\\]/gu, '')}" `;
    const dialog = SipDialog.toward(uri, `${name}<${this.#uri()}>`);
    const call = SipCall.outgoing(this.#host, dialog, server ?? parsed);
    this.#calls.add(call);
    return call;
  }

  /**
   * Registers our contact at `registrar` for `seconds`; 0 removes it.
   * Throws REHEARSE_REGISTRATION_REFUSED.
   */
  async register(registrar: Endpoint, seconds: number): Promise<void> {
    const { user, credentials } = this.#settings;
    const uri = `sip:${registrar.host}:${registrar.port}`;
    const dialog = SipDialog.toward(uri, `<sip:${user}@${registrar.host}>`);
    const fixed: HeaderList = [
      ['Contact', this.#contact()],
      ['Expires', String(seconds)],
    ];
    const send = async (extra: HeaderList): Promise<SipMessage | undefined> =>
      new Promise((resolve) => {
        const request = dialog.request('REGISTER', [...fixed, ...extra], '');
        const own = `<sip:${user}@${registrar.host}>`;
        // The address of record stands in To as well as in From (10.2).
        const headers = request.headers.map((header) =>
          header[0] === 'To' ? (['To', own] as const) : header,
        );
        this.#transactions.request({ ...request, headers }, registrar, {
          response: (response) => {
            if (response.status >= 200) resolve(response);
          },
          timeout: () => {
            resolve(undefined);
          },
        });
      });
    let response = await send([]);
    if (response !== undefined && [401, 407].includes(response.status) && credentials) {
      const header = answerChallenge(response, 'REGISTER', uri, credentials);
      if (header !== undefined) response = await send([header]);
    }
    if (response === undefined || response.status >= 300) {
      throw rehearseErrors.make('REGISTRATION_REFUSED', {
        place: uri,
        detail: response === undefined ? 'no response' : `status ${response.status}`,
      });
    }
  }

  #uri(): string {
    const { host, port } = this.address;
    return `sip:${this.#settings.user}@${host}:${port}`;
  }

  #contact(): string {
    return `<${this.#uri()}>`;
  }

  /** The call whose dialog `request` belongs to; a CANCEL belongs by the caller's tag. */
  #callOf(request: SipMessage): SipCall | undefined {
    const { headers } = request;
    const callId = headers.get('call-id');
    const own = parameterOf(headers.get('to') ?? '', 'tag');
    const other = parameterOf(headers.get('from') ?? '', 'tag');
    return [...this.#calls].find(
      ({ dialog }) =>
        dialog.callId === callId &&
        dialog.remoteTag === other &&
        (own === undefined || dialog.localTag === own),
    );
  }

  #receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    const call = this.#callOf(request);
    if (call !== undefined) {
      call.receive(transaction);
    } else if (parameterOf(request.headers.get('to') ?? '', 'tag') !== undefined) {
      transaction.respond(481, 'Call/Transaction Does Not Exist', []);
    } else if (request.method === 'INVITE') {
      this.#receiveInvite(transaction);
    } else if (request.method === 'OPTIONS') {
      transaction.respond(200, 'OK', [ALLOW, ['Accept', 'application/sdp']]);
    } else if (request.method === 'CANCEL') {
      transaction.respond(481, 'Call/Transaction Does Not Exist', []);
    } else {
      transaction.respond(405, 'Method Not Allowed', [ALLOW]);
    }
  }

  #receiveInvite(transaction: ServerTransaction): void {
    if (this.#onCall === undefined) {
      transaction.respond(486, 'Busy Here', []);
      return;
    }
    transaction.respond(100, 'Trying', []);
    const call = SipCall.incoming(this.#host, transaction);
    this.#calls.add(call);
    this.#onCall(call);
  }
}
