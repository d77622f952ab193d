import type { Finding } from '../finding.js';
import type { Log } from '../log.js';
import type { Caller, Counter } from '../privacy/rooms/rooms.js';
import type { Peer } from '../wire/grpc.js';

export interface CallHappening {
  readonly id: string;
  readonly what: 'began' | 'said' | 'ended';
}

/** What the control API needs of the house. */
export interface ControlParts {
  readonly counter: Counter;
  /** Has `hear` told what happens, until the function that it returns is called; ids only. */
  readonly happenings: {
    readonly calls: (hear: (event: CallHappening) => void) => () => void;
    readonly messages: (hear: (event: { readonly id: string }) => void) => () => void;
  };
  /** What the doctor finds now. */
  readonly examine: () => Promise<readonly Finding[]>;
  readonly configuration: {
    /** The file as it stands. */
    readonly text: () => Promise<string>;
    /** Every fault of a text, or of the file. */
    readonly faults: (text: string | undefined) => Promise<readonly string[]>;
    /** Takes the file. @throws CONFIG_… */
    readonly reload: () => Promise<void>;
  };
  readonly log: Log;
}

/** Who sent a request. @throws RPC_STRANGER, RPC_BAD_NAME */
export type CallerOf = (peer: Peer) => Caller;

/** What every service is made of: the house, and the door it stands at. */
export interface Door extends ControlParts {
  readonly callerOf: CallerOf;
}
