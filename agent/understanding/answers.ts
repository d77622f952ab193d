import { seeded } from '../audio/seeded.js';
import { plain } from './text.js';

/** What callers answer when they are asked who they are: names, and how they say them. */
interface Answers {
  readonly given: readonly string[];
  readonly family: readonly string[];
  /** Words around a name: `N` a whole one, `G` a given, `F` a family name; `FG` where they are one word. */
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
  de: {
    given: words(`
      Anna Bernd Christa Dieter Elke Frank Gisela Hans Ilse Jochen Karin Lothar Martina Norbert Olaf Petra Rainer
      Sabine Thomas Ulrike Volker Wolfgang Hannelore Manfred Lukas Mia Finn Emilia Paul Hannah Leon Frieda Ayse
      Mustafa Zeynep Ali Fatma Piotr Magdalena Igor Natascha Giulia Marco Yannick Chantal Kofi Amara Linh Minh`),
    family: words(`
      Schulz Koch Richter Klein Wolf Neumann Schwarz Braun Lange Krüger Lehmann Köhler Maier Walter Huber Herrmann
      König Stark Notz Gram Schlag Kurz Unfall Blut Sturm Brand Vogel Fuchs Stein Berg Sommer Winter Freitag Sonntag
      Herbst Morgenstern Kranz Pfeiffer Zimmermann Schneider Müller Öztürk Demir Nowak Kowalczyk Ivanov Rossi Nguyen`),
    frames: [
      ...['N', 'N', 'mein Name ist N', 'hier ist N', 'N hier', 'ich heiße N', 'ich bin die N', 'F'],
      ...['Frau F', 'Herr F', 'mein Sohn G', 'meine Tochter heißt G', 'guten Tag N', 'G', 'für N'],
    ],
  },
  ko: {
    given: words(`
      민준 서연 지훈 수빈 영희 철수 미경 은정 현우 지현 상철 경희 옥자 영숙 병철 종수 예준 윤서 도현 유진 하은 준호
      성민 혜진 동욱 정숙 순자 광수 태희 보라 지우 시우 다은 재훈 명수 말순 복순 기철 선영 소라`),
    family: words(
      '김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍 전 고 문 손 양 배 백 허 남궁 선우',
    ),
    frames: [
      ...[
        'FG',
        'FG',
        'FG입니다',
        'FG이에요',
        'FG예요',
        '제 이름은 FG입니다',
        'FG라고 합니다',
        '저는 FG예요',
      ],
      ...[
        'FG 환자요',
        'FG 환자입니다',
        'G이에요',
        '우리 아들 G이요',
        '딸 이름은 FG예요',
        '성함은 FG요',
        '네 FG요',
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
      .replace(/\bN\b/u, 'G F')
      .replaceAll(/G(?![a-z])/gu, () => one(answers.given))
      .replaceAll(/F(?![a-z])/gu, () => one(answers.family));
  const made = Array.from({ length: ANSWERS_LEARNT }, (_, at) =>
    plain(filled(answers.frames[at % answers.frames.length] ?? '')),
  );
  return [...new Set(made)];
}
