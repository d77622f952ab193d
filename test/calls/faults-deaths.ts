import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import type { Phone, PhoneCall } from '../../agent/reception/rehearse/caller.js';
import { connected, hears, killDaemon, narrow, next, ready, reconfigure } from './faults-tools.js';
import type { Office } from './office.js';

const CALLER = '209';

/** Which telephones stand in the office for the test, and who calls. */
async function phones(t: Test, office: Office) {
  const all = new Map<string, Phone>();
  for (const number of ['201', '202', '203', CALLER]) all.set(number, await office.phone(number));
  const close = async (): Promise<void> => {
    await Promise.all([...all.values()].map((one) => one.stop()));
    all.clear();
  };
  t.teardown(close);
  const phone = (number: string): Phone => {
    const found = all.get(number);
    if (found === undefined) throw new Error(`no telephone ${number}`);
    return found;
  };
  const says = async (call: PhoneCall, text: string): Promise<void> => {
    await call.say(narrow(await office.synthesise(text)));
  };
  return {
    close,
    says,
    /** Calls, and hears the question whether the call may be recorded. */
    async asked(): Promise<PhoneCall> {
      const question = next(office, 'consent.asked');
      const call = await phone(CALLER).call('sip:reception@127.0.0.1', office.registrar);
      await question();
      return call;
    },
    async rings(number: string): Promise<PhoneCall> {
      const call = await phone(number).nextCall(40_000);
      if (call === undefined) throw new Error(`${number} did not ring\n${office.log.slice(-3000)}`);
      call.ring();
      return call;
    },
  };
}

/**
 * One kill while four callers are in the middle of something: one whose person's telephone rings, one of
 * whom a colleague is being told, one who talks with a colleague, one who is asked for consent.
 */
export async function killedInTheMiddle(t: Test, office: Office): Promise<void> {
  const back = await reconfigure(office, (tree) => {
    const dialogue = tree.dialogue as { transferTargets: { id: string; transfer?: object }[] };
    for (const target of dialogue.transferTargets) {
      if (target.id === 'carter') target.transfer = { mode: 'blind' };
    }
    Object.assign(dialogue, { consentMode: 'opt-in', transfer: { mode: 'announced' } });
  });
  t.teardown(back);
  const people = await phones(t, office);
  const { says, close } = people;
  const asked = () => people.asked();
  const rings = (number: string) => people.rings(number);
  const from = Date.now();

  /** A caller who agreed to be recorded. */
  const agreed = async (): Promise<PhoneCall> => {
    const call = await asked();
    const granted = next(office, 'consent.granted');
    await call.press('1');
    await granted();
    return call;
  };

  const talking = await agreed();
  await says(talking, 'Please connect me with Nurse Okafor.');
  const nurse = await rings('203');
  await nurse.answer();
  await hears(office, nurse, /on the line/iu);
  await nurse.press('1');
  await sleep(1_000);
  t.ok(await connected(talking, nurse), 'one talks with a colleague');

  const [telling, ringing] = [await agreed(), await agreed()];
  const consenting = await asked();
  await telling.press('0');
  const [desk, carter] = await Promise.all([
    rings('201').then(async (call) => {
      await call.answer();
      return call;
    }),
    says(ringing, 'Please connect me with Doctor Carter.').then(() => rings('202')),
  ]);

  const rescued = await killDaemon(office);
  t.equal(rescued, 2, 'who was with the receptionist is in the fallback, and nobody else');
  t.ok(await connected(talking, nurse), 'who talked talks on');
  await carter.answer();
  await sleep(500);
  t.ok(await connected(ringing, carter), 'whose person was rung is answered');
  t.ok(await desk.untilEnded(60_000), 'the next daemon lets the colleague go who was asked');
  const [first, second] = [await rings('201'), await rings('201')];
  t.ok(first !== second, 'the desk rings for both who were with the receptionist');
  await first.answer();
  await sleep(500);
  const taken = (await connected(telling, first)) || (await connected(consenting, first));
  t.ok(taken, 'and whoever answers has one of them');

  await ready(office);
  t.ok(await connected(talking, nurse), 'and the next daemon leaves them alone');
  await Promise.all([talking, ringing, telling, consenting].map((call) => call.hangUp()));
  await office.untilEmpty();
  await office.until(
    async () => (await office.stored()).every(({ endedAt }) => endedAt !== undefined),
    20_000,
    'every call is closed',
  );
  const calls = (await office.stored()).filter(({ startedAt }) => startedAt >= from);
  t.equal(calls.filter(({ endedBy }) => endedBy === 'interrupted').length, 4, 'as interrupted');
  const unasked = calls.filter(({ consent }) => consent === undefined);
  t.equal(unasked.length, 1, 'one had not answered the question');
  t.equal(unasked[0]?.recording, undefined, 'and nothing of that call is on the disk');
  await close();
  t.comment('killed in the middle of 4 calls: 2 talk on, 2 in the fallback, 0 stuck channels');
}

/** The plain files that Asterisk records voicemails into. */
export const plainFiles = (office: Office): readonly string[] => {
  const folder = join(office.home, 'asterisk', 'voicemail');
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** Every voicemail of `count` callers is stored once, and no plain file of it is left. */
export async function voicemailsKept(t: Test, office: Office, count: number): Promise<void> {
  await office.until(
    () => plainFiles(office).length === 0,
    60_000,
    'the plain files of voicemails are destroyed',
  );
  const kept = (await office.stored(60)).filter(({ outcome }) => outcome === 'message');
  t.equal(kept.length, count, 'each voicemail is stored, and none twice');
  t.ok(
    kept.every(({ recording }) => (recording?.seconds ?? 0) > 1),
    'with its sound',
  );
}
