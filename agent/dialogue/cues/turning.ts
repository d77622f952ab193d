/** How callers turn from what is being asked; each is looked for in what was said. */
export interface TurningCues {
  /** Asks for whoever is in charge, and for nothing else: "get me the manager", "I want the boss" */
  readonly demandsPerson: RegExp;
  /** "I don't want to leave another message" */
  readonly wantsNoMessage: RegExp;
  /** "Go on with the appointment": back to what was begun */
  readonly resumes: RegExp;
  /** "Make that a blood test", "a check-up after all": something else than what was said before */
  readonly rather: RegExp;
  /** What a sentence names only to take it back: "not a check-up" */
  readonly takenBack: RegExp;
  /** A word of courtesy or a title beside a name that is asked for: "please", "hello", "Mister" */
  readonly besideName: RegExp;
}

const EN: TurningCues = {
  demandsPerson:
    /^(?:(?:no|look|listen|right|ok|okay|well|then|just|please|fine|sorry|but|and|so|now|oh|um|uh)[\s,.!]+)*(?:(?:please |just )?(?:get|give|find|fetch|bring|put) me (?:on to |through to |on with )?|i(?:'d like| would like|'ll have| want| need| demand)(?: to (?:speak|talk) (?:to|with))? |let me (?:speak|talk) (?:to|with) )(?:the|your|a|some) (?:\w+ ){0,2}?(?:manager|boss|owner|supervisor|director|(?:person|somebody|someone) in charge)(?:[\s,.!?]+(?:please|now|right|then|there|here|of|the|practice|office|clinic|firm|shop|place))*[\s,.!?]*$/iu,
  wantsNoMessage:
    /\b(?:(?:do not|don't) (?:want|wish) to|won't|will not|not going to) leave (?:a|any|another|yet another|one more) (?:\w+ )?message\b/iu,
  resumes:
    /\b(?:go on|carry on|continue|keep going|get on|(?:go |get )?back) (?:with|to) (?:the|my|that|our|what)\b|^(?:(?:no|yes|ok|okay|fine|right|well|then|please|just|so|alright|all right)[\s,.!]+)*(?:go on|carry on|continue|keep going)(?:[\s,.!]+(?:then|please|with it))*[\s,.!]*$/iu,
  rather:
    /\b(?:make (?:it|that)|change (?:it|that) to|rather|instead|after all|i (?:mean|meant)|on second thoughts?|better)\b/iu,
  takenBack: /\b(?:not|instead of|rather than|forget|no longer) (?:the|an?|my)\b[^,.;]*/giu,
  besideName:
    /^(?:hi|hello|hey|hiya|um|uh|oh|well|yes|please|thanks?|you|just|for|me|the|mr|mrs|ms|dr|doctor|mister|miss|missus|nurse|good|morning|afternoon|evening|sorry)$/iu,
};

const DE: TurningCues = {
  demandsPerson:
    /^(?:(?:nein|also|gut|ok|okay|jetzt|bitte|so|dann)[\s,.!]+)*(?:(?:geben|holen|verbinden) sie (?:mir|mich mit) |ich (?:will|möchte|verlange) (?:mit )?)(?:den|dem|die|der|ihren|ihrem|ihre|ihrer|einen|einem)? ?(?:chef\p{L}*|leiter\p{L}*|vorgesetzten?|inhaber\p{L}*|geschäftsführer\p{L}*)(?: sprechen| haben)?(?: bitte)?[\s.!]*$/iu,
  wantsNoMessage: /(?<!\p{L})keine (?:\p{L}+ )?nachricht hinterlassen(?!\p{L})/iu,
  resumes:
    /(?<!\p{L})(?:weiter(?:machen)? mit|zurück zu[mr]?|(?:machen|fahren) (?:wir|sie) (?:\p{L}+ )?(?:weiter|fort))(?!\p{L})/iu,
  rather: /(?<!\p{L})(?:lieber|doch|stattdessen|ich meine?|besser|machen (?:wir|sie))(?!\p{L})/iu,
  takenBack: /(?<!\p{L})(?:nicht|statt|anstelle) (?:ein|eine|einen|die|den|das)(?!\p{L})[^,.;]*/giu,
  besideName:
    /^(?:hallo|ja|ähm?|bitte|danke|guten|tag|morgen|abend|frau|herrn?|dr|doktor|die|den|der|mal|einmal|schwester)$/iu,
};

const KO: TurningCues = {
  demandsPerson:
    /(?:사장|원장|책임자|매니저|관리자|윗사람)(?:님)?\s*(?:을|를|좀|하고|과|와|이랑|랑)?\s*(?:좀\s*)?(?:바꿔|불러|연결|통화)/u,
  wantsNoMessage: /메시지\s*(?:를|는)?\s*(?:더\s*)?(?:안\s*남|남기(?:고\s*싶지\s*않|지\s*않))/u,
  resumes: /(?:계속|이어서|마저)\s*(?:해|할게|진행|하)/u,
  rather: /말고|대신|으로\s*(?:해|바꿔)|(?:이|가)\s*낫/u,
  takenBack: /\S+\s*말고/gu,
  besideName:
    /^(?:네|여보세요|안녕하세요|저기요?|좀|부탁\S*|선생님\S*|원장님\S*|간호사님\S*|씨\S*|님\S*)$/u,
};

const LANGUAGES: Readonly<Record<string, TurningCues>> = { en: EN, de: DE, ko: KO };

/** The cues of a language; English where it has none. */
export const turningCues = (language: string): TurningCues =>
  LANGUAGES[language.toLowerCase().split(/[-_]/u)[0] ?? ''] ?? EN;
