import type { TransferTarget } from '../../agent/dialogue/settings.js';

/** A staff directory as an office would write it: people with a title, without, and desks. */
const PEOPLE = [
  'Dr Emily Carter',
  'Dr Chidi Okafor',
  'Dr Priya Raman',
  'Dr Wei Zhang',
  'Dr Aleksandra Kowalska',
  'Dr Thomas Bauer',
  'Dr Siobhan Gallagher',
  'Dr Hassan Rahimi',
  'Dr Ingrid Lindqvist',
  'Dr Matthew Pemberton',
  'Nurse Daniel Mensah',
  'Nurse Joanna Whitfield',
  'Nurse Kavita Desai',
  'Nurse Rosa Delgado',
  'Maria Fernandez',
  'Patrick O’Connell',
  'Yuki Tanaka',
  'Olga Petrova',
  'Samuel Adeyemi',
  'Charlotte Beaumont',
  'Giovanni Ricci',
  'Fatima Siddiqui',
  'Henrik Sorensen',
  'Gwendolyn Ashcroft',
  'Miguel Castellanos',
  'Beatrice Holloway',
  'Rajesh Venkataraman',
  'Nadia Benali',
  'Trevor Higginbotham',
  'Leila Haddad',
  'Duncan MacGregor',
  'Anneliese Hoffmann',
  'Tunde Bakare',
  'Sarah Bloomfield',
] as const;
const DESKS: readonly (readonly [name: string, aliases: readonly string[]])[] = [
  ['the reception desk', ['front desk', 'receptionist']],
  ['the billing office', ['billing', 'accounts']],
  ['the laboratory', ['the lab']],
  ['the pharmacy', []],
  ['the records department', ['medical records']],
  ['the practice manager', ['the manager']],
];

const idOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]+/gu, '-');

export const DIRECTORY: readonly TransferTarget[] = [
  ...PEOPLE.map((name): [string, readonly string[]] => [name.replace('’', "'"), []]),
  ...DESKS,
].map(([name, aliases], at) => ({
  ...{ id: idOf(name), name, aliases: [...aliases] },
  extension: String(300 + at),
}));

const TITLE = /^(Dr|Nurse) /u;
const surname = (name: string): string => name.split(' ').at(-1) ?? name;
/** As a caller says a name: the title with the surname, or the whole name without a title. */
const spoken = (name: string, whole: boolean): string => {
  const title = TITLE.exec(name)?.[1];
  if (title === undefined) return name;
  return whole ? name.replace(TITLE, '') : `${title === 'Dr' ? 'Doctor' : title} ${surname(name)}`;
};

/** What callers say around a name. */
const SAYINGS: readonly ((title: string, whole: string) => string)[] = [
  (title) => `${title}, please.`,
  (_, whole) => `Can I speak to ${whole}?`,
  (title) => `I would like to speak with ${title}.`,
  (_, whole) => `Could you put me through to ${whole}, please?`,
  (_, whole) => `${whole}.`,
  (title) => `Is ${title} there?`,
  (_, whole) => `Hello, may I talk to ${whole}, please?`,
  (title) => `I need to talk to ${title} about my results.`,
  (title) => `Yes, ${title}, please.`,
  (_, whole) => `I am calling for ${whole}.`,
  (title) => `My husband told me to ask for ${title}.`,
  (_, whole) => `Please connect me with ${whole}, it is about an invoice.`,
];

export interface Asking {
  readonly target: string;
  readonly text: string;
}

/** One sentence for each entry of the directory. */
export const ASKING: readonly Asking[] = DIRECTORY.map(({ id, name }, at) => ({
  target: id,
  text: SAYINGS[at % SAYINGS.length]?.(spoken(name, false), spoken(name, true)) ?? name,
}));

/** What else callers say where they are asked whom they want, or how they can be helped. */
export const ORDINARY: readonly string[] = [
  'I would like to book an appointment for next Tuesday.',
  'Can I speak to a real person?',
  'I do not know.',
  'What are your opening hours?',
  'Somebody who can tell me about my bill.',
  'I need to cancel my appointment tomorrow.',
  'Where can I park my car?',
  'Are my test results back yet?',
  'Do you have a fax number?',
  'I want to order my medicine again.',
  'My daughter has a fever since yesterday.',
  'Could you repeat that, please?',
  'No, thank you, that is all.',
  'Whoever is free right now.',
  'I have a question about my prescription.',
  'Is the clinic open on Saturday?',
  'My name is Robert Miller.',
  'This is Laura Simmons calling.',
  'Can I speak to Jonathan Fairweather?',
  'I would like to talk to Doctor Novak.',
  'Are you still taking new patients?',
  'How much does a vaccination cost?',
  'I would like to leave a message.',
  'It is about the letter you sent me last week.',
  'One moment, please, I have to find my glasses.',
  'I am running late for my appointment this morning.',
  'Can you send me a copy of my records by post?',
  'Yes, please.',
  'Just a second.',
  'I have lost my insurance card.',
  'My telephone number is five five five, zero one nine three.',
  'Do I have to bring anything along?',
  'I was told to call back on Monday.',
  'I have been waiting for a call since this morning.',
  'Thank you very much, goodbye.',
  'Somebody from your office called me about an hour ago.',
  'I would rather not say.',
  'Do you speak Spanish?',
  'What is this call about?',
  'I need a sick note for my employer.',
];
