import { distance } from '../speech/edit-distance.js';
import { soundsLike } from './danger-sounds.js';
import { wordsOf } from './text.js';

/** Words of danger of one language, and how they are looked for. */
interface Danger {
  readonly words: readonly string[];
  readonly soundOf: (word: string) => string;
  /** So many words in a row may be one that the recogniser took apart. */
  readonly most: number;
  /** What follows a word is written onto it, as particles are. */
  readonly carries?: true;
}

/**
 * Words of danger that recognisers take for others, by language: an artery is heard as archery, asthma as
 * "as my", Schlaganfall as "Schlag an Fall". Where there are none, nothing is heard into a text.
 */
const LANGUAGES: Readonly<Record<string, Danger>> = {
  en: {
    words: [
      ...['ambulance', 'anaphylactic', 'artery', 'asthma', 'bleeding', 'breathe', 'breathing'],
      ...['choking', 'collapsed', 'convulsing', 'drowning', 'electrocuted', 'epipen', 'fainted'],
      ...['hallucinating', 'overdose', 'overdosed', 'paralysed', 'poisoned', 'seizure', 'stabbed'],
      ...['strangled', 'stroke', 'suicidal', 'swallowed', 'swelling', 'unconscious'],
      'unresponsive',
    ],
    soundOf: soundsLike.en,
    most: 2,
  },
  de: {
    words: [
      ...['atemnot', 'atmet', 'asthmaanfall', 'bewusstlos', 'blutung', 'blutet', 'brustschmerzen'],
      ...['ertrunken', 'erstickt', 'gelähmt', 'geschluckt', 'herzinfarkt', 'herzstillstand'],
      ...['hirnblutung', 'krampfanfall', 'krampft', 'krankenwagen', 'notarzt', 'notfall'],
      ...['ohnmächtig', 'rettungswagen', 'schlaganfall', 'selbstmord', 'stromschlag'],
      ...['überdosis', 'umbringen', 'verblutet', 'vergiftet', 'vergiftung', 'zusammengebrochen'],
    ],
    soundOf: soundsLike.de,
    // Long words are put together of short ones, and are taken apart again.
    most: 3,
  },
  ko: {
    words: [
      ...[
        '구급차',
        '응급실',
        '응급환자',
        '앰뷸런스',
        '심장마비',
        '심근경색',
        '가슴통증',
        '호흡곤란',
      ],
      ...[
        '뇌졸중',
        '뇌출혈',
        '경련',
        '발작',
        '기절',
        '출혈',
        '질식',
        '쓰러졌',
        '쓰러지셨',
        '마비',
        '중독',
      ],
      ...['의식불명', '의식을잃', '정신을잃', '숨을못', '숨을안', '자살', '감전', '익사'],
    ],
    soundOf: soundsLike.ko,
    most: 2,
    carries: true,
  },
};

interface Sounding {
  readonly word: string;
  readonly sound: string;
}

/** By language, with their sounds. */
const SOUNDING: ReadonlyMap<string, readonly Sounding[]> = new Map(
  Object.entries(LANGUAGES).map(([language, { words, soundOf }]) => [
    language,
    words.map((word) => ({ word, sound: soundOf(word) })),
  ]),
);

/** Sounds shorter than this are like too many others. */
const LEAST_SOUND = 5;

/**
 * The texts that `text` becomes when a word, or some in a row, that sounds like a word of danger is that
 * word; none for most. What they mean is for others to judge.
 */
export function heardAsDanger(text: string, language: string): readonly string[] {
  const how = LANGUAGES[language];
  const danger = SOUNDING.get(language);
  if (how === undefined || danger === undefined) return [];
  const words = wordsOf(text);
  // What was heard rightly needs no other hearing.
  const whole = words.join('');
  const rightly = danger.some(({ word }) =>
    how.carries === true ? whole.includes(word) : words.includes(word),
  );
  if (rightly) return [];
  const counts = Array.from({ length: how.most }, (_, before) => before + 1);
  const found = words.flatMap((_, at) =>
    counts
      .filter((count) => at + count <= words.length)
      .flatMap((count) => {
        const said = words.slice(at, at + count).join('');
        return meant(said, how, danger).map((word) =>
          [...words.slice(0, at), word, ...words.slice(at + count)].join(' '),
        );
      }),
  );
  return [...new Set(found)];
}

/** The words of danger that `said` may be, with what it carries. */
function meant(said: string, how: Danger, danger: readonly Sounding[]): readonly string[] {
  const { soundOf } = how;
  if (how.carries !== true) {
    const sound = soundOf(said);
    return danger.filter((one) => isNear(sound, one.sound)).map(({ word }) => word);
  }
  return danger
    .filter(({ word, sound }) => isNear(soundOf(said.slice(0, word.length)), sound))
    .map(({ word }) => word + said.slice(word.length));
}

const isNear = (sound: string, danger: string): boolean => {
  if (Math.min(sound.length, danger.length) < LEAST_SOUND - 1) return false;
  if (danger.length < LEAST_SOUND || !danger.startsWith(sound.charAt(0))) return false;
  return distance(sound, danger) <= (danger.length > LEAST_SOUND + 1 ? 2 : 1);
};
