/** What callers say to free times; each is looked for in what was said. */
export interface AppointmentCues {
  /** "later", "in the afternoon, perhaps a bit later" */
  readonly later: RegExp;
  /** "another day" */
  readonly anotherDay: RegExp;
  /** "what was the second one again?" */
  readonly again: RegExp;
  /** "none of them" */
  readonly none: RegExp;
  /** "number two", "the second one"; the first pattern is for the first. */
  readonly choices: readonly RegExp[];
  /** "is there nothing earlier": before the times on offer. */
  readonly earlier: RegExp;
  /** "any morning", "every day": no day of its own. */
  readonly anyDay: RegExp;
  /** "except Thursday", "but not on Mondays": the days in the group `days`. */
  readonly except: RegExp;
  /** The days of the week by their names, Monday first. */
  readonly weekdays: readonly RegExp[];
  /** What stands before the old time: "move it from Monday to …". */
  readonly oldTime: RegExp;
  /** What stands between the old time and the new one: "from Monday to Friday". */
  readonly newTime: RegExp;
  /** "the time is wrong" */
  readonly aboutTime: RegExp;
  /** "my appointment", "the one I have": one that was made before this call. */
  readonly existing: RegExp;
  /** "make it eleven": another time, and nothing else. */
  readonly instead: RegExp;
  /** Will not be there in time */
  readonly late: RegExp;
  /** Moves something that there is already */
  readonly moves: RegExp;
  /** "I can come on Monday instead", of an appointment that was to be cancelled. */
  readonly comes: RegExp;
  /** Speaks of a visit or of coming, and not of symptoms alone */
  readonly wantsVisit: RegExp;
  /** "Book an appointment": a new one, in so many words */
  readonly books: RegExp;
  /** "Call off", "scrap": wants something no more, in words that are rarely used of appointments. */
  readonly callsOff: RegExp;
  /** What stands between "cancel Monday" and "book Wednesday instead". */
  readonly clause: RegExp;
}

/** "Number two", "the second one", and a bare "two" that is the whole answer. */
const numbered = (number: string, ordinal: string): RegExp =>
  new RegExp(
    String.raw`\b(?:number|option) (?:${number})\b|\b(?:${ordinal})\b|^\W*(?:${number})\W*(?:please|thanks|thank you|is (?:good|fine|okay))?\W*$`,
    'iu',
  );

const EN_DAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)days?';
const DE_DAY = '(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag)s?';

const EN: AppointmentCues = {
  earlier: /\b(?:earlier|sooner|before (?:that|then)|as soon as possible)\b/iu,
  anyDay:
    /\b(?:any|every|most|all)\s+(?:(?:week)?days?|mornings?|afternoons?|evenings?)(?! (?:at|around|after|before) )\b/iu,
  except: new RegExp(
    String.raw`[\s,]*\b(?:except(?: for)?|but not|just not|only not|anything but|any day but|apart from|other than)(?: on)?(?: an?| the)? (?<days>${EN_DAY}(?:(?:,? (?:and|or) |, ?)(?:on )?${EN_DAY})*)`,
    'iu',
  ),
  weekdays: 'mon tues wednes thurs fri satur sun'
    .split(' ')
    .map((day) => new RegExp(`\\b${day}days?\\b`, 'iu')),
  later: /\b(?:later|more|further|other times|next ones?)\b/iu,
  anotherDay:
    /\b(?:(?:an)?other (?:day|date|week)|different (?:day|date|week)|next week|not (?:on )?that day)\b/iu,
  again: /\b(?:again|repeat|(?:what|which|when) (?:was|were))\b/iu,
  none: /\b(?:none|neither|nothing|not (?:any|one) of (?:them|those))\b/iu,
  choices: [
    numbered('one|1', 'first|earliest'),
    numbered('two|2', 'second'),
    numbered('three|3', 'third|last'),
  ],
  oldTime: /^.*\bfrom\b/isu,
  // "I need to move my appointment on Friday": to do something leads to no time.
  newTime:
    /\b(?:to(?! (?:change|move|re-?\w+|swap|switch|alter|shift|push|postpone|cancel)\b)|till|until|for|instead|onto)\b/giu,
  aboutTime: /\b(?:time|day|date|hour|when|appointment)\b/iu,
  instead: /\b(?:make (?:it|that)|change (?:it|that) to|rather|better)\b/iu,
  late: /\b(?:late for|stuck (?:in|on|at|behind)|held up|(?:was|were) (?:meant|supposed|due) to be (?:there|here|in|with you)|(?:be|am|are|i'm|we're|running) (?:(?:\S+ ){1,3})?late)\b/iu,
  moves:
    /\b(?:mov(?:e|ing)|chang(?:e|ing)|resched\w+|postpon\w+|push(?:ed)? back|bring forward|swap\w*|switch\w*|(?:an)?other (?:day|time|date)|different|instead|earlier|later)\b/iu,
  comes: /\b(?:instead|(?:can|could) (?:i )?(?:come|do|make))\b/iu,
  wantsVisit:
    /\b(?:appointments?|book\w*|reserv\w+|slots?|visit|come|coming|see|seen|look at|check-?up|fit (?:me|us) in|squeeze)\b/iu,
  books:
    /(?<!\b(?:did|have|had|has|when) (?:i|we|she|he|they) )\b(?:book|make|arrange|schedule|set up|fix up)(?: me| us)?(?: in)?(?: for)? (?:an?|another|the (?:next|first|earliest)) (?:\w+ ){0,2}?(?:appointment|visit|slot|time)\b|\bbook (?:me|us|him|her|it|that|one) in\b/iu,
  callsOff:
    /\b(?:call(?:ing)? (?:\w+ ){0,4}?off\b|(?:scrap|drop|undo|(?:pull|back|get) out of|give up|get rid of|forget about|(?:won't|will not|don't|do not|no longer) (?:be )?need(?:ing)?) (?:my|our|the|that) (?:\w+ ){0,2}?(?:appointment|booking|reservation|table|visit|slot))\b/iu,
  clause: /[,;.]|\b(?:and|but)\b/iu,
  existing:
    /\b(?:(?:my|our|his|her|their|an|existing|other) (?:appointment|booking|reservation|table|visit)|(?:one|appointment|booking) (?:that )?i(?: already)?(?: have|'ve| made| booked)|i (?:already )?have (?:an?|one))\b/iu,
};

const DE: AppointmentCues = {
  earlier: /(?<!\p{L})(?:früher\p{L}*|eher|so (?:schnell|bald) wie möglich)(?!\p{L})/iu,
  anyDay:
    /(?<!\p{L})(?:(?:jede[nrms]?|alle) (?:\p{L}*tage?|morgen|vormittage?|nachmittage?|abende?)|egal an welchem tag)(?!\p{L})/iu,
  except: new RegExp(
    String.raw`[\s,]*(?<!\p{L})(?:außer|nur nicht|aber nicht|bloß nicht)(?: am| an)? (?<days>${DE_DAY}(?:(?:,? (?:und|oder) |, ?)(?:am )?${DE_DAY})*)`,
    'iu',
  ),
  weekdays: 'montag dienstag mittwoch donnerstag freitag (?:samstag|sonnabend) sonntag'
    .split(' ')
    .map((day) => new RegExp(`(?<!\\p{L})${day}s?(?!\\p{L})`, 'iu')),
  later: /(?<!\p{L})(?:später|spätere?[nrs]?|weitere|mehr)(?!\p{L})/iu,
  anotherDay:
    /(?<!\p{L})(?:(?:ein )?ander(?:er|en|es) (?:tag|datum|woche)|nächste woche)(?!\p{L})/iu,
  again: /(?<!\p{L})(?:noch ?(?:ein)?mal|wiederholen|(?:was|wann|welcher) war(?:en)?)(?!\p{L})/iu,
  none: /(?<!\p{L})(?:kein(?:e|er|en|s)?|nichts davon|passt (?:mir )?nicht)(?!\p{L})/iu,
  choices: [
    /(?<!\p{L})(?:(?:nummer )?(?:eins|1)|erste[nr]?)(?!\p{L}| uhr)/iu,
    /(?<!\p{L})(?:(?:nummer )?(?:zwei|zwo|2)|zweite[nr]?)(?!\p{L}| uhr)/iu,
    /(?<!\p{L})(?:(?:nummer )?(?:drei|3)|dritte[nr]?|letzte[nr]?)(?!\p{L}| uhr)/iu,
  ],
  oldTime: /^.*(?<!\p{L})vo[mn](?!\p{L})/isu,
  newTime: /(?<!\p{L})(?:auf|zu|stattdessen)(?!\p{L})/giu,
  aboutTime: /(?<!\p{L})(?:zeit|uhrzeit|tag|datum|termin)(?!\p{L})/iu,
  instead: /(?<!\p{L})(?:lieber|besser|stattdessen|machen wir)(?!\p{L})/iu,
  late: /(?<!\p{L})(?:verspäte\p{L}*|zu spät|(?:minuten|etwas|bisschen|halbe stunde) später)(?!\p{L})/iu,
  moves:
    /(?<!\p{L})(?:verschieb\p{L}*|verleg\p{L}*|änder\p{L}*|umbuch\p{L}*|tausch\p{L}*|ander(?:er|en|es)|stattdessen|früher|später)(?!\p{L})/iu,
  comes: /(?<!\p{L})(?:stattdessen|dafür|(?:kann|könnte) (?:\S+ ){1,4}kommen)(?!\p{L})/iu,
  wantsVisit:
    /(?<!\p{L})(?:termine?|buchen|reservier\p{L}*|besuch|komme[nt]?|vorbei\p{L}*|sehen|ansehen|anschauen|untersuch\p{L}*)(?!\p{L})/iu,
  books:
    /(?<!\p{L})(?:(?:einen|neuen) (?:\p{L}+ )?termin (?:\p{L}+ )?(?:vereinbaren|ausmachen|machen|buchen)|termin buchen)(?!\p{L})/iu,
  callsOff:
    /(?<!\p{L})(?:absagen|abblasen|absage|ausfallen lassen|brauche (?:\p{L}+ ){1,3}(?:nicht|keinen) mehr)(?!\p{L})/iu,
  clause: /[,;.]|(?<!\p{L})(?:und|aber)(?!\p{L})/iu,
  existing:
    /(?<!\p{L})(?:meinen?|unseren?|bestehenden?|anderen) (?:termin|tisch|reservierung)(?!\p{L})/iu,
};

const KO: AppointmentCues = {
  earlier: /더\s*(?:일찍|빠른|빨리)|이른\s*시간|(?:가장|제일)\s*빠른/u,
  anyDay: /아무\s*(?:날|요일|때)|매일|(?:어느|무슨)\s*요일이든/u,
  except: /(?<days>(?:[월화수목금토일]요일[,\s이나하고과와]*)+)(?:만)?\s*(?:빼고|말고|제외)/u,
  weekdays: '월 화 수 목 금 토 일'.split(' ').map((day) => new RegExp(`${day}요일`, 'u')),
  later: /더\s*(?:늦|뒤|나중)|나중|늦은|다음\s*시간/u,
  anotherDay: /다른\s*(?:날|요일|주)|다음\s*주/u,
  again: /다시|뭐였|언제였/u,
  none: /없|아무것도|다\s*안/u,
  choices: [/일\s*번|첫|1\s*번?/u, /이\s*번|두\s*번|둘|2\s*번?/u, /삼\s*번|세\s*번|셋|3\s*번?/u],
  oldTime: /(?!)/u,
  newTime: /(?:에서|대신)/gu,
  aboutTime: /시간|날짜|요일|예약/u,
  instead: /으로\s*(?:해|바꿔)|말고|대신/u,
  late: /늦(?:을|게|어요|습니다)/u,
  moves: /바꾸|바꿔|변경|옮기|옮겨|미루|미뤄|당기|당겨|다른/u,
  comes: /대신|갈\s*수\s*있/u,
  wantsVisit: /예약|진료|방문|가도|갈\s*수|가고|가려|봐\s*주|뵐/u,
  books: /예약(?:을|를)?\s*(?:하고|하려|잡)/u,
  callsOff: /취소|안\s*가(?:려고|기로)|못\s*가(?:게|겠|요)/u,
  clause: /[,;.]|(?<=하고|는데|인데)\s/u,
  existing: /(?:제|내|잡아\s*둔|해\s*둔|있는|원래)\s*예약|예약(?:이|을)?\s*(?:있|해\s*뒀|했)/u,
};

const LANGUAGES: Readonly<Record<string, AppointmentCues>> = { en: EN, de: DE, ko: KO };

/** The cues of a language; English where it has none, whose keys work all the same. */
export const appointmentCues = (language: string): AppointmentCues =>
  LANGUAGES[language.toLowerCase().split(/[-_]/u)[0] ?? ''] ?? EN;
