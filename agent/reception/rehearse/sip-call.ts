import { answerChallenge, type Credentials } from './sip-digest.js';
import { SipDialog } from './sip-dialog.js';
import { cseqOf, type HeaderList, type SipMessage } from './sip-message.js';
import type {
  Endpoint,
  OutgoingRequest,
  ServerTransaction,
  SipTransactions,
} from './sip-transactions.js';

/*
 *  calling ──1xx──► ringing ──2xx──► answered ──BYE──► ended
 *     │  └──────────────2xx─────────────▲                ▲
 *     └── ≥300, CANCEL, timeout ── also from ringing ────┘
 *
 *  A call from elsewhere begins in ringing.
 */
export type CallState = 'calling' | 'ringing' | 'answered' | 'ended';

const CHANGES: Readonly<Record<CallState, readonly CallState[]>> = {
  calling: ['ringing', 'answered', 'ended'],
  ringing: ['ringing', 'answered', 'ended'],
  answered: ['ended'],
  ended: [],
};

/** How a call ended. */
export interface CallOutcome {
  readonly by: 'us' | 'them' | 'network';
  /** Status of the INVITE's final response if it was not answered, else 200; 408 after no response. */
  readonly status: number;
}

export interface CallListener {
  ringing(status: number): void;
  /** The other side's SDP. */
  answered(sdp: string): void;
  /** Answers a re-INVITE: gets the offer (empty if there is none), returns our SDP. */
  renegotiate(sdp: string): string;
  ended(outcome: CallOutcome): void;
}

/** What a call needs from its user agent. */
export interface CallHost {
  readonly transactions: SipTransactions;
  readonly contact: string;
  readonly credentials: Credentials | undefined;
  /** The call is over and needs no more requests. */
  release(call: SipCall): void;
}

const SDP: readonly [string, string] = ['Content-Type', 'application/sdp'];
export const ALLOW: readonly [string, string] = [
  'Allow',
  'INVITE, ACK, BYE, CANCEL, OPTIONS, NOTIFY',
];

/** One call, placed or received. */
export class SipCall {
  readonly dialog: SipDialog;
  readonly #host: CallHost;
  readonly #peer: Endpoint;
  readonly #invitation: ServerTransaction | undefined;
  /** The INVITE or re-INVITE whose 2xx awaits its ACK. */
  #unacknowledged: ServerTransaction | undefined;
  #listener: CallListener | undefined;
  #state: CallState;
  #branch = '';
  #inviteCseq = 0;
  #offer = '';
  #provisional = false;
  #challenged = false;
  #hangingUp = false;
  readonly #referred: number[] = [];

  private constructor(
    host: CallHost,
    dialog: SipDialog,
    peer: Endpoint,
    invitation: ServerTransaction | undefined,
  ) {
    this.#host = host;
    this.dialog = dialog;
    this.#peer = peer;
    this.#invitation = invitation;
    this.#state = invitation === undefined ? 'calling' : 'ringing';
  }

  static outgoing(host: CallHost, dialog: SipDialog, peer: Endpoint): SipCall {
    return new SipCall(host, dialog, peer, undefined);
  }

  static incoming(host: CallHost, invitation: ServerTransaction): SipCall {
    const dialog = SipDialog.fromInvite(invitation.request, invitation.toTag);
    return new SipCall(host, dialog, invitation.source, invitation);
  }

  get state(): CallState {
    return this.#state;
  }

  /** SDP offered by the caller; empty for our own call. */
  get offer(): string {
    return this.#invitation?.request.body ?? '';
  }

  listen(listener: CallListener): void {
    this.#listener = listener;
  }

  /** Sends the INVITE. */
  invite(sdp: string, authorization: HeaderList = []): void {
    this.#offer = sdp;
    const extra: HeaderList = [['Contact', this.#host.contact], ALLOW, SDP, ...authorization];
    const request = this.dialog.request('INVITE', extra, sdp);
    this.#inviteCseq = this.dialog.cseq;
    const { branch } = this.#host.transactions.request(request, this.#peer, {
      response: (response) => {
        this.#inviteAnswered(request, response);
      },
      timeout: () => {
        this.#end({ by: 'network', status: 408 });
      },
    });
    this.#branch = branch;
  }

  /** Tells the caller that it rings here. */
  ring(): void {
    if (this.#state !== 'ringing') return;
    this.#invitation?.respond(180, 'Ringing', [['Contact', this.#host.contact]]);
  }

  /** Answers a call from elsewhere with our SDP. */
  answer(sdp: string): void {
    this.#move('answered');
    this.#unacknowledged = this.#invitation;
    this.#invitation?.respond(200, 'OK', [['Contact', this.#host.contact], ALLOW, SDP], sdp);
    this.#listener?.answered(this.offer);
  }

  /** Refuses a call from elsewhere. */
  reject(status: number, reason: string): void {
    if (this.#state !== 'ringing') return;
    this.#invitation?.respond(status, reason, []);
    this.#end({ by: 'us', status });
  }

  /** Sends a caller from elsewhere on to `uri` (302), as a telephone does that forwards its calls. */
  forward(uri: string): void {
    if (this.#state !== 'ringing') return;
    this.#invitation?.respond(302, 'Moved Temporarily', [['Contact', `<${uri}>`]]);
    this.#end({ by: 'us', status: 302 });
  }

  /** Ends the call in whatever state it is: CANCEL, refusal or BYE. May be called twice. */
  hangUp(): void {
    if (this.#hangingUp || this.#state === 'ended') return;
    if (this.#state === 'answered') {
      this.#hangingUp = true;
      this.#bye();
    } else if (this.#invitation !== undefined) {
      this.reject(603, 'Decline');
    } else {
      this.#hangingUp = true;
      // A CANCEL may not be sent before the first provisional response (RFC 3261 section 9.1).
      if (this.#provisional) this.#cancel();
    }
  }

  /** Asks the other side to send its partner on to `uri` (REFER, RFC 3515); the call goes on. */
  refer(uri: string): void {
    const extra: HeaderList = [
      ['Contact', this.#host.contact],
      ['Refer-To', `<${uri}>`],
    ];
    const request = this.dialog.request('REFER', extra, '');
    this.#host.transactions.request(request, this.dialog.nextHop(this.#peer), {
      response: ({ status }) => {
        if (status >= 300) this.#referred.push(status);
      },
      timeout: () => this.#referred.push(408),
    });
  }

  /** What the other side told of our REFER, in order: 100, then how it ended. */
  get referred(): readonly number[] {
    return this.#referred;
  }

  /** Takes a request of this dialog, or the CANCEL of its INVITE. */
  receive(transaction: ServerTransaction): void {
    switch (transaction.request.method) {
      case 'BYE':
        transaction.respond(200, 'OK', []);
        this.#end({ by: 'them', status: 200 });
        return;
      case 'CANCEL':
        transaction.respond(200, 'OK', []);
        if (this.#state !== 'ringing') return;
        this.#invitation?.respond(487, 'Request Terminated', []);
        this.#end({ by: 'them', status: 487 });
        return;
      case 'INVITE': {
        this.dialog.refresh(transaction.request);
        const sdp = this.#listener?.renegotiate(transaction.request.body) ?? '';
        this.#unacknowledged = transaction;
        transaction.respond(200, 'OK', [['Contact', this.#host.contact], ALLOW, SDP], sdp);
        return;
      }
      case 'NOTIFY': {
        transaction.respond(200, 'OK', []);
        // The body is the status line of a response (message/sipfrag).
        const [, status] = /^SIP\/2\.0 (\d{3})/u.exec(transaction.request.body) ?? [];
        if (status !== undefined) this.#referred.push(Number(status));
        return;
      }
      default:
        transaction.respond(405, 'Method Not Allowed', [ALLOW]);
    }
  }

  acknowledged(): void {
    this.#unacknowledged?.acknowledged();
    this.#unacknowledged = undefined;
  }

  #inviteAnswered(request: OutgoingRequest, response: SipMessage): void {
    if (cseqOf(response).number !== this.#inviteCseq) return;
    const { status } = response;
    if (status < 200) {
      const first = !this.#provisional;
      this.#provisional = true;
      if (this.#hangingUp) {
        if (first) this.#cancel();
      } else if (status > 100 && this.#state !== 'answered') {
        this.#move('ringing');
        this.#listener?.ringing(status);
      }
    } else if (status < 300) {
      this.#accepted(response);
    } else if (!this.#retryWithCredentials(request, response)) {
      this.#end({ by: this.#hangingUp ? 'us' : 'them', status });
    }
  }

  #accepted(response: SipMessage): void {
    const first = this.dialog.remoteTag === undefined;
    if (first) this.dialog.establish(response);
    const ack = this.dialog.request('ACK', [], '', this.#inviteCseq);
    this.#host.transactions.acknowledge(ack, this.dialog.nextHop(this.#peer));
    // A repeated 2xx only wants its ACK again.
    if (!first || this.#state === 'ended') return;
    this.#move('answered');
    // The answer crossed our CANCEL: the call exists and has to be ended by BYE.
    if (this.#hangingUp) this.#bye();
    else this.#listener?.answered(response.body);
  }

  #retryWithCredentials(request: OutgoingRequest, response: SipMessage): boolean {
    const { credentials } = this.#host;
    if (this.#challenged || this.#hangingUp || credentials === undefined) return false;
    if (response.status !== 401 && response.status !== 407) return false;
    const header = answerChallenge(response, 'INVITE', request.uri, credentials);
    if (header === undefined) return false;
    this.#challenged = true;
    this.#provisional = false;
    this.invite(this.#offer, [header]);
    return true;
  }

  #cancel(): void {
    const cancel = this.dialog.request('CANCEL', [], '', this.#inviteCseq);
    const quiet = { response: () => undefined, timeout: () => undefined };
    this.#host.transactions.request(cancel, this.#peer, quiet, this.#branch);
  }

  #bye(): void {
    const bye = this.dialog.request('BYE', [], '');
    const over = (): void => {
      this.#end({ by: 'us', status: 200 });
    };
    this.#host.transactions.request(bye, this.dialog.nextHop(this.#peer), {
      response: (response) => {
        if (response.status >= 200) over();
      },
      timeout: over,
    });
  }

  #move(to: CallState): void {
    if (!CHANGES[this.#state].includes(to)) {
      throw new Error(`a call may not go from ${this.#state} to ${to}`);
    }
    this.#state = to;
  }

  #end(outcome: CallOutcome): void {
    if (this.#state === 'ended') return;
    this.#move('ended');
    this.acknowledged();
    this.#host.release(this);
    this.#listener?.ended(outcome);
  }
}
