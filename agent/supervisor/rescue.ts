import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Plan } from './plan.js';

interface Channel {
  readonly id: string;
  readonly name: string;
  readonly dialplan?: { readonly app_name?: string };
}

/** What a rescue did. */
export interface Rescued {
  readonly callers: number;
  readonly ears: number;
  readonly bridges: number;
  readonly ms: number;
}

const EAR = /^vestibule-(?:snoop|media)-/u;
const TIMEOUT_MS = 1_000;

/**
 * The daemon is dead: callers who were with the receptionist go to the fallback, those who talk to a
 * person are left alone, ears and their bridges are ended. Over plain HTTP, since the event socket
 * died with the daemon; without it callers would stay in Stasis, in silence, for good.
 */
export async function rescue(ari: Plan['ari']): Promise<Rescued> {
  const from = performance.now();
  const ask = asker(ari);
  const channels = (await ask('GET', '/channels')) as readonly Channel[];
  const counts = { callers: 0, ears: 0, bridges: 0 };
  await Promise.all(
    channels.map(async ({ id, dialplan }) => {
      const path = `/channels/${encodeURIComponent(id)}`;
      if (EAR.test(id)) {
        await ask('DELETE', path);
        counts.ears += 1;
      } else if (dialplan?.app_name === 'Stasis' && (await phaseOf(ask, path)) === 'agent') {
        await ask('POST', `${path}/continue?context=vestibule-fallback&extension=s&priority=1`);
        counts.callers += 1;
      }
    }),
  );
  const bridges = (await ask('GET', '/bridges')) as readonly { readonly id: string }[];
  await Promise.all(
    bridges
      .filter(({ id }) => id.startsWith('vestibule-'))
      .map(async ({ id }) => {
        await ask('DELETE', `/bridges/${encodeURIComponent(id)}`);
        counts.bridges += 1;
      }),
  );
  return { ...counts, ms: Math.round(performance.now() - from) };
}

type Ask = (method: string, path: string) => Promise<unknown>;

async function phaseOf(ask: Ask, path: string): Promise<string | undefined> {
  const answer = (await ask('GET', `${path}/variable?variable=VESTIBULE_PHASE`)) as
    | {
        readonly value?: string;
      }
    | undefined;
  return answer?.value;
}

/** Requests whose failure concerns one channel only: what is already gone needs no rescue. */
function asker({ url, user, passwordFile }: Plan['ari']): Ask {
  const auth = `${user}:${readFileSync(passwordFile, 'utf8').trim()}`;
  return (method, path) =>
    new Promise((resolve, reject) => {
      const asked = request(
        `${url}/ari${path}`,
        { method, auth, timeout: TIMEOUT_MS },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.on('end', () => {
            const text = Buffer.concat(parts).toString('utf8');
            const fine = (response.statusCode ?? 500) < 300;
            resolve(fine && text !== '' ? JSON.parse(text) : undefined);
          });
        },
      );
      asked.on('timeout', () => asked.destroy(new Error('no answer')));
      asked.on('error', reject);
      asked.end();
    });
}
