import { readFile } from 'node:fs/promises';
import { ByteBuffer } from 'flatbuffers';
import { engineErrors } from '../errors.js';

// Fields of ONNX Runtime's flatbuffer schema (ort.fbs), by their place in each table's list of fields.
const SESSION = { model: 6 } as const;
const MODEL = { graph: 18 } as const;
const GRAPH = { initializers: 4, nodes: 8 } as const;
const NODE = { type: 14, inputs: 20, outputs: 22, attributes: 24 } as const;
const ATTRIBUTE = { graph: 18 } as const;
const TENSOR = { name: 4, dims: 8, type: 10, data: 12 } as const;

/** Element types, as ONNX counts them. */
const FLOAT = 1;
const UINT8 = 2;

/** A constant of the model; `dims` are its sizes. */
export interface Constant {
  readonly dims: readonly number[];
  readonly data: Float32Array | Uint8Array;
}

/** A node of the model's graph or of one inside it. */
export interface OrtNode {
  readonly type: string;
  readonly inputs: readonly string[];
}

/** What an ORT file says: its constants of floats and of unsigned bytes, and its nodes by what they make. */
export interface OrtFile {
  readonly constants: ReadonlyMap<string, Constant>;
  readonly nodes: ReadonlyMap<string, OrtNode>;
}

/** One table of a flatbuffer. */
class Table {
  readonly #bytes: ByteBuffer;
  readonly #at: number;

  constructor(bytes: ByteBuffer, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  table(field: number): Table | undefined {
    const at = this.#place(field);
    return at === 0 ? undefined : new Table(this.#bytes, this.#bytes.__indirect(at));
  }

  tables(field: number): readonly Table[] {
    const bytes = this.#bytes;
    return this.#items(field, 4).map((at) => new Table(bytes, bytes.__indirect(at)));
  }

  string(field: number): string {
    const at = this.#place(field);
    return at === 0 ? '' : this.#text(at);
  }

  strings(field: number): readonly string[] {
    return this.#items(field, 4).map((at) => this.#text(at));
  }

  integer(field: number): number {
    const at = this.#place(field);
    return at === 0 ? 0 : this.#bytes.readInt32(at);
  }

  longs(field: number): readonly number[] {
    return this.#items(field, 8).map((at) => Number(this.#bytes.readInt64(at)));
  }

  /** A copy, so that floats begin at a multiple of four bytes. */
  bytes(field: number): Uint8Array {
    const at = this.#place(field);
    if (at === 0) return new Uint8Array();
    const start = this.#bytes.__vector(at);
    const end = start + this.#bytes.__vector_len(at);
    return new Uint8Array(this.#bytes.bytes().subarray(start, end));
  }

  #text(at: number): string {
    const text = this.#bytes.__string(at);
    return typeof text === 'string' ? text : '';
  }

  #items(field: number, size: number): readonly number[] {
    const at = this.#place(field);
    if (at === 0) return [];
    const start = this.#bytes.__vector(at);
    return Array.from({ length: this.#bytes.__vector_len(at) }, (_, item) => start + item * size);
  }

  #place(field: number): number {
    const offset = this.#bytes.__offset(this.#at, field);
    return offset === 0 ? 0 : this.#at + offset;
  }
}

function read(graph: Table, constants: Map<string, Constant>, nodes: Map<string, OrtNode>): void {
  for (const tensor of graph.tables(GRAPH.initializers)) {
    const type = tensor.integer(TENSOR.type);
    if (type !== FLOAT && type !== UINT8) continue;
    const bytes = tensor.bytes(TENSOR.data);
    constants.set(tensor.string(TENSOR.name), {
      dims: tensor.longs(TENSOR.dims),
      data: type === FLOAT ? new Float32Array(bytes.buffer) : bytes,
    });
  }
  for (const node of graph.tables(GRAPH.nodes)) {
    const inside = node
      .tables(NODE.attributes)
      .flatMap((attribute) => attribute.table(ATTRIBUTE.graph) ?? []);
    for (const one of inside) read(one, constants, nodes);
    // What a branch hands out has the name of what it hands over: the node inside is the one that counts.
    if (inside.length > 0) continue;
    const known = { type: node.string(NODE.type), inputs: node.strings(NODE.inputs) };
    for (const output of node.strings(NODE.outputs)) nodes.set(output, known);
  }
}

/** Reads a model in ONNX Runtime's own format. Throws ENGINE_MODEL_MISSING or ENGINE_MODEL_DAMAGED. */
export async function readOrtFile(path: string): Promise<OrtFile> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (cause) {
    throw engineErrors.make('MODEL_MISSING', { place: path, cause });
  }
  const constants = new Map<string, Constant>();
  const nodes = new Map<string, OrtNode>();
  try {
    const buffer = new ByteBuffer(bytes);
    const session = new Table(buffer, buffer.readInt32(0));
    const graph = session.table(SESSION.model)?.table(MODEL.graph);
    if (graph !== undefined) read(graph, constants, nodes);
  } catch (cause) {
    throw engineErrors.make('MODEL_DAMAGED', { place: path, cause });
  }
  if (nodes.size === 0) {
    throw engineErrors.make('MODEL_DAMAGED', { place: path, detail: 'no graph in it' });
  }
  return { constants, nodes };
}
