import { join } from 'node:path';
import { SAMPLE_RATE } from '../../agent/audio/frame.js';
import { readWav, writeWav } from '../../agent/audio/wav.js';
import { oneLine } from '../../agent/errors.js';
import type { Turn } from '../../agent/reception/rehearse/agent-ear.js';
import type { PhoneCall } from '../../agent/reception/rehearse/caller.js';
import { parseScenario, type Step } from '../../agent/reception/rehearse/scenario.js';
import { Lines, Script } from '../../agent/reception/rehearse/script.js';
import type { Office } from '../../test/calls/office.js';
import { allLines, type MixTurn } from './load-mix.js';

// What processes of simulated callers who talk as the mix does share: load-callers and soak-callers.

/** Silence after which a caller takes what was said as whole, in milliseconds. */
export const PAUSE_MS = 700;
export const RECEPTION = 'sip:reception@127.0.0.1';

/** WAV file of each line of the mix. */
export type MixAudio = Readonly<Record<string, string>>;

/** Speaks each line of the mix into a file of its own in `folder`. */
export async function spokenMix(office: Office, folder: string): Promise<MixAudio> {
  const audio: Record<string, string> = {};
  for (const [at, line] of allLines().entries()) {
    const path = join(folder, `line-${String(at)}.wav`);
    await writeWav(path, [await office.synthesise(line)], SAMPLE_RATE);
    audio[line] = path;
  }
  return audio;
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

/** Says lines in `call`; `turns` are those of the other side, as they come. */
export function scriptOf(call: PhoneCall, lines: Lines, turns: readonly Turn[]): Script {
  return new Script(
    ...([call, lines, PAUSE_MS, () => turns.at(-1)] as const),
    () => Promise.resolve(''),
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
