import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Pcm } from '../../agent/audio/frame.js';
import { directoryNames } from '../../agent/dialogue/names.js';
import { Prompts } from '../../agent/dialogue/prompts/prompts.js';
import { findTarget } from '../../agent/dialogue/targets.js';
import { Moonshine } from '../../agent/engines/moonshine.js';
import { PiperVoice } from '../../agent/engines/piper.js';
import { festival, flite } from '../../agent/reception/rehearse/synthesise.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { collected } from '../../test/speech/audio.js';
import { byTelephone } from './caller-audio.js';
import { ASKING, DIRECTORY, ORDINARY } from './names-set.js';

// Callers ask for people of a staff directory, and say other things: what Moonshine makes of it with and
// without the directory's names. Writes docs/benchmarks/names.md. Run by scripts/bench/names.

const { models } = modelPlaces();
const piper = new PiperVoice(join(models, 'en_US-joe-medium'));
const VOICES: readonly (readonly [name: string, speak: (text: string) => Promise<Pcm>])[] = [
  ['flite slt', (text) => flite(text, 'slt')],
  ['flite rms', (text) => flite(text, 'rms')],
  ['flite awb', (text) => flite(text, 'awb')],
  ['festival ked_diphone', (text) => festival(text, 'ked_diphone')],
  ['Piper joe', (text) => collected(piper.speak(text, { pace: 1 }))],
];
const names = directoryNames(DIRECTORY);
const { language } = new Prompts('en');
const targetIn = (text: string): string | undefined =>
  findTarget(text, DIRECTORY, (name) => language.spoken(name))?.id;

const engine = new Moonshine(join(models, 'moonshine-tiny-en'));
await piper.start();
await engine.start();

interface Sum {
  asked: number;
  found: number;
  wrong: number;
  ordinary: number;
  pulled: number;
  changed: number;
  cpu: number;
}
const nothing = (): Sum => ({
  ...{ asked: 0, found: 0, wrong: 0, ordinary: 0, pulled: 0, changed: 0, cpu: 0 },
});
const pulls: string[] = [];

async function measure(speak: (text: string) => Promise<Pcm>): Promise<{ free: Sum; helped: Sum }> {
  const free = nothing();
  const helped = nothing();
  const sayings = [...ASKING, ...ORDINARY.map((text) => ({ text, target: undefined }))];
  for (const { text, target } of sayings) {
    const pcm = byTelephone(await speak(text));
    const alone = await engine.recognise(pcm);
    for (const [sum, likely] of [
      [free, {}],
      [helped, { names }],
    ] as const) {
      const heard = sum === free ? alone : await engine.recognise(pcm, likely);
      const found = targetIn(heard.text);
      sum.cpu += heard.secondsCpu;
      if (target === undefined) {
        sum.ordinary += 1;
        if (found !== undefined) sum.pulled += 1;
        if (heard.text !== alone.text) {
          sum.changed += 1;
          pulls.push(`“${text}”, heard as “${heard.text}”`);
        }
      } else {
        sum.asked += 1;
        if (found === target) sum.found += 1;
        else if (found !== undefined) sum.wrong += 1;
      }
    }
  }
  return { free, helped };
}

const added = (sums: readonly Sum[]): Sum => {
  const total = nothing();
  for (const sum of sums) {
    for (const key of Object.keys(total) as (keyof Sum)[]) total[key] += sum[key];
  }
  return total;
};
const part = (some: number, all: number): string =>
  `${some} of ${all} (${((100 * some) / Math.max(1, all)).toFixed(0)} %)`;

const measured: { name: string; free: Sum; helped: Sum }[] = [];
for (const [name, speak] of VOICES) {
  measured.push({ name, ...(await measure(speak)) });
  process.stderr.write(`${name}\n`);
}
await engine.stop();
await piper.stop();
const free = added(measured.map((voice) => voice.free));
const helped = added(measured.map((voice) => voice.helped));
const row = (name: string, one: Sum, other: Sum): string =>
  `| ${name} | ${part(one.found, one.asked)} | ${part(other.found, other.asked)} | ${one.wrong} | ${other.wrong} ` +
  `| ${part(other.changed, other.ordinary)} |`;
const utterances = free.asked + free.ordinary;
const ms = (sum: Sum): string => ((1000 * sum.cpu) / utterances).toFixed(0);

const [cpu] = cpus();
const text = [
  '# Names of the directory',
  '',
  `Written by \`scripts/bench/names\`: callers ask for each of the ${DIRECTORY.length} people and desks of a staff directory, in`,
  `twelve ways, and say ${ORDINARY.length} things that name nobody of it, two of them the names of others. Moonshine hears them`,
  `over the telephone (8 kHz, µ-law), freely and with the ${names.length} names that the directory makes. Found is whom the`,
  'dialogue would connect; wrong is somebody else. Pulled are sentences of other matters whose text changed.',
  'The costs were chosen on these sentences; synthetic voices say foreign names as English ones.',
  '',
  `${cpu?.model ?? 'unknown CPU'}, ${cpus().length} cores.`,
  '',
  '| Voice | found freely | found with names | wrong freely | wrong with names | pulled |',
  '| --- | --- | --- | --- | --- | --- |',
  ...measured.map((voice) => row(voice.name, voice.free, voice.helped)),
  row('all', free, helped),
  '',
  `CPU of an utterance: ${ms(free)} ms freely, ${ms(helped)} ms with names.`,
  '',
  ...(pulls.length === 0 ? [] : ['Pulled:', '', ...pulls.map((pull) => `- ${pull}`), '']),
].join('\n');
await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'names.md'), text);
process.stdout.write(text);
