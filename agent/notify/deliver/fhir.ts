import { oneLine } from '../../errors.js';
import type { Channel, Delivery } from './channel.js';
import { notifyErrors } from './errors.js';
import { secretOf } from './secret.js';
import type { FhirSettings } from './settings.js';
import { DETAIL, detailLabel, type Notice } from './wording.js';

const WITHIN_MS = 10_000;
const TOKEN_LENGTH = 8;
/** By which a receiver knows a message that it has already. */
const SYSTEM = 'urn:vestibule:message';

/**
 * The message as a resource of FHIR R4 (hl7.org/fhir/R4): a Task that waits to be done, or a Communication that
 * was received. It names no patient: who calls is not who is in the record, until a person says so.
 */
export function resourceOf(
  { fields, subject, lines }: Delivery['notice'],
  kind: FhirSettings['resource'],
): Readonly<Record<string, unknown>> {
  const { message, urgent, takenAt, phone, name, reason } = fields;
  const at = String(takenAt);
  const common = {
    identifier: [{ system: SYSTEM, value: String(message) }],
    priority: urgent === true ? 'urgent' : 'routine',
  };
  if (kind === 'Communication') {
    return {
      ...{ resourceType: 'Communication', status: 'completed', received: at },
      ...common,
      category: [{ text: 'telephone message' }],
      payload: lines.map((line) => ({ contentString: line })),
    };
  }
  const details = Object.entries(fields).flatMap(([key, value]) =>
    key.startsWith(DETAIL) ? [[detailLabel(key.slice(DETAIL.length), 'en'), value]] : [],
  );
  const told = {
    ...{ 'Caller’s name': name, 'Number to call': phone },
    ...Object.fromEntries(details),
  } as Notice['fields'];
  const input = Object.entries(told).flatMap(([text, value]) =>
    typeof value === 'string' ? [{ type: { text }, valueString: value }] : [],
  );
  return {
    ...{ resourceType: 'Task', status: 'requested', intent: 'order', authoredOn: at },
    ...common,
    code: { text: 'telephone message' },
    description: typeof reason === 'string' ? reason : subject,
    note: [{ text: lines.at(-1) ?? '' }],
    ...(input.length === 0 ? {} : { input }),
  };
}

/** Creates the resource at an EHR on the premises, once: a repeat is known by its identifier. */
async function create(fhir: FhirSettings, { notice }: Delivery): Promise<void> {
  const place = `${fhir.url.replace(/\/$/u, '')}/${fhir.resource}`;
  const token = fhir.tokenFile === '' ? undefined : await secretOf(fhir.tokenFile, TOKEN_LENGTH);
  const answer = await fetch(place, {
    method: 'POST',
    body: JSON.stringify(resourceOf(notice, fhir.resource)),
    ...{ redirect: 'manual', signal: AbortSignal.timeout(WITHIN_MS) },
    headers: {
      'content-type': 'application/fhir+json',
      'if-none-exist': `identifier=${SYSTEM}|${String(notice.fields.message)}`,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  }).catch((cause: unknown) => {
    throw notifyErrors.make('REFUSED', { place, detail: oneLine(cause), cause });
  });
  await answer.body?.cancel();
  if (!answer.ok) {
    throw notifyErrors.make('REFUSED', { place, detail: `HTTP ${String(answer.status)}` });
  }
}

/** An electronic health record on the premises. @throws NOTIFY_REFUSED, NOTIFY_SECRET */
export const fhirChannel: Channel = {
  kind: 'fhir',
  inUse: ({ fhir }) => fhir !== undefined,
  places: (_message, { fhir }) => (fhir === undefined ? [] : [fhir.url]),
  content: (_place, { fhir }) => fhir?.content,
  async send(delivery, { fhir }) {
    if (fhir?.url === delivery.place) await create(fhir, delivery);
  },
};
