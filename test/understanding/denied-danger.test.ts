import t from 'tap';
import { besidesDeniedTroubles } from '../../agent/understanding/denied-danger.js';
import { DEFAULT_EMERGENCY_PHRASES } from '../../agent/understanding/emergency-phrases.js';
import { EmergencyWatch } from '../../agent/understanding/emergency.js';

void t.test('what is said besides troubles that are denied or over', (t) => {
  for (const [said, besides] of [
    ["i'm not bleeding i want a new dressing", 'i want a new dressing'],
    ["there's no chest pain any more just a refill", 'just a refill'],
    ["i haven't had any chest pain or trouble breathing", ''],
    ["my chest pain's gone now can i come in", 'can i come in'],
    ['the bleeding has stopped so no rush', 'so no rush'],
    ["it's stopped bleeding", "it's"],
    ["she's breathing fine she has a rash", 'she has a rash'],
    ["we don't need an ambulance we need a wheelchair", 'we need a wheelchair'],
    ['nobody is hurt', ''],
    ['i used to get chest pains what about my tablets', 'i what about my tablets'],
  ] as const) {
    t.equal(besidesDeniedTroubles(said), besides, said);
  }
  t.end();
});

void t.test('what only sounds like a denial is none', (t) => {
  for (const said of [
    'he is not breathing',
    "the bleeding hasn't stopped",
    "it won't stop bleeding",
    "i've never had chest pain like this",
    'i never had a seizure before',
    'the chest pain had gone but now it is back',
    'the pain has not gone away',
    'the pain has gone down my arm',
    'the pain has gone to my jaw',
    'there is bleeding over the whole floor',
    'he has pain all over',
    'he passed out',
    "i can't breathe well",
    'not just pain he has gone blue',
    "i don't know if it's a stroke",
    'no no she is having a seizure',
    'the bleeding stopped and started again',
    'i used to get chest pains and now i have one',
    'it used to be fine i used to have chest pain it started this morning',
    "i had a seizure years ago and i think i'm having one",
    'i want an appointment',
    '',
  ]) {
    t.equal(besidesDeniedTroubles(said), undefined, said);
  }
  t.end();
});

void t.test('the phrases of danger know of it, too', (t) => {
  const watch = new EmergencyWatch(DEFAULT_EMERGENCY_PHRASES);
  for (const said of [
    'The chest pain is gone. I only want a refill.',
    "We don't need an ambulance, we need the address.",
  ]) {
    t.notOk(watch.inText(said), said);
  }
  for (const said of [
    "No, no, she's having a seizure!",
    "No he's choking",
    "There's no blood but she's unconscious.",
    'No chest pain but I can’t breathe.',
    'The chest pain was gone but the chest pain is back.',
  ]) {
    t.ok(watch.inText(said), said);
  }
  t.equal(watch.besidesDenial('No chest pain but I can’t breathe.'), undefined);
  t.equal(watch.besidesDenial('No chest pain, I want a refill.'), 'i want a refill');
  t.end();
});
