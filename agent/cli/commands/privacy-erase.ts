import { Command } from 'commander';
import type { ErasurePlan } from '../../privacy/erase-desk.js';
import { writePrivate } from '../../privacy/private-file.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import {
  proofOf,
  queryOf,
  several,
  withProof,
  withWhom,
  type ProofOptions,
  type WhomOptions,
} from './privacy-options.js';

interface EraseOptions extends WhomOptions, ProofOptions {
  readonly also: readonly string[];
  readonly dryRun?: true;
  readonly receipt?: string;
  readonly json?: true;
}

export const eraseCommands = (house: () => House): readonly Command[] => [
  withProof(withWhom(new Command('erase')))
    .description('destroy all that is known of a person, and give a signed receipt')
    .option(
      '--also <call>',
      'a call besides, such as one in which others speak of them; without a person it alone',
      several,
      [],
    )
    .option('--dry-run', 'only tell what would be destroyed and what would stay')
    .option('--receipt <file>', 'write the receipt there too')
    .option('--json', 'print one line of JSON')
    .addHelpText(
      'after',
      '\nThe keys are destroyed first: from then on no copy can be read, wherever it lies.' +
        '\nA receipt is given only when nothing is left beside the databases either.',
    )
    .action(async (options: EraseOptions) => {
      const order = { query: queryOf(options), also: [...options.also], proof: proofOf(options) };
      if (options.dryRun === true) {
        const plan = await house().rooms((rooms) => rooms.ask('erasing.plan', order));
        if (options.json === true) printJson(plan);
        else show(plan, 'would be');
        return;
      }
      const receipt = await house().rooms((rooms) => rooms.ask('erasing.erase', order));
      if (options.receipt !== undefined) {
        await writePrivate(options.receipt, `${JSON.stringify(receipt, null, 2)}\n`);
      }
      if (options.json === true) {
        printJson(receipt);
        return;
      }
      show(receipt, 'was');
      print(`receipt ${receipt.id}, kept in ledger/receipts of the data folder`);
    }),
  new Command('replay')
    .description('carry out again what the ledger of erasures tells: after a restore or a crash')
    .option('--json', 'print one line of JSON')
    .action(async ({ json }: { json?: true }) => {
      const done = await house().rooms((rooms) => rooms.ask('erasing.replay', {}));
      if (json === true) printJson(done);
      else {
        const { erasures, keys, files, rows } = done;
        print(
          `${String(erasures)} erasures in the ledger; destroyed again: ` +
            `${String(keys)} keys, ${String(files)} files, ${String(rows)} rows`,
        );
      }
    }),
  new Command('verify-receipt')
    .description('whether a receipt, or another signed document, is as it was signed')
    .argument('<file>')
    .option('--key <file>', 'public key (PEM) of the installation that signed; else of this one')
    .option('--json', 'print one line of JSON')
    .action(async (file: string, { key, json }: { key?: string; json?: true }) => {
      const { textOf } = await import('../../privacy/receipts.js');
      const asked = {
        document: { place: file, text: await textOf(file) },
        ...(key === undefined ? {} : { key: { place: key, text: await textOf(key) } }),
      };
      const { document, key: signer } = await house().rooms((rooms) =>
        rooms.ask('receipts.verify', asked),
      );
      if (json === true) printJson({ valid: true, document, key: signer });
      else print(`${document}: the signature is right`);
    }),
];

function show(plan: ErasurePlan, verb: 'was' | 'would be'): void {
  const { calls, contacts, recordings, utterances, messages, kept, mentions } = plan;
  const count = (ids: readonly unknown[]): string => String(ids.length);
  print(
    `${verb} erased: ${count(calls)} calls (${String(utterances)} utterances, ` +
      `${String(messages)} messages, ${count(recordings)} recordings), ${count(contacts)} contacts`,
  );
  for (const { what, ids, why } of kept) {
    print(`kept: ${what}${ids.length === 0 ? '' : ` ${ids.join(' ')}`}: ${why}`);
  }
  for (const { call, atMs, what } of mentions) {
    print(`spoken of in call ${call} at ${(atMs / 1000).toFixed(1)} s (${what}): look at it`);
  }
}
