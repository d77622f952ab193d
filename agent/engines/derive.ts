import { oneLine } from '../errors.js';
import { deriveMiniLm } from './minilm.js';

// Program: makes a model from fetched files. Arguments: the derivation, its folder, the target.
const [by, home, target] = process.argv.slice(2);
try {
  if (by !== 'minilm-int8' || home === undefined || target === undefined) {
    throw new Error('derive: give minilm-int8, the folder of the fetched files, and the target');
  }
  await deriveMiniLm(home, target);
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}
