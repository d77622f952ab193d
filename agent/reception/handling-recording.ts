import type { RecordingWish } from './handling-settings.js';

/**
 * Whether a call is recorded, by FreePBX's precedence: of `yes` and `no` the first that is met counts,
 * `force` and `never` override everything that was met before, `dont-care` changes nothing. `wishes`
 * are in the order of the call's way: the number dialled, the caller, the extension.
 * https://sangomakb.atlassian.net/wiki/spaces/PG/pages/39093010
 *
 * No wish goes before the caller's own: who objects is not recorded (GDPR art. 21), and an office that
 * records nothing (`reception.recording: off`) has acknowledged nothing and records nothing.
 */
export function isRecorded(wishes: readonly RecordingWish[], office: boolean): boolean {
  if (!office) return false;
  let met: RecordingWish | undefined;
  for (const wish of wishes) {
    if (wish === 'force' || wish === 'never') met = wish;
    else if (wish !== 'dont-care') met ??= wish;
  }
  return met === undefined ? office : met === 'force' || met === 'yes';
}
