import type {
  NewDecision,
  NewMessage,
  NewRedaction,
  NewUtterance,
  Records,
} from '../../agent/records/ports.js';

/** A store in memory: what was said and decided. Consents and recordings are not for it. */
export class FakeRecords implements Records {
  readonly said: NewUtterance[] = [];
  readonly decided: NewDecision[] = [];
  readonly kept: NewMessage[] = [];
  /** When calls were answered and ended, as it was stored. */
  readonly times: number[] = [];
  readonly calls = {
    open: () => Promise.resolve(),
    answered: (_: string, at: number) => {
      this.times.push(at);
      return Promise.resolve();
    },
    close: ({ endedAt }: { readonly endedAt: number }) => {
      this.times.push(endedAt);
      return Promise.resolve();
    },
    interruptOpen: () => Promise.resolve(0),
  };
  readonly utterances = {
    add: (utterance: NewUtterance) => {
      this.said.push(utterance);
      return Promise.resolve();
    },
  };
  readonly decisions = {
    add: (decision: NewDecision) => {
      this.decided.push(decision);
      return Promise.resolve();
    },
  };
  readonly hidden: NewRedaction[] = [];
  readonly redactions = {
    add: (redaction: NewRedaction) => {
      this.hidden.push(redaction);
      return Promise.resolve();
    },
  };
  readonly messages = {
    keep: (message: NewMessage) => {
      this.kept.push(message);
      return Promise.resolve(`${message.call}-${String(message.number)}`);
    },
  };
  readonly configurations = { keep: () => Promise.resolve('configuration') };
  readonly consents: Records['consents'] = {
    grant: () => Promise.reject(new Error('no consents here')),
    note: () => Promise.resolve(),
  };
  readonly recordings: Records['recordings'] = {
    open: () => Promise.reject(new Error('no recordings here')),
  };
}
