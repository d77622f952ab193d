import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewDecision } from '../../agent/records/ports.js';

/** A word and a number that may stand in no file of the store. */
export const CANARY = 'Zwiebelkuchen';
export const CANARY_NUMBER = '+442079460123';

export const aDecision = (call: string, atMs: number, text: string): NewDecision => ({
  call,
  atMs,
  event: JSON.stringify({ heard: text }),
  actions: JSON.stringify([{ say: text }]),
  reason: 'info.hours 0.93',
});

/** All files below a folder. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** Those files below a folder in which `text` stands in the open, as UTF-8 or UTF-16. */
export const filesWith = (folder: string, text: string): readonly string[] =>
  filesBelow(folder).filter((file) => {
    const bytes = readFileSync(file);
    return bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
  });
