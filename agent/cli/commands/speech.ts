import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { makeCertificate } from '../../wire/certificates.js';
import { checkoutRoot } from '../../wire/checkout.js';
import { wireErrors } from '../../wire/errors.js';
import { readTls, type TlsFiles } from '../../wire/tls.js';
import { print, printJson } from '../output.js';

const state = join(checkoutRoot, '.vestibule');

const address = (text: string): string => {
  const port = Number(/^[\w.-]+:(\d{1,5})$/u.exec(text)?.[1] ?? 0);
  if (port < 1 || port > 65_535) {
    throw new InvalidArgumentError('write host:port, such as 0.0.0.0:7443');
  }
  return text;
};

const whole =
  (most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    throw new InvalidArgumentError(`write a whole number from 1 to ${String(most)}`);
  };

interface ServeOptions {
  readonly listen: string;
  readonly health?: string;
  readonly kind: 'recogniser' | 'voice' | 'encoder';
  readonly workers: number;
  readonly model?: string;
  readonly ca?: string;
  readonly certificate?: string;
  readonly key?: string;
  readonly run: string;
}

/** All three or none: two of them protect nothing. */
function tlsOf({ listen, ca, certificate, key }: ServeOptions): TlsFiles | undefined {
  if (ca !== undefined && certificate !== undefined && key !== undefined) {
    return { ca, certificate, key };
  }
  if (ca === undefined && certificate === undefined && key === undefined) return undefined;
  const detail = '--ca, --certificate and --key belong together';
  throw wireErrors.make('UNSEALED', { place: listen, detail });
}

/** Needs no configuration: a machine that only serves speech knows nothing of the office. */
export const speechCommand = (finish: (code: number) => void): Command =>
  new Command('speech')
    .description('speech workers on machines of their own (docs/scale-out.md)')
    .addCommand(
      new Command('certificates')
        .description('make a certificate for a machine, and the authority on the first use')
        .requiredOption('--for <host...>', 'names or addresses at which the machine is reached')
        .option('--folder <folder>', 'where they are kept', join(state, 'speech-certificates'))
        .option('--days <number>', 'how long it is valid', whole(3650), 730)
        .option('--json', 'print one line of JSON')
        .action(async (options: { for: string[]; folder: string; days: number; json?: true }) => {
          const { files, madeAuthority } = await makeCertificate(
            ...([options.folder, options.for, options.days] as const),
          );
          const validUntil = new Date(readTls(files).validUntil).toISOString();
          if (options.json === true) {
            printJson({ ...files, madeAuthority, validUntil });
            return;
          }
          if (madeAuthority) {
            print(`authority    ${join(options.folder, 'ca.key')} (keep it offline, in secret)`);
          }
          print(`ca           ${files.ca}`);
          print(`certificate  ${files.certificate}, until ${validUntil.slice(0, 10)}`);
          print(`key          ${files.key}`);
        }),
    )
    .addCommand(
      new Command('serve')
        .description('run speech workers for receptionists on other machines')
        .requiredOption(
          '--listen <host:port>',
          'of the first worker; the next has the next port',
          address,
        )
        .addOption(
          new Option('--kind <kind>', 'what they do')
            .choices(['recogniser', 'voice', 'encoder'])
            .default('recogniser'),
        )
        .option('--workers <number>', 'processes', whole(64), 1)
        .option('--model <name>', 'the model they load')
        .option('--ca <file>', 'who must have signed the certificate of whoever comes')
        .option('--certificate <file>', 'what this machine shows')
        .option('--key <file>', 'its private key')
        .option('--health <host:port>', 'where health checks may ask without TLS', address)
        .option('--run <folder>', 'plan, process ids and logs', join(state, 'speech-machine'))
        .action(async (options: ServeOptions) => {
          const { listen, health, kind, workers, model, run } = options;
          const [{ modelPlaces }, { serveSpeech }] = await Promise.all([
            import('../../speech/models.js'),
            import('../../speech/speech-machine.js'),
          ]);
          const { models } = modelPlaces();
          const code = await serveSpeech({
            ...{ kind, workers, listen, health, model, models, run, tls: tlsOf(options) },
          });
          finish(code);
        }),
    );
