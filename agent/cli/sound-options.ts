import { Option, type Command } from 'commander';
import { RECORDERS, type MicrophoneSettings } from '../audio/microphone.js';
import { PLAYERS, type PlayerSettings } from '../audio/player.js';

/** Adds the options of a command that records. */
export const withMicrophone = (command: Command): Command =>
  command
    .addOption(
      new Option('--recorder <program>', 'what records; the first one that is installed').choices(
        RECORDERS,
      ),
    )
    .option('--device <name>', 'the microphone, as the recorder names it (hw:1 for arecord)');

/** Adds the option of a command that plays. */
export const withPlayer = (command: Command): Command =>
  command.addOption(
    new Option('--player <program>', 'what plays; one that fits this machine').choices(PLAYERS),
  );

export type SoundOptions = MicrophoneSettings & PlayerSettings;
