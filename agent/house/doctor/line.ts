import { join } from 'node:path';
import { lineQualityIn } from '../../telephony/quality/book.js';
import { fail, ok, skipped, warn, type Check } from './check.js';

/** Below this estimate "some users are dissatisfied" (ITU-T G.107, annex B). */
const POOR_MOS = 3.6;
const POOR_LOSS = 0.03;

/** One call may be a telephone that is broken; more are the network. */
const MOST_ONE_WAY = 1;

const oneWay: Check = {
  id: 'calls.one-way',
  title: 'sound goes both ways',
  why: 'a caller who hears and is not heard, or is heard and does not hear, has no receptionist',
  needs: 'configuration',
  run({ paths, settings }) {
    const quality = lineQualityIn(join(paths.run, 'line-quality.json'));
    if (quality === undefined || quality.calls === 0) return skipped('no call was held yet');
    const { calls, callerSilent, nothingSent } = quality;
    const of = `of the last ${String(calls)} calls`;
    const { from, to } = settings.pbx.rtp;
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
    const { mos, loss, jitterMs, calls } = quality;
    const found =
      `estimate ${mos.toFixed(1)} of 4.4, ${(loss * 100).toFixed(1)} % lost, jitter ` +
      `${jitterMs.toFixed(0)} ms, over ${String(calls)} calls`;
    return mos < POOR_MOS || loss > POOR_LOSS
      ? warn(found, 'Give voice priority in the network, and look at wireless telephones first')
      : ok(found);
  },
};

export const lineChecks: readonly Check[] = [oneWay, sound];
