/** A sine at 8 kHz. */
export const tone = (hz: number, ms: number, amplitude = 8000): Int16Array =>
  Int16Array.from({ length: ms * 8 }, (_, i) =>
    Math.round(amplitude * Math.sin((2 * Math.PI * hz * i) / 8000)),
  );

/** Power of `hz` in `pcm` (8 kHz) as a part of all the power in its loud samples: 1 for a pure tone. */
export function share(pcm: Int16Array, hz: number): number {
  let re = 0;
  let im = 0;
  let all = 0;
  let loud = 0;
  pcm.forEach((value, i) => {
    re += value * Math.cos((2 * Math.PI * hz * i) / 8000);
    im += value * Math.sin((2 * Math.PI * hz * i) / 8000);
    all += value * value;
    // Silence around the tone does not count (A-law silence is 8).
    if (Math.abs(value) > 50) loud++;
  });
  return all === 0 ? 0 : (2 * (re * re + im * im)) / loud / all;
}
