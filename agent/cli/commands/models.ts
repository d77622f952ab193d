import { Command } from 'commander';
import type { ModelReport } from '../../speech/models.js';
import { EXIT, print, printJson } from '../output.js';

/** Loaded only when models are asked for: it reads a catalogue, which takes what reads catalogues. */
const speechModels = () => import('../../speech/models.js');

export const modelsCommand = (finish: (code: number) => void): Command =>
  new Command('models')
    .description('the speech and language models')
    .addCommand(
      new Command('list')
        .description('every model of the catalogue and its state')
        .option('--json', 'print one line of JSON')
        .action(async (options: { json?: true }) => {
          const { listModels, modelPlaces } = await speechModels();
          show(await listModels(modelPlaces()), options.json === true);
        }),
    )
    .addCommand(
      new Command('fetch')
        .description('fetch the needed models, or those named')
        .argument('[name...]')
        .option('--json', 'print one line of JSON at the end')
        .action(async (names: string[], options: { json?: true }) => {
          const { fetchModels, listModels, modelPlaces } = await speechModels();
          const progress = options.json === true ? () => undefined : print;
          await fetchModels(modelPlaces(), progress, names);
          if (options.json === true) printJson(await listModels(modelPlaces()));
        }),
    )
    .addCommand(
      new Command('verify')
        .description('check every file against its checksum')
        .argument('[name...]')
        .option('--json', 'print one line of JSON')
        .action(async (names: string[], options: { json?: true }) => {
          const { modelPlaces, verifyModels } = await speechModels();
          const wrong = await verifyModels(modelPlaces(), names);
          show(wrong, options.json === true);
          if (wrong.length > 0) finish(EXIT.faultFound);
          else if (options.json !== true) print('all models are in order');
        }),
    );

function show(models: readonly ModelReport[], json: boolean): void {
  if (json) {
    printJson(models);
    return;
  }
  for (const { name, state, purpose, licence, files } of models) {
    print(`${name.padEnd(24)} ${state.padEnd(9)} ${purpose} (${licence})`);
    for (const file of files.filter((one) => one.state !== 'right')) {
      print(`  ${file.state}: ${file.file}`);
    }
  }
}
