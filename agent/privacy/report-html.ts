import { escaped, heading, page, paragraph, table } from './html.js';
import type { ReportedCall, SubjectReport } from './report-schema.js';

/** The report as a page to read: the same as its JSON, in words. */
export function reportPage(report: SubjectReport): string {
  const { office, contact, contacts, calls, objections, rules, requests, processing } = report;
  const body = [
    paragraph(
      `Everything that ${office} holds of you in its telephone system, as of ${shown(report.madeAt)}.` +
        (contact === null ? '' : ` Questions: ${contact}.`),
    ),
    heading('Who you are to us'),
    table(
      ['Names', 'Numbers', 'First call', 'Last call'],
      contacts.map(({ names, numbers, firstAt, lastAt }) => [
        ...[names.join(', '), numbers.join(', '), shown(firstAt), shown(lastAt)],
      ]),
    ),
    ...calls.flatMap(callParts),
    heading('Objections'),
    table(
      ['Kind', 'Number', 'Since'],
      objections.map(({ kind, number, at }) => [kind, number, shown(at)]),
    ),
    heading('How your calls are handled'),
    table(
      ['Way', 'Since', 'Until'],
      rules.map(({ way, since, until }) => [way, shown(since), until === null ? '' : shown(until)]),
    ),
    heading('Your requests'),
    table(
      ['What', 'Received', 'Due', 'State', 'Outcome'],
      requests.map(({ kind, receivedAt, dueAt, state, outcome }) => [
        ...[kind, shown(receivedAt), shown(dueAt), state, outcome ?? ''],
      ]),
    ),
    heading('What we keep data for'),
    table(
      ['Purpose', 'Legal basis', 'Data', 'Kept'],
      processing.map(({ purpose, basis, data, kept }) => [purpose, basis, data, kept]),
    ),
  ];
  return page('en', `Your data at ${office}`, body.join('\n'));
}

function callParts(call: ReportedCall): readonly string[] {
  const { id, startedAt, outcome, callerNumber, consent, recording, recordingDamaged } = call;
  const { damagedSeconds } = call;
  const facts = [
    `From ${callerNumber ?? 'a withheld number'}; it came to: ${outcome ?? 'nothing yet'}.`,
    consent === null
      ? 'Without consent to a recording.'
      : `Consent to the recording by ${consent.basis}, notice ${consent.noticeVersion}.`,
    recordingDamaged && recording === null
      ? 'There is a recording, but it is damaged and cannot be read.'
      : '',
    damagedSeconds === undefined
      ? ''
      : `The recording is damaged: silent are the seconds ${damagedSeconds.join(', ')}.`,
  ];
  const corrected = new Map(call.corrections.map(({ thing, text }) => [thing, text]));
  return [
    heading(`Call of ${shown(startedAt)} (${id})`),
    paragraph(facts.filter((one) => one !== '').join(' ')),
    recording === null
      ? ''
      : `<p><audio controls src="${escaped(recording.file)}"></audio> ${String(recording.seconds)} s</p>`,
    table(
      ['Second', 'Who', 'What was said', 'Heard again as', 'Corrected to'],
      call.utterances.map(({ atMs, party, text, secondHearing }, index) => [
        ...[(atMs / 1000).toFixed(1), party === 'caller' ? 'you' : 'the receptionist', text],
        ...[secondHearing ?? '', corrected.get(`utterance:${String(index + 1)}`) ?? ''],
      ]),
    ),
    ...call.messages.map((message, index) => {
      const { takenAt, state, name, phone, reason, callbackTime, details, notes } = message;
      const row = (what: string, told: typeof name, field: string) => [
        ...[what, told?.value ?? told?.heard ?? ''],
        corrected.get(`message:${String(index + 1)}:${field}`) ?? '',
      ];
      return [
        `<h3>${escaped(`Message of ${shown(takenAt)}, ${state}`)}</h3>`,
        table(
          ['Detail', 'As it was understood', 'Corrected to'],
          [
            row('Name', name, 'name'),
            row('Number', phone, 'phone'),
            row('Reason', reason, 'reason'),
            row('Time to call back', callbackTime, 'callbackTime'),
            ...Object.entries(details).map(([id, told]) => [id, told.value ?? told.heard, '']),
            ...notes.map(({ at, text }) => [`Note of ${shown(at)}`, text, '']),
          ],
        ),
      ].join('\n');
    }),
  ];
}

const shown = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
