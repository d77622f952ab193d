/** What else is asked about the same thing, and how its things are found in an entry. */
export interface Contrasts {
  /** Questions about X that an entry on X most often does not answer. */
  readonly about: readonly string[];
  /** Words that name no thing. */
  readonly common: ReadonlySet<string>;
  /** A word without its endings. */
  readonly stem: (word: string) => string;
  /** A thing is named by its stem, which stands alone: words carry their particles. */
  readonly bare?: true;
  /** Letters that a word has at least, to name a thing. */
  readonly least: number;
}

const ENGLISH: Contrasts = {
  about: [
    'I need to book X for tomorrow',
    'how much does X cost',
    'where can I buy X',
    'do you rent out X',
    'can you recommend X',
    'I lost my X',
    'my X is broken',
    'what are the symptoms of X',
    'who is in charge of X',
    'somebody damaged my X',
    'my X has changed',
    'do I have X',
    'is X going around',
    'which X is best',
    'do you have another kind of X',
    'I want to complain about X',
    'can you send me X',
  ],
  common: new Set(
    (
      'able accept accepted allowed and any are around before bring can clinic come could did does doing first for ' +
      'from get give giving had has have here how into its just like little look make may might must near need not ' +
      'off offer office one our out over please practice see should some take that the their them there these they ' +
      'this too treat use want was wear what when where which who will with would yes you your'
    ).split(' '),
  ),
  stem: (word) => word.replace(/(?:ations?|ings?|ies|es|s|ed)$/u, '').slice(0, 7),
  least: 3,
};

const GERMAN: Contrasts = {
  about: [
    'ich brauche morgen einen Termin für X',
    'was kostet X',
    'wo kann ich X kaufen',
    'verleihen Sie X',
    'können Sie mir X empfehlen',
    'ich habe X verloren',
    'X ist kaputt',
    'welche Symptome hat X',
    'wer ist für X zuständig',
    'jemand hat X beschädigt',
    'X hat sich geändert',
    'habe ich X',
    'geht X gerade um',
    'welche X ist die beste',
    'haben Sie auch andere X',
    'ich möchte mich über X beschweren',
    'können Sie mir X schicken',
  ],
  common: new Set(
    (
      'aber alle allen alles als also am an auch auf aus bei beim bekomme bekommen bin bis bitte braucht brauche brauchen ' +
      'bringen da darf das dass dem den der des die dies diese dieser dort durch ein eine einem einen einer eines erst es ' +
      'etwas für gegen geht gern gerne gibt gleich habe haben hat hier ich ihr ihre ihrem ihren im immer in ins ist ja ' +
      'jeden jeder kann keine kommen können machen man mein meine meinem meinen meiner mich mir mit mitbringen möchte muss ' +
      'müssen nach nehmen neu neue nicht noch nur oder ohne praxis sein sich sie sind so soll sollte tragen über um und uns ' +
      'unser unsere unter viel vom von vor wann war was weg welche welchen wenn wer werden wie will wir wird wo zu zum zur'
    ).split(' '),
  ),
  stem: (word) => word.replace(/(?:ungen|ung|en|ern|em|er|es|e|n|s)$/u, '').slice(0, 8),
  least: 3,
};

const KOREAN: Contrasts = {
  about: [
    '내일 X 예약하고 싶어요',
    'X 얼마예요',
    'X 어디서 살 수 있어요',
    'X 빌려주시나요',
    'X 추천해 주세요',
    'X 잃어버렸어요',
    'X 고장 났어요',
    'X 증상이 뭐예요',
    'X 담당자가 누구예요',
    'X 망가졌어요',
    'X 바뀌었어요',
    'X 어떤 게 제일 좋아요',
    '다른 X 있어요',
    'X 때문에 항의하려고요',
    'X 보내 주세요',
  ],
  common: new Set(
    (
      '어디 어떻 어떤 무엇 뭐가 뭘가 언제 누가 있나 있어 있습 없이 없나 가도 가능 되나 돼요 됩니 하나 해야 하고 안하 ' +
      '저희 우리 병원 의원 거기 여기 오시 오셔 가져 주세 해주 그리 그냥 혹시 지금 대부 모두 하시 하는 들어 드시 필요 평일 오전'
    ).split(' '),
  ),
  // Two syllables are the word; what follows are particles and endings.
  stem: (word) => word.slice(0, 2),
  bare: true,
  least: 2,
};

/** By language. Where there are none, an entry is found by its questions alone. */
export const CONTRASTS: Readonly<Record<string, Contrasts>> = {
  en: ENGLISH,
  de: GERMAN,
  ko: KOREAN,
};
