import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { request } from 'node:http';
import { Agent, createServer as createTlsServer } from 'node:https';
import type { Test } from 'tap';
import { makeCertificate } from '../../agent/wire/certificates.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { freePort } from '../speech/free-port.js';
import { signatureFault } from './signatures.js';

const program = join(checkoutRoot, '.vestibule', 'moto', 'bin', 'moto_server');
export const hasStorage = existsSync(program);
const ACCESS_KEY = 'vestibule';
const SECRET = 'a secret key';

/**
 * A real S3 server behind a gate that speaks TLS and lets nothing pass whose signature (SigV4) is wrong, which the
 * server does not check; and before both a wire that the test may cut.
 */
export async function storageServer(t: Test) {
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-storage-'));
  const { files } = await makeCertificate(folder, ['127.0.0.1'], 30, 'The storage’s CA');
  const behind = await freePort();
  const address = ['-H', '127.0.0.1', '-p', String(behind)];
  const child = spawn(program, address, { stdio: ['ignore', 'pipe', 'pipe'] });
  for await (const line of createInterface({ input: child.stderr })) {
    if (line.includes('Running on')) break;
  }
  child.stderr.resume();
  child.stdout.resume();
  const gate = await signedOnly(behind, files);
  const { port } = gate.address() as AddressInfo;
  const wire = await cuttable(port);
  t.teardown(async () => {
    wire.close();
    gate.closeAllConnections();
    gate.close();
    const gone = once(child, 'exit');
    child.kill();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  });
  const secretKeyFile = join(folder, 'secret');
  writeFileSync(secretKeyFile, `${SECRET}\n`, { mode: 0o600 });
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const client = new S3Client({
    ...{ endpoint: `https://127.0.0.1:${String(port)}`, region: 'us-east-1' },
    forcePathStyle: true,
    credentials: { accessKeyId: ACCESS_KEY, secretAccessKey: SECRET },
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
      ...{ accessKey: ACCESS_KEY, secretKeyFile, authority: files.ca },
    },
    async bucket(Bucket: string, versions = false): Promise<void> {
      await client.send(new CreateBucketCommand({ Bucket }));
      if (!versions) return;
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    },
  };
}

/** Passes on to `port` what is signed with the secret, and answers everything else as S3 does. */
async function signedOnly(port: number, files: { certificate: string; key: string }) {
  const tls = { cert: readFileSync(files.certificate), key: readFileSync(files.key) };
  const gate = createTlsServer(tls, (asked, answer) => {
    const fault = signatureFault(asked, ACCESS_KEY, SECRET);
    if (fault !== undefined) {
      asked.resume();
      answer.writeHead(403, { 'content-type': 'application/xml' });
      answer.end(`<Error><Code>${fault}</Code><Message>${fault}</Message></Error>`);
      return;
    }
    const { method, url, headers } = asked;
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers });
    const lost = (): void => {
      passed.destroy();
      answer.destroy();
    };
    asked.on('error', lost).on('aborted', lost).pipe(passed);
    passed.on('error', lost).on('response', (said) => {
      answer.writeHead(said.statusCode ?? 500, said.headers);
      said.pipe(answer);
    });
  });
  gate.listen(0, '127.0.0.1');
  await once(gate, 'listening');
  return gate;
}

/** Carries bytes to `port` until so many have gone there, then is dead until it is mended. */
async function cuttable(port: number) {
  const state = { left: Infinity, carried: 0, answer: Infinity };
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
    far.on('data', (chunk) => {
      near.write(chunk);
      state.answer -= chunk.length;
      if (state.answer > 0) return;
      state.answer = Infinity;
      near.destroy();
    });
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
    /** Once so many bytes have come back, that connection breaks, and no other one. */
    breakAfter(bytes: number): void {
      state.answer = bytes;
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
