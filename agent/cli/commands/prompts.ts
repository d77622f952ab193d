import { Command, InvalidArgumentError } from 'commander';
import { FRAME_MS, SAMPLE_RATE, joined, type Pcm } from '../../audio/frame.js';
import { VoicedDetector } from '../../audio/level.js';
import { Microphone } from '../../audio/microphone.js';
import { Player } from '../../audio/player.js';
import { readPcm } from '../../audio/wav.js';
import { systemClock } from '../../clock.js';
import type { House } from '../house.js';
import { print, printJson } from '../output.js';
import { withMicrophone, withPlayer, type SoundOptions } from '../sound-options.js';

export const promptsCommand = (house: () => House): Command =>
  new Command('prompts')
    .description('the fixed prompts: spoken by the voice, or recorded by you')
    .addCommand(
      new Command('list')
        .description('every fixed prompt by name, and whether it is recorded')
        .option('--json', 'print one line of JSON')
        .action(async (options: { json?: true }) => {
          const entries = await house().prompts().list();
          if (options.json === true) {
            printJson(entries.map((one) => ({ ...one, recorded: one.recording !== undefined })));
            return;
          }
          const width = Math.max(...entries.map(({ name }) => name.length));
          for (const { name, text, recording } of entries) {
            const by = recording === undefined ? 'synthesised' : 'recorded   ';
            print(`${name.padEnd(width)}  ${by}  ${text}`);
          }
        }),
    )
    .addCommand(
      withMicrophone(
        new Command('record')
          .description(
            'record a prompt in your own voice; the daemon plays it after its next start',
          )
          .argument('<name>', 'as `prompts list` shows it'),
      )
        .option('--seconds <n>', 'record so long; else until Enter, or silence', seconds)
        .option('--from <file.wav>', 'take a WAV file of any shape instead of the microphone')
        .action(async (name: string, options: RecordOptions) => {
          const book = house().prompts();
          const entry = await book.find(name);
          const recorded =
            options.from === undefined
              ? await recordFrom(options, entry.text)
              : await readPcm(options.from);
          const { file, pcm } = await book.keep(entry, recorded);
          print(`kept ${(pcm.length / SAMPLE_RATE).toFixed(1)} s: ${file}`);
        }),
    )
    .addCommand(
      withPlayer(
        new Command('play').description('play a prompt as callers hear it').argument('<name>'),
      ).action(async (name: string, options: SoundOptions) => {
        const lent = house();
        const entry = await lent.prompts().find(name);
        const pcm =
          (await lent.prompts().heard(entry)) ??
          (await lent.speech(['voice'], ({ voice }) =>
            joined(voice.speak(entry.text, { language: lent.language })),
          ));
        await new Player(options, () => undefined).play(pcm);
      }),
    )
    .addCommand(
      new Command('remove')
        .description('remove the recording of a prompt; the voice speaks it again')
        .argument('<name>')
        .action(async (name: string) => {
          const book = house().prompts();
          await book.remove(await book.find(name));
          print(`${name} is spoken by the voice again`);
        }),
    );

interface RecordOptions extends SoundOptions {
  readonly seconds?: number;
  readonly from?: string;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= LONGEST_SECONDS)) {
    throw new InvalidArgumentError(`write a number of seconds up to ${String(LONGEST_SECONDS)}`);
  }
  return value;
}

const LONGEST_SECONDS = 120;
/** So much silence after speech ends a recording. */
const ENDING_SILENCE_MS = 2_000;

/** Records until Enter, silence after speech, or the time that was asked for. */
async function recordFrom(options: RecordOptions, text: string): Promise<Pcm> {
  const pieces: Pcm[] = [];
  const detector = new VoicedDetector();
  let silentMs: number | undefined;
  let finish: (lost?: Error) => void = () => undefined;
  const over = new Promise<Error | undefined>((resolve) => {
    finish = resolve;
  });
  const longest = ((options.seconds ?? LONGEST_SECONDS) * 1000) / FRAME_MS;
  const microphone = new Microphone(
    options,
    {
      frame(pcm) {
        pieces.push(pcm);
        if (detector.push(pcm)) silentMs = 0;
        else if (silentMs !== undefined) silentMs += FRAME_MS;
        const silent = options.seconds === undefined && (silentMs ?? 0) >= ENDING_SILENCE_MS;
        if (silent || pieces.length >= longest) finish();
      },
      lost: (error) => {
        finish(error);
      },
    },
    systemClock(),
  );
  const entered = (): void => {
    finish();
  };
  await microphone.start();
  print(`say now: ${text}`);
  if (options.seconds === undefined) print('Enter, or two seconds of silence, ends the recording');
  process.stdin.once('data', entered);
  const lost = await over;
  process.stdin.off('data', entered);
  process.stdin.pause();
  await microphone.stop();
  if (lost !== undefined) throw lost;
  const pcm = new Int16Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    pcm.set(piece, at);
    at += piece.length;
  }
  return pcm;
}
