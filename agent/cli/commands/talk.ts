import { Command, Option } from 'commander';
import { TRANSFER_OUTCOMES, type TransferOutcome } from '../../dialogue/ports.js';
import type { Desk, DeskEvent } from '../../reception/desk.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { withMicrophone, withPlayer, type SoundOptions } from '../sound-options.js';

interface Options extends SoundOptions {
  readonly record: boolean;
  readonly caller?: string;
  readonly transfers: TransferOutcome;
  readonly json?: true;
}

export const talkCommand = (house: () => House): Command =>
  withPlayer(
    withMicrophone(
      new Command('talk').description(
        'talk with the receptionist at this computer: a microphone and a loudspeaker, no PBX',
      ),
    ),
  )
    .option('--no-record', 'keep nothing of the talk, neither call nor recording')
    .option('--caller <number>', 'the number that the receptionist believes you call from')
    .addOption(
      new Option('--transfers <outcome>', 'how transfers end: there is nobody to ring here')
        .choices(TRANSFER_OUTCOMES)
        .default('answered'),
    )
    .option('--json', 'print one JSON object a line')
    .addHelpText(
      'after',
      `
Wear headphones: there is no echo cancellation, and the receptionist would hear herself.
The keys 0-9, * and # are those of a telephone; Ctrl-C hangs up. The talk is kept as any
call is (vestibule calls show ID), beside a daemon that runs or without one; a daemon that
starts meanwhile closes it as interrupted.`,
    )
    .action(async (options: Options) => {
      const { recorder, device, player, record, caller, transfers } = options;
      const show = (event: DeskEvent): void => {
        if (options.json === true) printJson(event);
        else print(line(event));
      };
      await house().talk(
        { recorder, device, player, record, caller, transfers },
        show,
        async (desk) => {
          const release = useTerminal(desk);
          try {
            if (options.json !== true) print('Ctrl-C hangs up');
            await desk.talk();
          } finally {
            release();
          }
          if (options.json === true) printJson({ call: record ? desk.callId : null });
          else print(record ? `kept as call ${desk.callId}` : 'nothing was kept');
        },
      );
    });

function line(event: DeskEvent): string {
  if ('does' in event) return `does: ${event.does}`;
  return `${event.party}: ${event.text}${event.whole ? '' : ' …'}`;
}

/** Keys of the terminal are those of a telephone. Returns what gives the terminal back. */
function useTerminal(desk: Desk): () => void {
  const { stdin } = process;
  const hangUp = (): void => {
    desk.hangUp();
  };
  const keys = (typed: Buffer): void => {
    for (const key of typed.toString('latin1')) {
      // A terminal in raw mode hands Ctrl-C and Ctrl-D over as characters.
      if (key === '\u0003' || key === '\u0004') hangUp();
      else if (/[0-9*#]/u.test(key)) desk.key(key);
    }
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on('data', keys);
  process.on('SIGINT', hangUp);
  process.on('SIGTERM', hangUp);
  return () => {
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.off('data', keys);
    // A terminal that is still listened to would keep the program from ending.
    stdin.pause();
    process.off('SIGINT', hangUp);
    process.off('SIGTERM', hangUp);
  };
}
