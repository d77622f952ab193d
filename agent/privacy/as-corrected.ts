import type { Correction } from '../records/corrections.js';
import type { Detail, MessageBody } from '../records/ports.js';

/** A correction of a message's detail, by the name of the detail. */
export type Mended = ReadonlyMap<string, Pick<Correction, 'text' | 'by' | 'at'>>;

interface OfCall {
  readonly id: string;
  readonly call: string;
}

/** What of a message was corrected; the last correction of a detail counts. */
export function mendedIn({ id, call }: OfCall, corrections: readonly Correction[]): Mended {
  const its = `message:${id.slice(call.length + 1)}:`;
  return new Map(
    corrections
      .filter((one) => one.call === call && one.thing.startsWith(its))
      .map((one) => [one.thing.slice(its.length), one]),
  );
}

/** What a message says as it should read: whoever works with it needs no number that was found wrong. */
export function asCorrected(body: MessageBody, mended: Mended): MessageBody {
  if (mended.size === 0) return body;
  const right = (name: string, told: Detail | null): Detail | null => {
    const made = mended.get(name);
    if (made === undefined) return told;
    return { heard: '', ...told, value: made.text, confidence: 1, by: made.by };
  };
  const { name, phone, reason, callbackTime, details } = body;
  return {
    name: right('name', name),
    phone: right('phone', phone),
    reason: right('reason', reason),
    callbackTime: right('callbackTime', callbackTime),
    ...(details === undefined
      ? {}
      : {
          details: Object.fromEntries(
            Object.entries(details).map(([id, told]) => [id, right(id, told) ?? told]),
          ),
        }),
  };
}
