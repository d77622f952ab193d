import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkConfiguration } from '../../agent/config/load.js';
import { answerTo } from '../../agent/dialogue/flows/answers.js';
import { Office } from '../../agent/dialogue/office.js';
import { MiniLmVectors } from '../../agent/engines/encoder/minilm-vectors.js';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { silentLog } from '../../agent/log.js';
import { modelPlaces } from '../../agent/speech/models.js';
import { isTrainedFrom } from '../../agent/understanding/head.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import type { Understood } from '../../agent/understanding/ports.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

// How surely a question is answered by the right approved answer, and how rarely another one gets any:
// docs/benchmarks/faq.md. Score and margin are chosen on every second text and measured on the others.

/** A Tuesday morning: the office is open. */
const NOW = Date.UTC(2026, 10, 24, 10);
/** A wrong answer is worse than none: at most so many of the texts without an answer may get one. */
const WRONG_AT_MOST = 0.02;

interface Asked {
  readonly text: string;
  readonly id: string | undefined;
}

const set = z
  .object({ asked: z.record(z.string(), z.array(z.string())), unanswered: z.array(z.string()) })
  .parse(parse(await readFile(join(checkoutRoot, 'scripts/bench/faq-set.yaml'), 'utf8')));
const rows: readonly Asked[] = [
  ...Object.entries(set.asked).flatMap(([id, texts]) => texts.map((text) => ({ text, id }))),
  ...set.unanswered.map((text) => ({ text, id: undefined })),
];
const file = join(checkoutRoot, 'agent', 'config', 'example-office.yaml');
const { understanding, dialogue } = checkConfiguration(await readFile(file, 'utf8'), file, {});
const office = new Office(understanding, dialogue, false);
const head = join(checkoutRoot, '.vestibule', 'bench', 'intents', 'clinic.en.onnx');

const encoder = new SentenceEncoder(
  new MiniLmVectors(join(modelPlaces().models, 'all-MiniLM-L6-v2')),
);
await encoder.start();
try {
  const examples = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.en.yaml'));
  if (!isTrainedFrom(head, examples.hash)) await trainHead({ examples, encoder, output: head });
  const anything = { ...understanding, faqScore: 0, faqMargin: 0 };
  const understander = new Understander({ settings: anything, encoder, head, log: silentLog });
  await understander.start();
  const found = [];
  for (const row of rows) {
    found.push({ ...row, understood: await understander.understand(row.text) });
  }
  type Found = (typeof found)[number];
  /** Which approved answer is given, by the rules of the dialogue. */
  const answered = ({ text, understood }: Found, score: number, margin: number) => {
    const { faq } = understood;
    const passes = faq !== undefined && faq.score >= score && faq.margin >= margin;
    const heard = { ...understood, faq: passes ? faq : undefined };
    const reason = answerTo(office, { kind: 'heard', now: NOW, text, understood: heard })?.reason;
    return reason?.startsWith('faq.') === true ? faq?.id : undefined;
  };
  const measure = (part: readonly Found[], score: number, margin: number) => {
    const taken = part.filter((one) => answered(one, score, margin) !== undefined);
    const asked = part.filter(({ id }) => id !== undefined);
    const right = taken.filter(({ id, understood }) => id === understood.faq?.id).length;
    const wrong = taken.length - right;
    return { right: right / asked.length, wrong: wrong / part.length, taken };
  };
  const chosenOn = found.filter((_, at) => at % 2 === 0);
  const measuredOn = found.filter((_, at) => at % 2 === 1);
  let best = { score: 1, margin: 1, right: -1 };
  for (let score = 0.3; score < 0.85; score += 0.01) {
    for (let margin = 0; margin < 0.3; margin += 0.01) {
      const { right, wrong } = measure(chosenOn, score, margin);
      // Of those that answer as many, the strictest: it is the furthest from what was not seen.
      if (wrong <= WRONG_AT_MOST && right >= best.right) best = { score, margin, right };
    }
  }
  const line = (name: string, score: number, margin: number): string => {
    const [a, b] = [measure(chosenOn, score, margin), measure(measuredOn, score, margin)];
    const cells = [name, score.toFixed(2), margin.toFixed(2)];
    return `| ${[...cells, ...[a.right, a.wrong, b.right, b.wrong].map(percent)].join(' | ')} |`;
  };
  const misses = measure(measuredOn, understanding.faqScore, understanding.faqMargin).taken.filter(
    ({ id, understood }) => id !== understood.faq?.id,
  );
  const page = `# Frequent questions

Written by \`scripts/bench/faq\`: ${String(rows.filter(({ id }) => id !== undefined).length)} questions that the ${String(office.faq.length)} entries of the example office answer, in other words than
its own, and ${String(set.unanswered.length)} texts that none of them answers, though many come close (\`scripts/bench/faq-set.yaml\`).
A text gets an answer when its intent leaves room for one, its likeness to a question of an entry is at least
the score (cosine), and that is ahead of all other entries by the margin. Both are chosen on every second text, so that no more than ${percent(WRONG_AT_MOST)} of all get an
answer that is not theirs, and measured on the others. Below them the receptionist says that it does not
know and takes a message.

${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}.

| | Score | Margin | Chosen on: right answer | wrong answer | Measured on: right answer | wrong answer |
| --- | --- | --- | --- | --- | --- | --- |
${line('best where chosen', best.score, best.margin)}
${line('**the defaults**', understanding.faqScore, understanding.faqMargin)}

Right is of the questions, wrong is of all texts. Wrongly answered with the defaults, of those measured on:

${misses.map(lineOf).join('\n') || '- none'}
`;
  await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'faq.md'), page);
  process.stdout.write(page);
} finally {
  await encoder.stop();
}

function lineOf({
  text,
  understood: { faq, intent },
}: {
  text: string;
  understood: Understood;
}): string {
  const [score, margin] = [faq?.score ?? 0, faq?.margin ?? 0].map((one) => one.toFixed(2));
  return `- “${text}” (${intent}): ${faq?.id ?? ''}, ${score ?? ''}, ahead by ${margin ?? ''}`;
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}
