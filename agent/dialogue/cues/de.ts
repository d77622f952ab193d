import type { Cues } from './cues.js';

/** Word boundaries that know umlauts, which `\b` does not. */
const words = (any: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${any})(?![\p{L}\p{N}])`, 'iu');
const starts = (any: string): RegExp =>
  new RegExp(String.raw`^(?:(?:ähm?|hm|also|ach|na) )*(?:${any})(?![\p{L}\p{N}])`, 'iu');

/** Words in a question whether this call is recorded; others are about patients, orders and notes. */
const ABOUT_CALL =
  '(?:gespräch|anruf|telefonat|telefongespräch|alles|hier|jetzt|gerade|eigentlich|denn|etwa|auch|dabei)';

/** German. */
export const de: Cues = {
  cancel: words('vergessen sie(?: es| das)|keine nachricht|doch nicht|abbrechen|schon gut'),
  goodbye: words(
    'tschüss|tschüs|auf wieder(?:hören|sehen)|das war(?:s| alles)|ich lege(?: jetzt)? auf',
  ),
  person: words(
    'verbinden sie|durchstellen|stellen sie mich durch|mitarbeiter(?:in)?|mensch(?:en)?|echten? person|sprechstundenhilfe|jemanden? (?:sprechen|reden)|mit (?:\\S+ ){1,4}(?:sprechen|reden)|(?:herrn|frau|doktor|dr\\.?) \\S+ (?:bitte )?sprechen',
  ),
  yes: starts(
    'ja|jawohl|genau|richtig|(?:das )?stimmt(?! nicht)|korrekt|gerne?|okay|ok|natürlich|in ordnung|bitte|klar',
  ),
  no: starts('nein|nee|nö|nicht|falsch|(?:das )?stimmt nicht|das ist (?:falsch|nicht richtig)'),
  urgent: words(
    '(?:es ist|ist|sehr|ziemlich|wirklich) (?:dringend|eilig)|so schnell wie möglich|sofort|eilt(?! nicht)',
  ),
  notUrgent: words(
    'nicht (?:so |sehr |besonders )?(?:dringend|eilig)|(?:kein|nicht (?:ein|der)) notfall|eilt nicht|keine eile|hat zeit|kann warten',
  ),
  ownNumber: words(
    '(?:diese|dieser|die gleiche|dieselbe|meine) nummer|von der ich (?:gerade )?anrufe|die sie (?:da )?sehen',
  ),
  asksWhy: words(
    '(?:warum|wieso|weshalb|wozu) (?:brauchen|wollen|fragen|möchten|müssen|muss)(?: (?:sie|ich))?|(?:wofür|wozu) (?:ist|brauchen)(?: \\S+){0,2}|^(?:und |aber )?(?:warum|wieso|wozu)(?: (?:das|denn))?(?=\\P{L}*$)',
  ),
  saidAlready: starts(
    '(?:das )?(?:wie )?(?:schon |gerade |eben )?gesagt(?=\\P{L}*$)|(?:das )?(?:habe|hab) ich (?:doch |ihnen |ja )*(?:schon|gerade|eben) gesagt|was ich (?:schon |gerade |eben )?gesagt habe',
  ),
  nothingMore: starts(
    '(?:nein|nee|nö)?[\\s,.]*(?:das (?:war|wars|wär|wäre) (?:es|alles|s)?|sonst nichts|nichts mehr|mehr nicht)(?=(?:[\\s,.!]+(?:danke|vielen dank|schön|tschüss|schon|dann))*\\P{L}*$)',
  ),
  past: words(
    'gestern|vorgestern|letzte[nrs]?|vorige[nrs]?|vergangene[nrs]?|neulich|vor \\S+ (?:tagen|wochen)',
  ),
  refuse: words(
    'möchte ich (?:nicht|lieber nicht)|will ich nicht|lieber nicht|sage ich nicht|haben sie (?:doch )?schon|(?:habe?|hab) (?:leider |gar |doch |ja )*(?:kein|keine|keinen) (?:\\S+ )?(?:telefon|nummer|telefonnummer|handy|e-?mail\\S*)|(?:habe?|hab) ich (?:leider |gerade |jetzt )*(?:nicht|keine?n?)(?=\\P{L}*$| (?:da|hier|dabei|zur hand)(?!\\p{L}))|ohne telefon',
  ),
  anyTime: words('jederzeit|egal|immer|irgendwann|wann sie (?:wollen|können)|ganztags'),
  echo: /^(?:(?:das )?(?:stimmt|ist richtig)|genau|richtig)[\s.!,]*$/iu,
  courtesy:
    /^(?:(?:bitte|(?:vielen|besten|herzlichen|schönen) dank|dankeschön|danke(?: schön| sehr| ihnen)?)[\s.!,]*)+$/iu,
  aside: words(
    'wiederholen|noch ?(?:ein)?mal|wie bitte|nicht (?:verstanden|gehört)|(?:einen? )?moment|augenblick',
  ),
  identity: words(
    '(?:spreche|rede) ich (?:hier |jetzt |gerade )?mit (?:einem|einer) (?:\\S+ )?(?:roboter|maschine|computer|automaten|menschen|person|ki)|sind sie (?:ein|eine) (?:\\S+ )?(?:roboter|maschine|computer|automat|mensch|ki)|(?:ist das (?:ein|eine) (?:roboter|maschine|computer|automat|ki|anrufbeantworter|bandansage)|wer (?:sind sie|ist (?:denn )?da|spricht(?: (?:denn )?da)?)|mit wem (?:spreche|rede) ich|wie heißen sie)(?=\\P{L}*$|[.,!?;]| (?:bitte|denn|eigentlich|hier|jetzt|oder|am (?:apparat|telefon))(?!\\p{L}))',
  ),
  recordingAsked: words(
    `(?:wird|werde|werden|wurde) (?:das|dieses?|ich|der|wir) (?:${ABOUT_CALL} ){0,3}(?:aufgenommen|aufgezeichnet|mitgeschnitten)|(?:nehmen|zeichnen|schneiden) sie (?:(?:das|dieses?|den|mich|${ABOUT_CALL}) ){0,4}(?:auf|mit)(?=\\P{L}*$)|(?:läuft|ist) (?:da |hier |das )?(?:eine? )?aufnahme|wer hört (?:hier |das |da )?(?:alles )?mit`,
  ),
  aboutRecording: words(
    'auf(?:ge)?z(?:u)?eich\\p{L}*|aufnahme|aufgenommen|aufnehmen|mitgeschnitten|mitschneiden|mithören|zeichnen|schneiden',
  ),
  dismisses:
    /^(?:(?:nein|ach|na|ähm?|ok(?:ay)?|danke|dann)[\s,.!]+)*(?:(?:ist )?(?:schon )?gut|lassen sie(?: es| mal| nur)*|(?:das |es )?hat sich erledigt|nicht (?:so )?wichtig|macht nichts|ich (?:rufe|melde mich) (?:später |dann )?(?:noch ?mal|wieder|nochmal)(?: an)?)(?:[\s,.!]+(?:danke|dann))*[\s,.!]*$/iu,
  noCallBack: words(
    'kein(?:en)? rückruf|nicht nötig|(?:müssen|brauchen) (?:sie )?(?:mich |uns )?nicht|nicht (?:zurück(?:zu)?rufen|anrufen)',
  ),
  asksBack:
    /^(?:(?:was|wie|äh|hä|entschuldigung|moment)[\s,.!?]+)*(?:(?:sie (?:wollen|möchten|brauchen)|ist es|meinen sie) (?:meine?n?|was|die|den|das)(?: (?:namen?|nummer|telefonnummer|geburtsdatum))?|(?:welche[rsn]?|was für (?:eine?n?)?) ?(?:namen?|nummer|telefonnummer|datum|e-?mail\S*)|(?:nur |bloß |so )*(?:ungefähr|circa|grob|in etwa)(?: (?:meinen sie|reicht))?|(?:was|wie) meinen sie(?: (?:damit|das))?|das genaue (?:datum|jahr)|was|hä|wie)[\s?!.]*$/iu,
  unknown: words(
    'wei(?:ß|ss) (?:ich )?(?:\\S+ ){0,2}nicht|keine ahnung|nicht auswendig|fällt mir (?:\\S+ )?nicht ein|(?:habe|hab) (?:\\S+ )?vergessen',
  ),
  ownDoings: words('(?:muss|soll|sollte|darf) ich|wie lange (?:dauert|geht)|tut (?:es|das) weh'),
  looksUp: words(
    '(?:können|könnten|haben|wissen|sehen|finden) sie (?:(?:das|es|sie|ihn|mich|die|den|meinen?|denn|da|dort|doch|hier|nicht|mal|einfach|selbst|nummer|namen|akte) ){0,5}(?:nachsehen|nachschauen|nachgucken|heraussuchen|raussuchen|finden|sehen|gespeichert|im (?:system|computer))|(?:steht|ist|haben sie) (?:(?:das|es|doch|alles|schon|ja) )*(?:in (?:meiner|der|ihrer) (?:akte|kartei)|im (?:system|computer))',
  ),
  ownAddress: words('ich wohne|wir wohnen|meine (?:adresse|anschrift|postleitzahl) (?:ist|lautet)'),
  whereabouts: words(
    'wo (?:ist|bleibt|steckt) (?:er|(?:der|ihr|unser) (?:monteur|elektriker|klempner|installateur|handwerker|techniker|fahrer|mann|kollege))|wo er (?:ist|bleibt|steckt)',
  ),
  objects: words(
    '(?:will|möchte|mag) ich nicht|(?:will|möchte|mag) das nicht|lieber nicht|bitte nicht|löschen sie (?:das|es|alles|die aufnahme)|(?:schalten|machen) sie (?:das|es|die aufnahme) (?:ab|aus)|das nicht(?=\\P{L}*$)|hören sie (?:bitte )?(?:damit |bitte )*auf',
  ),
  wrongNumber: words(
    'falsch verbunden|verwählt|falsche nummer (?:gewählt|erwischt)|(?:bin|bin ich) (?:hier )?falsch(?=\\P{L}*$)',
  ),
  slower: words(
    '(?:sprechen|reden|sagen|lesen|wiederholen|buchstabieren)(?: \\S+){0,4} langsamer|langsamer (?:bitte )?(?:sprechen|reden|sagen|lesen|vorlesen|wiederholen|buchstabieren)|^(?:(?:bitte|etwas|ein|bisschen|viel|noch|einmal|mal|nochmal|geht|das|es|auch|nicht|können|sie|entschuldigung)[\\s,.!]+)*langsamer|(?:zu|so) schnell (?:gesprochen|geredet)|(?:sprechen sie|sie (?:sprechen|reden)) (?:\\S+ )?zu schnell',
  ),
  replaces: starts(
    'nein,? (?:doch|warten sie|halt)|(?:moment|halt|ach),? nein|doch (?:lieber|nicht)|lieber doch|ich habe es mir anders überlegt|(?:ich )?(?:möchte|will) doch (?:lieber|nicht)|vergessen sie das(?! nicht)',
  ),
  asksFor: words(
    '(?:ist|sind) (?:\\S+ ){1,5}?(?:da|im (?:haus|büro)|zu (?:sprechen|erreichen)|erreichbar|frei|am platz)(?=\\P{L}*$|[.,!?;]| (?:bitte|heute|gerade|jetzt))|(?:\\S+ ){1,5}(?:gesprochen|sprechen)|(?:bräuchte|brauche) (?:mal |bitte )?(?:die |den )?(?:frau|herrn|doktor) \\S+',
  ),
  booking: words('termine?|buchen|reservier\\p{L}*|tisch|vorbeikommen'),
  titled: words(
    '(?:frau|herrn?|doktor|dr|professor|prof|schwester)\\.? (?!(?:frau|doktor|dr|professor|sprechen|reden|gesprochen|bitte|da|heute|im|zu|ist|und|oder|wegen)(?!\\p{L}))\\p{L}{2,}',
  ),
  concerning:
    /(?<!\p{L})(?:über|wegen|gegen(?! (?:\d|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|mittag|abend))|bezüglich)(?!\p{L})(?:(?!(?<!\p{L})(?:mit|zu|möchte|will|würde|hätte|kann|könnte|können|könnten)(?!\p{L}))(?:[^.,;!?]|(?<=(?<!\p{L})(?:dr|fr|hr|prof))\.))*/iu,
  callBack: words(
    '(?:zurück(?:zu)?rufen|rückruf|ruf(?:en|t)? (?:sie |mich |uns )*(?:bitte )?(?:\\S+ ){0,4}(?:zurück|an)|(?:mich|uns) (?:\\S+ ){0,5}anrufen)',
  ),
  aboutHours: words(
    'offen|geöffnet|öffnen|öffnet|öffnungszeiten|sprechzeiten|sprechstunden?|geschlossen|schließen|schließt|(?:zu|auf|da)(?=\\P{L}*$|[.,!?;]| (?:und|oder)(?!\\p{L}))',
  ),
  onBehalf:
    /(?<!\p{L})(?:(?:ihr|sein) name (?:ist|lautet)|(?:meine?|die|der) (?:\p{L}+ )?(?:mutter|vater|mann|frau|sohn|tochter|kind|baby|oma|opa|enkel(?:in)?|nachbar(?:in)?|bruder|schwester|tante|onkel|patient(?:in)?|partner(?:in)?|freund(?:in)?) heißt|(?:sie|er) heißt|(?:die |der )?patient(?:in)? heißt|(?:es geht um|(?:die |der )?patient(?:in)? ist)(?= (?:frau|herrn?)(?!\p{L})))\s+(?<name>[^.,;?!]{2,40})/iu,
  kin: /(?<!\p{L})(?:(?:für|von|wegen|über) (?:meine[nrms]?|unsere[nrms]?)|meines|meiner|unseres|unserer) (?:\p{L}+ )?(?:mutter|vaters?|mama|papas?|sohn(?:es)?|tochter|kind(?:es)?|mann(?:es)?|frau|partner(?:in|s)?|bruders?|schwester|oma|opas?|großmutter|großvaters?|enkel(?:in|s)?|tante|onkels?|freund(?:in|es)?|nachbar(?:in|n)?),? (?<name>[^.,;?!]{2,40})/iu,
  relative:
    /(?<!\p{L})(?:für|mit) (?:meine[nrm]?|unsere[nrm]?) (?:\p{L}+ )?(?:mutter|vater|mama|papa|sohn|tochter|kind(?:er)?|baby|mann|frau|partner(?:in)?|bruder|schwester|oma|opa|großmutter|großvater|enkel(?:in)?|tante|onkel|nichte|neffen?|freund(?:in)?|nachbar[n]?(?:in)?|eltern)(?!\p{L})|(?<!\p{L})(?:meine?|unsere?) (?:\p{L}+ )?(?:mutter|vater|mama|papa|sohn|tochter|kind|baby|mann|frau|partner(?:in)?|bruder|schwester|oma|opa|großmutter|großvater|enkel(?:in)?) (?:hat|braucht|ist|muss|möchte|soll|war|kann|will|bräuchte)(?!\p{L})/iu,
  partWrong:
    /(?<!\p{L})(?:(?:nummer|name|nachricht|uhrzeit|zeit|datum|tag) (?:war|ist|stimmt) (?:\p{L}+ )?(?:falsch|nicht|verkehrt)|falsche[nrs]? (?:\p{L}*nummer|namen?|nachricht|uhrzeit|zeit|datum|tag) (?:gesagt|gegeben|angegeben|genannt|hinterlassen))(?!\p{L})/iu,
  allServices:
    /(?<!\p{L})(?:(?:welche|was für) (?:\p{L}+ )?(?:leistungen|behandlungen|dienste|angebote|arbeiten|sachen|untersuchungen)|was (?:alles )?(?:bieten|machen|tun|können|behandeln) sie|(?:ihre|alle) (?:leistungen|behandlungen|angebote)|was .{0,30}(?:anbieten|angeboten|im angebot))(?!\p{L})/iu,
  // What a message is about is asked for, unless it is told in so many words.
  asksMessage: /(?!)/u,
  hollow: /(?!)/u,
  opener:
    /^(?:(?:hallo|guten (?:tag|morgen|abend)|ja|ähm?|also|bitte|entschuldigung)[\s,.!]+)*(?:können sie mir (?:mal |vielleicht )?(?:bitte )?helfen|ich (?:habe|hätte) (?:da |nur |mal )?(?:eine )?(?:kurze |kleine )?frage|ich weiß (?:gar )?nicht,? (?:mit wem|an wen|wen) ich (?:(?:mich|da|hier|jetzt|am besten) )*(?:sprechen|reden|fragen|anrufen|wenden) (?:soll|sollte|muss|müsste|kann|darf)|ich (?:brauche|hätte gern) (?:eine )?(?:auskunft|information)|ich rufe für (?:meine?[nr]?|eine?[nr]?) (?:sohn|tochter|kind|kinder|baby|mutter|mama|vater|papa|eltern|mann|frau|partner(?:in)?|freund(?:in)?|bruder|schwester|enkel(?:in|kind)?|groß(?:mutter|vater|eltern)|oma|opa|onkel|tante|schwieger\p{L}+|nachbarn?|nachbarin|kollegen|kollegin|bekannten?|chef(?:in)?) an)[\s.!?,]*$/iu,
  feasts: words(
    '(?:zwischen (?:den jahren|weihnachten)|(?:über|um) (?:weihnachten|die feiertage|neujahr|silvester|ostern))',
  ),
  correcting: starts(
    'nein|entschuldigung|verzeihung|moment|halt|ich meine|ich meinte|korrektur|das (?:war|ist) falsch',
  ),
  elsewhere: words(
    'eigentlich|übrigens|vorher noch|noch etwas|etwas anderes|stattdessen|ach und|andere frage|anders überlegt',
  ),
  aboutBirth: words('geboren|geburtsdatum|geburtstag'),
  question:
    /^(?:und |aber |entschuldigung )*(?:was|wo|wann|wie|warum|wer|welche[rsn]?|haben|kann|können|ist|sind|darf|gibt)(?!\p{L})|\?\s*$/iu,
  aboutName: words('name|namen|nachname|vorname|buchstabiert|geschrieben'),
  otherNumber:
    /(?<!\p{L})(?:(?:eine )?andere (?:telefon)?nummer|nicht (?:unter|auf) dieser nummer|falsche nummer)(?!\p{L})/iu,
  aboutNumber: words('nummer|telefonnummer|ziffern?|vorwahl'),
  aboutReason: words('nachricht|anliegen|grund|text|inhalt'),
  nth: [
    /(?<!\p{L})erste[nrs]?(?!\p{L})|^(?:die )?eins[.!]?$/iu,
    /(?<!\p{L})zweite[nrs]?(?!\p{L})|^(?:die )?(?:zwei|zwo)[.!]?$/iu,
    /(?<!\p{L})dritte[nrs]?(?!\p{L})|^(?:die )?drei[.!]?$/iu,
  ],
  // Articles sound like these words too, and "Sie" is in every question.
  reference: words(
    '(?<!gibt )es|dort|dafür|davon|damit|(?:ist|sind|kostet|geht|gilt) (?:das|der|die|sie)(?: (?:auch|dann|denn|wirklich))* \\S+(?=\\P{L}*$)|das(?=\\P{L}*$)',
  ),
  telling: words(
    '(?:(?:weil|dass|um)(?! .{0,50}(?:nachricht|hinterlassen))|wegen|mitteilen,?|(?:sagen|richten) sie (?:ihm|ihr|ihnen|dem|der|den|frau|herrn))(?: \\S+){3,}',
  ),
  newReason: /(?<!\p{L})(?:nachricht|anliegen) (?:ist|soll sein|lautet)[:,]? (?<rest>.{8,})$/iu,
};
