import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { resample } from '../../agent/audio/resample.js';
import { SAMPLE_RATE, type Pcm } from '../../agent/audio/frame.js';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import type { PhoneCall } from '../../agent/reception/rehearse/caller.js';
import { LINE_RATE } from '../../agent/reception/rehearse/pacer.js';
import { Ari } from '../../agent/telephony/ari.js';
import { Ear } from '../../agent/telephony/ear.js';
import { MediaSocket } from '../../agent/telephony/media-socket.js';
import { Mouth } from '../../agent/telephony/mouth.js';
import type { Office } from '../../test/calls/office.js';
import { cpuSeconds } from './load-machine.js';

/** Telephones of the example office that are called. */
const NUMBERS = ['201', '202', '203', '204', '205', '206', '207', '208'];
const SETTLE_MS = 2000;
const MEASURE_MS = 12_000;

export interface MediaCost {
  /** Asterisk's CPU per call in per cent of a core: our ear, and a call bridged with external media. */
  readonly ear: number;
  readonly bare: number;
  readonly calls: number;
}

/** Opens the media of one call that is in our application; `speech` is played to it. */
type Arrange = (channel: string, at: number, speech: Pcm) => Promise<() => Promise<void>>;

/**
 * What our snoop and media cost in Asterisk, against a call that is bridged with external media and
 * nothing else: the same calls to the same telephones, both sides speaking all the time.
 */
export async function mediaCost(office: Office, speech: Pcm): Promise<MediaCost> {
  const clock = systemClock();
  const settings = parse(readFileSync(join(office.home, 'vestibule.yaml'), 'utf8')) as {
    pbx: { ari: { port: number } };
  };
  const url = `http://127.0.0.1:${String(settings.pbx.ari.port)}`;
  const user = 'vestibule';
  const password = readFileSync(join(office.home, 'asterisk', 'ari-password'), 'utf8');
  const ari = new Ari({ url, user, password, app: 'bench' }, silentLog, clock);
  await ari.start();
  await ari.untilUp();
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

  /** Resolves when `channelId` has entered our application. */
  const entered = (channelId: string): Promise<void> =>
    new Promise((resolve) => {
      const off = ari.events.listen('stasis-start', 'bench', ({ channel }) => {
        if (channel.id !== channelId) return;
        off();
        resolve();
      });
    });

  const ours: Arrange = async (channel, at, pcm) => {
    const ear = new Ear(ari, channel, `bench-${String(at)}`, silentLog, clock);
    await ear.open();
    ear.play().write(pcm);
    return () => ear.close();
  };
  const bare: Arrange = async (channel, at, pcm) => {
    const names = { media: `bench-media-${String(at)}`, bridge: `bench-bridge-${String(at)}` };
    const inStasis = entered(names.media);
    const id = await ari.media(names.media);
    await ari.createBridge(names.bridge);
    const nothing = (): void => undefined;
    const heard = { frame: nothing, held: nothing, drained: nothing, closed: nothing };
    const socket = new MediaSocket(`${url.replace(/^http/u, 'ws')}/media/${id}`, heard);
    await Promise.all([socket.open(), inStasis]);
    await ari.addToBridge(names.bridge, [channel, names.media]);
    new Mouth(socket, clock, nothing).play().write(pcm);
    return async () => {
      socket.close();
      await ari.hangUp(names.media);
      await ari.destroyBridge(names.bridge);
    };
  };

  const phones = await Promise.all(NUMBERS.map((number) => office.phone(number)));
  const run = async (arrange: Arrange): Promise<number> => {
    const closers: (() => Promise<void>)[] = [];
    const calls: PhoneCall[] = [];
    try {
      for (const [at, number] of NUMBERS.entries()) {
        const arrived = phones[at]?.nextCall(5000);
        const channelId = `bench-call-${String(at)}`;
        const query = new URLSearchParams({
          ...{ endpoint: `PJSIP/${number}`, app: 'bench', channelId },
        });
        const up = entered(channelId);
        const asked = await fetch(`${url}/ari/channels?${query.toString()}`, {
          ...{ method: 'POST', headers: { authorization } },
        });
        if (!asked.ok) throw new Error(`originate: ${String(asked.status)}`);
        const call = await arrived;
        if (call === undefined) throw new Error(`${number} was not called`);
        await call.answer();
        await up;
        calls.push(call);
        closers.push(await arrange(channelId, at, speech));
        void call.audio.say(resample(speech, SAMPLE_RATE, LINE_RATE));
      }
      await sleep(SETTLE_MS);
      const asterisk = office.pidOf('asterisk');
      const [before, from] = [cpuSeconds(asterisk), performance.now()];
      await sleep(MEASURE_MS);
      const used = cpuSeconds(asterisk) - before;
      return used / ((performance.now() - from) / 1000) / calls.length;
    } finally {
      for (const close of closers) await close();
      for (const call of calls) await call.hangUp();
      await office.untilEmpty().catch(() => undefined);
    }
  };
  try {
    const cost = { ear: await run(ours), bare: await run(bare) };
    return { ...cost, calls: NUMBERS.length };
  } finally {
    for (const phone of phones) await phone.stop();
    await ari.stop();
  }
}
