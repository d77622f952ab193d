import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { NgramVectors } from '../../agent/engines/encoder/ngram.js';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { Faq } from '../../agent/understanding/faq.js';
import { plain } from '../../agent/understanding/text.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

// How frequent questions are found in German and Korean, where likeness counts shared pieces of words:
// docs/benchmarks/faq-others.md. The entries alone are judged, before any intent has its say.

const MARGIN = 0.08;
const SCORES = [0.4, 0.45, 0.5, 0.55, 0.6, 0.68];

const texts = z.array(z.string());
const entries = z.array(z.object({ id: z.string(), questions: texts, answer: z.string() }));
const set = z.object({ asked: z.record(z.string(), texts), unanswered: texts });
const read = async (...path: readonly string[]): Promise<unknown> =>
  parse(await readFile(join(checkoutRoot, ...path), 'utf8'));

const { de, ko } = z
  .object({ de: set.extend({ entries }), ko: set })
  .parse(await read('scripts/bench/faq-others.yaml'));
const korean = z
  .object({ understanding: z.object({ faq: entries }) })
  .parse(await read('agent/config/example-office.ko.yaml')).understanding.faq;

const encoder = new SentenceEncoder(new NgramVectors());
await encoder.start();
try {
  const rows: string[] = [];
  for (const [name, language, own, { asked, unanswered }] of [
    ['German', 'de', de.entries, de],
    ['Korean', 'ko', korean, ko],
  ] as const) {
    const all = [
      ...Object.entries(asked).flatMap(([id, those]) => those.map((text) => ({ text, id }))),
      ...unanswered.map((text) => ({ text, id: undefined })),
    ];
    for (const [how, held] of [
      ['nearest question', ''],
      ['as the product does', language],
    ] as const) {
      const faq = new Faq({ entries: own, score: 0, margin: MARGIN, language: held });
      await faq.start(encoder);
      const found = await Promise.all(
        all.map(async ({ text, id }) => {
          const [vector] = await encoder.embed([plain(text)]);
          return { id, match: vector === undefined ? undefined : faq.match(vector.vector) };
        }),
      );
      for (const score of SCORES) {
        const taken = found.filter(({ match }) => (match?.score ?? 0) >= score);
        const right = taken.filter(({ id, match }) => id === match?.id).length;
        const of = (count: number, total: number): string => `${String(count)} of ${String(total)}`;
        const cells = [
          ...[name, how, score.toFixed(2)],
          of(right, all.length - unanswered.length),
          of(taken.length - right, all.length),
        ];
        rows.push(`| ${cells.join(' | ')} |`);
      }
    }
  }
  const page = `# Frequent questions in German and Korean

Written by \`scripts/bench/faq-others\`: questions in other words than the entries\u2019 own, and texts that none of them
answers, most of them about the same things (\`scripts/bench/faq-others.yaml\`). The entries alone are judged, with a
margin of ${String(MARGIN)}; in a call the intent has its say before, and many of the texts without an answer are taken by it.

Where there is no sentence encoder of the language, likeness counts shared pieces of words (\`char-ngram\`). An entry is
held against what else is asked about its thing (\`agent/understanding/contrast-texts.ts\`), as in English. The least
score that suits English (0.68) answers hardly anything here, so that it is 0.5 in other languages; write down more
questions, as callers ask them.

| Language | How | Least score | Right | Wrong |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'faq-others.md'), page);
  process.stdout.write(page);
} finally {
  await encoder.stop();
}
