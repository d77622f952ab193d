import t from 'tap';
import { corrupted } from '../../agent/understanding/corruption.js';
import { seeded } from '../../agent/audio/seeded.js';

const variants = (text: string): readonly string[] => {
  const random = seeded(7);
  return Array.from({ length: 60 }, () => corrupted(text, random));
};

t.test('what a recogniser makes of a text', (t) => {
  const heard = new Set(variants('i need to see the doctor at two'));
  t.ok(heard.size > 10, 'many variants');
  t.ok(
    [...heard].some((text) => text.includes('sea') || text.includes('say')),
    'words sound alike',
  );
  t.ok(
    [...heard].some((text) => !text.includes('to see')),
    'short words are swallowed',
  );
  t.ok(
    [...heard].some((text) => text.endsWith(' 2')),
    'numbers are written in digits',
  );
  t.ok(
    [...heard].some((text) => /^i need i need|^i i/u.test(text)),
    'false starts',
  );
  for (const text of heard) t.match(text, /^\S+(?: \S+)*$/u, 'single spaces, never empty');
  t.end();
});

t.test('the same random numbers give the same text', (t) => {
  const text = 'can you tell me when my next appointment is please';
  t.strictSame(variants(text), variants(text));
  t.end();
});

t.test('a word alone stays a word', (t) => {
  for (const text of variants('operator')) t.match(text, /operator/u);
  t.end();
});
