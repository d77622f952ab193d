import { parted, type Made } from './answers.js';

/** What callers tell of people and things that did or do something ordinary. */
export const doings: readonly Made[] = [
  {
    count: 150,
    frames: ['{who} {did}', '{who} {did}', '{who} {did} {when}', '{who} has {done}'],
    fill: {
      who: parted(
        'he | she | he | she | i | my son | my daughter | my mum | my husband | my wife | my nan',
      ),
      did: parted(`went to the shop | went back to work | went home | came home on friday | came last time
        | came with me | saw the nurse | saw somebody else | spoke to somebody | rang this morning | got a letter
        | got a text | got it from the pharmacy | took the last one today | takes half of one | takes it with food
        | stopped taking it | started a new job | started school | started walking | changed doctors | moved house
        | works nights | finished a late shift | came off a long shift | goes out in the afternoons | went out in the car
        | uses a second name | uses a wheelchair outside | has a walking frame | brought a bad knee | came about a wrist
        | is on something new for it | was prescribed something else | had the adenoids out | had all the injections
        | moved in with us | lives with me | lives on his own | lives in a flat | wears glasses | wears a brace
        | walks with a stick | uses a hoist | needs an interpreter | needs a lift | can't drive | can't hear on the phone
        | can't come himself | won't be there | won't say | doesn't know i'm calling | doesn't like doctors | doesn't eat meat
        | doesn't drive | hates needles | prefers a woman | wants to know first | asked for you | booked it online
        | lost the card | forgot to ask | had it done privately | had the flu jab | had a wisdom tooth out | had a baby
        | had twins | had an x ray | had a scan | had a filling | had a bad cough | had a sore wrist
        | had the grommets put in | had his appendix out | had a cast on | had a check up | gave birth in may
        | lost a tooth | lost some weight | lost his hearing aid | grew out of it | ran out of them | was born early
        | was in the year above | was seen by your colleague | was told to ring | was given a cream | was adopted
        | sprained a wrist | pulled a muscle | stubbed a toe | caught a cold | scratched an eye | chipped a tooth
        | grazed a knee | got a splinter | got sunburnt | got stung by a bee | got bitten by a midge`),
      done: parted(`gone out | gone upstairs | gone to get it | had his lunch | had her nap | got in from school
        | got off the train | finished work | finished the course | turned six | started nursery | come off the phone
        | come back from holiday | come out of hospital | left the room | been to the toilet | been to the dentist`),
      when: parted(
        'last time | on saturday | in january | the other day | years ago | last autumn | yesterday',
      ),
    },
  },
  {
    count: 40,
    frames: ['the {thing} {fault}', 'my {thing} {fault}', 'the {thing} {fault}', 'a {thing}'],
    fill: {
      thing:
        parted(`filling | bridge | brace | retainer | denture | implant | veneer | boiler | radiator | shower
        | toilet | sink | dishwasher | immersion heater | light switch | breaker | doorbell | lock | gate | roof
        | gutter | ceiling | car | van | laptop | phone | hearing aid | bandage | cast | dressing | stitch | plaster`),
      fault:
        parted(`came loose | came out | fell off | keeps tripping | keeps cutting out | keeps dripping | is leaking
        | is cracked | is blocked | won't start | won't switch on | makes a noise | needs replacing | needs looking at
        | is wobbly | is too tight | is rubbing | broke last week | stopped working | went bang last week`),
    },
  },
];
