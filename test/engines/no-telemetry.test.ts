import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { plainEnvironment } from '../calls/walled.js';

const model = join(checkoutRoot, '.vestibule/models/silero-vad/silero_vad.onnx');
const skip = existsSync(model) ? false : 'no model here; scripts/fetch-models fetches it';
const run = promisify(execFile);

/** What is in a home folder after a program, there alone, has loaded a model. */
async function leftBy(t: Test, program: string): Promise<readonly string[]> {
  const home = mkdtempSync(join(tmpdir(), 'vestibule-home-'));
  t.teardown(() => {
    rmSync(home, { recursive: true, force: true });
  });
  await run(process.execPath, ['--input-type=module', '-e', program], {
    cwd: checkoutRoot,
    env: { ...plainEnvironment(), HOME: home },
  });
  return readdirSync(home, { recursive: true }).map(String);
}

await t.test(
  'the runtime of models keeps no id of the machine and tells nobody',
  { skip },
  async (t) => {
    const ours = `import { loadModel } from './build/agent/engines/onnx.js';
    await (await loadModel(${JSON.stringify(model)})).release();`;
    t.same(await leftBy(t, ours), []);
    const bare = `import * as ort from 'onnxruntime-node';
    await (await ort.InferenceSession.create(${JSON.stringify(model)})).release();`;
    // If this fails the runtime has stopped by itself, and no-telemetry.ts may go.
    t.not((await leftBy(t, bare)).length, 0, 'which it does when it is not told');
  },
);
