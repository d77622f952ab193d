import { join } from 'node:path';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { resample } from '../../agent/audio/resample.js';
import { readWav, writeWav } from '../../agent/audio/wav.js';
import { Prompts } from '../../agent/dialogue/prompts/prompts.js';
import { oneLine } from '../../agent/errors.js';
import type { Turn } from '../../agent/reception/rehearse/agent-ear.js';
import type { PhoneCall } from '../../agent/reception/rehearse/caller.js';
import { LINE_RATE } from '../../agent/reception/rehearse/pacer.js';
import { parseScenario, type Step } from '../../agent/reception/rehearse/scenario.js';
import { Lines, Script } from '../../agent/reception/rehearse/script.js';
import type { Office } from '../../test/calls/office.js';
import { KnownSound } from './known-sound.js';
import { allLines, type MixTurn } from './load-mix.js';

// What processes of simulated callers who talk as the mix does share: load-callers and soak-callers.

/** Silence after which a caller takes what was said as whole, in milliseconds. */
export const PAUSE_MS = 700;
export const RECEPTION = 'sip:reception@127.0.0.1';
/** What a turn is looked at with before and behind it, in milliseconds. */
const AROUND_MS = 200;

/** What the receptionist says where an answer takes long. */
const MOMENT = new Prompts('en').phrase('wait.moment').text;

/** WAV file of each line of the mix, and of what the receptionist says where an answer takes long. */
export type MixAudio = Readonly<Record<string, string>>;

/** Speaks each line of the mix into a file of its own in `folder`. */
export async function spokenMix(office: Office, folder: string): Promise<MixAudio> {
  const audio: Record<string, string> = {};
  const keep = async (name: string, text: string, pcm: Int16Array): Promise<void> => {
    audio[text] = join(folder, `${name}.wav`);
    await writeWav(audio[text], [pcm], SAMPLE_RATE);
  };
  for (const [at, line] of allLines().entries()) {
    await keep(`line-${String(at)}`, line, await office.synthesise(line));
  }
  await keep('moment', MOMENT, await office.prompt('wait.moment'));
  return audio;
}

/** What is no answer yet. */
export async function mixMoment(audio: MixAudio): Promise<KnownSound> {
  const { pcm } = await readWav(audio[MOMENT] ?? '');
  return new KnownSound(MOMENT, resample(pcm, SAMPLE_RATE, LINE_RATE), LINE_RATE);
}

/** The lines of the mix, read into memory: nothing is read or made while callers talk. */
export async function mixLines(audio: MixAudio): Promise<Lines> {
  const scenario = parseScenario(
    { to: RECEPTION, steps: allLines().map((say) => ({ say })) },
    'mix',
  );
  const lines = new Lines();
  await lines.prepare(scenario, async (text) => (await readWav(audio[text] ?? '')).pcm);
  return lines;
}

/** What a caller does in one turn, who waits so many seconds for the other side. */
export function stepsOf({ say, interruptsAfterMs }: MixTurn, timeout: number): readonly Step[] {
  return interruptsAfterMs === undefined
    ? [{ 'wait-for': 'agent', timeout }, { say }]
    : [{ 'barge-in': { say, 'after-ms': interruptsAfterMs, timeout } }];
}

/** Says lines in `call`; `turns` are those of the other side, as they come. After a moment more is waited for. */
export function scriptOf(
  call: PhoneCall,
  lines: Lines,
  turns: readonly Turn[],
  moment: KnownSound,
): Script {
  const isMoment = ({ startMs, endMs }: Turn): boolean =>
    moment.isAt(
      call.audio.recording.heardBetween(startMs - AROUND_MS, endMs + AROUND_MS),
      AROUND_MS,
    );
  const last = (): Turn | undefined => turns.at(-1);
  return new Script(
    ...([call, lines, PAUSE_MS, last] as const),
    () => Promise.resolve(turns.slice(-1).some(isMoment) ? moment.text : ''),
    () => undefined,
  );
}

/** Does the one job that the parent sends, and ends this process with it. */
export function serveJob(run: (job: never) => Promise<void>): void {
  process.once('message', (job: unknown) => {
    run(job as never).then(
      () => {
        process.disconnect();
      },
      (error: unknown) => {
        process.stderr.write(`${oneLine(error)}\n`);
        process.exit(1);
      },
    );
  });
}
