import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { checkoutRoot } from '../../agent/wire/checkout.js';

/** The parts of docs/benchmarks/soak.md; each is written by its own run. */
const PARTS = { short: 'Short calls in a row', talk: 'Long talk', flood: 'All at once' } as const;

const INTRO = `# Calls for hours

\`scripts/bench/soak\` calls an office of its own over SIP, everything on one machine. What is held is
counted while no call runs, 60 s after the last one, JavaScript heaps after a collection (its inspector
is asked), resident memory before and after that. \`--short\` and \`--flood\` call by sipp, \`--minutes\` by the simulated caller.`;

/** Writes one part of the page and leaves the others as they are. */
export function writePart(part: keyof typeof PARTS, text: string): void {
  const path = join(checkoutRoot, 'docs', 'benchmarks', 'soak.md');
  const old = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const machine = `On ${String(cpus().length)} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.version}, by \`scripts/bench/soak ${process.argv.slice(2).join(' ')}\`:`;
  const parts = Object.entries(PARTS).flatMap(([name, title]) => {
    const kept = new RegExp(`^## ${title}\\n\\n([^]*?)(?=\\n## |$(?![^]))`, 'mu').exec(old)?.[1];
    const body = name === part ? `${machine}\n\n${text}` : kept?.trim();
    return body === undefined ? [] : [`## ${title}\n\n${body}\n`];
  });
  writeFileSync(path, `${INTRO}\n\n${parts.join('\n')}`);
}
