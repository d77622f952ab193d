import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SAMPLE_RATE, type Pcm } from '../audio/frame.js';
import { readPcm, writeWav } from '../audio/wav.js';

/** Prompts that people of the office have recorded, in a folder `own` of the prompts' folder. */
export interface OwnPrompts {
  /** The recording of `text`; undefined where there is none, or none that can be read. */
  pcmOf(text: string): Promise<Pcm | undefined>;
  fileOf(text: string): string | undefined;
}

const folderOf = (prompts: string): string => join(prompts, 'own');

/**
 * A recording belongs to a text and not to a name: when the configuration words a prompt anew, the
 * old words are not spoken any more.
 */
const markOf = (text: string, language: string): string =>
  createHash('sha256')
    .update(JSON.stringify([language, text]))
    .digest('hex')
    .slice(0, 16);

/** The recorded prompts in `prompts`, the data folder's prompts/. */
export async function ownPrompts(prompts: string, language: string): Promise<OwnPrompts> {
  const folder = folderOf(prompts);
  const files = await readdir(folder).catch(() => []);
  const byMark = new Map(
    files.flatMap((file) => {
      const mark = /\.([0-9a-f]{16})\.wav$/u.exec(file)?.[1];
      return mark === undefined ? [] : [[mark, join(folder, file)] as const];
    }),
  );
  const fileOf = (text: string): string | undefined => byMark.get(markOf(text, language));
  return {
    fileOf,
    async pcmOf(text) {
      const file = fileOf(text);
      if (file === undefined) return undefined;
      // A damaged recording must not keep the receptionist from speaking; doctor names it.
      const pcm = await readPcm(file).catch(() => undefined);
      return pcm === undefined || pcm.length === 0 ? undefined : pcm;
    },
  };
}

/** Keeps `pcm` as the recording of `text`, in place of an older one. Returns its file. */
export async function keepOwnPrompt(
  prompts: string,
  { name, text, language }: { name: string; text: string; language: string },
  pcm: Pcm,
): Promise<string> {
  const folder = folderOf(prompts);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = (await ownPrompts(prompts, language)).fileOf(text);
  const file = join(
    folder,
    `${name.replace(/[^a-z0-9._-]+/giu, '-')}.${markOf(text, language)}.wav`,
  );
  await writeWav(`${file}.new`, [pcm], SAMPLE_RATE);
  await rename(`${file}.new`, file);
  if (before !== undefined && before !== file) await rm(before, { force: true });
  return file;
}
