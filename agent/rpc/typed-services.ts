import type { CallReading } from '../privacy/reading-room.js';
import type { MessageReading, StoredMessage } from '../privacy/message-room.js';
import type { QueuedRequest } from '../privacy/request-desk.js';
import type { Handler } from '../wire/grpc.js';
import { Handlers } from './handlers.js';
import { happenings } from './happenings.js';
import type { Door } from './ports.js';

const USUAL = 20;

interface Id {
  readonly id: string;
}
interface Limited {
  readonly limit: number;
}
interface Numbered {
  readonly request: number;
}

/** `vestibule.control.v1.Calls` */
export function callsService(door: Door): Readonly<Record<string, Handler>> {
  const to = new Handlers(door);
  return {
    List: to.ask<Limited>(
      'calls.list',
      ({ limit }) => ({ limit: limit === 0 ? USUAL : limit }),
      (calls: readonly object[]) => ({ calls }),
    ),
    Get: to.ask<Id>('calls.show', ({ id }) => ({ id }), callDetail),
    Watch: to.many(async function* (_: object, peer, signal) {
      await door.counter.admit('calls.watch', 'calls.list', door.callerOf(peer));
      yield* happenings(door.happenings.calls, signal);
    }),
    Recording: to.fetch<Id & { fromMs?: number; toMs?: number }>(
      'calls.recording',
      ({ id, fromMs, toMs }) =>
        fromMs === undefined && toMs === undefined ? { id } : { id, part: { fromMs, toMs } },
    ),
  };
}

const callDetail = (call: CallReading): object => ({
  call,
  callerNumber: call.callerNumber,
  utterances: call.utterances,
  decisions: call.decisions,
  consent: call.consent,
  recording: call.recording,
  recordJson: call.record === undefined ? undefined : JSON.stringify(call.record),
});

/** `vestibule.control.v1.Messages` */
export function messagesService(door: Door): Readonly<Record<string, Handler>> {
  const to = new Handlers(door);
  return {
    List: to.ask<Limited & { states: readonly string[] }>(
      'messages.list',
      ({ limit, states }) => ({ limit: limit === 0 ? USUAL : limit, states }),
      (messages: readonly StoredMessage[]) => ({ messages: messages.map(messageOf) }),
    ),
    Get: to.ask<Id>(
      'messages.show',
      ({ id }) => ({ id }),
      (one: MessageReading) => messageOf(one),
    ),
    Watch: to.many(async function* (_: object, peer, signal) {
      await door.counter.admit('messages.watch', 'messages.read', door.callerOf(peer));
      yield* happenings(door.happenings.messages, signal);
    }),
    Settle: to.ask<Id & { done: boolean }>('messages.settle', ({ id, done }) => ({ id, done })),
    Assign: to.ask<Id & { to?: string }>('messages.assign', ({ id, to: whom }) =>
      whom === undefined ? { id } : { id, to: whom },
    ),
    AddNote: to.ask<Id & { text: string }>('messages.note', ({ id, text }) => ({ id, text })),
  };
}

/** A detail that was not told is null in the store; on the wire it is left out. */
function messageOf(message: StoredMessage): object {
  const { body } = message;
  if (body === undefined) return message;
  const { details = {}, ...fixed } = body;
  const besides = Object.entries(details).map(([name, one]) => [name, withoutNull(one)]);
  const told = Object.entries(fixed).flatMap(([name, one]) =>
    one === null ? [] : [[name, withoutNull(one)]],
  );
  return {
    ...message,
    body: { ...Object.fromEntries(told), details: Object.fromEntries(besides) as object } as object,
  };
}

const withoutNull = (told: object): object =>
  Object.fromEntries(Object.entries(told).filter(([, one]) => one !== null));

interface Whom {
  readonly number?: string;
  readonly email?: string;
  readonly name?: string;
  readonly contact?: string;
}
interface Erasure {
  readonly query: Whom | null;
  readonly proof: { readonly request?: number; readonly identity?: string } | null;
  readonly also: readonly string[];
}

const whom = ({ number, email, name, contact }: Whom): object => ({ number, email, name, contact });
const proofOf = ({ request, identity }: NonNullable<Erasure['proof']>): object => ({
  ...{ request, identity },
});
const order = ({ query, proof, also }: Erasure): object => ({
  query: whom(query ?? {}),
  proof: proofOf(proof ?? {}),
  also,
});
const document = (answer: object): object => ({ json: JSON.stringify(answer) });

/** `vestibule.control.v1.Privacy` */
export function privacyService(door: Door): Readonly<Record<string, Handler>> {
  const to = new Handlers(door);
  return {
    ListRequests: to.ask<{ all: boolean }>(
      'requests.list',
      ({ all }) => ({ all }),
      (requests: readonly QueuedRequest[]) => ({ requests }),
    ),
    TakeRequest: to.ask<Whom & { kind: string; note?: string }>(
      'requests.take',
      ({ kind, name, number, email, note }) => ({ kind, name, number, email, note }),
      (request: number) => ({ request }),
    ),
    VouchRequest: to.ask<Numbered & { how: string }>('requests.vouch', ({ request, how }) => ({
      ...{ request, how },
    })),
    CloseRequest: to.ask<Numbered & { state: string; outcome: string }>(
      'requests.close',
      ({ request, state, outcome }) => ({ request, state, outcome }),
    ),
    Report: to.fetch<Erasure>('reports.make', ({ query, proof }) => ({
      query: whom(query ?? {}),
      proof: proofOf(proof ?? {}),
    })),
    PlanErasure: to.ask<Erasure>('erasing.plan', order, document),
    Erase: to.ask<Erasure>('erasing.erase', order, document),
    PlaceFreeze: to.ask<{ kind: string; subject?: Whom | null; call?: string; why: string }>(
      'freezes.place',
      ({ kind, subject, call, why }) => ({
        ...{ kind, why },
        what: call === undefined ? whom(subject ?? {}) : { call },
      }),
      (placed: readonly number[]) => ({ placed }),
    ),
    LiftFreeze: to.ask<{ kind: string; id: number; why: string }>(
      'freezes.lift',
      ({ kind, id, why }) => ({ kind, id, why }),
    ),
  };
}

/** `vestibule.control.v1.Configuration` */
export function configurationService(door: Door): Readonly<Record<string, Handler>> {
  const to = new Handlers(door);
  const { counter, callerOf, configuration } = door;
  return {
    Get: to.one(async (_: object, peer) => {
      await counter.admit('configuration.get', 'configuration.read', callerOf(peer));
      return { yaml: await configuration.text() };
    }),
    Check: to.one(async ({ yaml }: { yaml?: string }, peer) => {
      await counter.admit('configuration.check', 'configuration.read', callerOf(peer));
      return { faults: await configuration.faults(yaml) };
    }),
    Reload: to.one(async (_: object, peer) => {
      await counter.admit('configuration.reload', 'configuration.change', callerOf(peer));
      await configuration.reload();
      return {};
    }),
  };
}

/** `vestibule.control.v1.Doctor` */
export function doctorService(door: Door): Readonly<Record<string, Handler>> {
  const to = new Handlers(door);
  return {
    Examine: to.one(async (_: object, peer) => {
      await door.counter.admit('doctor', 'health.read', door.callerOf(peer));
      return { findings: await door.examine() };
    }),
  };
}
