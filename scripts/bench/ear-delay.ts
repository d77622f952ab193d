import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { FRAME_MS } from '../../agent/audio/frame.js';
import { rmsDbfs } from '../../agent/audio/level.js';
import { seeded } from '../../agent/audio/seeded.js';
import { systemClock, type Clock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { Phone } from '../../agent/reception/rehearse/caller.js';
import { noImpairments } from '../../agent/reception/rehearse/impairments.js';
import { Ear } from '../../agent/telephony/ear.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { LinesPbx } from './lines-pbx.js';

// How long after a sound leaves the caller's telephone the ear hears it, along a call, on lines that
// are steady, that jitter, and that stand still for a moment. Writes docs/benchmarks/ear-delay.md.
// Run by scripts/bench/ear-delay.

const PAGE = join(checkoutRoot, 'docs', 'benchmarks', 'ear-delay.md');
const RATE = 8000;
/** A short sound each second. */
const EVERY_MS = 1000;
const SOUND_MS = 40;
const SOUNDS = 40;
const LOUD_DBFS = -40;
/** What is heard later than this belongs to the next sound. */
const MOST_MS = EVERY_MS - SOUND_MS;
/** When the line stands still, after the first sound, and for how long. */
const STILL_AT_MS = 5_000;
const STILL_MS = 300;

interface Condition {
  readonly about: string;
  readonly jitterMs?: number;
  readonly stands?: boolean;
}

const CONDITIONS: readonly Condition[] = [
  { about: 'a steady line' },
  { about: 'up to 40 ms of jitter', jitterMs: 40 },
  {
    about: `${String(STILL_MS)} ms of nothing after ${String(STILL_AT_MS / 1000)} s, then all of it at once`,
    stands: true,
  },
];

/** A clock whose timers wait while the line stands still. */
function standing(clock: Clock, untilMs: () => number): Clock {
  return {
    ...clock,
    after: (delay, run) => {
      let cancel = clock.after(delay, () => {
        const wait = untilMs() - clock.monotonic();
        if (wait > 0 && wait <= STILL_MS) cancel = clock.after(wait, run);
        else run();
      });
      return () => {
        cancel();
      };
    },
  };
}

function sounds(): Int16Array {
  const pcm = new Int16Array((RATE * EVERY_MS * SOUNDS) / 1000);
  // A line is never wholly still; what Asterisk puts in is.
  const random = seeded(1);
  for (let i = 0; i < pcm.length; i += 1) pcm[i] = Math.round(40 * (2 * random() - 1));
  for (let one = 0; one < SOUNDS; one += 1) {
    const at = (one * RATE * EVERY_MS) / 1000;
    for (let i = 0; i < (RATE * SOUND_MS) / 1000; i += 1) {
      pcm[at + i] = Math.round(12_000 * Math.sin((2 * Math.PI * 800 * i) / RATE));
    }
  }
  return pcm;
}

/** Delays of the sounds of one call, in milliseconds; undefined for one that was not heard. */
async function delaysOf(
  pbx: LinesPbx,
  clock: Clock,
  condition: Condition,
  number: string,
): Promise<readonly (number | undefined)[]> {
  const channel = pbx.nextCaller(number);
  const { jitterMs = 0 } = condition;
  let stillUntilMs = -Infinity;
  const phone = new Phone({
    clock: condition.stands === true ? standing(clock, () => stillUntilMs) : clock,
    user: number,
    impairments: { ...noImpairments, sending: { ...noImpairments.sending, jitterMs } },
  });
  await phone.start();
  const placing = phone.call('sip:reception@127.0.0.1', pbx.server);
  const channelId = await channel;
  await pbx.ari.answer(channelId);
  const ear = new Ear(pbx.ari, channelId, `delay-${number}`, silentLog, clock);
  const heard: number[] = [];
  let lastMs = -Infinity;
  ear.listen({
    frame: (pcm) => {
      if (rmsDbfs(pcm) < LOUD_DBFS) return;
      const now = clock.monotonic();
      if (now - lastMs > SOUND_MS + 2 * FRAME_MS) heard.push(now);
      lastMs = now;
    },
    played: () => undefined,
    key: () => undefined,
    closed: () => undefined,
  });
  await ear.open();
  const call = await placing;
  await clock.sleep(1000);
  if (condition.stands === true) {
    clock.after(STILL_AT_MS, () => {
      stillUntilMs = clock.monotonic() + STILL_MS;
    });
  }
  const originMs = clock.monotonic() - call.audio.nowMs;
  const { startMs } = await call.say(sounds());
  await clock.sleep(MOST_MS);
  await call.hangUp();
  await ear.close();
  await phone.stop();
  return Array.from({ length: SOUNDS }, (_, one) => {
    const saidMs = originMs + startMs + one * EVERY_MS;
    const at = heard.find((ms) => ms >= saidMs - FRAME_MS && ms < saidMs + MOST_MS);
    return at === undefined ? undefined : Math.max(0, at - saidMs);
  });
}

const clock = systemClock();
const pbx = await LinesPbx.open(clock);
const rows: string[] = [];
for (const [at, condition] of CONDITIONS.entries()) {
  const delays = await delaysOf(pbx, clock, condition, `555020${String(at)}`);
  process.stdout.write(
    `${condition.about}: ${delays.map((ms) => ms?.toFixed(0) ?? '–').join(' ')}\n`,
  );
  const mean = (part: readonly (number | undefined)[]): string => {
    const known = part.filter((ms) => ms !== undefined);
    return (known.reduce((sum, ms) => sum + ms, 0) / known.length).toFixed(0);
  };
  const lost = delays.filter((ms) => ms === undefined).length;
  const quarter = SOUNDS / 4;
  const latest = Math.max(...delays.map((ms) => ms ?? 0)).toFixed(0);
  const parts = [0, 2, 3].map(
    (one) => `${mean(delays.slice(one * quarter, (one + 1) * quarter))} ms`,
  );
  rows.push(
    `| ${condition.about} | ${parts.join(' | ')} | ${latest} ms | ${String(lost)} of ${String(SOUNDS)} |`,
  );
}
await pbx.close();

const text = `# How late the ear hears

Written by \`scripts/bench/ear-delay\`: from a sound that leaves the caller's telephone to the frame in which our ear
has it, over SIP, G.711 and the product's own Asterisk; a sound each second, for ${String((SOUNDS * EVERY_MS) / 1000)} s. ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.version}.

| Line | The first quarter, mean | The third | The last | Latest | Not heard |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
await writeFile(PAGE, existsSync(PAGE) ? text + afterTable(readFileSync(PAGE, 'utf8')) : text);
process.stdout.write(text);

/** What people wrote below the table of an earlier run. */
function afterTable(page: string): string {
  const at = page.indexOf('\n## ');
  return at < 0 ? '' : page.slice(at);
}
