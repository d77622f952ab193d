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
import { Faq, leastFaqScore } from '../../agent/understanding/faq.js';
import { plain } from '../../agent/understanding/text.js';
import type { Understood } from '../../agent/understanding/ports.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';

// How surely a question is answered by the right approved answer, and how rarely another one gets any:
// docs/benchmarks/faq.md. Chosen on one set, and looked at once on another.

/** A Tuesday morning: the office is open. */
const NOW = Date.UTC(2026, 10, 24, 10);
/** A wrong answer is worse than none: at most so many of the texts without an answer may get one. */
const WRONG_AT_MOST = 0.02;

interface Asked {
  readonly text: string;
  readonly id: string | undefined;
}

const texts = z.array(z.string());

/** The texts of a set, with the entry that answers each. */
async function rowsOf(name: string): Promise<readonly Asked[]> {
  const { asked, unanswered } = z
    .object({ asked: z.record(z.string(), texts), unanswered: texts })
    .parse(parse(await readFile(join(checkoutRoot, 'scripts/bench', name), 'utf8')));
  return [
    ...Object.entries(asked).flatMap(([id, own]) => own.map((text) => ({ text, id }))),
    ...unanswered.map((text) => ({ text, id: undefined })),
  ];
}

const rows = await rowsOf('faq-set.yaml');
const fresh = await rowsOf('faq-fresh.yaml');
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
  const leastScore = leastFaqScore(understanding);
  const anything = { ...understanding, faqScore: 0, faqMargin: 0 };
  const understander = new Understander({ settings: anything, encoder, head, log: silentLog });
  await understander.start();
  interface Found extends Asked {
    readonly understood: Understood;
  }
  const understoodOf = async (those: readonly Asked[]): Promise<readonly Found[]> => {
    const all: Found[] = [];
    for (const row of those) {
      all.push({ ...row, understood: await understander.understand(row.text) });
    }
    return all;
  };
  const found = await understoodOf(rows);
  const foundFresh = await understoodOf(fresh);
  // Without its language the entries are not held against anything: the nearest question alone.
  const alone = new Faq({ entries: understanding.faq, score: 0, margin: 0 });
  await alone.start(encoder);
  const byQuestion = async (those: readonly Found[]): Promise<readonly Found[]> => {
    const all: Found[] = [];
    for (const one of those) {
      const [read] = await encoder.embed([plain(one.text)]);
      const faq = read === undefined ? undefined : alone.match(read.vector);
      all.push({ ...one, understood: { ...one.understood, faq } });
    }
    return all;
  };
  const sets = [found, foundFresh] as const;
  const setsAlone = [await byQuestion(found), await byQuestion(foundFresh)] as const;
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
  let best = { score: 1, margin: 1, right: -1 };
  for (let score = 0.3; score < 0.85; score += 0.01) {
    for (let margin = 0; margin < 0.3; margin += 0.01) {
      const { right, wrong } = measure(found, score, margin);
      // Of those that answer as many, the strictest: it is the furthest from what was not seen.
      if (wrong <= WRONG_AT_MOST && right >= best.right) best = { score, margin, right };
    }
  }
  const line = (name: string, score: number, margin: number, [one, other] = sets): string => {
    const [a, b] = [measure(one, score, margin), measure(other, score, margin)];
    const cells = [name, score.toFixed(2), margin.toFixed(2)];
    return `| ${[...cells, ...[a.right, a.wrong, b.right, b.wrong].map(percent)].join(' | ')} |`;
  };
  const misses = measure(foundFresh, leastScore, understanding.faqMargin).taken.filter(
    ({ id, understood }) => id !== understood.faq?.id,
  );
  const page = `# Frequent questions

Written by \`scripts/bench/faq\`: ${String(countOf(rows))} questions that the ${String(office.faq.length)} entries of the example office answer, in other words than
its own, and ${String(rows.length - countOf(rows))} texts that none of them answers, though many come close (\`scripts/bench/faq-set.yaml\`), by which
everything was chosen; and ${String(countOf(fresh))} and ${String(fresh.length - countOf(fresh))} others (\`faq-fresh.yaml\`), written before the choice and looked at once after it.

An entry's score is the likeness (cosine) of its nearest question, more where the approved answer is near too, and
less where the text is near to something else that is asked about the same thing ("where can I buy …"). A text gets
an answer when its intent leaves room for one, the score of the best entry is high enough, and it is ahead of all
others by the margin: both so that no more than ${percent(WRONG_AT_MOST)} of all texts get an answer that is not theirs. Below them the
receptionist says that it does not know and takes a message.

${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}.

| | Score | Margin | Chosen on: right answer | wrong answer | Fresh: right answer | wrong answer |
| --- | --- | --- | --- | --- | --- | --- |
${line('best where chosen', best.score, best.margin)}
${line('**the defaults**', leastScore, understanding.faqMargin)}
${line('the same by the nearest question alone', leastScore, understanding.faqMargin, setsAlone)}

Right is of the questions, wrong is of all texts.

Wrongly answered with the defaults, of the fresh ones:

${misses.map(lineOf).join('\n') || '- none'}
`;
  await writeFile(join(checkoutRoot, 'docs', 'benchmarks', 'faq.md'), page);
  process.stdout.write(page);
} finally {
  await encoder.stop();
}

function countOf(those: readonly Asked[]): number {
  return those.filter(({ id }) => id !== undefined).length;
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
