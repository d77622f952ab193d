/**
 * "Dial nine nine nine": said by rule and not taught by example, for whoever tells a telephone number says
 * nines and ones, too.
 */
const EMERGENCY_CALLS: readonly string[] = ['call', 'dial', 'ring', 'phone'].flatMap((verb) =>
  ['nine one one', '911', 'nine nine nine', '999', 'one one two', '112'].map(
    (number) => `${verb} ${number}`,
  ),
);

/** "I've taken two of somebody else's tablets", which the model takes for a refill; who was given a box of them says neither. */
const OTHERS_TABLETS: readonly string[] = ['of', 'taken'].flatMap((verb) =>
  ['somebody', 'someone'].flatMap((who) =>
    ['tablets', 'pills'].map((what) => `${verb} ${who} else's ${what}`),
  ),
);

const ENGLISH: readonly string[] = [
  'emergency',
  'an ambulance',
  'ambulance please',
  'ambulance now',
  'ambulance quick',
  'ambulance quickly',
  'need ambulance',
  'call ambulance',
  'send ambulance',
  'call the ambulance',
  'send the ambulance',
  'heart attack',
  'chest pain',
  'chest pains',
  "can't breathe",
  'cannot breathe',
  "can't breath",
  'not breathing',
  'stopped breathing',
  "isn't breathing",
  'trouble breathing',
  'difficulty breathing',
  'choking',
  'having a stroke',
  'having a seizure',
  'unconscious',
  'passed out',
  'collapsed',
  'overdose',
  'overdosed',
  'bleeding badly',
  'bleeding heavily',
  "won't stop bleeding",
  'kill myself',
  'suicidal',
  'end my life',
  'doing cpr',
  'is dying',
  "i'm dying",
  ...EMERGENCY_CALLS,
  ...OTHERS_TABLETS,
];

const GERMAN: readonly string[] = [
  'notfall',
  'krankenwagen',
  'rettungswagen',
  'notarzt',
  'herzinfarkt',
  'schmerzen in der brust',
  'brustschmerzen',
  'keine luft',
  'atmet nicht',
  'atmet nicht mehr',
  'nicht atmen',
  'atemnot',
  'erstickt',
  'schlaganfall',
  'krampfanfall',
  'bewusstlos',
  'ohnmächtig',
  'zusammengebrochen',
  'überdosis',
  'vergiftet',
  'blutet stark',
  'blutet sehr stark',
  'blutet ganz stark',
  'hört nicht auf zu bluten',
  'umbringen',
  'selbstmord',
  'das leben nehmen',
  'liegt im sterben',
];

/** Beginnings are enough: what follows are endings. */
const KOREAN: readonly string[] = [
  '응급',
  '구급차',
  '앰뷸런스',
  '119 불러',
  '일일구 불러',
  '심장마비',
  '심근경색',
  '가슴 통증',
  '가슴이 아',
  '가슴이 너무 아',
  '가슴이 조',
  '숨을 못',
  '숨을 안',
  '숨을 쉴 수가 없',
  '숨이 안',
  '숨이 막',
  '숨쉬기가 힘',
  '숨쉬기 힘',
  '호흡이 없',
  '호흡곤란',
  '의식이 없',
  '의식을 잃',
  '정신을 잃',
  '쓰러졌',
  '쓰러지셨',
  '기절',
  '뇌졸중',
  '경련',
  '발작',
  '피가 많이',
  '피가 너무',
  '피가 멈추지',
  '피가 안 멈',
  '출혈이 심',
  '약을 너무 많이 먹',
  '자살',
  '죽고 싶',
  '죽을 것 같',
  '죽어 가',
  '살려 주',
  '살려 줘',
];

/**
 * Phrases that callers in danger use, for offices that configure none of their own. It is better to
 * be wrong here than to let one pass: the cost is a spoken number and a person on the line.
 */
export const DEFAULT_EMERGENCY_PHRASES: readonly string[] = [...ENGLISH, ...GERMAN, ...KOREAN];
