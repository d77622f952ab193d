import type { DialogueAction, DialogueEvent } from '../dialogue/ports.js';
import type { CallReading } from '../privacy/reading-room.js';
import { iso } from './commands/records-output.js';

/** One thing that happened in a call; `order` puts what was at the same time one after the other. */
interface Moment {
  readonly atMs: number;
  readonly order: number;
  readonly who: string;
  readonly what: string;
}

const SURE = 0.5;

/** How the lines between the head and the end are read. */
const LEGEND =
  'In seconds since it came in. “understood”: what the words were taken for, and how surely; ' +
  '“decided”: what was done, and in brackets by which rule.';

/**
 * The whole of a call in the order of time, in words: what was said and how surely it was heard, what it
 * was understood as, what was decided by which rule, what was done, and what came of it.
 */
export function storyOf(call: CallReading): readonly string[] {
  const moments = [...spoken(call), ...decided(call), ...hidden(call)].sort(
    (a, b) => a.atMs - b.atMs || a.order - b.order,
  );
  const widest = Math.max(12, ...moments.map(({ who }) => who.length));
  return [
    ...head(call),
    '',
    ...(moments.length === 0 ? [] : [LEGEND, '']),
    ...moments.map(
      ({ atMs, who, what }) =>
        `${(atMs / 1000).toFixed(1).padStart(7)}  ${who.padEnd(widest)}  ${what}`,
    ),
    '',
    ...end(call),
  ];
}

function head(call: CallReading): readonly string[] {
  const { id, startedAt, answeredAt, callerNumber, language, consent, recording, guardian } = call;
  const waited = answeredAt === undefined ? undefined : (answeredAt - startedAt) / 1000;
  return [
    `Call ${id}, ${iso(startedAt)}`,
    `${isTold(callerNumber) ? callerNumber : 'A withheld number'} called; ` +
      (waited === undefined ? 'nobody answered' : `answered after ${waited.toFixed(1)} s`) +
      `. The language is ${language}.`,
    consent === undefined
      ? 'No consent to a recording is on record.'
      : `Consent to the recording by ${consent.basis}, notice version ${consent.noticeVersion}.`,
    ...(guardian === undefined
      ? []
      : [`Somebody under age: the guardian ${guardian.what} (${guardian.who ?? 'not named'}).`]),
    recording === undefined
      ? 'Nothing was recorded.'
      : `Recorded: ${recording.seconds.toFixed(1)} s${RECORDED[recording.state] ?? `, ${recording.state}`}.`,
  ];
}

/** What became of a recording, where that is not its own word. */
const RECORDED: Readonly<Record<string, string>> = {
  closed: '',
  open: ', and it goes on',
  discarded: ', and destroyed',
};

const ENDED_BY: Readonly<Record<string, string>> = {
  agent: 'the receptionist',
  caller: 'the caller',
  interrupted: 'a failure',
};

const spoken = ({ utterances }: CallReading): readonly Moment[] =>
  utterances.map(({ atMs, party, person, text, confidence, whole, secondHearing }) => ({
    ...{
      atMs,
      order: party === 'caller' ? 0 : 3,
      who: person ?? (party === 'caller' ? 'caller' : 'receptionist'),
    },
    what:
      `“${text}”${whole ? '' : ' … (cut off)'}` +
      (confidence === undefined ? '' : ` (${percent(confidence)} sure)`) +
      (secondHearing === undefined || secondHearing.text === text
        ? ''
        : `; heard again later as “${secondHearing.text}”`),
  }));

/** What a rule has no answer to is nothing decided. */
export const decidesNothing = (reason: string): boolean => reason.startsWith('ignored.');

function decided({ decisions }: CallReading): readonly Moment[] {
  return decisions.flatMap(({ atMs, event, actions, reason }) => {
    const known = parsed(event) as DialogueEvent | undefined;
    const done = (parsed(actions) ?? []) as readonly DialogueAction[];
    const happened = known === undefined ? undefined : eventWords(known);
    const deeds = done.flatMap((action) => deedWords(action) ?? []);
    const what = known?.kind === 'heard' ? '  understood' : '  noticed';
    return [
      ...(happened === undefined ? [] : [{ atMs, order: 1, who: what, what: happened }]),
      ...(deeds.length === 0 && decidesNothing(reason)
        ? []
        : [
            {
              ...{ atMs, order: 2, who: '  decided' },
              what: `${deeds.length === 0 ? 'nothing to do' : deeds.join('; ')} (${reason})`,
            },
          ]),
    ];
  });
}

const hidden = ({ redactions }: CallReading): readonly Moment[] =>
  redactions.map(({ atMs, kind }) => ({
    ...{ atMs, order: 4, who: '  hidden', what: `${kind}, by the policy of what is hidden` },
  }));

function end(call: CallReading): readonly string[] {
  const { startedAt, endedAt, outcome, endedBy, record, corrections } = call;
  const lasted = endedAt === undefined ? undefined : (endedAt - startedAt) / 1000;
  return [
    lasted === undefined
      ? 'The call is still held, or its end was not seen.'
      : `Over after ${lasted.toFixed(1)} s, ended by ${ENDED_BY[endedBy ?? ''] ?? 'nobody knows whom'}. Outcome: ${outcome ?? 'unknown'}.`,
    ...(record === undefined
      ? []
      : [
          `It was about ${record.intents.join(', ') || 'nothing that was understood'}; urgency: ${record.urgency}.`,
          ...Object.entries(record.slots).map(
            ([name, { value, heard, confidence, by }]) =>
              `  ${inWords(name)}: ${value ?? '–'} (${value === heard ? '' : `heard “${heard}”, `}${percent(confidence)} sure, ${BY[by] ?? by})`,
          ),
          ...record.transfers.map(
            ({ target, why, outcome: how }) =>
              `  transfer to ${target} (${why}): ${how ?? 'not known'}`,
          ),
          ...(record.summary === '' ? [] : [`Summary: ${record.summary}`]),
        ]),
    ...corrections.map(({ thing, text, by }) => `Corrected by ${by}: ${thing} reads “${text}”.`),
  ];
}

/** What an event told that the transcript does not; undefined where it told nothing more. */
function eventWords(event: DialogueEvent): string | undefined {
  switch (event.kind) {
    case 'heard':
      return understood(event.understood);
    case 'unheard':
      return 'speech was there, recognition failed';
    case 'key':
      return `key ${event.digit}`;
    case 'silence':
      return `${(event.ms / 1000).toFixed(1)} s of silence`;
    case 'transfer-ended':
      return `the transfer ended: ${event.outcome}`;
    case 'talk':
      return `between people: ${event.what}${event.who === undefined ? '' : ` (${event.who})`}`;
    case 'taken-over':
      return `staff took over at ${event.extension}`;
    case 'begin':
    case 'spoken':
      return undefined;
    default:
      return event.kind.replaceAll('-', ' ');
  }
}

function understood({
  intent,
  score,
  alternatives,
  others,
  slots,
  emergency,
  faq,
}: Extract<DialogueEvent, { kind: 'heard' }>['understood']): string {
  const also =
    others?.map((one) => ` and ${wishOf(one.intent)} ${percent(one.score)}`).join('') ?? '';
  const [next] = alternatives.filter((one) => one.intent !== intent);
  const more = next !== undefined && next.score > score;
  return [
    `${wishOf(intent)} ${percent(score)}${also}`,
    ...(score < SURE && next !== undefined
      ? [`${more ? 'though likelier' : 'or'} ${wishOf(next.intent)} ${percent(next.score)}`]
      : []),
    ...(emergency ? ['DANGER'] : []),
    ...(faq === undefined ? [] : [`frequent question ${faq.id}`]),
    ...Object.entries(slots).map(([name, { value }]) => `${name} ${value}`),
  ].join(', ');
}

/** What was done besides speaking, which the transcript tells. */
function deedWords(action: DialogueAction): string | undefined {
  switch (action.do) {
    case 'say':
      return action.asks === '' ? undefined : `next: ${inWords(action.asks)}`;
    case 'transfer':
      return `rings ${action.extension ?? action.target} (${action.why})`;
    case 'keep-message':
      return `keeps message ${String(action.message.number)}, ${action.message.state === 'partial' ? 'not whole yet' : 'whole'}`;
    case 'count':
      return `counts ${action.what}`;
    default:
      return action.do.replaceAll('-', ' ');
  }
}

/** Networks write `anonymous` where the number is withheld (RFC 3323). */
const isTold = (number: string | undefined): number is string =>
  number !== undefined && number !== 'anonymous';

/** `callback_time` as people write it. */
const inWords = (id: string): string => id.replaceAll(/[_-]/gu, ' ');

/** An intent as its id; what is none of them (`OUT_OF_SCOPE` of the understanding), in words. */
const wishOf = (intent: string): string => (intent === 'oos' ? 'nothing of what it knows' : intent);

/** How a detail was told. */
const BY: Readonly<Record<string, string>> = {
  voice: 'spoken',
  keys: 'keyed in',
  'caller-id': 'as the network showed it',
};

const percent = (share: number): string => `${String(Math.round(share * 100))} %`;

/** JSON of the journal; undefined for what an older version wrote otherwise. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
