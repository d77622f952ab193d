import { join } from 'node:path';
import { lineQualityIn } from '../../telephony/quality/book.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

/** Below this estimate "some users are dissatisfied" (ITU-T G.107, annex B). */
const POOR_MOS = 3.6;
const POOR_LOSS = 0.03;

/** One call may be a telephone that is broken; more are the network. */
const MOST_ONE_WAY = 1;
/** After so many good calls in a row it was mended, or is rare. */
const GOOD_AGAIN = 10;

const oneWay: Check = {
  id: 'calls.one-way',
  title: 'sound goes both ways',
  why: 'a caller who hears and is not heard, or is heard and does not hear, has no receptionist',
  needs: 'configuration',
  run({ paths, settings }) {
    const quality = lineQualityIn(join(paths.run, 'line-quality.json'));
    if (quality === undefined || quality.calls === 0) return skipped('no call was held yet');
    const { calls, callerSilent, nothingSent, fineSince } = quality;
    const of = `of the last ${String(calls)} calls`;
    const { from, to } = settings.pbx.rtp;
    if (Math.max(callerSilent, nothingSent) > MOST_ONE_WAY && fineSince >= GOOD_AGAIN) {
      return warn(
        `sound went one way in ${String(callerSilent + nothingSent)} ${of}, in none of the last ${String(fineSince)}`,
        'Nothing, if that was mended meanwhile; see which callers these were (vestibule calls show) otherwise',
      );
    }
    if (callerSilent > MOST_ONE_WAY) {
      return fail(
        `in ${String(callerSilent)} ${of} nothing came from the caller`,
        `Open UDP ${String(from)}-${String(to)} in the firewall towards this machine; behind NAT or in a container set pbx.sip.advertised`,
      );
    }
    if (nothingSent > MOST_ONE_WAY) {
      return fail(
        `in ${String(nothingSent)} ${of} nothing left for the caller`,
        'Look whether the network lets UDP out to where callers are, and what asterisk/log/messages says',
      );
    }
    return ok(`in all ${of}`);
  },
};

const sound: Check = {
  id: 'calls.quality',
  title: 'how calls sound',
  why: 'lost and late packets make words that nobody understands, us included',
  needs: 'configuration',
  run({ paths }) {
    const quality = lineQualityIn(join(paths.run, 'line-quality.json'));
    if (quality === undefined || quality.calls === 0) return skipped('no call was held yet');
    const { mos, loss, jitterMs, calls, unreported } = quality;
    if (mos === 0) return skipped('no call was long enough to tell');
    const [score, lost, late] = [mos.toFixed(1), (loss * 100).toFixed(1), jitterMs.toFixed(0)];
    const [of, without] = [String(calls), String(unreported)];
    const found =
      unreported === 0
        ? `estimate ${score} of 4.4, ${lost} % lost, jitter ${late} ms, over ${of} calls`
        : `estimate ${score} of 4.4, ${lost} % lost, jitter ${late} ms, over ${of} calls; of ${without} the other end tells nothing (RTCP)`;
    return mos < POOR_MOS || loss > POOR_LOSS
      ? warn(found, 'Give voice priority in the network, and look at wireless telephones first')
      : ok(found);
  },
};

export const lineChecks: readonly Check[] = [oneWay, sound];
