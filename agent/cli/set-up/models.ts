import type { FoundPbx } from '../../privacy/set-up-answers.js';
import type { ShelvedModel } from '../../speech/model-shelf.js';
import { print } from '../output.js';

const MEGABYTE = 1_000_000;

/** Models that serve any language say so with this. */
const ANY = 'any';

/** What is heard and spoken with, in `language`: size, licence, and how to get what is not here. */
export function showModels(models: readonly ShelvedModel[], language: string): void {
  print(`\nModels for ${language}:`);
  for (const model of models.filter((one) => one.language === language || one.language === ANY)) {
    const size = model.bytes === 0 ? 'not here' : `${String(Math.ceil(model.bytes / MEGABYTE))} MB`;
    const need = model.needed ? '' : `; not needed, scripts/fetch-models ${model.name} gets it`;
    print(
      `  ${model.name.padEnd(28)} ${size.padStart(8)}  ${model.purpose} (${model.licence})${need}`,
    );
  }
}

/** Where calls come from. */
export function showPbx(pbx: FoundPbx | undefined): void {
  print(
    pbx === undefined
      ? '\nNo PBX is on this machine: the Asterisk that comes along takes the calls. To join a PBX elsewhere: docs/guide/existing-pbx.md'
      : `\n${pbx === 'freepbx' ? 'FreePBX' : 'An Asterisk'} is on this machine: scripts/vestibule asterisk enable shows what it takes to join it, and takes it back. docs/guide/existing-pbx.md`,
  );
}
