import { createHash, createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** In the order and form of AWS's "canonical query string"; what S3 is sent is encoded already. */
function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => (pair.includes('=') ? pair : `${pair}=`))
    .sort()
    .join('&');
}

/**
 * What is wrong with the signature of a request to S3 (AWS Signature Version 4), worked out anew from what came over
 * the wire; undefined when it is right.
 */
export function signatureFault(
  { method = '', url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  accessKey: string,
  secret: string,
): 'InvalidAccessKeyId' | 'SignatureDoesNotMatch' | 'RequestTimeTooSkewed' | undefined {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/u.exec(
      headers.authorization ?? '',
    );
  if (said === null) return 'SignatureDoesNotMatch';
  const [, key = '', day = '', region = '', signed = '', signature = ''] = said;
  if (key !== accessKey) return 'InvalidAccessKeyId';
  const at = String(headers['x-amz-date']);
  const time = Date.parse(
    at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/u, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (!(Math.abs(Date.now() - time) < 900_000)) return 'RequestTimeTooSkewed';
  const names = signed.split(';');
  // Whoever may change these on the way may ask for something else.
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) {
    return 'SignatureDoesNotMatch';
  }
  const [path = '', query = ''] = url.split('?');
  const request = [
    ...[method, path, canonicalQuery(query)],
    ...names.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replace(/ +/gu, ' ')}`,
    ),
    ...['', signed, String(headers['x-amz-content-sha256'])],
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(request)].join('\n');
  const signing = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    (mixed, part) => hmac(mixed, part),
    `AWS4${secret}`,
  );
  return hmac(signing, toSign).toString('hex') === signature ? undefined : 'SignatureDoesNotMatch';
}
