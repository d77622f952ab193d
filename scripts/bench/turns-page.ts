import { cpus } from 'node:os';
import type { Completeness } from '../../agent/speech/completeness.js';

/** Where in a turn a pause is. */
export type Place =
  | 'after "um", "and", a name\'s start …'
  | 'between number groups'
  | 'between sentences'
  | 'inside a sentence';

/** What one way of turn-taking made of one set of turns. */
export interface Figures {
  readonly turns: number;
  readonly pauses: readonly { readonly ms: number; readonly place: Place }[];
  /** The places of the pauses at which it cut in. */
  readonly cut: readonly Place[];
  /** From the end of the caller's sound to the end of the turn, in milliseconds. */
  readonly waits: readonly {
    readonly kind: string;
    readonly completeness: Completeness;
    readonly ms: number;
  }[];
}

export interface Result {
  readonly name: string;
  readonly ours: Figures;
  readonly baseline: Figures | undefined;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const quantile = (values: readonly number[], part: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * part) - 1)] ?? NaN;

function row(names: string, figures: Figures | undefined): string {
  if (figures === undefined) return '';
  const waits = figures.waits.map(({ ms }) => ms);
  const cut =
    figures.pauses.length === 0
      ? ''
      : `${figures.cut.length} of ${figures.pauses.length} (${((100 * figures.cut.length) / figures.pauses.length).toFixed(1)} %)`;
  const times = [mean(waits), quantile(waits, 0.5), quantile(waits, 0.95)];
  return `| ${names} | ${cut} | ${times.map((ms) => `${ms.toFixed(0)} ms`).join(' | ')} | ${figures.turns - waits.length} of ${figures.turns} |\n`;
}

/** Mean, p50 and p95 of the waits of each group. */
function groups(
  waits: Figures['waits'],
  groupOf: (wait: Figures['waits'][number]) => string,
): string {
  return [...new Set(waits.map(groupOf))]
    .map((group) => {
      const of = waits.filter((wait) => groupOf(wait) === group).map(({ ms }) => ms);
      const times = [mean(of), quantile(of, 0.5), quantile(of, 0.95)];
      return `| ${group} | ${of.length} | ${times.map((ms) => `${ms.toFixed(0)} ms`).join(' | ')} |`;
    })
    .join('\n');
}

/** The page of the benchmark. */
export function turnsPage(results: readonly Result[]): string {
  const paused = results.filter(({ ours }) => ours.pauses.length > 0);
  const places = [...new Set(paused.flatMap(({ ours }) => ours.pauses.map(({ place }) => place)))];
  const at = (figures: Figures | undefined, place: Place): string =>
    figures === undefined ? '' : String(figures.cut.filter((one) => one === place).length);
  const placed = paused.flatMap(({ name, ours, baseline }) =>
    places.map((place) => {
      const count = ours.pauses.filter((one) => one.place === place).length;
      return `| ${name} | ${place} | ${count} | ${at(ours, place)} | ${at(baseline, place)} |`;
    }),
  );
  const lengths = paused.flatMap(({ ours }) => ours.pauses.map(({ ms }) => ms));
  const mix = results.find(({ name }) => name === 'mix')?.ours.waits ?? [];
  return `# When a turn is over

Written by \`scripts/bench/turns\`. Seven sets of turns, spoken by Piper and flite by telephone and heard
through the real voice activity (Silero) and recognition (Moonshine) in simulated time; a decoding takes
80 ms. The rules were worked on with the first (\`scripts/bench/turns-set.txt\`); the second
(\`scripts/bench/turns-held-out.txt\`) was written when they stood, and was looked at when they were mended;
the third (\`scripts/bench/turns-fresh.txt\`) was written after that, and changed none of them. Pauses inside
the turns last ${Math.min(...lengths)}–${Math.max(...lengths)} ms. The fourth (\`scripts/bench/turns-answers.txt\`) holds answers to when, names and
dates of birth, a third of them with a pause where the answer could end; it was written before their wait was
shortened. The fifth (\`scripts/bench/turns-answers-fresh.txt\`) holds more and harder ones, and was looked at when
half answers to when were made to wait; the sixth (\`scripts/bench/turns-answers-third.txt\`) was written after that
and changed none. The last is the mix of the load bench, without pauses. A turn that ends in a
pause, or while what follows it begins, cut the caller short. The wait is from the end of the
caller's sound to the decision, with the decoding. ${cpus()[0]?.model.trim() ?? 'unknown CPU'}, Node ${process.version}.

| Set | Turn-taking | Cut in at a pause (goal ≤ 3 %) | Mean wait | p50 | p95 | Heard as nothing |
| --- | --- | --- | --- | --- | --- | --- |
${results.map(({ name, ours, baseline }) => row(`${name} | adaptive`, ours) + row(`${name} | fixed, 700 ms`, baseline)).join('')}
The fixed wait asks nobody what was said, so it never hears nothing.

| Set | Pause | Count | Cut in, adaptive | Cut in, fixed 700 ms |
| --- | --- | --- | --- | --- |
${placed.join('\n')}

The trade, on the sets with pauses: how finished the words sounded, and how long was waited.

| Words sounded | Turns | Mean wait | p50 | p95 |
| --- | --- | --- | --- | --- |
${groups(
  paused.flatMap(({ ours }) => ours.waits),
  ({ completeness }) => completeness,
)}

The mix, by what was said:

| Said | Turns | Mean wait | p50 | p95 |
| --- | --- | --- | --- | --- |
${groups(mix, ({ kind }) => kind)}
${groups(mix, () => 'all')}
`;
}
