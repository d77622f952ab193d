// Opens the store at HOME and dies as a fault in native code would: core-dumps-child.js HOME [as-it-is].
import { keepOutOfCoreDumps } from '../../agent/supervisor/core-dumps.js';
import { NORA, plant } from '../privacy/planted.js';
import { storeOf } from './store.js';

const [, , home = '', asItIs] = process.argv;
if (asItIs === undefined) keepOutOfCoreDumps();
const records = storeOf(home);
await records.start();
await plant(records, Date.now());
const said = await records.reading.calls.utterances('nora-1');
process.stdout.write(`${String(said.filter(({ text }) => text.includes(NORA.word)).length)}\n`);
process.abort();
