import { oneLine } from '../errors.js';
import { TextCall, type ConverseParts, type TextOutput } from './converse.js';
import type { CallRecord } from './converse-record.js';
import { rehearseErrors } from './rehearse/errors.js';
import { misses, type MessageExpectation } from './rehearse/expectation.js';
import { replyTo, type Answering } from './rehearse/replies.js';
import type { Scenario, Step } from './rehearse/scenario.js';

/** A scenario played in text. */
export interface TextReport {
  readonly scenario: string;
  readonly passed: boolean;
  /** What was expected and did not come. */
  readonly misses: readonly string[];
  /** Why a scenario is for the telephone only; it is then neither passed nor failed. */
  readonly skipped?: string;
  readonly record?: CallRecord['record'];
}

/**
 * Plays a scenario of `rehearse` as a call in text and judges it by the same expectations: what was
 * said, what would have been stored, who hung up.
 */
export async function converseScenario(
  scenario: Scenario,
  parts: ConverseParts,
  write: (output: TextOutput | { readonly caller: string }) => void,
): Promise<TextReport> {
  const skipped = onlyByTelephone(scenario);
  if (skipped !== undefined) {
    return { scenario: scenario.name, passed: true, misses: [], skipped };
  }
  const call = new TextCall({ ...parts, caller: callerOf(scenario) }, write);
  await call.take({ transfer: scenario.transfers });
  call.begin();
  const faults: string[] = [];
  try {
    for (const step of scenario.steps) {
      if (call.over) break;
      await play(step, call, write);
    }
  } catch (error) {
    faults.push(oneLine(error));
  }
  const waits = scenario.steps.at(-1);
  if (waits === undefined || !('wait-for' in waits)) call.hangUp();
  const wasOver = call.over;
  call.hangUp();
  const { record } = call.record();
  const missed = [
    ...faults,
    ...judge(scenario, record),
    ...(wasOver ? [] : ['the call did not end']),
  ];
  return { scenario: scenario.name, passed: missed.length === 0, misses: missed, record };
}

/** Spells of silence after which nobody waits on. */
const MOST_SPELLS = 10;

async function play(
  step: Step,
  call: TextCall,
  write: (output: { readonly caller: string }) => void,
): Promise<void> {
  const say = async (text: string): Promise<void> => {
    write({ caller: text });
    await call.take({ say: text });
  };
  if ('wait-for' in step) await waitFor(step['wait-for'], call);
  else if ('say' in step) await say(step.say);
  else if ('barge-in' in step) await say(step['barge-in'].say ?? '');
  else if ('key' in step) await call.take({ dtmf: step.key });
  else if ('answer' in step) await answer(step.answer, call, say);
  else if ('silence' in step) await call.take({ silence: step.silence });
  else if ('hang-up' in step) call.hangUp();
}

/** Silence passes until there is something new to hear, or the call ends. */
async function waitFor(what: string, call: TextCall): Promise<void> {
  call.wait();
  for (let spell = 0; spell < MOST_SPELLS && !call.over; spell += 1) {
    if (what !== 'hang-up' && call.news()) return;
    await call.take({ silence: call.patienceMs / 1000 });
  }
}

/** Replies to what is asked, as the caller on the telephone does. */
async function answer(
  answering: Answering,
  call: TextCall,
  say: (text: string) => Promise<void>,
): Promise<void> {
  for (let count = 0; count < answering.most && !call.over; count += 1) {
    const reply = replyTo(answering, call.lastSaid);
    if (reply === 'over') return;
    if (reply === undefined) {
      throw rehearseErrors.make('NO_REPLY', { detail: call.lastSaid });
    }
    if (reply.say !== undefined) await say(reply.say);
    else await call.take({ dtmf: reply.keys ?? '' });
  }
}

/** Sound, timing and what other telephones do cannot be played in text. */
function onlyByTelephone({ steps, to }: Scenario): string | undefined {
  if (!to.startsWith('sip:reception@')) return 'it does not call the receptionist';
  for (const step of steps) {
    if ('wav' in step) return 'it plays a sound file';
    if ('barge-in' in step && step['barge-in'].say === undefined) return 'it plays a sound file';
    if ('hang-up' in step && step['hang-up'].at !== 'now')
      return 'it hangs up at a moment of sound';
  }
  return undefined;
}

const callerOf = ({ from }: Scenario): string | undefined => (/\d/u.test(from) ? from : undefined);

function judge(scenario: Scenario, record: CallRecord['record']): readonly string[] {
  const { heard, 'not-heard': notHeard, 'ended-by': endedBy, stored } = scenario.expect;
  const textOf = (party: 'caller' | 'agent'): string =>
    record.transcript
      .filter((one) => one.party === party)
      .map(({ text }) => text)
      .join(' ');
  const agent = textOf('agent');
  const found = (pattern: string, text: string): boolean => new RegExp(pattern, 'iu').test(text);
  const expected: MessageExpectation | undefined = stored?.message;
  return [
    ...heard.filter((one) => !found(one, agent)).map((one) => `heard: ${one}`),
    ...notHeard.filter((one) => found(one, agent)).map((one) => `not-heard: ${one}`),
    ...(stored?.agent ?? []).filter((one) => !found(one, agent)).map((one) => `agent: ${one}`),
    ...(stored?.outcome !== undefined && stored.outcome !== record.outcome
      ? [`outcome: ${stored.outcome}, not ${record.outcome}`]
      : []),
    ...judgeRecord(stored, record),
    ...(endedBy !== undefined && (endedBy === 'them') !== (record.ended_by === 'agent')
      ? [`ended-by: ${endedBy}`]
      : []),
    ...(expected === undefined ? [] : misses(expected, record.messages.at(-1))),
  ];
}

/** What of the record is not as it was expected. */
function judgeRecord(
  stored: Scenario['expect']['stored'],
  record: CallRecord['record'],
): readonly string[] {
  const { intent, urgency, slots = {}, summary = [] } = stored ?? {};
  const found = (pattern: string, text: string): boolean => new RegExp(pattern, 'iu').test(text);
  const about = record.intent ?? 'none';
  return [
    ...(intent !== undefined && intent !== about ? [`intent: ${intent}, not ${about}`] : []),
    ...(urgency !== undefined && urgency !== record.urgency
      ? [`urgency: ${urgency}, not ${record.urgency}`]
      : []),
    ...Object.entries(slots).flatMap(([id, pattern]) => {
      const told = record.slots[id];
      const value = told?.value ?? told?.heard ?? '';
      return found(pattern, value) ? [] : [`slot ${id}: ${pattern}, not ${value}`];
    }),
    ...summary
      .filter((pattern) => !found(pattern, record.summary))
      .map((pattern) => `summary: ${pattern}`),
  ];
}
