import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { parseAllDocuments } from 'yaml';
import { makeCertificate } from '../../agent/wire/certificates.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { scratchFolder } from '../speech/worker-process.js';
import { noEnvoy, toolsIn } from './machines.js';

const run = promisify(execFile);
const folder = join(checkoutRoot, 'docs', 'scale-out', 'kubernetes');
const VALIDATE = join(toolsIn, 'kubernetes-validate');
const ENVOY = join(toolsIn, 'envoy');
const files = readdirSync(folder).map((name) => join(folder, name));

interface Container {
  readonly image: string;
  readonly args?: readonly string[];
  readonly resources: object;
}
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: {
    readonly template?: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: { readonly containers: readonly Container[] };
    };
    readonly selector?: object;
    readonly podSelector?: { readonly matchLabels: object };
  };
}

const manifests = files.flatMap((file) =>
  parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.1' }).map(
    (document) => document.toJS() as Manifest,
  ),
);
const of = (kind: string): readonly Manifest[] => manifests.filter((one) => one.kind === kind);

const skip = existsSync(VALIDATE) ? false : 'no kubernetes-validate; scripts/test sets it up';

void t.test('Kubernetes knows every field of the manifests', { skip }, async (t) => {
  let passed = 0;
  for (const file of files) {
    const { stdout } = await run(VALIDATE, ['--strict', file]);
    passed += stdout.match(/ passed for resource /gu)?.length ?? 0;
  }
  t.equal(passed, manifests.length, 'each document is checked');
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const [file = ''] = files;
  const wrong = join(scratch.path, 'wrong.yaml');
  await writeFile(wrong, readFileSync(file, 'utf8').replace('readOnlyRootFilesystem', 'readOnly'));
  await t.rejects(run(VALIDATE, ['--strict', wrong]), 'a field that it does not know is refused');
});

void t.test('the manifests fit together', async (t) => {
  t.strictSame(of('Secret'), [], 'secrets are named and not contained');
  const deployments = of('Deployment');
  t.strictSame(deployments.map(({ metadata }) => metadata.name).sort(), ['speech', 'speech-envoy']);
  const { stdout: help } = await run(process.execPath, [
    ...[join(checkoutRoot, 'build', 'agent', 'main.js'), 'speech', 'serve', '--help'],
  ]);
  for (const { metadata, spec } of deployments) {
    const { name } = metadata;
    const labels = spec.template?.metadata.labels ?? {};
    t.match(
      labels,
      (spec.selector as { matchLabels: object }).matchLabels,
      `${name} finds its pods`,
    );
    for (const kind of ['Service', 'PodDisruptionBudget', 'NetworkPolicy']) {
      const one = of(kind).find((other) => other.metadata.name === name);
      const selector = one?.spec.podSelector ?? one?.spec.selector ?? {};
      const wanted = 'matchLabels' in selector ? (selector.matchLabels as object) : selector;
      t.ok(Object.keys(wanted).length > 0, `${name} has a ${kind}`);
      t.match(labels, wanted, `the ${kind} finds its pods`);
    }
    for (const { image, args = [], resources } of spec.template?.spec.containers ?? []) {
      t.notMatch(image, /latest/u);
      t.match(resources, { requests: {}, limits: {} });
      for (const argument of name === 'speech' ? args : []) {
        t.ok(help.includes(argument.split('=')[0] ?? argument), `speech serve knows ${argument}`);
      }
    }
  }
  for (const { kind, metadata } of manifests) {
    if (kind !== 'Namespace') t.equal(metadata.namespace, 'vestibule', `${kind} ${metadata.name}`);
  }
});

void t.test('Envoy accepts the name of a headless service', { skip: noEnvoy }, async (t) => {
  const scratch = await scratchFolder();
  t.teardown(scratch.remove);
  const text = readFileSync(join(checkoutRoot, 'docs', 'scale-out', 'envoy.yaml'), 'utf8');
  const file = join(scratch.path, 'envoy.yaml');
  const { files: made } = await makeCertificate(scratch.path, ['envoy'], 2);
  await writeFile(
    file,
    text
      .replaceAll('/etc/vestibule/speech', join(made.ca, '..'))
      .replaceAll('speech-1.example.org', 'speech.vestibule.svc.cluster.local'),
  );
  const { stderr, stdout } = await run(ENVOY, ['--mode', 'validate', '-c', file]);
  t.match(`${stdout}${stderr}`, /configuration '.*' OK/u);
});
