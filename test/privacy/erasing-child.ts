// Erases a planted person, to be killed in the middle of it: erasing-child.js HOME. Says `begins` before
// and `done` after.
import { systemClock } from '../../agent/clock.js';
import { storeOf } from '../records/store.js';
import { ANNA, officeOver } from './office.js';
import { NORA } from './planted.js';

const [, , home = ''] = process.argv;
const records = storeOf(home);
await records.start();
const office = officeOver(records, systemClock());
process.stdout.write('begins\n');
await office.erasing.erase(
  { query: { number: NORA.number }, also: [], proof: { identity: 'identity card' } },
  ANNA,
);
process.stdout.write('done\n');
await records.stop();
