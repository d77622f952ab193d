import type { Pcm } from '../../audio/frame.js';
import type { Clock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import type { CallReading } from '../../privacy/reading-room.js';
import { receptionErrors } from '../errors.js';
import { rehearse } from '../rehearse/rehearse.js';
import { parseScenario, type Scenario } from '../rehearse/scenario.js';
import type { Endpoint } from '../rehearse/sip-transactions.js';
import type { Synthesise } from '../rehearse/synthesise.js';
import { selfTestLines } from './lines.js';

/**
 * What a self-test calls under: "self test", twice, on the keys. Of what the dialplan lets through of a
 * caller's number it is made; a number it is not, so that nobody can be called back.
 */
export const SELF_TEST_CALLER = '*7353*8378*7353*8378*';

/** What a self-test needs: the line it calls over, a voice, and the store to look into afterwards. */
export interface SelfTestParts {
  /** Where the office's SIP is reached. */
  readonly sip: Endpoint;
  readonly language: string;
  readonly synthesise: Synthesise;
  readonly transcribe: (pcm: Pcm) => Promise<string>;
  /** The latest calls of the store, whole, from `since` (milliseconds since 1970) on. */
  readonly storedSince: (since: number) => Promise<readonly SelfTestCall[]>;
  readonly clock: Clock;
}

/** What is looked at of a call in the store. */
export interface SelfTestCall extends Pick<CallReading, 'callerNumber' | 'endedAt' | 'outcome'> {
  /** Undefined when the call has none. */
  readonly record: object | undefined;
  readonly utterances: readonly Pick<CallReading['utterances'][number], 'party'>[];
}

/** How a self-test went. Holds codes and times only: it may be shown to anybody. */
export interface SelfTestReport {
  /** ISO 8601 */
  readonly at: string;
  readonly passed: boolean;
  /** What was not as it should be; empty when it passed. */
  readonly faults: readonly string[];
  /** Length of the call. */
  readonly seconds: number;
  /** From the invitation to the answer, and from the end of the question to the first word. */
  readonly answerMs: number | null;
  readonly gapMs: number | null;
}

/** The whole test takes no longer. */
const LONGEST_MS = 90_000;
/** How long the end of the call may take to be in the store. */
const STORED_WITHIN_MS = 8_000;
const ASK_EVERY_MS = 250;

/**
 * Calls the office over its real line as a caller would: is answered, asks for the hours, takes leave,
 * and finds the call in the store with its record. Never throws for what is wrong with the office.
 * @throws RECEPTION_NO_SELF_TEST
 */
export async function selfTest(parts: SelfTestParts): Promise<SelfTestReport> {
  const { clock, sip, synthesise } = parts;
  const scenario = scenarioOf(parts);
  const hears = scenario.expect.heard.length > 0;
  const startedAt = clock.now();
  const abort = new AbortController();
  const cancel = clock.after(LONGEST_MS, () => {
    abort.abort();
  });
  try {
    const report = await rehearse(scenario, {
      ...{ sip, synthesise, signal: abort.signal },
      ...(hears ? { transcribe: parts.transcribe } : {}),
    });
    const faults = report.expectations
      .filter(({ met }) => !met)
      .map(({ kind, what }) => `not as expected: ${kind}: ${what}`);
    // Without a call there is nothing to look for in the store.
    const answered = report.figures.answerMs !== undefined;
    return {
      ...result(startedAt, [...faults, ...(answered ? await storeFaults(parts, startedAt) : [])]),
      seconds: report.seconds,
      answerMs: report.figures.answerMs ?? null,
      gapMs: report.figures.turns[0]?.gapMs ?? null,
    };
  } catch (error) {
    return result(startedAt, [oneLine(error)]);
  } finally {
    cancel();
  }
}

const result = (startedAt: number, faults: readonly string[]): SelfTestReport => ({
  at: new Date(startedAt).toISOString(),
  passed: faults.length === 0,
  faults,
  ...{ seconds: 0, answerMs: null, gapMs: null },
});

function scenarioOf({ language, sip }: SelfTestParts): Scenario {
  const lines = selfTestLines(language);
  if (lines === undefined) throw receptionErrors.make('NO_SELF_TEST', { detail: language });
  return parseScenario(
    {
      to: `sip:reception@${sip.host}`,
      from: SELF_TEST_CALLER,
      language,
      steps: [
        { 'wait-for': 'greeting' },
        { say: lines.question },
        { 'wait-for': 'agent' },
        { say: lines.farewell },
        { 'wait-for': 'hang-up' },
      ],
      expect: { heard: lines.hears, 'ended-by': 'them' },
    },
    'self-test',
  );
}

/** What of the call is not in the store as it should be. */
async function storeFaults(parts: SelfTestParts, since: number): Promise<readonly string[]> {
  const { clock } = parts;
  const until = clock.monotonic() + STORED_WITHIN_MS;
  for (;;) {
    const calls = await parts.storedSince(since);
    const own = calls.find(({ callerNumber }) => callerNumber === SELF_TEST_CALLER);
    if (own?.endedAt !== undefined) return judged(own);
    if (clock.monotonic() > until) {
      return [own === undefined ? 'stored: the call is not there' : 'stored: the call has no end'];
    }
    await clock.sleep(ASK_EVERY_MS);
  }
}

function judged({ outcome, record, utterances }: SelfTestCall): readonly string[] {
  return [
    ...(outcome === 'answered' ? [] : [`stored: the outcome is ${outcome ?? 'missing'}`]),
    ...(record === undefined ? ['stored: the call has no record'] : []),
    ...(utterances.some(({ party }) => party === 'caller') ? [] : ['heard: no word of the caller']),
  ];
}
