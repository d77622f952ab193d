import { DateTime } from 'luxon';
import t from 'tap';
import { findSlot, type SlotKind } from '../../../../agent/understanding/slots/slots.js';
import { CONTEXT } from '../table.js';
import { saidBirth } from './births.js';
import { chattedName } from './chat.js';
import { Choice } from './choice.js';
import { saidDay } from './days.js';
import { saidAddress } from './emails.js';
import { saidName } from './people.js';
import { saidNumber } from './phones.js';
import { preferredDay } from './preferred.js';

// Facts told in every way that people tell them, put together by a grammar: not these texts are to be read, but all of
// their kind. Other seeds are tried by FAMILIES_SEED and FAMILIES_COUNT.

const SEED = Number(process.env.FAMILIES_SEED ?? 3);
const COUNT = Number(process.env.FAMILIES_COUNT ?? 400);
/** Texts that can be meant either way are among so many. */
const LEAST = 0.97;

interface SaidFact {
  readonly text: string;
  readonly value: string;
  readonly country?: string;
}

const today = DateTime.fromMillis(CONTEXT.now, { zone: CONTEXT.timeZone }).startOf('day');

type Family = readonly [SlotKind, string, (pick: Choice) => SaidFact];

const TOLD = 'in every way that it is told';
const FAMILIES: readonly Family[] = [
  ['phone', TOLD, saidNumber],
  ['dob', TOLD, saidBirth],
  ['email', TOLD, saidAddress],
  ['person_name', TOLD, saidName],
  ['person_name', 'told amid chat', chattedName],
  ['date_time', TOLD, (pick) => saidDay(pick, today)],
  ['date_time', 'preferred to another', (pick) => preferredDay(pick, today)],
];

for (const [kind, how, said] of FAMILIES) {
  t.test(`${kind} ${how}`, (t) => {
    const pick = new Choice(SEED);
    let right = 0;
    for (let done = 0; done < COUNT; done += 1) {
      const { text, value, country = 'US' } = said(pick);
      const found = findSlot(kind, text, { ...CONTEXT, country })?.value ?? '';
      if (found === value) right += 1;
      else t.comment(`${country} “${text}”: ${found || 'nothing'} for ${value || 'nothing'}`);
    }
    t.ok(right >= LEAST * COUNT, `${String(right)} of ${String(COUNT)} are read`);
    t.end();
  });
}
