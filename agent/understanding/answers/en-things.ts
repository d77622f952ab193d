import { parted, words, type Made } from './answers.js';

const DIGITS = words('oh zero one two three four five six seven eight nine nine');
const LETTERS = words('a b c d e f g h i j k l m n o p r s t u v w x y z');

/** Where it hurts, with what, which medicine. */
export const health: readonly Made[] = [
  {
    count: 45,
    frames: [
      ...[
        'my {part}',
        'the {side} {part}',
        'my {side} {part}',
        "it's my {part} again",
        'a {what} on my {part}',
      ],
      ...[
        "her {part}'s {bad}",
        "my {part}'s {bad}",
        'his {part}',
        'a {bad2} {part}',
        'both my {part}s',
      ],
    ],
    fill: {
      part: parted(`shoulder | arm | hip | thigh | calf | heel | ankle | foot | toe | thumb | knuckle | palm | chin
        | cheek | eyelid | nose | lip | tongue | gum | scalp | forehead | rib | stomach | belly button | groin
        | bottom | bladder | kidney | tailbone | collarbone | spine | throat | chest | ear | eye | nail | forearm`),
      side: words('left right other upper lower'),
      what: parted(
        'lump | mole | wart | boil | scab | cyst | bruise | patch | spot | graze | burn mark | scar',
      ),
      bad: parted(`sore | itchy | stiff | a bit swollen | peeling | bruised | watering | blocked | clicking
        | tingling a little | playing up | healing nicely | still tender | wobbly`),
      bad2: words('sore stiff dodgy itchy runny frozen trapped swollen'),
    },
  },
  {
    count: 55,
    frames: [
      '{ill}',
      '{ill}',
      '{ill}',
      "i've got {ill}",
      'just {ill}',
      "it's {ill}",
      '{ill} for {long}',
    ],
    fill: {
      ill: parted(`a cough | a tickly cough | a dry cough | a cold | sinus trouble | a blocked nose | a runny nose
        | earache | wax in my ears | tonsillitis | mouth ulcers | toothache | indigestion | acid | wind | bloating
        | diarrhoea | a tummy bug | piles | back ache | a bad back | sciatica | cramps | arthritis | gout | a frozen shoulder
        | tennis elbow | psoriasis | acne | cold sores | athlete's foot | a fungal nail | scabies | shingles | hives
        | prickly heat | a mole | sunburn | varicose veins | swollen ankles | high cholesterol | palpitations now and then
        | low iron | an underactive thyroid | migraines | vertigo | tinnitus | dizzy spells | insomnia | stress | depression
        | anxiety | anger | burnout | snoring | sleep apnoea | a water infection | cystitis | prostate trouble | period pain
        | heavy periods | the menopause | morning sickness | thrush | a coil | a lump | a cyst | a hernia | gallstones
        | kidney stones | a trapped nerve | pins and needles in bed | weight loss | hair loss | dry eyes | a stye
        | floaters | a twitch | bad breath | sweaty hands | a wheeze in winter | croup | colic | nappy rash | cradle cap`),
      long: parted('a week | two days | ages | a month or so | years'),
    },
  },
  {
    count: 45,
    frames: [
      '{drug}',
      '{drug} {dose}',
      'the {drug}',
      'the {form}',
      'my {form}',
      '{drug} {often}',
      'the {form} {often}',
    ],
    fill: {
      drug: parted(`atorvastatin | losartan | candesartan | doxycycline | trimethoprim | prednisolone | fluoxetine
        | citalopram | mirtazapine | gabapentin | pregabalin | tramadol | codeine | ibuprofen | diclofenac | ventolin
        | symbicort | clenil | beconase | cetirizine | loratadine | ranitidine | senna | lactulose | gaviscon
        | thyroxine | insulin | novorapid | metoprolol | propranolol | furosemide | spironolactone | digoxin
        | apixaban | allopurinol | methotrexate | alendronic acid | vitamin d | vitamin b twelve | morphine
        | methadone | oxycodone | fentanyl patches | adderall | xanax | epipen | glyceryl trinitrate`),
      dose: parted(`ten | twenty milligrams | fifty micrograms | a hundred | two fifty | five milligrams
        | half a tablet | two puffs`),
      form: parted(`blood pressure tablets | cholesterol pills | heart tablets | blood thinners | diabetes tablets
        | insulin pen | asthma pump | allergy tablets | antidepressants | epilepsy tablets | angina spray | strong ones
        | thyroid pills | morning pills | eye ointment | ear spray | steroid cream | fungal cream | cough medicine
        | baby paracetamol | travel sickness pills | anti sickness tablets | oxygen at home | catheter bags | stoma bags
        | test strips | lancets | inhaler spacer | heart spray | hormone patches | depot injection | iron tablets`),
      often: parted(
        'once a day | at night | twice daily | with food | every four hours | when i need it | for a year now',
      ),
    },
  },
];

/** Numbers, letters, places, days. */
export const things: readonly Made[] = [
  {
    count: 26,
    frames: [
      '{d} {d} {d} {d}',
      '{d} {d} {d}',
      'double {d} {d} {d}',
      'triple {d}',
      'it ends in {d} {d} {d}',
      '{d} {d} {d} {d} {d} {d}',
    ],
    fill: { d: DIGITS },
  },
  {
    count: 20,
    frames: [
      '{l} {l} {l} {l} {l}',
      '{l} {l} {l} {l} {l} {l} {l}',
      '{l} for {nato} {l} {l}',
      'double {l} {l} {l}',
      'with a {l}',
      '{nato} {nato} {nato}',
    ],
    fill: {
      l: LETTERS,
      nato: words(
        'alpha bravo charlie delta echo foxtrot golf hotel lima mike oscar papa romeo sierra tango victor',
      ),
    },
  },
  {
    count: 40,
    frames: [
      '{n} {street}',
      'flat {n} {street}',
      '{street}',
      '{near} the {place}',
      'in {town}',
      "it's {n} {street} {town}",
    ],
    fill: {
      n: parted(
        'two | five | eleven | seventeen | twenty six | forty | fifty eight | a hundred and three',
      ),
      street:
        parted(`church road | mill lane | hospital lane | gallows hill | fire station road | bank street
        | grove end | old police house | infirmary road | burial lane | cross street | bleeding heart yard | park view
        | gunpowder alley | deadend close | knife edge lane | bridge road | queens avenue | the crescent | swan court`),
      near: parted('near | opposite | above | behind | next to | round the corner from'),
      place:
        parted(`fire station | police station | hospital | cemetery | crematorium | funeral parlour | bank
        | school | station | petrol station | bus stop | river | chemist | pub | court | prison`),
      town: words(
        'leicester norwich dundee swansea luton battle hull deal blackburn reading bath denver austin fresno',
      ),
    },
  },
  {
    count: 30,
    frames: ["i'm {job}", "she's {job}", "he's {job}", 'i work {at}', "he's {at}"],
    fill: {
      job: parted(`a fireman | a policewoman | a paramedic | a nurse | a doctor myself | a butcher | a gunsmith
        | a lifeguard | a soldier | a guard | an electrician | a scaffolder | a driver | a surgeon | a vet | a chef
        | a pilot | a student | retired | unemployed | an undertaker | a carer | a pest controller | a welder`),
      at: parted(`for the ambulance service | for the fire brigade | in casualty | at the prison | in a school
        | from home | on a farm | offshore | at the crematorium | in security | on the buses`),
    },
  },
  {
    count: 40,
    frames: ['{when}', '{when} {part}', "it's {when}", 'not before {when}'],
    fill: {
      when: parted(`the fifth of may | the second of october | monday week | next tuesday | a week on thursday
        | in ten days | end of the month | easter monday | the day after tomorrow | halloween | half term | new year
        | within the week | when he's off | after work | straight away | as soon as possible | at the latest friday`),
      part: parted('or the day after | about ten | in the morning | if you can | at the earliest'),
    },
  },
  {
    count: 36,
    frames: [
      "he's a {pet}",
      "she's a {pet}",
      'the {pet}',
      "it's for the {pet}",
      '{matter}',
      '{matter}',
      "it's about {matter}",
    ],
    fill: {
      pet: parted(
        'spaniel | puppy | tom cat | kitten | guinea pig | parrot | tortoise | collie called max | horse',
      ),
      matter:
        parted(`an insurance claim | a break in last winter | an old assault case | a drink driving charge
        | a road accident claim | a dog bite claim | a fire damage claim | a bereavement | a death certificate
        | probate | a restraining order | a stolen car | a burnt out fuse | a smoke detector that beeps
        | a leak under the sink | a blocked drain | a cracked window | a fallen fence | a dead socket | no hot water
        | a gas boiler service | a flooded cellar last month | a table for five | the lamb | the steak rare
        | no nuts please | a high chair | a lost filling | a broken crown | a chipped tooth | a loose bridge | a gum abscess`),
    },
  },
];
