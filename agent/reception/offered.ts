import type { CallHandling } from '../dialogue/ports.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import type { ObjectionKind } from '../privacy/objection-desk.js';
import type { ChannelData } from '../telephony/ari.js';
import type { VisitParts } from './visit-parts.js';

/** What is known of a call before anybody takes it up. */
export interface Offered {
  readonly handling: CallHandling | undefined;
  /** What the caller objected to before (GDPR Art. 21); nothing of withheld numbers is known. */
  readonly objections: readonly ObjectionKind[];
  /** Whether the call could be put into the store, once that is known; never rejects. */
  readonly stored: Promise<boolean>;
}

/** Asks how the call of `channel` is to be held, and writes it to the store. */
export async function offered(
  id: string,
  channel: ChannelData,
  parts: VisitParts,
  log: Log,
): Promise<Offered> {
  const caller = channel.caller.number;
  const { exten } = channel.dialplan;
  // Before the call is stored: how often this caller called is asked without it.
  const attestation = await parts.attested?.(channel);
  const told = attestation === undefined ? {} : { attestation };
  const handling = await parts.handling?.of({ caller, called: exten, ...told }, id);
  const contactNumber = parts.contactNumber(caller);
  const configuration = parts.configuration();
  const stored = parts.records.calls
    .open({
      id,
      startedAt: parts.clock.now(),
      callerNumber: caller === '' ? undefined : caller,
      calledNumber: exten,
      language: parts.language,
      ...(contactNumber === undefined ? {} : { contactNumber }),
      ...(configuration === undefined ? {} : { configuration }),
      ...told,
    })
    .then(() => true)
    // The caller does not wait for a store that fails.
    .catch((error: unknown) => {
      log.error('the call could not be stored', { call: id, reason: oneLine(error) });
      return false;
    });
  return { handling, objections: await objectionsOf(id, contactNumber, parts, log), stored };
}

async function objectionsOf(
  id: string,
  number: string | undefined,
  { rights }: VisitParts,
  log: Log,
): Promise<readonly ObjectionKind[]> {
  if (number === undefined || rights === undefined) return [];
  try {
    return await rights.objections(number);
  } catch (error) {
    log.error('objections are unknown: not recorded', { call: id, reason: oneLine(error) });
    return ['no-record'];
  }
}
