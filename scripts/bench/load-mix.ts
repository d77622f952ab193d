/** What a turn asks of recognition and of the wait for its end. */
export type TurnKind = 'short' | 'number' | 'open';

/** One turn of a simulated caller. */
export interface MixTurn {
  readonly kind: TurnKind;
  readonly say: string;
  /** Said into the other side's speech, this long after its beginning, in milliseconds. */
  readonly interruptsAfterMs?: number;
}

const NAMES = [
  'My name is John Smith.',
  'My name is Mary Johnson.',
  'It is David Miller.',
  'My name is Susan Taylor.',
  'My name is Robert Evans.',
  'It is Margaret Henderson.',
];
const NUMBERS = [
  'Zero two zero, seven nine four six, zero one four two.',
  'My number is zero two zero, seven nine four six, zero eight seven three.',
  'It is zero seven seven, zero zero nine, zero zero four six one.',
  'Zero two zero, seven nine four six, zero five five nine.',
  'You can reach me under zero seven seven, zero zero nine, zero zero one two three.',
  'Zero two zero, seven nine four six, zero two one eight.',
];
const REASONS = [
  'I was charged twice for the vaccination that I had in the clinic last month, and I would like somebody to look at the bill.',
  'I need a new appointment next week, because my knee still hurts when I walk up the stairs to my flat.',
  'The new medicine makes me dizzy in the morning, so I would like to know if I should go on with it.',
  'I would like to know the results of the blood test that the nurse took from me on Monday morning.',
];
const REQUESTS = [
  'Hello, I could not come to the clinic this week, so I would like to leave a message, please.',
  'Good morning, nobody called me back yesterday, and so I would like to leave a message.',
  'Hello, I would like to leave a message for the people in the office, if that is possible.',
];
const QUESTIONS = [
  'And before I forget it, could you tell me where I can park my car when I come to you?',
  'One more question: do you treat children, or do I have to take my son to another place?',
  'I would also like to know which insurance you accept, because I have a new one.',
];
const TIMES = [
  'Tomorrow afternoon, please.',
  'On Thursday at ten in the morning.',
  'On Friday after two.',
];

/**
 * Ten turns of one caller, the committed mix: four short answers, three numbers or names, three open
 * sentences. `which` varies the words. It leaves a message, asks a question, and begins again.
 */
export function roundOf(which: number): readonly MixTurn[] {
  const one = (texts: readonly string[]): string => texts[which % texts.length] ?? '';
  return [
    { kind: 'open', say: one(REQUESTS) },
    { kind: 'number', say: one(NAMES) },
    { kind: 'number', say: one(NUMBERS) },
    { kind: 'short', say: 'Yes, that is right.' },
    { kind: 'open', say: one(REASONS) },
    { kind: 'short', say: 'No.' },
    { kind: 'number', say: one(TIMES) },
    { kind: 'short', say: 'Yes, that is right.', interruptsAfterMs: 3000 },
    { kind: 'open', say: one(QUESTIONS) },
    { kind: 'short', say: 'Yes, please.' },
  ];
}

/** Rounds that differ: after these the words repeat. */
export const ROUNDS = 12;

/** Every line of the mix once, so that it can be made before the calls. */
export const allLines = (): readonly string[] => [
  ...new Set(
    Array.from({ length: ROUNDS }, (_, which) => roundOf(which).map(({ say }) => say)).flat(),
  ),
];
