/** Which calls are listed; what is left out does not matter. */
export interface CallFilter {
  /** When the call began: half-open, milliseconds since 1970. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly outcome?: string | undefined;
  /** An intent, or the part before its dot. */
  readonly intent?: string | undefined;
  readonly urgency?: string | undefined;
  /** Whether any recording of it is kept. */
  readonly recorded?: boolean | undefined;
}

/** Whether a recording of a call is kept that was not destroyed. */
export const KEPT =
  "EXISTS (SELECT 1 FROM recording WHERE call_id = call.id AND state <> 'discarded')";

/** The filter as a condition of SQL and its values. */
export function whereOf(filter: CallFilter): {
  readonly where: string;
  readonly values: readonly (string | number)[];
} {
  const { from, to, outcome, intent, urgency, recorded } = filter;
  const parts: readonly (readonly [string, ...(string | number)[]])[] = [
    ...(from === undefined ? [] : [['started_at >= ?', from] as const]),
    ...(to === undefined ? [] : [['started_at < ?', to] as const]),
    ...(outcome === undefined ? [] : [['outcome = ?', outcome] as const]),
    ...(intent === undefined
      ? []
      : [
          [
            "(intent = ? OR substr(intent, 1, length(?) + 1) = ? || '.')",
            intent,
            intent,
            intent,
          ] as const,
        ]),
    ...(urgency === undefined ? [] : [['urgency = ?', urgency] as const]),
    ...(recorded === undefined ? [] : [[recorded ? KEPT : `NOT ${KEPT}`] as const]),
  ];
  return {
    where: parts.length === 0 ? '' : `WHERE ${parts.map(([sql]) => sql).join(' AND ')}`,
    values: parts.flatMap(([, ...values]) => values),
  };
}
