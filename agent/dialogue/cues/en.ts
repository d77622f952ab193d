import type { Cues } from './cues.js';

/** Said around a yes, and none by themselves. */
const FILLERS = '(?:uh|um|oh|well|and|please|thank you|thanks)';
const YES =
  "(?:yes|yeah|yep|yup|sure|okay|ok|right|correct|(?:that's|that is) (?:right|correct|fine|it|good|perfect)|fine|exactly|perfect|absolutely|of course|it is|please do|go ahead|you can|that works|sounds good|all right|alright|indeed|i do)";

/** People for whom others call. */
const RELATIVE =
  '(?:mother|mum|mom|mam|lads?|lass|hubby|grandad|grandpa|nana|mummy|father|dad|daddy|sons?|daughters?|child|children|kids?|boys?|girls?|baby|toddler|twins|husband|wife|partner|boyfriend|girlfriend|brother|sister|grand(?:mother|father|son|daughter|child|ma|pa|dad|mum|mom)|gran|nan|granny|aunt|auntie|uncle|niece|nephew|cousin|parents?|friend|neighbou?r|little one|other half|stepson|stepdaughter)(?:-in-law)?';

/** English. */
export const en: Cues = {
  cancel:
    /\b(?:never ?mind|forget (?:it|about it|that|the message)|cancel (?:that|it|this|the message)|(?:do not|don't) want to leave a message|no message)\b/iu,
  goodbye: /\b(?:good ?bye|bye|that's all|that is all|i have to (?:go|hang up))\b/iu,
  person:
    /\b(?:(?:speak|talk) (?:to|with)|connect me|transfer me|put me through|operator|receptionist|human(?: being)?|(?:real|live|actual) person|someone else|somebody else)\b/iu,
  yes: new RegExp(
    `^(?:${FILLERS}[\\s,.!]+)*${YES}(?:[\\s,.!]+(?:${YES}|${FILLERS}))*[\\s,.!]*$|^(?:${FILLERS}[\\s,.!]+)*(?:yes|yeah|yep|correct|that's right|that is right|that's correct)\\b`,
    'iu',
  ),
  no: /^(?:um |uh |oh |well )*(?:no|nope|nah|not (?:quite|really|right|correct)|that's (?:not|wrong)|that is (?:not|wrong)|wrong|incorrect)\b/iu,
  urgent:
    /\b(?:(?:it is|it's|it's quite|is|very|quite|pretty|really|rather|extremely) urgent|urgently|as soon as possible|a\.?s\.?a\.?p|right away|right now|straight away|immediately|it can(?:no|')t wait|an? emergency)\b|^urgent\b/iu,
  notUrgent:
    /\b(?:not (?:very |that |so |really |particularly )?urgent|(?:not|isn't|no|wasn't) (?:an |a real )?emergency|isn't urgent|no (?:hurry|rush)|not in a hurry|can wait|take your time|whenever)\b/iu,
  ownNumber:
    /\b(?:this (?:number|one|phone)|(?:the )?(?:number|one|phone) (?:that )?i'm calling (?:from|on)|same number|number i(?: a|')m (?:calling|ringing) from|the number you (?:see|have))\b/iu,
  refuse:
    /\b(?:rather not|prefer not|(?:do not|don't) (?:want to|wish to|wanna) (?:say|give|tell|leave)|none of your business|(?:you|they) (?:already )?have (?:it|my (?:number|name))|(?:do not|don't) have (?:a|an|any|one|it)|i(?: have|'ve got| have got|'ve) no (?:\w+ )?(?:tele)?(?:phone|number|mobile|e-?mail)|i(?: have|'ve) told you i have no|i'd rather|not (?:telling|giving) (?:you|that|it|my)|(?:won't|will not|not going to) (?:say|tell|give)(?: you)?)\b/iu,
  anyTime:
    /\b(?:any ?time|whenever|(?:does not|doesn't) matter|(?:do not|don't) (?:mind|care)|no preference|all day|when(?:ever)? (?:it suits|you can|they can)|as soon as possible)\b/iu,
  echo: /^(?:(?:that(?:'s| is)|it is|you(?:'re| are)) (?:all )?(?:right|correct|fine|it)|exactly|correct|right)[\s.!,]*$/iu,
  courtesy: /^(?:(?:please|thank you|thanks|um|uh|so|very|much)[\s.!,]*)+$/iu,
  aside:
    /\b(?:(?:say|repeat) (?:that|it|this)|say again|pardon|come again|what did you say|(?:did not|didn't|could not|couldn't|can't) (?:hear|catch|understand)|hold on|hang on|(?:one|just a) (?:moment|second|minute)|wait)\b/iu,
  identity:
    /\b(?:(?:am i|i'm|i am) (?:talking|speaking) (?:to|with) an? (?:\w+ )?(?:robot|machine|computer|recording|bot|ai|person|human)|are you an? (?:\w+ )?(?:robot|machine|computer|bot|recording|ai|person|human)|are you (?:real|human|automated)|(?:is (?:this|that|it) an? (?:\w+ )?(?:robot|machine|computer|bot|recording|ai|answering machine|real person)|(?:who|what) (?:are you|is this|am i (?:talking|speaking) (?:to|with))|what(?:'s| is) your name|(?:who|where|what number)(?:'ve| have) i (?:rung|called|got|reached|dialled|phoned)(?: through to)?|what(?:'s| is) this (?:place|company|number|line))(?=\W*$|[.,!?;]| (?:please|again|then|here|now|or|speaking|calling|today)\b))\b/iu,
  recordingAsked:
    /\b(?:(?:is|are|am|was|were) (?:this|it|that|the call|you|we|i|my call)(?: \w+)? (?:(?:being )?recorded|recording)|(?:do|will|did) you record(?=\W*$| (?:this|it|that|me|us|calls?|everything|(?:(?:the|these|my|your|our|all|phone) ){1,3}(?:calls?|conversations?))\b)|who (?:can )?(?:listens?|hears?)(?: \w+){0,2} (?:to )?(?:this|the recording))\b(?!.*\b(?:don't|do not|not want|stop|no)\b)/iu,
  aboutRecording:
    /\b(?:recorded|recordings?|(?<!\b(?:his|her|my|their|our|your|the|on|medical|patient|health) )records?|tap(?:e|ed|ing)|listen\w*)\b/iu,
  dismisses:
    /^(?:(?:no|oh|well|um|uh|ok|okay|actually|sorry|it's)[\s,.!]+)*(?:(?:don't|do not) (?:bother|worry)(?: about it)?|(?:it's |that's )?(?:fine|nothing|not important)|leave it|(?:it |that )?(?:doesn't|does not) matter|i'll (?:call|ring|try) (?:back|again)(?: later)?)(?:[\s,.!]+(?:thanks|thank you|then|really))*[\s,.!]*$/iu,
  noCallBack:
    /\b(?:no need|no call ?back|not necessary|(?:don't|do not|needn't) (?:\S+ ){0,3}(?:call|ring|phone))\b/iu,
  asksBack:
    /^(?:(?:sorry|oh|er|eh|what|wait|pardon|hm+|uh|huh)[\s,.!?]+)*(?:(?:is it|(?:do |did )?you (?:want|need|mean|say))\s+(?:my |the |your )?(?:what|name|(?:phone |telephone )?number|address|date of birth|birthday|e-?mail)|(?:what|which) (?:phone |telephone |mobile )?(?:name|number|date|e-?mail(?: address)?)|(?:(?:do )?you mean |is it )?(?:just |only |more or less )*(?:roughly|approximately|more or less|a rough (?:idea|guess|date|day|time)|the exact (?:date|day|time))(?:[\s,]+(?:you mean|will do|enough|okay|ok))?|(?:what|how) do you mean(?: by that)?|like what|exactly(?=\s*\?)|what|eh|huh|sorry|pardon)(?:[\s,.!?]+(?:my |the )?(?:phone |telephone |mobile )?(?:name|number))?[\s?!.]*$/iu,
  asksWhy:
    /\bwhy (?:do|would|are|should|must) (?:you|i)(?: \w+){0,3}? (?:need|want|asking|know|give|tell|say)\b|\bwhat (?:do|would) you (?:need|want) (?:that|it|this|my [\w ]{3,20}) for\b|\bwhat(?:'s| is) (?:that|it|this) for\b|^(?:(?:and|but|sorry|um|uh|ok|okay)[\s,.]+)*why(?: (?:is that|that))?[\s?.!]*$/iu,
  unknown:
    /\b(?:don't|do not|can't|cannot|couldn't|never) (?:know|remember|recall|think of)\b|\b(?:no idea|off by heart|off the top of my head|haven't (?:a clue|got it)|(?:have|'ve) forgotten)\b/iu,
  ownDoings:
    /\b(?:do|must|should|shall|will|may|am) i (?:need|have|be|bring|eat|drink|fast|take|still|supposed|allowed|wear|stop|expect|get there)\b|\b(?:how long|will it|is it (?:going to|gonna)|does it) (?:hurt|take|last|leave|bleed)\b/iu,
  looksUp:
    /\b(?:can|could|can't|cannot|couldn't|won't|do|don't|have|haven't) (?:you|they)(?: (?!tell)\w+){0,2}? (?:(?:look|check|find|know|have|got) (?:it|that|this|them|my|me|him|her|all)|see (?:it|that|this|what|which)|look (?:in|on|at)|tell from)\b|\byou(?:'ve| have| should| must| will|'ll)? (?:already |surely )?(?:have|got) (?:it|that|my \w+|me|this|them|all that) (?:there|in|on|down|already|somewhere)\b|\b(?:it|that|everything|all of it)(?:'s| is|'ll be| should be| must be| will be) (?:all |already )?(?:in|on) (?:your|the|my) (?:file|system|computer|records?|notes?|screen|books?)\b/iu,
  ownAddress:
    /\b(?:i live|we live|i'm at (?:number )?\d|we're at (?:number )?\d|my (?:home )?address(?: is|'s)|(?:my|our|the) post ?code(?: is|'s))\b/iu,
  whereabouts:
    /\bwhere(?:(?:'s| is| has| was) (?:he|she|(?:the|your|our|my|that) (?:plumber|electrician|builder|engineer|technician|driver|roofer|painter|gardener|cleaner|man|men|guy|lad|chap|bloke|fella))| (?:he|she)(?: is|'s))\b(?! (?:to|meant|supposed|going|should)\b)/iu,
  objects:
    /\b(?:(?:do not|don't|would not|wouldn't) (?:want|like) (?:that|it|this|to be)|rather not|please (?:don't|do not|stop)|stop (?:it|that|this|recording)|(?:delete|erase|wipe|destroy|scrub|remove) (?:that|it|this|everything|all (?:of )?(?:it|that)|the recording)|(?:turn|switch) (?:it|that|this|the recording) off)\b/iu,
  saidAlready:
    /^(?:(?:well|no|um|uh|oh|yes|yeah|it's|just|exactly|only|like|as|but|and)[\s,.]+)*(?:what i(?:'ve| have)? (?:just |already )?(?:said|told (?:you|him|her|them))|i(?:'ve| have)? (?:just |already )?(?:said|told you)(?: (?:that|so|it|already|before))*|you heard(?: me)?)[\s.!]*$/iu,
  nothingMore:
    /^(?=.*\b(?:all|it|everything|lot|else|more|good|fine|done|set|do)\b)(?:(?:no|nope|nah|um|uh|oh|well|i think|that(?:'s|'ll be|'ll| is| will be| will)? (?:all|it|everything|the lot|fine|me|do)|nothing (?:else|more)|i(?:'m| am) (?:good|fine|done|all set|all good)|cheers|ta|ta ra|cheerio|bye|bye bye|goodbye|thanks?|thank you|very much|a lot|see you|then|now|for now|lovely|great|brilliant|love|mate)(?:[\s,.!]+|$))+$/iu,
  past: /\b(?:last|yesterday|ago|the other (?:day|night|week)|earlier)\b/iu,
  wrongNumber:
    /\b(?:(?<!\b(?:gave|given|give|told|left|said|wrote|took)\b.{0,20})wrong number|i (?:misdialled|misdialed))\b/iu,
  slower:
    /(?:^(?:(?:sorry|please|no|oh|um|and|a|bit|little|much|more|again)[\s,.!]+)*|\b(?:speak|speaking|talk|talking|say|go|read|repeat|spell)(?: \w+){0,4} )(?:slower|slowly)(?=[\s.!?,]*(?:please|$))|(?:^(?:(?:sorry|oh|no|a bit|much|way)[\s,.!]+)*|\b(?:you(?:'re| are)|that(?:'s| is| was)) (?:\w+ ){0,2}|\b(?:speaking|talking) )too fast\b/iu,
  replaces:
    /^(?:oh |uh |um |well |sorry |wait )*(?:actually[\s,]+(?:no\b|i(?:'d| would)? (?:rather|prefer)|i (?:need|want) to)|no[\s,]+(?:wait|actually|i mean)|on second thoughts?|instead\b|i(?:'ve| have) changed my mind)|\b(?:changed my mind|(?<!\b(?:don't|not|never) )(?:forget|scrap) (?:that|it|about that)|rather than that)\b/iu,
  asksFor:
    /(?<!\b(?:when|where|how|why|what time|which days?|how long) )\bis (?!any|some|it\b|this\b|that\b|there\b)(?:\S+ ){1,5}?(?:there|in|about|around|available|free|in the office|at (?:work|(?:his|her|their) desk))(?=\s*(?:$|[.,!?;]|please|today|now|right now|at the moment|by any chance|for a (?:minute|moment|second|word|chat)))|\b(?:(?:speak|talk) (?:to|with)|(?:get|got) hold of|a (?:quick )?word with|put me (?:on|through) to)\b/iu,
  booking: /\b(?:appointments?|book(?:ed|ing)?|reserv\w+|slots?|come in)\b/iu,
  titled:
    /(?<!\b(?:the|an?|my|your|our) )\b(?:doctor|dr|mister|mr|mrs|ms|miss|nurse|professor|prof)\b\.? (?!(?:in|is|on|at|to|who|please|today|now|there|about|and|or|for|available|free|if|that|because)\b)\p{L}{2,}/iu,
  concerning:
    /\b(?:about|against|regarding|concerning)\b(?:(?!\b(?:with|to)\b)(?:[^.,;!?]|(?<=\b(?:dr|mrs?|ms|prof))\.))*/iu,
  callBack:
    /\b(?:call|ring|phone)(?:ed)? (?:me |us |her |him )?(?:back|up)\b|\b(?:call|ring|phone) me\b/iu,
  aboutHours:
    /\b(?:open(?:ing|s)?|close[sd]?|closing|hours|there (?:on|at|today|tomorrow|until|till))\b/iu,
  onBehalf:
    /\b(?:(?:her|his|their|the (?:patient|child|baby)(?:'s)?|my (?!(?:first|last|full|sur|middle|family|own|new|maiden|married|given|legal|christian|nick|user|(?:company|business|firm|doctor|dentist)(?:'?s)?) ?name)(?!name)\S+(?:'s)?) (?:full )?name(?:'s| is)|(?:she|he)(?:'s| is) called|(?:the )?patient(?:'s| is)(?: called)?|it(?:'s| is) for my \S+?,?|on behalf of(?: my)?(?: \S+,?)?(?= (?:mr|mrs|ms|miss)\b))\s+(?<name>[^.,;?!]{2,40})/iu,
  kin: new RegExp(
    String.raw`\b(?:(?<=\b(?:for|of|about|see|bring|book|get|regarding|concerning) )|(?=(?:my|our) (?:\w+ ){0,2}?${RELATIVE},? \S+(?: \S+)?(?:'s| (?:needs?|has|had|is|was|wants|would|should|must|can))\b))(?:my|our) (?:(?!name\b)\w+ ){0,2}?${RELATIVE},? (?:called |named )?(?<name>[^.,;?!]{2,40})`,
    'iu',
  ),
  relative: new RegExp(
    String.raw`\b(?:(?:results?|prescriptions?|records?|appointments?|tests?|scans?|x-?rays?|bills?|notes?|letters?|certificates?|cop(?:y|ies)) of|for|see|bring|book|get|take) (?:my|our) (?:(?!name\b)\w+ ){0,2}?${RELATIVE}(?!\w|'s (?:name|birthday|school|house|place|flat))|\b(?:my|our) (?:\w+ ){0,2}?${RELATIVE}(?:(?:'s|s') (?:had|got|been|just|not|down|nearly|almost|out of|on|ill|sick|poorly|due|coming|going|having|brace|braces|wire|filling|eye|ear|arm|leg|foot|knee|hand|rash|cough|hurt|broken|lost|run|got|appointment|check-?up|vaccination|jabs?|visit|slot|prescription|tablets|pills|medicine|medication|inhaler|results?|blood|test|tooth|teeth|records?)|'?s? (?:needs?|has|have|had|is|was|are|wants?|would|should|must|can|could|has to|hurt|broke|fell|lost|knocked|chipped|feels?|cracked))\b`,
    'iu',
  ),
  partWrong:
    /\b(?:(?:number|name|message|time|day|date) (?:(?:that )?i (?:gave|told|left)(?: you)? )?(?:was|is|might be|may be|must be) (?:\w+ )?(?:wrong|incorrect|not right|mistaken)|(?:number|name|message|time|day|date)'s (?:wrong|not right)|(?:got|have|had|spelt|spelled|put|wrote|heard|took) (?:down )?(?:my |the )(?:\w+ )?(?:number|name|day|date|time|message) (?:down )?wrong|(?:gave|given|give|told|left|said) (?:you |them )?(?:the |a |my )?(?:wrong|old|incorrect) (?:\w+ )?(?:number|name|day|date|time|message)|mistake (?:in|with|about) (?:the|my) (?:\w+ )?(?:number|name|message|time|day|date))\b/iu,
  allServices:
    /\b(?:(?:what|which) (?:\w+ ){0,2}?(?:kinds?|sorts?|types?|services?|treatments?|things|work|jobs|areas? of law)\b|what (?:all |else )?(?:do|can|are) (?:you|they|your)\b|what(?:'s| is) (?:it )?(?:you|on offer)|(?:your|the|all|any) (?:range of )?(?:services|treatments)\b(?! (?:for|like|such))|(?:list|range) of (?:services|treatments)|what .{0,30}\b(?:offer|provide|specialise|specialize)\b|^\W*(?:services|treatments)\W*$)/iu,
  asksMessage:
    /\b(?:(?:leave|take|give|pass(?: on)?|get|send|have) (?:\w+ ){0,3}?(?:message|note)|message for|pass (?:this |that |it )?on|let \w+(?: \w+){0,2} know|(?:call|ring|phone|get|speak)(?:s|ed|ing)?(?: (?:me|us|him|her))? back|(?:call|ring|phone) me|call ?back|give me a (?:call|ring|bell)|tell (?!me\b|you\b)\w+)\b/iu,
  hollow:
    /^(?:i'?d?|i'?m|i'?ve|i'?ll|me|my|you|your|he|she|they|we|us|our|him|her|his|them|their|it'?s?|its|this|that'?s?|there'?s?|a|an|the|to|for|of|on|in|at|by|from|with|up|off|about|and|or|but|so|if|as|please|thanks?|thank|hi|hello|hey|yes|yeah|no|not|oh|um|uh|well|ok|okay|just|sorry|morning|afternoon|evening|today|tonight|tomorrow|later|now|soon|again|back|can|could|would|will|should|may|might|do|does|did|don't|am|is|are|was|were|be|been|have|has|had|having|like|want|wants|wanted|need|needs|get|gets|got|give|take|leave|leaving|make|let|ask|tell|say|speak|talk|know|someone|somebody|anyone|anybody|who|whoever|whom|what|when|whenever|where|how|minute|moment|time|chance|free|available|possible|possibly|convenient|urgent|urgently|important|quick|quickly|short|bit|message|note|call|ring|phone|telephone|mr|mrs|ms|miss|dr|doctor|nurse|mister|man|lady|person|people|office|desk|reception|one|any|some|all|here|then|really|very|good|day|after|before|around|o'clock|asap|name|number|mobile|speaking|calling|ringing|phoning|which|because|able|arrange|kindly|ever|wondering|wonder|something|anything|matter|reason|mind)$|^\d+$|^(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|quarter|past|noon|midday|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)$/iu,
  opener:
    /^(?:(?:hi|hello|hey|yes|yeah|um|uh|so|well|please|sorry|good (?:morning|afternoon|evening))[\s,.!]+)*(?:(?:can|could|would) (?:you|somebody|someone) help me|i (?:have|had|'ve got) (?:a |just a )?(?:quick |small )?question|i(?:'m| am) not (?:really |quite )?sure (?:who|what) (?:i (?:need|should|have|want)|to) (?:to )?(?:talk to|speak to|speak with|ask|call|do|say)|i (?:need|want|would like|'d like) (?:some |a bit of )?(?:information|advice)|i was wondering if you (?:can|could) help(?: me)?|i(?:'m| am) (?:calling|ringing|phoning) (?:on behalf of (?:my|an?) \w+|for (?:my|an?) (?:son|daughter|child|children|kids?|baby|mother|mum|mom|father|dad|parents?|husband|wife|partner|boyfriend|girlfriend|brother|sister|grand\w+|gran|nan|uncle|aunt|cousin|nephew|niece|friend|neighbou?r|colleague|boss|client)))(?: please| with something| out)?[\s.!?,]*$/iu,
  feasts:
    /\b(?:between|over|during|around) (?:the )?(?:christmas|xmas|new year(?:'s)?|holidays|festive|easter)\b/iu,
  correcting:
    /^(?:oh |uh |um |well )*(?:no|sorry|actually|wait|i mean|i meant|correction|my mistake|excuse me|hold on|that(?:'s| is| was) (?:wrong|not right))\b/iu,
  elsewhere:
    /\b(?:actually|by the way|before (?:that|i forget)|one more thing|something else|instead|oh and|another (?:thing|question)|first of all|changed my mind)\b/iu,
  aboutBirth: /\b(?:born|birth|birthday|date of birth)\b/iu,
  question:
    /^(?:and |but |so |sorry |wait )*(?:what|where|when|how|why|who|which|do|does|did|has|can|could|is|are|was|were|may|will|would|should)\b|\?\s*$/iu,
  aboutName: /\b(?:(?:first |last |sur|family )?name|spelled|spelt|spelling)\b/iu,
  otherNumber:
    /\b(?:(?:a |an)?(?:different|another|other|new) (?:phone )?(?:number|one)|not (?:on )?(?:this|that) (?:number|phone)|(?:wrong|old) (?:phone )?number)\b/iu,
  aboutNumber: /\b(?:number|digits?|phone|area code)\b/iu,
  nth: [
    /\b(?:first|former)\b|^(?:number |key )?one[.!]?$/iu,
    /\b(?:second|latter)\b|^(?:number |key )?(?:two|to)[.!]?$/iu,
    /\bthird\b|^(?:number |key )?three[.!]?$/iu,
  ],
  reference: /\b(?:it|that|they|(?<!\b(?:is|are) )there|those|these)\b/iu,
  telling:
    /^(?:(?:please|just|well|um|uh|oh|no|yes|yeah|and|then|so),? )*(?:tell (?!me\b|you\b)(?:the )?\S+)(?: \S+){2,}|\b(?:to (?:let|tell) (?!me\b)\S+(?: know)?|because(?! .{0,30}\bmessage\b)|regarding|concerning|about (?:the|my|our|your|an?|his|her))(?: \S+){3,}/iu,
  newReason:
    /\b(?:message|reason) (?:(?:is|was) (?:wrong|not right)[,;:.]? (?:it's|it is|that|it should (?:be|say))|is|should be|is that|should say)[:,]? (?<rest>.{8,})$/iu,
  aboutReason: /\b(?:message|reason|rest|what i said|the text|about)\b/iu,
};
