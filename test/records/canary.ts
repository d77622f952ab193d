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

/** So few letters stand by chance in the middle of a hash or of base64: they count by themselves only. */
const SHORT = 6;

/** Whether `text` stands in `bytes` in the open, as UTF-8 or UTF-16. */
export function holds(bytes: Buffer, text: string): boolean {
  const forms = [Buffer.from(text), Buffer.from(text, 'utf16le')];
  if (text.length > SHORT) return forms.some((form) => bytes.includes(form));
  const alone = (form: Buffer): RegExp =>
    new RegExp(`(?<![\\w+/])${form.toString('latin1')}(?![\\w+/])`, 'u');
  return forms.some((form) => bytes.includes(form) && alone(form).test(bytes.toString('latin1')));
}

/** Those files below a folder in which `text` stands in the open. */
export const filesWith = (folder: string, text: string): readonly string[] =>
  filesBelow(folder).filter((file) => holds(readFileSync(file), text));
