import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../agent/clock.js';
import { silentLog, type Log } from '../../agent/log.js';
import { openRecords, type OpenRecords } from '../../agent/records/records.js';
import { recordsSettings } from '../../agent/records/settings.js';
import type { Consent, NewCall, NewUtterance } from '../../agent/records/ports.js';

/** A test or a bench: what is opened for it ends with it, the latest first. */
export interface Ends {
  teardown(end: () => unknown): unknown;
}

/** A data folder that goes away with the test. */
export function temporaryHome(t: Ends): string {
  const root = mkdtempSync(join(tmpdir(), 'vestibule-records-'));
  t.teardown(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return join(root, 'home');
}

export function storeOf(
  home: string,
  settings: {
    folder?: string;
    keyFile?: string;
    reserveMegabytes?: number;
    soundFormat?: 'flac' | 'pcm';
  } = {},
  log: Log = silentLog,
): OpenRecords {
  return openRecords({
    settings: recordsSettings.parse(settings),
    ...{ home, log },
    clock: systemClock(),
  });
}

/** A started store that is stopped with the test. */
export async function startedStore(
  t: Ends,
  home = temporaryHome(t),
  log?: Log,
  settings: Parameters<typeof storeOf>[1] = {},
) {
  const records = storeOf(home, settings, log);
  await records.start();
  t.teardown(() => records.stop());
  return { home, folder: join(home, 'records'), records };
}

export const aCall = (id: string, more: Partial<NewCall> = {}): NewCall => ({
  id,
  startedAt: 1_000,
  callerNumber: '+15550100042',
  calledNumber: 'reception',
  language: 'en',
  ...more,
});

export const anUtterance = (call: string, more: Partial<NewUtterance> = {}): NewUtterance => ({
  call,
  party: 'caller',
  atMs: 0,
  lengthMs: 900,
  text: 'the purple giraffe limps',
  confidence: 0.75,
  engine: 'moonshine',
  words: '[{"word":"purple"}]',
  whole: true,
  ...more,
});

export const grantFor = (records: OpenRecords, call: string): Promise<Consent> =>
  records.consents.grant({ call, at: 2_000, basis: 'announcement', noticeVersion: '7' });

/** `seconds` of a tone at 16 kHz that is nowhere zero for long. */
export const tone = (seconds: number, level = 8_000): Int16Array =>
  Int16Array.from({ length: Math.round(seconds * 16_000) }, (_, i) =>
    Math.round(level * Math.sin((i * 2 * Math.PI * 440) / 16_000 + 0.1)),
  );
