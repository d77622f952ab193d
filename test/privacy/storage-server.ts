import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { Agent } from 'node:https';
import { readFileSync } from 'node:fs';
import type { Test } from 'tap';
import { makeCertificate } from '../../agent/wire/certificates.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { freePort } from '../speech/free-port.js';

const program = join(checkoutRoot, '.vestibule', 'moto', 'bin', 'moto_server');
export const hasStorage = existsSync(program);

/** A real S3 server, by TLS, behind a wire that the test may cut. */
export async function storageServer(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-storage-'));
  const { files } = await makeCertificate(folder, ['127.0.0.1'], 30, 'The storage’s CA');
  const port = await freePort();
  const address = ['-H', '127.0.0.1', '-p', String(port)];
  const tls = ['-s', '-c', files.certificate, '-k', files.key];
  const child = spawn(program, [...address, ...tls], { stdio: ['ignore', 'pipe', 'pipe'] });
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.includes('Running on')) break;
  }
  child.stderr.resume();
  child.stdout.resume();
  const wire = await cuttable(port);
  t.teardown(async () => {
    wire.close();
    const gone = once(child, 'exit');
    child.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  const secretKeyFile = join(folder, 'secret');
  writeFileSync(secretKeyFile, 'a secret key\n', { mode: 0o600 });
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const client = new S3Client({
    ...{ endpoint: `https://127.0.0.1:${String(port)}`, region: 'us-east-1' },
    forcePathStyle: true,
    credentials: { accessKeyId: 'vestibule', secretAccessKey: 'a secret key' },
    requestHandler: { httpsAgent: new Agent({ ca: readFileSync(files.ca) }) },
  });
  t.teardown(() => {
    client.destroy();
  });
  return {
    client,
    wire,
    settings: {
      endpoint: `https://127.0.0.1:${String(wire.port)}`,
      ...{ accessKey: 'vestibule', secretKeyFile, authority: files.ca },
    },
    async bucket(Bucket: string, versions = false): Promise<void> {
      await client.send(new CreateBucketCommand({ Bucket }));
      if (!versions) return;
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    },
  };
}

/** Carries bytes to `port` until so many have gone there, then is dead until it is mended. */
async function cuttable(port: number) {
  const state = { left: Infinity, carried: 0 };
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (state.left <= 0) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const one of [near, far]) {
      open.add(one);
      one.on('error', () => undefined);
      one.on('close', () => {
        open.delete(one);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk) => {
      state.carried += chunk.length;
      state.left -= chunk.length;
      if (state.left > 0) far.write(chunk);
      else for (const one of [...open]) one.destroy();
    });
    far.pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    /** Bytes that went towards the storage. */
    get carried(): number {
      return state.carried;
    },
    cutAfter(bytes: number): void {
      state.left = bytes;
    },
    mend(): void {
      state.left = Infinity;
    },
    close(): void {
      for (const one of open) one.destroy();
      server.close();
    },
  };
}
