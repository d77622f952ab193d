/** As it goes over the wire: bytes of a file, or of a JSON text. */
export interface Piece {
  readonly file?: Uint8Array;
  readonly json?: Uint8Array;
}

const MOST = 64 * 1024;

/** A file's bytes, none of them more than 64 KB. */
export async function* filePieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += MOST) yield { file: chunk.subarray(at, at + MOST) };
  }
}

/** An answer as JSON; nothing where there is none. */
export function* answerPieces(answer: unknown): Generator<Piece> {
  // JSON.stringify gives undefined for undefined, whatever its type says.
  const text = JSON.stringify(answer) as string | undefined;
  const bytes = Buffer.from(text ?? '');
  for (let at = 0; at < bytes.length; at += MOST) yield { json: bytes.subarray(at, at + MOST) };
}

/** The answer in `parts`, put together again. */
export function answerOf(parts: readonly Uint8Array[]): unknown {
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
