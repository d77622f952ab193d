import { oneLine } from '../agent/errors.js';
import { fetchModels, modelPlaces } from '../agent/speech/models.js';

const names = process.argv.slice(2);
try {
  await fetchModels(
    modelPlaces(),
    (line) => {
      process.stdout.write(`${line}\n`);
    },
    names,
  );
} catch (error) {
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = 1;
}
