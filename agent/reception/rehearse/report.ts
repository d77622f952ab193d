import type { CallFigures } from './measure.js';
import type { RtpCounts } from './rtp.js';
import type { CallOutcome } from './sip-call.js';
import type { Scenario } from './scenario.js';

/** What happens during a rehearsal; times are milliseconds since the INVITE. */
export type RehearsalEvent = { readonly atMs: number } & (
  | { readonly type: 'dialling'; readonly to: string }
  | { readonly type: 'ringing' | 'answered' }
  | { readonly type: 'says'; readonly text: string; readonly bargeIn: boolean }
  | { readonly type: 'presses' | 'hears-key'; readonly key: string }
  | { readonly type: 'silent'; readonly seconds: number }
  /** `text` is what was recognised of it; undefined if nothing transcribes. */
  | { readonly type: 'hears'; readonly lengthMs: number; readonly text: string | undefined }
  | { readonly type: 'hangs-up' }
  | { readonly type: 'ended'; readonly by: CallOutcome['by']; readonly status: number }
);

export interface Expectation {
  readonly kind: 'heard' | 'not-heard' | 'ended-by' | 'step' | 'answered';
  readonly what: string;
  readonly met: boolean;
}

/** The result of a rehearsal. */
export interface RehearsalReport {
  readonly scenario: string;
  /** True when every step could be done and every expectation was met. */
  readonly passed: boolean;
  readonly expectations: readonly Expectation[];
  /** What the store should hold, for whoever has it at hand. */
  readonly stored: Scenario['expect']['stored'];
  readonly outcome: CallOutcome;
  readonly events: readonly RehearsalEvent[];
  readonly figures: CallFigures;
  readonly rtp: RtpCounts;
  /** Keys that the other side pressed. */
  readonly keys: readonly string[];
  /** Length of the call from INVITE to end. */
  readonly seconds: number;
  readonly recording: string | undefined;
}

const ms = (value: number | undefined): string =>
  value === undefined ? '–' : `${Math.round(value)} ms`;

const seconds = (atMs: number): string => (atMs / 1000).toFixed(1).padStart(6);

/** One line of a conversation as it happens. */
export function eventLine(event: RehearsalEvent): string {
  const at = seconds(event.atMs);
  switch (event.type) {
    case 'dialling':
      return `${at}  dials ${event.to}`;
    case 'ringing':
      return `${at}  it rings`;
    case 'answered':
      return `${at}  answered`;
    case 'says':
      return `${at}  caller${event.bargeIn ? ' (interrupting)' : ''}: ${event.text}`;
    case 'presses':
      return `${at}  caller presses ${event.key}`;
    case 'hears-key':
      return `${at}  receptionist presses ${event.key}`;
    case 'silent':
      return `${at}  caller is silent for ${event.seconds} s`;
    case 'hears':
      return `${at}  receptionist: ${event.text ?? `(${(event.lengthMs / 1000).toFixed(1)} s of speech)`}`;
    case 'hangs-up':
      return `${at}  caller hangs up`;
    case 'ended':
      return `${at}  ended by ${event.by === 'us' ? 'the caller' : event.by === 'them' ? 'the office' : 'the network'}`;
  }
}

/** The report as lines for a terminal. */
export function reportLines(report: RehearsalReport): string[] {
  const { figures, rtp } = report;
  return [
    `${report.passed ? 'passed' : 'FAILED'}: ${report.scenario} (${report.seconds.toFixed(1)} s)`,
    ...report.expectations
      .filter((expectation) => !expectation.met)
      .map((expectation) => `  not met: ${expectation.kind} ${expectation.what}`),
    `  time to answer ${ms(figures.answerMs)}, first word ${ms(figures.firstWordMs)} after it`,
    `  response gaps ${figures.turns.map((turn) => ms(turn.gapMs)).join(', ') || '–'}`,
    ...(figures.bargeIns.length === 0
      ? []
      : [
          `  silent after interruption ${figures.bargeIns.map((b) => ms(b.silentAfterMs)).join(', ')}`,
        ]),
    `  packets sent ${rtp.sent} (${rtp.dropped} dropped on purpose), received ${rtp.received}, missing ${rtp.missing}`,
    ...(report.recording === undefined ? [] : [`  recording ${report.recording}`]),
  ];
}
