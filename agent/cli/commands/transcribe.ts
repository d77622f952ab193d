import { Command, Option } from 'commander';
import { readWav } from '../../audio/wav.js';
import { systemClock } from '../../clock.js';
import { oneLine } from '../../errors.js';
import { silentLog } from '../../log.js';
import type { Transcript } from '../../speech/transcribe.js';
import { EXIT, print, printJson } from '../output.js';

interface Options {
  readonly json?: true;
  readonly engine?: 'vosk' | 'moonshine';
  readonly language: string;
}

/** Needs no configuration: models and files are all there is to it. */
export const transcribeCommand = (finish: (code: number) => void): Command =>
  new Command('transcribe')
    .description('the text of WAV files of any shape, by the engines that hear callers')
    .argument('<file.wav...>')
    .addOption(
      new Option(
        '--engine <name>',
        'which engine; without it the best one that is installed',
      ).choices(['vosk', 'moonshine']),
    )
    .option('--language <code>', 'what is spoken: en, ko, …', 'en')
    .option('--json', 'print one line of JSON for each file')
    .action(async (files: string[], options: Options) => {
      const [{ modelPlaces }, { OwnWorkers }, { recogniserFor }, { transcribe }] =
        await Promise.all([
          import('../../speech/models.js'),
          import('../../speech/own-workers.js'),
          import('../../speech/recogniser-choice.js'),
          import('../../speech/transcribe.js'),
        ]);
      const { models } = modelPlaces();
      const { name, engine } = recogniserFor(models, options.language, options.engine);
      const place = { name: 'recogniser-1', kind: 'recogniser', socket: '', model: name } as const;
      const own = new OwnWorkers(models, [place]);
      try {
        await own.lend(systemClock(), silentLog, async ({ recogniser }) => {
          for (const file of files) {
            try {
              const { pcm } = await readWav(file);
              const streams = engine === 'vosk';
              const heard = await transcribe(pcm, recogniser, options.language, streams);
              if (options.json === true) printJson(jsonOf(heard, engine));
              else show(heard, file, files.length > 1);
            } catch (error) {
              // The other files are still worth reading.
              process.stderr.write(`vestibule: ${oneLine(error)}\n`);
              finish(EXIT.faultFound);
            }
          }
        });
      } finally {
        own.stop();
      }
    });

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

function jsonOf(heard: Transcript, engine: string): object {
  return {
    text: heard.text,
    words: heard.words.map(({ word, start, end, confidence, estimated = false }) => ({
      word,
      start: rounded(start),
      end: rounded(end),
      confidence: rounded(confidence),
      estimated,
    })),
    engine,
    seconds_audio: rounded(heard.secondsAudio),
    seconds_cpu: rounded(heard.secondsCpu),
  };
}

function show(heard: Transcript, file: string, named: boolean): void {
  const text = heard.text === '' ? '(no speech)' : heard.text;
  print(named ? `${file}: ${text}` : text);
}
