import { readFile, writeFile } from 'node:fs/promises';

/**
 * Writes what was measured between the marks of a page (`<!-- NAME -->` … `<!-- /NAME -->`), by the names of `parts`;
 * what people wrote around them stays. Fails, writing nothing, where the page lacks one of the marks.
 */
export async function writeMarked(
  page: string,
  parts: Readonly<Record<string, string>>,
): Promise<void> {
  let text = await readFile(page, 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${page} lacks ${begin} … ${end}`);
    text = `${text.slice(0, from + begin.length)}\n\n${part}\n\n${text.slice(to)}`;
  }
  await writeFile(page, text);
}
