/** What a conversation is worth with the E-model's defaults, and nothing measured against it (ITU-T G.107, 7.7). */
const BEST = 93.2;
/** How well G.711 with concealment stands packets that are lost one by one, per cent (ITU-T G.113, appendix I). */
const ROBUSTNESS = 25.1;
/** From here on, milliseconds, people begin to talk over one another. */
const FELT_MS = 177.3;
/** What coding and a packet of 20 ms take at least, milliseconds. */
const CODING_MS = 20;

/**
 * The mean opinion score of listeners and talkers, 1 to 4.4, by the E-model (ITU-T G.107), simplified: for G.711, with
 * its defaults for all that is not measured. Of loss, the effective impairment (G.107, 7-29, losses at random); of
 * delay, what Cole and Rosenbluth made of the model's curves (Voice over IP performance monitoring, 2001); the score
 * from the rating (G.107, annex B). The delay is half of the round trip, a buffer of twice the jitter, and coding.
 *
 * @param loss share of packets, 0 to 1
 */
export function mosOf(loss: number, jitterMs: number, roundTripMs: number): number {
  const delay = roundTripMs / 2 + 2 * jitterMs + CODING_MS;
  const byDelay = 0.024 * delay + 0.11 * Math.max(0, delay - FELT_MS);
  const percent = 100 * loss;
  const byLoss = (95 * percent) / (percent + ROBUSTNESS);
  const rating = Math.max(0, BEST - byDelay - byLoss);
  const score = 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating);
  return Math.round(Math.max(1, score) * 100) / 100;
}
