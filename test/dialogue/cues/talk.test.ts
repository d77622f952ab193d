import t from 'tap';
import type { Cues } from '../../../agent/dialogue/cues/cues.js';
import { de } from '../../../agent/dialogue/cues/de.js';
import { en } from '../../../agent/dialogue/cues/en.js';
import { ko } from '../../../agent/dialogue/cues/ko.js';
import { dialogueOf, heard, OPEN, spoken, Talk } from '../office.js';

// Words about the talk itself, and the same words in a matter of the caller's.

type Cue =
  'recordingAsked' | 'callBack' | 'objects' | 'slower' | 'wrongNumber' | 'replaces' | 'aboutHours';

const TABLE: readonly (readonly [Cues, Cue, readonly string[], readonly string[]])[] = [
  [
    en,
    'recordingAsked',
    ['Is this call being recorded?', 'Do you record calls?', 'did you record this'],
    ['Did you record my last visit?', 'do you record the blood pressure'],
  ],
  [
    de,
    'recordingAsked',
    ['Wird das aufgenommen?', 'Nehmen Sie das Gespräch auf?', 'Werde ich gerade aufgenommen?'],
    [
      'Nehmen Sie neue Patienten auf?',
      'Werde ich als neuer Patient aufgenommen?',
      'Nehmen Sie eine Nachricht auf?',
    ],
  ],
  [
    de,
    'objects',
    ['Das möchte ich nicht.', 'Ich will das nicht haben.', 'Bitte das nicht.'],
    ['Ich habe das nicht verstanden.', 'Ich finde das nicht schlimm.'],
  ],
  [
    en,
    'slower',
    ['Slower, please.', 'Can you say that a bit slower?', "You're speaking too fast.", 'Too fast!'],
    ['My internet is getting slower.', 'My heart is beating too fast.'],
  ],
  [
    de,
    'slower',
    ['Bitte etwas langsamer.', 'Können Sie langsamer sprechen?', 'Sie sprechen zu schnell.'],
    ['Mein Internet ist langsamer geworden.', 'Mein Herz schlägt zu schnell.'],
  ],
  [
    ko,
    'slower',
    ['말이 너무 빨라요.', '너무 빨라요.', '천천히 말해 주세요.'],
    ['심장이 너무 빨라요.'],
  ],
  [
    en,
    'wrongNumber',
    ['Sorry, wrong number.', 'I think I have the wrong number.'],
    ['I gave you the wrong number.', 'He left the wrong number.'],
  ],
  [en, 'replaces', ['Forget that.', 'I changed my mind.'], ["Please don't forget that."]],
  [
    de,
    'replaces',
    ['Vergessen Sie das.', 'Nein, doch lieber am Freitag.'],
    ['Vergessen Sie das nicht.'],
  ],
  [
    de,
    'callBack',
    ['Können Sie mich morgen bitte anrufen?', 'Bitte rufen Sie mich zurück.'],
    ['Ich möchte Frau Weber anrufen.'],
  ],
  [
    de,
    'aboutHours',
    ['Haben Sie heute auf?', 'Wann machen Sie zu?', 'Sind Sie am Freitag da oder nicht?'],
    ['Kann ich heute zu Ihnen kommen?', 'Ich habe da eine Frage.'],
  ],
  [
    ko,
    'aboutHours',
    ['토요일에 문 열어요?', '오늘 여나요?'],
    ['아이가 열이 나요.', '열이 있어서 예약하고 싶어요.'],
  ],
];

void t.test('words about the talk are told from the same words in a matter', (t) => {
  for (const [cues, cue, meant, others] of TABLE) {
    for (const text of meant) t.match(text, cues[cue], `${cue}: ${text}`);
    for (const text of others) t.notMatch(text, cues[cue], `not ${cue}: ${text}`);
  }
  t.end();
});

void t.test('what somebody is talked about ends with its clause', (t) => {
  for (const [cues, text, left] of [
    [en, "It's about my invoice, is Ann Lee there?", /is Ann Lee there/u],
    [en, 'I want to complain about Dr. Okafor', /^(?!.*Okafor)/u],
    [de, 'Wegen meiner Rechnung möchte ich Frau Weber sprechen', /Frau Weber/u],
    [de, 'Ich rufe wegen einer Rechnung an, ist Frau Weber da?', /Frau Weber/u],
    [de, 'Kann ich gegen drei Frau Weber sprechen?', /Frau Weber/u],
    [de, 'Ich möchte mich über Frau Weber beschweren', /^(?!.*Weber)/u],
  ] as const) {
    t.match(text.replace(cues.concerning, ' '), left, text);
  }
  t.end();
});

void t.test('whom a call is for is somebody else than who calls', (t) => {
  const namedIn = (cues: Cues, text: string): string | undefined =>
    cues.onBehalf.exec(text)?.groups?.name;
  for (const [cues, text, name] of [
    [en, "my wife's name is Anna Bell", 'Anna Bell'],
    [en, "I'm calling on behalf of Mrs Jones", 'Mrs Jones'],
    [en, 'my maiden name is Harris', undefined],
    [en, "my company's name is Acme Tools", undefined],
    [de, 'ihr Name ist Erika Koch', 'Erika Koch'],
    [de, 'es geht um Frau Müller', 'Frau Müller'],
    [de, 'der Name ist Thomas Weber', undefined],
    [de, 'der Patient ist gestürzt', undefined],
  ] as const) {
    t.equal(namedIn(cues, text), name, text);
  }
  t.end();
});

void t.test('whoever left a message speaks of the number in it', (t) => {
  const talk = new Talk(dialogueOf()).take(
    { kind: 'begin', now: OPEN, caller: '+442079460123' },
    ...[spoken, heard('message.leave', { text: 'I would like to leave a message' })],
    heard('oos', { text: 'My name is John Smith.' }),
    ...[heard('control.yes', { text: 'Yes.' }), heard('oos', { text: 'The lift is broken again' })],
    ...[heard('control.no', { text: 'No.' }), heard('oos', { text: 'any time' })],
    heard('control.yes', { text: 'Yes.' }),
  );
  t.equal(talk.phase, 'more');
  talk.take(heard('oos', { text: "oh, that's the wrong number" }));
  t.not(talk.last.reason, 'goodbye.wrong-number');
  t.equal(talk.phase, 'more');
  t.end();
});
