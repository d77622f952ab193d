import { setTimeout as sleep } from 'node:timers/promises';
import { askerOf, type Ask } from './ari-http.js';
import type { AriPlan } from './plan.js';

interface Channel {
  readonly id: string;
  readonly name?: string;
  readonly dialplan?: { readonly app_name?: string };
}

interface Bridge {
  readonly id: string;
  readonly channels?: readonly string[];
}

/** What a rescue did. */
export interface Rescued {
  /** Callers who were with the receptionist and are in the fallback now. */
  readonly callers: number;
  /** Callers who talk to a person and were left alone. */
  readonly left: number;
  readonly ears: number;
  readonly bridges: number;
  /** Until the last caller was moved. */
  readonly ms: number;
}

/** The names that agent/telephony/ear.ts gives: ears of ours, never another program's snoops. */
const EAR = /^vestibule-(?:snoop|media)-/u;
/** A caller comes by SIP; what else has a phase is one of Asterisk's own helpers. */
const CALLER = 'PJSIP/';
const SWEEPS = 4;
const PAUSE_MS = 150;

/**
 * The daemon is dead: callers who were with the receptionist go to the fallback, those who talk to a
 * person are left alone, ears and their bridges are ended. Without it callers would stay in Stasis,
 * in silence, for good. Sweeps until one sweep finds no caller: a call may enter Stasis between the
 * daemon's death and Asterisk's notice of it.
 *
 * @throws if Asterisk answered none of the sweeps
 */
export async function rescue(ari: AriPlan): Promise<Rescued> {
  const from = performance.now();
  const ask = askerOf(ari);
  const sum = { callers: 0, left: 0, ears: 0, bridges: 0, ms: 0 };
  let fault: unknown;
  let answered = false;
  const moved = new Set<string>();
  for (let count = 0; count < SWEEPS; count += 1) {
    if (count > 0) await sleep(PAUSE_MS);
    try {
      const found = await sweep(ask, moved);
      sum.callers += found.callers;
      sum.ears += found.ears;
      sum.bridges += found.bridges;
      sum.left = found.left;
      if (!answered || found.callers > 0) sum.ms = Math.round(performance.now() - from);
      const again = answered && found.callers === 0 && found.failed === 0;
      answered = true;
      if (again) break;
    } catch (error) {
      fault = error;
    }
  }
  if (!answered) throw fault;
  return sum;
}

interface Swept {
  callers: number;
  left: number;
  ears: number;
  bridges: number;
  failed: number;
}

async function sweep(ask: Ask, moved: Set<string>): Promise<Swept> {
  const swept: Swept = { callers: 0, left: 0, ears: 0, bridges: 0, failed: 0 };
  const listed = await ask('GET', '/channels');
  if (!listed.done) throw new Error('Asterisk refuses the list of its channels');
  const channels = listed.body as readonly Channel[];
  const people = new Set<string>();
  /** One channel's fault must not keep the others from being rescued. */
  const each = <T>(of: readonly T[], act: (one: T) => Promise<void>): Promise<unknown> =>
    Promise.all(
      of.map((one) =>
        act(one).catch(() => {
          swept.failed += 1;
        }),
      ),
    );

  await each(channels, async ({ id, name, dialplan }) => {
    const path = `/channels/${encodeURIComponent(id)}`;
    if (EAR.test(id)) {
      if ((await ask('DELETE', path)).done) swept.ears += 1;
      return;
    }
    if (name?.startsWith(CALLER) !== true) return;
    const phase = await phaseOf(ask, path);
    if (phase === 'human') {
      people.add(id);
      // The fallback too counts as a person: whom an earlier sweep moved was not left alone.
      if (!moved.has(id)) swept.left += 1;
    } else if (phase === 'agent' && dialplan?.app_name === 'Stasis') {
      const where = 'context=vestibule-fallback&extension=s&priority=1';
      if ((await ask('POST', `${path}/continue?${where}`)).done) {
        moved.add(id);
        swept.callers += 1;
      }
    }
  });

  // Whoever was moved is told of, even if there is no list of bridges.
  await each(['/bridges'], async (path) => {
    const found = await ask('GET', path);
    if (!found.done) throw new Error('Asterisk refuses the list of its bridges');
    const ours = (found.body as readonly Bridge[]).filter(
      ({ id, channels: inside }) =>
        id.startsWith('vestibule-') && !(inside ?? []).some((one) => people.has(one)),
    );
    await each(ours, async ({ id }) => {
      if ((await ask('DELETE', `/bridges/${encodeURIComponent(id)}`)).done) swept.bridges += 1;
    });
  });
  return swept;
}

async function phaseOf(ask: Ask, path: string): Promise<string | undefined> {
  const { body } = await ask('GET', `${path}/variable?variable=VESTIBULE_PHASE`);
  return (body as { readonly value?: string } | undefined)?.value;
}
