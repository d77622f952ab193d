import { z } from 'zod';
import type { FreezeKind } from '../freeze-desk.js';
import type { ObjectionKind } from '../objection-desk.js';
import { REQUEST_KINDS } from '../request-kinds.js';
import { download, method, upload } from './method.js';
import { id, maybe, nothing, proof, serial, whom, word } from './shapes.js';

const freeze = ['hold', 'restriction'] as const satisfies readonly FreezeKind[];
const objection = ['no-record', 'no-assistant'] as const satisfies readonly ObjectionKind[];

const kind = z.enum(REQUEST_KINDS);
const request = z.strictObject({ request: serial });
const frozen = z.strictObject({ kind: z.enum(freeze) });
const objected = z.strictObject({ number: word, kind: z.enum(objection) });
const order = z.strictObject({ query: whom, also: z.array(id).max(1000), proof });

/** What was read of a small file. */
const file = z.strictObject({ place: word, text: z.string().max(2_000_000) });

const right = 'privacy.requests' as const;

/** The queue of what people ask for. */
export const requestMethods = {
  'requests.list': method({
    ...{ right, input: z.strictObject({ all: z.boolean() }) },
    run: ({ office }, { all }, actor) => office.requests.list(all, actor),
  }),
  'requests.take': method({
    ...{
      right,
      input: z.strictObject({ kind, ...whom.shape, contact: z.never().optional(), note: maybe }),
    },
    run: ({ office }, { kind: what, name, number, email, note }, actor) =>
      office.requests.take(what, { name, number, email, note }, actor),
  }),
  'requests.kind': method({
    ...{ right, input: request.extend({ kind }) },
    run: ({ office }, asked, actor) => office.requests.setKind(asked.request, asked.kind, actor),
  }),
  'requests.code': method({
    ...{ right, input: request },
    run: ({ office }, asked, actor) => office.requests.code(asked.request, actor),
  }),
  'requests.verify': method({
    ...{ right, input: request.extend({ code: word }) },
    run: ({ office }, asked, actor) => office.requests.verify(asked.request, asked.code, actor),
  }),
  'requests.vouch': method({
    ...{ right, input: request.extend({ how: word }) },
    run: ({ office }, asked, actor) => office.requests.vouch(asked.request, asked.how, actor),
  }),
  'requests.extend': method({
    ...{ right, input: request.extend({ why: word }) },
    run: ({ office }, asked, actor) => office.requests.extend(asked.request, asked.why, actor),
  }),
  'requests.close': method({
    ...{ right, input: request.extend({ state: z.enum(['done', 'refused']), outcome: word }) },
    run: ({ office }, asked, actor) =>
      office.requests.close(asked.request, asked.state, asked.outcome, actor),
  }),
  'requests.pressing': method({
    ...{ right: 'anybody', input: nothing },
    run: ({ office }) => office.requests.pressing(),
  }),
};

/** Erasure, report, correction, restriction, objection. */
export const rightsMethods = {
  'erasing.plan': method({
    ...{ right, input: order },
    run: ({ office }, asked, actor) => office.erasing.plan(asked, actor),
  }),
  'erasing.erase': method({
    ...{ right, input: order },
    run: ({ office }, asked, actor) => office.erasing.erase(asked, actor),
  }),
  'erasing.replay': method({
    ...{ right, input: nothing },
    run: ({ office }, _, actor) => office.erasing.replay(actor),
  }),
  // A receipt is verified by whoever holds it.
  'receipts.verify': method({
    right: 'anybody',
    input: z.strictObject({ document: file, key: file.optional() }),
    run: ({ office }, { document, key }) => office.verify(document, key),
  }),
  'reports.make': download({
    ...{ right, input: z.strictObject({ query: whom, proof }) },
    async open({ office }, asked, actor) {
      const { stream, made, mentions } = await office.reports.send(asked.query, asked.proof, actor);
      return { bytes: stream, answer: made.then((done) => ({ ...done, mentions })) };
    },
  }),
  'reports.import': upload({
    ...{ right, input: z.strictObject({ place: word }) },
    take: ({ office }, { place }, bytes, actor) => office.importing.take(bytes, place, actor),
  }),
  'corrections.correct': method({
    ...{ right, input: z.strictObject({ call: id, thing: word, text: word }) },
    run: ({ office }, { call, thing, text }, actor) =>
      office.corrections.correct(call, thing, text, actor),
  }),
  'freezes.place': method({
    ...{
      right,
      input: frozen.extend({ what: z.union([z.strictObject({ call: id }), whom]), why: word }),
    },
    run: ({ office }, asked, actor) =>
      office.freezes.place(asked.kind, asked.what, asked.why, actor),
  }),
  'freezes.lift': method({
    ...{ right, input: frozen.extend({ id: serial, why: word }) },
    run: ({ office }, asked, actor) => office.freezes.lift(asked.kind, asked.id, asked.why, actor),
  }),
  'freezes.list': method({
    ...{ right, input: frozen },
    run: ({ office }, asked, actor) => office.freezes.list(asked.kind, actor),
  }),
  'guardians.waiting': method({
    ...{ right, input: nothing },
    run: ({ office }, _, actor) => office.guardians.waiting(actor),
  }),
  'guardians.note': method({
    ...{
      right,
      input: z.strictObject({
        call: id,
        ...{ what: z.enum(['agreed', 'refused']), who: word, how: word },
      }),
    },
    run: ({ office }, asked, actor) => office.guardians.note(asked, actor),
  }),
  'objections.add': method({
    ...{ right, input: objected },
    run: ({ office }, asked, actor) => office.objections.add(asked.number, asked.kind, actor),
  }),
  'objections.remove': method({
    ...{ right, input: objected },
    run: ({ office }, asked, actor) => office.objections.remove(asked.number, asked.kind, actor),
  }),
  'objections.list': method({
    ...{ right, input: nothing },
    run: ({ office }, _, actor) => office.objections.list(actor),
  }),
  'retention.status': method({
    ...{ right: 'anybody', input: nothing },
    run: ({ office }) => office.retention.status(),
  }),
  'retention.dry-run': method({
    ...{ right, input: nothing },
    run: ({ office }, _, actor) => office.retention.dryRun(actor),
  }),
  'retention.run': method({
    ...{ right, input: z.strictObject({ clockIsRight: z.boolean() }) },
    run: ({ office }, { clockIsRight }, actor) => office.retention.run(clockIsRight, actor),
  }),
  'retention.counts': method({
    ...{ right: 'anybody', input: nothing },
    run: ({ office }) => office.retention.counts(),
  }),
};
