/** What a notice is filled with. Days are numbers of days, or undefined for "until it is erased". */
export interface NoticeFacts {
  readonly office: string;
  readonly controller: string;
  readonly contact: string;
  readonly authority: string;
  readonly officer: string | undefined;
  readonly recording: boolean;
  readonly audio: string;
  readonly transcript: string;
  readonly message: string;
  readonly metadata: string;
  readonly destinations: readonly string[];
}

/** The sentences of a notice in one language: title, the page's paragraphs, what is spoken. */
export interface NoticeText {
  readonly title: (facts: NoticeFacts) => string;
  readonly days: (days: number) => string;
  readonly untilErased: string;
  readonly page: (facts: NoticeFacts) => readonly string[];
  readonly spoken: (facts: NoticeFacts) => readonly string[];
}

const en: NoticeText = {
  title: ({ office }) => `Privacy on the telephone at ${office}`,
  days: (days) => `${String(days)} days`,
  untilErased: 'until it is erased',
  page: (facts) => [
    `Responsible: ${facts.controller}. You can reach us at ${facts.contact}.` +
      (facts.officer === undefined ? '' : ` Data protection officer: ${facts.officer}.`),
    'Our telephone is answered by an automatic assistant. It runs on our own machine.',
    'What you say is turned into text, so that your call can be served (GDPR Art. 6(1)(b) and (f); where you speak of your health, Art. 9(2)(h)).',
    facts.recording
      ? `After the notice at the beginning of the call it is recorded (consent, GDPR Art. 6(1)(a)). Say at any time that you do not want it: the recording then ends and is destroyed, and you are served all the same. Recordings are kept ${facts.audio}.`
      : 'Calls are not recorded.',
    `The text of a call is kept ${facts.transcript}, messages ${facts.message}, and that you called ${facts.metadata}.`,
    facts.destinations.length === 0
      ? 'Nothing of it leaves our machine, nothing is sold, and nothing of it trains anything elsewhere.'
      : `Data go to: ${facts.destinations.join(', ')}. Nothing is sold.`,
    'You may have a copy of your data, have them corrected, restricted or erased, take them elsewhere, object, and take back a consent. Write to us, or tell the assistant: you get an answer within a month.',
    `You may complain to ${facts.authority}.`,
  ],
  spoken: (facts) => [
    `You are speaking with the automatic assistant of ${facts.office}, which runs on our own machine.`,
    facts.recording
      ? `Calls are recorded, and recordings are kept ${facts.audio}. If you do not want that, say so at any time.`
      : 'Calls are not recorded.',
    `What was said is kept ${facts.transcript}.`,
    'You may have a copy of your data, or have them corrected or erased: just say so.',
  ],
};

const de: NoticeText = {
  title: ({ office }) => `Datenschutz am Telefon: ${office}`,
  days: (days) => `${String(days)} Tage`,
  untilErased: 'bis zur Löschung',
  page: (facts) => [
    `Verantwortlich: ${facts.controller}. Sie erreichen uns unter ${facts.contact}.` +
      (facts.officer === undefined ? '' : ` Datenschutzbeauftragte Person: ${facts.officer}.`),
    'Unser Telefon beantwortet ein automatischer Assistent. Er läuft auf unserem eigenen Rechner.',
    'Was Sie sagen, wird in Text umgewandelt, um Ihren Anruf zu bearbeiten (Art. 6 Abs. 1 Buchst. b und f DSGVO; soweit es um Ihre Gesundheit geht, Art. 9 Abs. 2 Buchst. h).',
    facts.recording
      ? `Nach dem Hinweis am Anfang wird der Anruf aufgezeichnet (Einwilligung, Art. 6 Abs. 1 Buchst. a DSGVO). Sagen Sie jederzeit, dass Sie das nicht möchten: Die Aufnahme endet dann und wird vernichtet, und Sie werden genauso bedient. Aufnahmen bewahren wir auf: ${facts.audio}.`
      : 'Anrufe werden nicht aufgezeichnet.',
    `Wir bewahren auf: den Text eines Anrufs ${facts.transcript}, Nachrichten ${facts.message}, die Tatsache des Anrufs ${facts.metadata}.`,
    facts.destinations.length === 0
      ? 'Nichts davon verlässt unseren Rechner, nichts wird verkauft, und nichts davon wird anderswo zum Lernen benutzt.'
      : `Daten gehen an: ${facts.destinations.join(', ')}. Nichts wird verkauft.`,
    'Sie haben das Recht auf Auskunft, Berichtigung, Einschränkung, Löschung, Übertragbarkeit und Widerspruch und können eine Einwilligung zurücknehmen. Schreiben Sie uns oder sagen Sie es dem Assistenten: Sie erhalten innerhalb eines Monats Antwort.',
    `Beschweren können Sie sich bei: ${facts.authority}.`,
  ],
  spoken: (facts) => [
    `Sie sprechen mit dem automatischen Assistenten von ${facts.office}. Er läuft auf unserem eigenen Rechner.`,
    facts.recording
      ? `Anrufe werden aufgezeichnet. Wir bewahren die Aufnahmen ${facts.audio} auf. Wenn Sie das nicht möchten, sagen Sie es jederzeit.`
      : 'Anrufe werden nicht aufgezeichnet.',
    `Was gesagt wurde, bewahren wir ${facts.transcript} auf.`,
    'Sie können Auskunft über Ihre Daten, ihre Berichtigung oder Löschung verlangen: Sagen Sie es einfach.',
  ],
};

const ko: NoticeText = {
  title: ({ office }) => `${office} 전화 개인정보 처리 안내`,
  days: (days) => `${String(days)}일`,
  untilErased: '삭제할 때까지',
  page: (facts) => [
    `개인정보 처리자: ${facts.controller}. 연락처: ${facts.contact}.` +
      (facts.officer === undefined ? '' : ` 개인정보 보호책임자: ${facts.officer}.`),
    '전화는 자동 응답 도우미가 받으며, 저희 기관의 자체 컴퓨터에서 작동합니다.',
    '말씀하신 내용은 통화를 처리하기 위해 글로 변환됩니다.',
    facts.recording
      ? `통화가 시작될 때 안내한 뒤 녹음합니다(동의에 근거). 원하지 않으시면 언제든지 말씀해 주세요. 녹음은 중단되고 파기되며, 서비스는 그대로 제공됩니다. 녹음 보관 기간: ${facts.audio}.`
      : '통화는 녹음하지 않습니다.',
    `보관 기간은 통화 내용의 글 ${facts.transcript}, 메시지 ${facts.message}, 통화 기록 ${facts.metadata}입니다.`,
    facts.destinations.length === 0
      ? '어떤 정보도 저희 컴퓨터 밖으로 나가지 않으며, 판매하지 않고, 다른 곳의 학습에 쓰지 않습니다.'
      : `정보를 받는 곳: ${facts.destinations.join(', ')}. 판매하지 않습니다.`,
    '개인정보의 열람, 정정, 처리 제한, 삭제, 이전을 요구하고, 처리에 반대하거나 동의를 철회하실 수 있습니다. 저희에게 연락하거나 자동 응답 도우미에게 말씀해 주세요. 한 달 안에 답해 드립니다.',
    `불만이 있으시면 다음 기관에 신고하실 수 있습니다: ${facts.authority}.`,
  ],
  spoken: (facts) => [
    `${facts.office}의 자동 응답 도우미입니다. 저희 기관의 자체 컴퓨터에서 작동합니다.`,
    facts.recording
      ? `통화는 녹음되며 녹음은 ${facts.audio} 동안 보관합니다. 원하지 않으시면 언제든지 말씀해 주세요.`
      : '통화는 녹음하지 않습니다.',
    `통화 내용은 ${facts.transcript} 동안 보관합니다.`,
    '본인 정보의 사본이나 정정, 삭제를 원하시면 말씀해 주세요.',
  ],
};

export const NOTICE_TEXTS: Readonly<Record<string, NoticeText>> = { en, de, ko };
