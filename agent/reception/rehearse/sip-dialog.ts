import {
  parameterOf,
  parseUri,
  token,
  uriOf,
  type HeaderList,
  type SipMessage,
} from './sip-message.js';
import type { Endpoint, OutgoingRequest } from './sip-transactions.js';

/** One side's view of a dialog (RFC 3261 section 12): who, where, and the number of requests. */
export class SipDialog {
  readonly callId: string;
  readonly localTag: string;
  readonly #local: string;
  /** To or From of the other side, with its tag once it is known. */
  #remote: string;
  /** Request-URI of the next request. */
  #target: string;
  #routes: readonly string[] = [];
  #cseq = 0;

  private constructor(callId: string, local: string, tag: string, remote: string, target: string) {
    this.callId = callId;
    this.localTag = tag;
    this.#local = local;
    this.#remote = remote;
    this.#target = target;
  }

  /** The dialog that a request of ours to `target` may begin. `from` is a name-addr without tag. */
  static toward(target: string, from: string): SipDialog {
    const tag = token();
    return new SipDialog(token(), `${from};tag=${tag}`, tag, `<${target}>`, target);
  }

  /** The dialog that an INVITE from elsewhere begins; `tag` is the one our responses carry. */
  static fromInvite(invite: SipMessage, tag: string): SipDialog {
    const { headers } = invite;
    const dialog = new SipDialog(
      headers.get('call-id') ?? '',
      `${headers.get('to') ?? ''};tag=${tag}`,
      tag,
      headers.get('from') ?? '',
      uriOf(headers.get('contact') ?? headers.get('from') ?? ''),
    );
    dialog.#routes = headers.all('record-route');
    return dialog;
  }

  get remoteTag(): string | undefined {
    return parameterOf(this.#remote, 'tag');
  }

  /** Takes tag, target and routes from the 2xx to our INVITE (12.1.2). */
  establish(response: SipMessage): void {
    const { headers } = response;
    this.#remote = headers.get('to') ?? this.#remote;
    this.refresh(response);
    this.#routes = headers.all('record-route').reverse();
  }

  /** Takes the new target from a re-INVITE or its 2xx (12.2). */
  refresh(message: SipMessage): void {
    const contact = message.headers.get('contact');
    if (contact !== undefined) this.#target = uriOf(contact);
  }

  /** The next request of this dialog. An ACK or CANCEL names the INVITE's `cseq`. */
  request(method: string, extra: HeaderList, body: string, cseq?: number): OutgoingRequest {
    const number = cseq ?? ++this.#cseq;
    return {
      method,
      uri: this.#target,
      headers: [
        ...this.#routes.map((route) => ['Route', route] as const),
        ['From', this.#local],
        ['To', this.#remote],
        ['Call-ID', this.callId],
        ['CSeq', `${number} ${method}`],
        ...extra,
      ],
      body,
    };
  }

  /** Number of the newest request. */
  get cseq(): number {
    return this.#cseq;
  }

  /** Where requests of the dialog go: the first route, else the target; `otherwise` if unusable. */
  nextHop(otherwise: Endpoint): Endpoint {
    const route = this.#routes[0];
    return parseUri(route === undefined ? this.#target : uriOf(route)) ?? otherwise;
  }
}
