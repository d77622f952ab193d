import { Command, InvalidArgumentError, Option } from 'commander';
import { joined } from '../../audio/frame.js';
import { eventLine, reportLines } from '../../reception/rehearse/report.js';
import type { OtherLine } from '../../reception/rehearse/scenario.js';
import type { Synthesise } from '../../reception/rehearse/synthesise.js';
import { endpoint } from '../endpoint.js';
import type { House, Speech } from '../house.js';
import { EXIT, print, printJson } from '../output.js';

interface Options {
  readonly json?: true;
  readonly sip?: ReturnType<typeof endpoint>;
  readonly record?: string;
  readonly voice: 'piper' | 'espeak-ng' | 'flite';
  readonly codec?: string;
  readonly loss?: number;
  readonly burst?: number;
  readonly jitter?: number;
  readonly dtx?: string | true;
  readonly noise?: number;
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('write a number.');
}

export const rehearseCommand = (house: () => House, finish: (code: number) => void): Command =>
  new Command('rehearse')
    .description('place a real SIP call as a simulated caller and report what the caller heard')
    .argument('<scenario...>', 'YAML files; test/calls/scenarios has examples')
    .option('--json', 'print one JSON report a line instead of the conversation')
    .option(
      '--sip <host:port>',
      'where to send the call instead of the scenario’s address',
      endpoint,
    )
    .option('--record <file.wav>', 'write what the caller said (left) and heard (right)')
    .addOption(
      new Option('--voice <engine>', 'who speaks the caller’s lines: piper, espeak-ng or flite')
        .choices(['piper', 'espeak-ng', 'flite'])
        .default('piper'),
    )
    .addOption(
      new Option(
        '--codec <name>',
        'the line’s codec instead of the scenario’s: pcmu, pcma or g722',
      ).choices(['pcmu', 'pcma', 'g722']),
    )
    .option('--loss <percent>', 'part of the packets that are lost in each direction', number)
    .option('--burst <packets>', 'how many are lost in a row, on average', number)
    .option('--jitter <ms>', 'how late packets are at most, in each direction', number)
    .addOption(
      new Option(
        '--dtx [kind]',
        'what is sent while nothing is said: nothing, comfort-noise or off',
      ).choices(['nothing', 'comfort-noise', 'off']),
    )
    .option('--noise <dBFS>', 'level of noise around the caller, such as -45', number)
    .action(async (files: string[], options: Options) => {
      const [{ rehearse }, { readScenario }, { transcriber }] = await Promise.all([
        import('../../reception/rehearse/rehearse.js'),
        import('../../reception/rehearse/scenario.js'),
        import('../../reception/rehearse/transcriber.js'),
      ]);
      const lent = house();
      const synthesise = (speech: Speech) => voiceOf(options.voice, speech, lent.language);
      const kinds =
        options.voice === 'piper' ? (['recogniser', 'voice'] as const) : (['recogniser'] as const);
      await lent.speech(kinds, async (speech) => {
        for (const file of files) {
          const report = await rehearse(await readScenario(file, lineOf(options)), {
            synthesise: await synthesise(speech),
            transcribe: transcriber(speech.recogniser, lent.language),
            ...(options.sip === undefined ? {} : { sip: options.sip }),
            ...(options.record === undefined ? {} : { recordTo: options.record }),
            ...(options.json === true
              ? {}
              : {
                  onEvent: (event) => {
                    print(eventLine(event));
                  },
                }),
          });
          if (options.json === true) printJson(report);
          else for (const line of reportLines(report)) print(line);
          if (!report.passed) finish(EXIT.faultFound);
        }
      });
    });

/** The line that the options ask for, under the names that a scenario has for it. */
function lineOf({ codec, loss, burst, jitter, dtx, noise }: Options): OtherLine {
  const path = {
    ...(loss === undefined ? {} : { 'loss-percent': loss }),
    ...(burst === undefined ? {} : { 'loss-burst': burst }),
    ...(jitter === undefined ? {} : { 'jitter-ms': jitter }),
  };
  const impairments = {
    ...path,
    ...(Object.keys(path).length === 0 ? {} : { receiving: path }),
    ...(dtx === undefined ? {} : { dtx: dtx === true ? 'nothing' : dtx }),
    ...(noise === undefined ? {} : { 'noise-db': noise }),
  };
  return {
    ...(codec === undefined ? {} : { codec }),
    ...(Object.keys(impairments).length === 0 ? {} : { impairments }),
  };
}

async function voiceOf(
  voice: Options['voice'],
  speech: Speech,
  language: string,
): Promise<Synthesise> {
  const { espeakNg, flite } = await import('../../reception/rehearse/synthesise.js');
  if (voice === 'espeak-ng') return espeakNg;
  if (voice === 'flite') return flite;
  return (text) => joined(speech.voice.speak(text, { language }));
}
