/** What digital silence measures: the level of less than half a step of 16 bits. */
export const SILENCE_DBFS = -96;

/** Level of `pcm` in dB relative to a full-scale square wave (RMS); SILENCE_DBFS for none. */
export function rmsDbfs(pcm: Int16Array): number {
  if (pcm.length === 0) return SILENCE_DBFS;
  let sum = 0;
  for (const sample of pcm) sum += sample * sample;
  if (sum === 0) return SILENCE_DBFS;
  return Math.max(SILENCE_DBFS, 10 * Math.log10(sum / pcm.length / 32_768 ** 2));
}

export interface VoicedSettings {
  /** Below this level nothing is voiced, in dBFS. */
  readonly floorDbfs?: number;
  /** How far above the background a frame must be, in dB. */
  readonly aboveNoiseDb?: number;
}

const DEFAULT_FLOOR_DBFS = -50;
const DEFAULT_ABOVE_NOISE_DB = 10;
/** A click of one frame is not speech. */
const MIN_RUN = 2;
/** How fast the noise estimate rises, in dB a frame: 10 dB in 2 s of steady noise. */
const RISE_DB = 0.1;
/** Steady noise above this is taken for speech all the same, so that loud talk is never adapted to. */
const MAX_NOISE_DBFS = -35;

/**
 * Whether each whole frame of `frameSamples` in `pcm` is voiced, by level against the quietest tenth
 * of the piece. Runs of a single frame are dropped.
 */
export function voicedFrames(
  pcm: Int16Array,
  frameSamples: number,
  settings: VoicedSettings = {},
): boolean[] {
  const count = Math.floor(pcm.length / frameSamples);
  const levels = Array.from({ length: count }, (_, i) =>
    rmsDbfs(pcm.subarray(i * frameSamples, (i + 1) * frameSamples)),
  );
  const sorted = [...levels].sort((a, b) => a - b);
  const noise = Math.min(sorted[Math.floor(count / 10)] ?? SILENCE_DBFS, MAX_NOISE_DBFS);
  const threshold = Math.max(
    settings.floorDbfs ?? DEFAULT_FLOOR_DBFS,
    noise + (settings.aboveNoiseDb ?? DEFAULT_ABOVE_NOISE_DB),
  );
  const loud = levels.map((level) => level > threshold);
  return loud.map((on, i) => {
    if (!on) return false;
    let run = 1;
    for (let j = i - 1; j >= 0 && loud[j] && run < MIN_RUN; j--) run++;
    for (let j = i + 1; j < count && loud[j] && run < MIN_RUN; j++) run++;
    return run >= MIN_RUN;
  });
}

/** At or below this a frame is digital silence: a lost packet, or a PBX that sends nothing. */
const NOTHING_DBFS = -90;
/** So many frames of nothing are more than lost packets: what the noise was is then unknown. */
const NOTHING_RUN = 5;

/** Tells frame by frame whether somebody speaks, by level over a noise estimate that follows. */
export class VoicedDetector {
  readonly #floor: number;
  readonly #above: number;
  #noise: number | undefined;
  #run = 0;
  #nothing = 0;

  constructor(settings: VoicedSettings = {}) {
    this.#floor = settings.floorDbfs ?? DEFAULT_FLOOR_DBFS;
    this.#above = settings.aboveNoiseDb ?? DEFAULT_ABOVE_NOISE_DB;
  }

  /** Takes the next 20 ms. True from the second loud frame of a run on. */
  push(frame: Int16Array): boolean {
    const level = rmsDbfs(frame);
    if (level <= NOTHING_DBFS) {
      // A lost packet is no quiet background; else noise would pass for speech after each of them.
      this.#nothing++;
      if (this.#nothing >= NOTHING_RUN) this.#noise = undefined;
      this.#run = 0;
      return false;
    }
    this.#nothing = 0;
    const noise = this.#noise ?? Math.min(level, MAX_NOISE_DBFS - this.#above);
    const loud = level > Math.max(this.#floor, noise + this.#above);
    // The estimate falls at once and rises slowly, so that speech hardly lifts it.
    this.#noise = Math.min(level < noise ? level : noise + RISE_DB, MAX_NOISE_DBFS);
    this.#run = loud ? this.#run + 1 : 0;
    return this.#run >= MIN_RUN;
  }

  reset(): void {
    this.#noise = undefined;
    this.#run = 0;
    this.#nothing = 0;
  }
}
