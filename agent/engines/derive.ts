import { oneLine } from '../errors.js';
import { deriveHeard, deriveStem, deriveStep } from './fused/derive.js';
import { deriveMiniLm } from './minilm.js';

// Program: makes a model from fetched files. Arguments: the derivation, its folder, the target.

const DERIVATIONS: Readonly<Record<string, (home: string, target: string) => Promise<void>>> = {
  'minilm-int8': deriveMiniLm,
  'moonshine-decoder': deriveStep,
  'moonshine-encoder': deriveHeard,
  'moonshine-stem': deriveStem,
};

const [by = '', home, target] = process.argv.slice(2);
try {
  const derivation = DERIVATIONS[by];
  if (derivation === undefined || home === undefined || target === undefined) {
    const names = Object.keys(DERIVATIONS).join('|');
    throw new Error(`derive: give ${names}, the folder of the fetched files, and the target`);
  }
  await derivation(home, target);
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}
