import { parted, words, type Made } from './answers.js';

const LONG_AGO = parted(`
  last year | last month | last summer | in spring | in february | in august | in twenty seventeen | years ago
  | ten years ago | when i was a child | when she was little | as a teenager | back in the nineties | before christmas
  | a few weeks ago | a couple of years back | on holiday in june | over a year ago | once as a baby`);

/** Who is meant, how they are, and what happened to them long ago. */
export const people: readonly Made[] = [
  {
    count: 110,
    frames: ['{who} {how}', '{who} {how}', '{who} {how} at the moment', 'well {who} {how}'],
    fill: {
      who: parted(`he's | she's | he's | she's | my son's | my daughter's | my mum's | my dad's | my husband's
        | my wife's | the baby's | my partner's | my nan's`),
      how: parted(`in a nursing home | in a care home | registered blind | deaf in one ear | using a stick now
        | using a frame | on crutches | housebound | bedridden | back at work | off sick | working nights
        | on the late shift | on maternity leave | going through the change | at university | away at school
        | abroad | in the army | in the garden | in the car | upstairs | downstairs having lunch | on the sofa
        | at the shops | stuck at work | out with the dog | gone to work | gone out for a bit | gone back to sleep
        | having a shower | having his tea | having her breakfast | not here right now | not a patient of yours
        | not very good on the phone | a bit forgetful | a bit shy | a bit under the weather | a fussy eater
        | a poor sleeper | a vegan | a smoker | a heavy drinker | a wheelchair user | a diabetic on tablets
        | an asthmatic | autistic | allergic to latex | allergic to eggs | allergic to aspirin | intolerant to milk
        | coeliac | anaemic | overweight | underweight | constipated | teething again | off milk
        | crawling now | walking already | potty training | growing fast | wearing hearing aids
        | waiting for a hip | due an operation | waiting to be seen | under the hospital | under a specialist
        | been referred already | been seen there before | been put on something else | been poorly with a cold
        | been sleeping better | got a temperature of thirty seven | got the same name as me | got a different surname
        | got it on a card | got dementia | got learning difficulties | got a bad hip | got a chest infection
        | got an ear infection | got nits | got tonsillitis | got impetigo | got a stomach bug | got chickenpox
        | got conjunctivitis | got the flu | doing well | doing fine | much the same | nearly better | all right really
        | on blood thinners | on steroids | on the pill | on antibiotics already | on a waiting list
        | worried about it | fed up with it | not eating much | not sleeping | not bothered | not keen on needles`),
    },
  },
  {
    count: 100,
    frames: [
      '{who} {past} {when}',
      '{who} {past} {when}',
      'it was {event} {when}',
      '{event} {when}',
    ],
    fill: {
      who: words('he she i he she i'),
      past: parted(`had a fall | had a stroke | had a heart attack | had a blood clot | had pneumonia
        | had an accident | had an operation | had a bypass | had a stent put in | had an allergic reaction
        | had a bad reaction to penicillin | had a panic attack | had appendicitis | had a miscarriage
        | had sepsis | had meningitis | had cancer | had chemo | had a nosebleed | had concussion | had a hip done
        | had a cataract done | had the gall bladder out | had a caesarean | broke a leg | broke a rib
        | broke a finger | fractured a hip | dislocated a shoulder | cut a thumb | needed stitches | burnt a hand
        | slipped on the ice | hit a knee
        | bumped her head | banged his head | twisted an ankle | tore a muscle | pulled a hamstring
        | fainted | blacked out | collapsed | choked on a bone | swallowed a coin | was in intensive care
        | was in a coma | was in a crash | was in hospital | was bitten by a dog | was stung | was attacked
        | was burgled | was mugged | nearly died | stopped breathing | took an overdose | was poorly | was knocked over`),
      event:
        parted(`a heart attack | a stroke | a mini stroke | a heart operation | a fall | a broken wrist
        | a broken ankle | a car crash | a blood clot | a bleed on the brain | a burst appendix | a burn
        | an asthma attack | a fit | a collapsed lung | a head injury | a stabbing | a house fire`),
      when: LONG_AGO,
    },
  },
  {
    count: 24,
    frames: ['{who} {died}', '{who} {died}', "my late {kin}'s {thing}", "i'm his {mourner}"],
    fill: {
      who: parted(
        'my husband | my wife | my father | my mum | my brother | my nan | my grandad | he | she | the cat',
      ),
      died: parted(`died in march | died three years ago | died last winter | died a while back | passed away recently
        | passed on last month | died of cancer | has died since | died in her sleep last may`),
      kin: words('father husband wife aunt brother grandmother'),
      thing: words('estate will house records pension bill'),
      mourner: words('executor widower son'),
    },
  },
  {
    count: 36,
    frames: ['{it} {kin}', '{it} {kin}', "i'm the {role}", "he's the {role}", "it's {kin} {deed}"],
    fill: {
      it: parted("it's | it's for | for | that's | he's | she's | i'm calling for"),
      kin: parted(`my sister in law | my father in law | my stepdaughter | my half brother | my great aunt
        | my grandson | my granddaughter | my ex wife | my fiance | my flatmate | my lodger | my best friend
        | our au pair | our tenant | my boss | a colleague | my client | one of our residents | the lady next door
        | my elderly uncle | my youngest | my eldest | the little one | both children | all three of us`),
      role: parted(`landlord | tenant | carer | social worker | support worker | next of kin | manager | owner
        | executor | neighbour | babysitter | teacher | interpreter | warden | midwife`),
      deed: parted('who rang before | who asked | who is coming | that needs it'),
    },
  },
];
