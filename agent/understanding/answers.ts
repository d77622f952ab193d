import { seeded } from '../audio/seeded.js';
import { plain } from './text.js';

/** What callers answer when they are asked who they are: names, and how they say them. */
interface Answers {
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Words around a name: `N` a whole one, `G` a given, `F` a family name. */
  readonly frames: readonly string[];
}

const words = (text: string): readonly string[] => text.trim().split(/\s+/u);

/** By language. Where a language has none, its heads learn names from their examples alone. */
const ANSWERS: Readonly<Record<string, Answers>> = {
  en: {
    given: words(`
      James Olivia Mohammed Grace Liam Amelia Noah Isla George Freya Arthur Ivy Harry Rosie Stanley Hope
      Dennis Maureen Keith Doreen Nigel Sharon Trevor Tracey Wayne Janice Clifford Hazel Ernest Dawn
      Bryony Joanna Bernice Imogen Rosalind Felicity Joy Faith April June Mark Frank Dean Grant Chase Rusty
      Aisha Fatima Yusuf Omar Leila Zainab Ibrahim Khadija Tariq Noor Priya Rahul Ananya Vikram Lakshmi Deepak
      Wei Xiu Jun Mei Hiroshi Yuki Minh Linh Thanh Somchai Nattapong Rosario Jejomar Marisol Alejandro Ximena
      Candela Joaquim Madalena Giovanni Chiara Luca Vittoria Heinrich Anneliese Jurgen Ottilie Lars Ingeborg Sven
      Astrid Pieter Femke Pierre Celeste Mathilde Agnieszka Zbigniew Grazyna Jaroslaw Ivana Dragan Nikolai
      Oksana Mehmet Emre Elif Sevgi Chidinma Olufemi Adebayo Nkechi Sipho Thandiwe Kwame Abena Siobhan Fergus
      Niamh Ruaridh Dilwyn Rhiannon Ezra Miriam Levi Delilah Jorge Concepcion Tyrell Latoya Beau Savannah Cody`),
    family: words(`
      Smith Taylor Hughes Carter Wood Payne Fell Burns Pierce Strong Savage Graves Blood Coffin Hurt Bleeds
      Stone Waters Fields Rivers Hill Moss Berry Rose Snow Winter Frost Pike Salmon Swift Wolf Lamb Bird Crow
      Baker Butcher Fisher Hunter Archer Shepherd Cook Mason Turner Bishop Abbott Pope King Knight Ward Nurse
      Under Rush Quick Moody Crook Slaughter Death Tanner Sharp Blunt Coward Looney Head Foot Hand Tongue Chin
      Harrington Featherstone Underhill Okonkwo Adeyemi Eze Nwosu Mbeki Dlamini Mensah Boateng Kamara Diallo
      Khan Hussain Choudhury Siddiqui Rahman Patel Iyer Gupta Chatterjee Fernando Wijesinghe Nguyen Tran Pham
      Sukarno Adler Boonmee Wongsakul Tanaka Yamamoto Zhang Huang Santos Bautista Villanueva Garcia Navarro Vega
      Montoya Iglesias Teixeira Figueiredo Moretti Esposito Ricci Hoffmann Schuster Weber Krause Zimmermann Bauer
      Jansen Dijkstra Lindqvist Sorensen Virtanen Kowalska Zielinski Wojcik Novak Horvath Petrov Shevchenko
      Yilmaz Karadag Demirci Aydin Papadopoulos Levy Goldstein Murphy O'Connor Gallagher McAllister Llewellyn
      Hodges Prescott Cervantes Escobar Beaumont Lefebvre Deschamps Thibault Washington Jefferson Boudreaux`),
    frames: [
      ...[
        'N',
        'N',
        "it's N",
        'my name is N',
        'this is N',
        'N here',
        'his name is N',
        'her name is N',
      ],
      ...[
        "yes it's N",
        'G',
        "it's G",
        'my name is G',
        'F',
        "it's F",
        'mrs F',
        'mister F',
        'miss F',
      ],
      ...["my son's name is G", 'my daughter G', 'the patient is N', "i'm N", 'um N', 'N with a c'],
      ...[
        "no it's N",
        "i'm calling from F and Sons",
        "it's about F and F",
        "it's for N",
        'F comma G',
      ],
    ],
  },
};

/** How many answers a head learns: enough that names it never saw are no alarm, few enough to train in seconds. */
const ANSWERS_LEARNT = 240;

/**
 * Answers that belong to no intent, as `plain` writes them: a model that has never read a name takes many for
 * something else, for danger at worst. The same language and seed give the same answers.
 */
export function answersOf(language: string, seed: number): readonly string[] {
  const answers = ANSWERS[language];
  if (answers === undefined) return [];
  const random = seeded(seed);
  const one = (among: readonly string[]): string =>
    among[Math.floor(random() * among.length)] ?? '';
  const filled = (frame: string): string =>
    frame
      .split(' ')
      .map((word) => {
        if (word === 'N') return `${one(answers.given)} ${one(answers.family)}`;
        if (word === 'G') return one(answers.given);
        return word === 'F' ? one(answers.family) : word;
      })
      .join(' ');
  const made = Array.from({ length: ANSWERS_LEARNT }, (_, at) =>
    plain(filled(answers.frames[at % answers.frames.length] ?? '')),
  );
  return [...new Set(made)];
}
