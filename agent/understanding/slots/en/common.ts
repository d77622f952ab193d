/**
 * Common words that are no names, for names said without "my name is". Given names and family names
 * that are words too (Mark, Grace, Young, Baker) are left out on purpose.
 */
const COMMON = `
a an the this that these those some any no none all both each every another other such same own
i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he's she's it's it'd it'll
that's there's here's what's who's where's how's let's they're they've they'd they'll who'd
who what which when where why how whose whom whether
and or but nor so yet if because since while although though unless until till than then as
of in on at by to from for with without about into onto over under after before between through
during against off up down out near beside behind above below around again back away across along
is am are was were be been being isn't aren't wasn't weren't do does did doing done don't doesn't
didn't have has had having haven't hasn't hadn't can can't cannot could couldn't shall should
shouldn't would wouldn't may might must ought need needs needed needn't won't ain't
yes yeah yep yup no nope nah not never ok okay sure fine right correct exactly absolutely maybe
perhaps probably definitely certainly please thanks thank thankyou sorry pardon excuse hello hi hey
bye goodbye cheers welcome um uh er erm eh ah oh hmm hm mm mhm huh well like just only also too
very really quite rather pretty much many more most less least few little lot lots bit enough even
still already always often sometimes usually soon now later today tomorrow tonight yesterday
morning afternoon evening night noon midnight day days week weeks weekend month months year years
monday tuesday wednesday thursday friday saturday sunday january february march july september
october november december time times hour hours minute minutes second seconds moment while
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
thousand first third fourth fifth sixth last next
good better great nice bad worse worst sick ill hurt hurts sore tired worried concerned happy glad
afraid urgent important new old big small high low early late free busy available ready able
possible impossible wrong different difficult hard easy quick quickly fast slow open closed
pregnant diabetic allergic dizzy feverish nauseous interested
capital uppercase lowercase apostrophe hyphen hyphenated dash underscore spell spelled spelt
double triple treble pronounced
attorney lawyer solicitor plumber electrician builder manager teacher owner tenant landlord customer
client accountant secretary assistant neighbour neighbor
name names named called caller number numbers phone telephone mobile cell email mail address
appointment appointments booking book booked slot visit schedule scheduled reschedule cancel
cancelled change move moved confirm check checkup doctor doctors nurse nurses surgery clinic
hospital office practice reception receptionist patient patients department insurance bill billing
invoice payment pay paid price cost charge result results test tests blood scan x-ray xray letter
form forms document documents certificate note notes record records referral prescription
prescriptions medication medications medicine medicines tablets pills refill repeat pharmacy
vaccine vaccination flu shot jab pain chest head back knee throat fever cough cold headache rash
emergency ambulance help helping question questions problem problems issue trouble message
messages someone somebody anyone anybody everyone everybody nobody something anything everything
nothing somewhere anywhere person people man woman boy girl child children kid kids baby son
daughter mother father mum mom dad wife husband partner brother sister friend neighbour neighbor
parent parents family boss manager colleague customer client company business order delivery
call calls calling calling's ring ringing return returning speak speaking talk talking say says
saying said tell telling told ask asks asking asked answer answering hear heard hearing listen
want wants wanted wanting like liked likes know knows known think thinks thought believe guess
hope hoping see seen saw look looking looks find found get gets getting got give gives given go
goes going gone come comes coming came make makes making made take takes taking took put keep
let leave leaving left wait waiting hold stop start started try trying tried use using used work
working works run feel feeling feels felt happen happened happening wonder wondering mean means
meant understand understood remember forget forgot send sent bring show follow following pick
collect drop wish prefer rather mind care fill sign spell spelled spelt spelling repeat
yourself myself himself herself itself themselves ourselves whoever whatever however wherever
here there everywhere either neither else instead actually basically honestly obviously currently
regarding concerning according per via plus minus dot dash hyphen underscore
robot machine computer human operator agent real stupid damn hell shit fuck fucking bloody
home house street road car park parking bus train station city town country world school
opening hours english spanish korean language speaks data privacy recording recorded
anonymous private nothing none self employed unemployed retired crazy kidding joking serious
it'll that'll who'll i'd've whats thats dont cant im ive its hes shes youre theyre
digit digits area code extension correct incorrect
lost direction directions outside inside service services rate rates almost callback representative
front desk floor register registered registration request requested requests noise perfect negative
positive finished stay stayed staying greeting greetings hiya howdy room rooms list lists waiting
available availability account accounts address app apply arm asap assistant attention back badly
bank because bed been begin beginning birthday blue bring broken building burning bus busy buy
cancer card cards case certain chance changing charged chat choice clear clearly close complaint
completely condition connected connect connection contact contract cough credit cut daily damage dead
deal debit decide dental dentist details diabetes died difference dinner discharge discount done door
doubt drink driving drug drugs due during early eat eating emergency end entirely error especially
exam example expensive eye eyes face fact fair fall fallen false family fax feet fell fine finger
finish foot forward friday funny further gdpr general glasses god going gonna gotta group guess
guys half hand happy hearing heart heavy held hotline idea ideal immediately infection info
information injection inquiry inquire enquiry insulin itch item job joke key late latest leg less
line link live lived local location login long loud lovely luck lunch main mainly manage material
matter meant meet meeting member mental mention mind minor mistake moment mouth music nausea near
nearly necessary neck nope normal nose noted notice obvious obviously offer official often opinion
opposite option options order other out outstanding over own page painful paper part particular past
paying pending permission personal physical place plan plans plenty point poor possible post pregnant
present pressure previous problem process proper purchase purpose push quarter queue quiet quote rang
reach reached read ready reason reasons receipt receive received recent recently reference refund
related relative remove reply report representative required reschedule response rest round sales
save saved seat security seem seems send separate seriously service set several shop short shoulder
shut side sign signed silence simple simply since sir sit site situation skin sleep smart someone
son soon sort sound sounds space special specialist specific staff stand standard state status still
stitches stomach story strange stroke strong stuff such suddenly suggest suit support suppose
supposed surely surgeon swelling swollen symptoms system table team technical television temperature
terrible text thanks therapy thing things third throat throwing ticket tooth total touch toward
transfer transferred treatment true trust truth turn type unable understand unfortunately unless update
upset use useful usual vacancy valid vaccines virus visiting visits voice voicemail vomiting wall
warm wasn water way ways weak wear weather website whole wonderful word words wound wrist write
writing x yours zero appreciate apologies apologise apologize arrive arrived awesome cool formerly previously everyone's
portuguese italian turkish polish spanish japanese chinese vietnamese nigerian ghanaian kenyan indian pakistani greek russian
ukrainian romanian hungarian swedish norwegian danish finnish brazilian mexican arabic persian iranian egyptian moroccan
australian canadian american british scottish swiss belgian austrian filipino thai hindi punjabi hawaiian korean
nobody's nothing's something's somebody's doctor's mother's father's son's daughter's wife's husband's
`;

/** Common words that are names too. */
export const both: ReadonlySet<string> = new Set(
  'bill park price street page hope guy day love hall may june march august case field post long small little rich frank drew pat chase bank wall waters banks summer cook case read short best good early moody blue story luck ray chance strong small close strange boring bowling cutting rolling rushing topping spring swing nation loving darling lively blessing'.split(
    ' ',
  ),
);

export const common: ReadonlySet<string> = new Set(
  COMMON.trim()
    .split(/\s+/u)
    .filter((word) => !both.has(word)),
);

/** Endings that common words have far more often than names. */
export const commonEndings: readonly string[] =
  'ing tion ment ness ible ful ately ently antly ously ively fully edly ingly nally cally ually'.split(
    ' ',
  );
