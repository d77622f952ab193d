import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import { oneLine, VestibuleError } from '../../errors.js';
import type { StorageSettings } from '../backup-settings.js';
import { privacyErrors } from '../errors.js';

/** In milliseconds. */
const CONNECT_WITHIN = 5_000;
const SILENT_FOR = 60_000;
const TRIES = 3;

/** What the storage tells of an object. */
export interface ObjectHead {
  readonly bytes: number;
  readonly etag: string;
  /** SHA-256 in hex, as it was given when the object was written. */
  readonly sha256: string | undefined;
}

export interface StoredPart {
  readonly number: number;
  readonly bytes: number;
  readonly etag: string;
}

const bare = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '');

/** Objects below one prefix of one bucket of an S3-compatible storage. */
export class Storage {
  /** As people write it. */
  readonly place: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  /** `to` is `s3://bucket/prefix`. Connects to nothing yet. @throws PRIVACY_BACKUP_STORAGE_SECRET */
  constructor(to: string, { endpoint, region, accessKey, ...files }: StorageSettings) {
    const [bucket = '', ...folders] = to.slice('s3://'.length).split('/');
    this.place = to;
    this.#bucket = bucket;
    this.#prefix = folders.map((one) => `${one}/`).join('');
    // This version runs on Node 20; that later ones will not is no news for whoever makes a backup.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    this.#client = new S3Client({
      ...{ endpoint, region, forcePathStyle: true, followRegionRedirects: false },
      // Given here, so that none is looked for in the environment or asked of a machine in a cloud.
      credentials: { accessKeyId: accessKey, secretAccessKey: read(files.secretKeyFile).trim() },
      // Of MD5 and SHA-256, which each of them knows, we see to ourselves.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: TRIES,
      requestHandler: {
        ...{ connectionTimeout: CONNECT_WITHIN, requestTimeout: SILENT_FOR },
        ...(files.authority === ''
          ? {}
          : { httpsAgent: new Agent({ ca: read(files.authority), keepAlive: true }) }),
      },
    });
  }

  /** Undefined when there is no such object. @throws PRIVACY_BACKUP_STORAGE */
  async head(name: string): Promise<ObjectHead | undefined> {
    try {
      const head = await this.#client.send(new HeadObjectCommand(this.#at(name)));
      return {
        bytes: head.ContentLength ?? 0,
        etag: bare(head.ETag),
        sha256: head.Metadata?.sha256,
      };
    } catch (error) {
      if (isGone(error)) return undefined;
      throw this.#failed(error);
    }
  }

  /** From byte `from` on. @throws PRIVACY_NO_BACKUP, PRIVACY_BACKUP_STORAGE */
  async open(name: string, from = 0): Promise<Readable> {
    try {
      const { Body } = await this.#client.send(
        new GetObjectCommand({
          ...this.#at(name),
          ...(from === 0 ? {} : { Range: `bytes=${String(from)}-` }),
        }),
      );
      return Body as Readable;
    } catch (error) {
      if (isGone(error)) throw privacyErrors.make('NO_BACKUP', { place: `${this.place}/${name}` });
      throw this.#failed(error);
    }
  }

  /** Writes a whole object. */
  put(name: string, body: Uint8Array, md5: string, sha256: string): Promise<unknown> {
    return this.#send(() =>
      this.#client.send(
        new PutObjectCommand({
          ...{ ...this.#at(name), Body: body, ContentMD5: md5, Metadata: { sha256 } },
        }),
      ),
    );
  }

  /** Begins an object that is written in parts. */
  async begin(name: string, sha256: string): Promise<string> {
    const begun = await this.#send(() =>
      this.#client.send(
        new CreateMultipartUploadCommand({ ...this.#at(name), Metadata: { sha256 } }),
      ),
    );
    return begun.UploadId ?? '';
  }

  /** Objects of this name that were begun and not finished, the newest last. */
  async begun(name: string): Promise<readonly string[]> {
    const { Key } = this.#at(name);
    const { Uploads = [] } = await this.#send(() =>
      this.#client.send(new ListMultipartUploadsCommand({ Bucket: this.#bucket, Prefix: Key })),
    );
    return Uploads.filter((one) => one.Key === Key)
      .sort((a, b) => (a.Initiated?.getTime() ?? 0) - (b.Initiated?.getTime() ?? 0))
      .flatMap(({ UploadId }) => UploadId ?? []);
  }

  async parts(name: string, upload: string): Promise<readonly StoredPart[]> {
    const found: StoredPart[] = [];
    let after: string | undefined;
    do {
      const marker = after;
      const page = await this.#send(() =>
        this.#client.send(
          new ListPartsCommand({
            ...{ ...this.#at(name), UploadId: upload },
            ...(marker === undefined ? {} : { PartNumberMarker: marker }),
          }),
        ),
      );
      for (const { PartNumber = 0, Size = 0, ETag } of page.Parts ?? []) {
        found.push({ number: PartNumber, bytes: Size, etag: bare(ETag) });
      }
      after = page.IsTruncated === true ? page.NextPartNumberMarker : undefined;
    } while (after !== undefined);
    return found;
  }

  /** Writes one part, from 1 on. */
  async part(
    name: string,
    upload: string,
    number: number,
    body: Uint8Array,
    md5: string,
  ): Promise<string> {
    const { ETag } = await this.#send(() =>
      this.#client.send(
        new UploadPartCommand({
          ...{ ...this.#at(name), UploadId: upload, PartNumber: number },
          ...{ Body: body, ContentMD5: md5 },
        }),
      ),
    );
    return bare(ETag);
  }

  async finish(name: string, upload: string, etags: readonly string[]): Promise<void> {
    const Parts = etags.map((etag, at) => ({ ETag: `"${etag}"`, PartNumber: at + 1 }));
    await this.#send(() =>
      this.#client.send(
        new CompleteMultipartUploadCommand({
          ...{ ...this.#at(name), UploadId: upload, MultipartUpload: { Parts } },
        }),
      ),
    );
  }

  /** Gives up an object that was begun. */
  async abandon(name: string, upload: string): Promise<void> {
    await this.#send(() =>
      this.#client.send(new AbortMultipartUploadCommand({ ...this.#at(name), UploadId: upload })),
    );
  }

  /** Names below the prefix. */
  async list(): Promise<readonly string[]> {
    return this.#send(async () => {
      const names: string[] = [];
      const where = { Bucket: this.#bucket, Prefix: this.#prefix };
      for await (const page of paginateListObjectsV2({ client: this.#client }, where)) {
        for (const { Key = '' } of page.Contents ?? []) names.push(Key.slice(this.#prefix.length));
      }
      return names.filter((name) => !name.includes('/'));
    });
  }

  async remove(name: string): Promise<void> {
    await this.#send(() => this.#client.send(new DeleteObjectCommand(this.#at(name))));
  }

  /** Destroys older versions of an object where the bucket keeps such. */
  async removeOlder(name: string): Promise<void> {
    const { Key } = this.#at(name);
    for (;;) {
      const listed = await this.#send(() =>
        this.#client.send(new ListObjectVersionsCommand({ Bucket: this.#bucket, Prefix: Key })),
      );
      const older = [...(listed.Versions ?? []), ...(listed.DeleteMarkers ?? [])].filter(
        (one) => one.Key === Key && one.IsLatest !== true && one.VersionId !== undefined,
      );
      for (const { VersionId } of older) {
        await this.#send(() =>
          this.#client.send(new DeleteObjectCommand({ ...this.#at(name), VersionId })),
        );
      }
      // A list has a thousand at most; what comes after moves up as these go.
      if (listed.IsTruncated !== true || older.length === 0) return;
    }
  }

  close(): void {
    this.#client.destroy();
  }

  #at(name: string): { Bucket: string; Key: string } {
    return { Bucket: this.#bucket, Key: `${this.#prefix}${name}` };
  }

  async #send<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw this.#failed(error);
    }
  }

  #failed(cause: unknown): VestibuleError {
    if (cause instanceof VestibuleError) return cause;
    const { name, code } = cause as { name?: string; code?: string };
    const detail = code ?? (name === 'Error' ? oneLine(cause) : (name ?? ''));
    return privacyErrors.make('BACKUP_STORAGE', { place: this.place, detail, cause });
  }
}

const isGone = (error: unknown): boolean =>
  ['NotFound', 'NoSuchKey'].includes((error as { name?: string }).name ?? '');

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw privacyErrors.make('BACKUP_STORAGE_SECRET', { place: file, cause });
  }
}
