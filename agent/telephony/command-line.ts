import { createConnection } from 'node:net';
import { telephonyErrors } from './errors.js';

const WITHIN_MS = 5_000;
/** More than this is no answer to what we ask. */
const MOST_BYTES = 262_144;

/**
 * Asks Asterisk's command line, by the socket that `asterisk -rx` uses, and resolves with what it prints:
 * a few things it tells nowhere else. `socket` is asterisk.ctl in its folder for running.
 *
 * @throws TELEPHONY_NO_COMMAND_LINE
 */
export function askCommandLine(socket: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const failed = (cause: unknown): void => {
      line.destroy();
      reject(telephonyErrors.make('NO_COMMAND_LINE', { place: socket, cause }));
    };
    let said = '';
    const line = createConnection(socket, () => {
      line.write(`cli quit after ${command}\0`);
    });
    line.setTimeout(WITHIN_MS, () => {
      failed(new Error('no answer'));
    });
    line.once('error', failed);
    line.on('data', (part: Buffer) => {
      said += part.toString('utf8');
      if (said.length > MOST_BYTES) failed(new Error('too long an answer'));
    });
    line.once('end', () => {
      line.end();
      // Its greeting comes first: name, process and version.
      resolve(said.slice(said.indexOf('\n') + 1).replaceAll('\0', ''));
    });
  });
}
