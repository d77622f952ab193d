import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { samplesIn } from '../../agent/audio/frame.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { festival } from '../../agent/reception/rehearse/synthesise.js';
import { likelyFor, type Expectation } from '../../agent/speech/expectations.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { answerAmong } from '../../agent/understanding/slots/readings.js';
import type { SlotKind } from '../../agent/understanding/slots/slots.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { byTelephone, spoken, trimmed } from './caller-audio.js';
import { contextOf, type Case } from './slots-set.js';

/** The voices of the callers. */
export const VOICES = ['festival/cmu_us_slt_arctic_hts', 'flite/rms'] as const;

/** What the dialogue tells the recogniser that it asked for. */
const ASKED: Readonly<Record<SlotKind, Expectation>> = {
  person_name: 'person',
  phone: 'number',
  date_time: 'time',
  email: 'email',
  dob: 'birth',
};

const KEPT = join(checkoutRoot, '.vestibule', 'bench', 'slots', 'readings.json');
/** Half a second of silence around what is said, as a call has it. */
const PAUSE = new Int16Array(samplesIn(500));

const LETTERS: Readonly<Record<string, string>> = {
  ...{ a: 'ay', b: 'bee', c: 'see', d: 'dee', e: 'ee', f: 'eff', g: 'jee', h: 'aitch', i: 'eye' },
  ...{ j: 'jay', k: 'kay', l: 'ell', m: 'em', n: 'en', o: 'oh', p: 'pee', q: 'cue', r: 'are' },
  ...{ s: 'ess', t: 'tee', u: 'you', v: 'vee', w: 'double you', x: 'ex', y: 'why', z: 'zee' },
};
/** Signs of an address as they are said; between figures they are not. */
const SIGNS: Readonly<Record<string, string>> = {
  '@': 'at',
  '.': 'dot',
  '-': 'dash',
  _: 'underscore',
};

/** How a caller says a text that is written as text is: letters by their names, figures one by one. */
export function asSaid({ kind, text }: Pick<Case, 'kind' | 'text'>): string {
  const signs =
    kind === 'email'
      ? text.replace(/(?<=\w)[@._-](?=\w)/gu, (sign) => ` ${SIGNS[sign] ?? ''} `)
      : text;
  const figures =
    kind === 'phone' || kind === 'email'
      ? signs.replace(/\+(?=\d)/gu, 'plus ').replace(/\d/gu, ' $& ')
      : signs;
  const words = figures.split(/\s+/u).filter((word) => word !== '');
  const isLetter = (word: string | undefined): boolean => /^[a-z],?$/iu.test(word ?? '');
  return words
    .map((word, at) => {
      // "I" and "a" are words where no other letter is beside them.
      const spelled = isLetter(words[at - 1]) || isLetter(words[at + 1]) || !/^[ai]$/iu.test(word);
      if (!isLetter(word) || !spelled) return word;
      return (LETTERS[word[0]?.toLowerCase() ?? ''] ?? word) + word.slice(1);
    })
    .join(' ');
}

/** What was heard, and what it may have been besides. */
interface HeardCase {
  readonly texts: readonly string[];
  readonly secondsCpu: number;
  readonly secondsAudio: number;
}
type Heard = Record<string, HeardCase>;

/** What our recogniser hears of each case when `voice` says it over G.711; `afresh` speaks all again. */
export async function heardCases(
  cases: readonly Case[],
  voice: string,
  afresh: boolean,
): Promise<readonly HeardCase[]> {
  const known = afresh ? {} : await kept();
  const engine = new Moonshine(join(modelPlaces().models, 'moonshine-tiny-en'));
  await engine.start();
  const found: HeardCase[] = [];
  try {
    for (const one of cases) {
      const said = asSaid(one);
      const key = [voice, one.kind, said].join('|');
      known[key] ??= await heard(engine, said, voice, one);
      found.push(known[key]);
    }
  } finally {
    await engine.stop();
    await mkdir(dirname(KEPT), { recursive: true });
    await writeFile(KEPT, `${JSON.stringify({ ...(await kept()), ...known }, null, 1)}\n`);
  }
  return found;
}

async function heard(
  engine: Moonshine,
  said: string,
  voice: string,
  one: Case,
): Promise<HeardCase> {
  const [program, name = ''] = voice.split('/');
  const own =
    program === 'festival' ? trimmed(await festival(said, name)) : await spoken(said, voice);
  const pcm = byTelephone(own);
  const padded = new Int16Array(PAUSE.length * 2 + pcm.length);
  padded.set(pcm, PAUSE.length);
  const asked = ASKED[one.kind];
  const [likely, memory] = [likelyFor('en', asked), { tokens: [] }];
  // As in a call: what a trial heard whole is not sought for any more.
  const trial = await engine.recognise(padded, likely, { hurried: true, memory });
  const isEnough = answerAmong(trial, asked, contextOf(one)).provisional !== true;
  const more = isEnough ? undefined : await engine.recognise(padded, likely, { memory });
  const { text, readings = [], secondsAudio } = more ?? trial;
  const secondsCpu = trial.secondsCpu + (more?.secondsCpu ?? 0);
  return { texts: [text, ...readings], secondsCpu, secondsAudio };
}

async function kept(): Promise<Heard> {
  try {
    return JSON.parse(await readFile(KEPT, 'utf8')) as Heard;
  } catch {
    return {};
  }
}
