import { rename, writeFile } from 'node:fs/promises';
import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

/** A node's attribute: an integer, a float, or a list of integers. */
export type Attribute =
  { readonly int: number } | { readonly float: number } | { readonly ints: readonly number[] };

/** A dimension: a fixed size, or the name of one that varies. */
export type Dimension = number | string;

export type TensorData = Float32Array | Int8Array | Uint8Array | BigInt64Array;

const TYPES = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const;

/** What a value that goes in or out is made of. */
export type ElementType = 'float' | 'int32' | 'int64';

function typeOf(data: TensorData): number {
  if (data instanceof Float32Array) return TYPES.float;
  if (data instanceof Uint8Array) return TYPES.uint8;
  return data instanceof Int8Array ? TYPES.int8 : TYPES.int64;
}

/** Operators of ONNX Runtime's own are written with this domain before their name. */
const CONTRIBUTED = 'com.microsoft';

/**
 * Writes an ONNX file (opset 17) node by node. Values are named by strings; every method that makes
 * one returns its name. An operator's type may have the domain "com.microsoft." before it.
 */
export class OnnxFile {
  readonly #nodes: InstanceType<typeof onnx.NodeProto>[] = [];
  readonly #constants: InstanceType<typeof onnx.TensorProto>[] = [];
  readonly #inputs: InstanceType<typeof onnx.ValueInfoProto>[] = [];
  readonly #outputs: InstanceType<typeof onnx.ValueInfoProto>[] = [];
  readonly #name: string;
  readonly #domains = new Set(['']);
  #count = 0;

  constructor(name: string) {
    this.#name = name;
  }

  input(name: string, type: ElementType, dims: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(name, TYPES[type], dims));
    return name;
  }

  /** Declares the value `name` an output of the graph. */
  output(name: string, dims: readonly Dimension[], type: ElementType = 'float'): void {
    this.#outputs.push(valueInfo(name, TYPES[type], dims));
  }

  /** A constant; no `dims` makes a vector of it, empty `dims` a scalar. */
  constant(data: TensorData, dims: readonly number[] = [data.length]): string {
    const name = `c${(this.#count += 1)}`;
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#constants.push(
      onnx.TensorProto.create({ name, dims: [...dims], dataType: typeOf(data), rawData }),
    );
    return name;
  }

  /** Adds a node with one output, which is called `as` or gets a name of its own. */
  node(
    opType: string,
    input: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
    as?: string,
  ): string {
    const [only] = this.nodes(opType, input, as === undefined ? 1 : [as], attributes);
    return only ?? '';
  }

  /** Adds a node with so many outputs, or outputs of these names, and returns their names. */
  nodes(
    opType: string,
    input: readonly string[],
    outputs: number | readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): readonly string[] {
    const name = `n${(this.#count += 1)}`;
    const output =
      typeof outputs === 'number'
        ? Array.from({ length: outputs }, (_, index) => `${name}_${index}`)
        : [...outputs];
    const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
    const domain = opType.startsWith(`${CONTRIBUTED}.`) ? CONTRIBUTED : '';
    this.#domains.add(domain);
    this.#nodes.push(
      onnx.NodeProto.create({
        ...{ name, domain, input: [...input], output, attribute },
        opType: domain === '' ? opType : opType.slice(domain.length + 1),
      }),
    );
    return output;
  }

  /** The bytes of the file. `metadata` is stored as the model's properties. */
  encode(metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    const model = onnx.ModelProto.create({
      irVersion: 8,
      producerName: 'vestibule',
      opsetImport: [...this.#domains].map((domain) => ({
        domain,
        version: domain === '' ? 17 : 1,
      })),
      metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
      graph: {
        name: this.#name,
        node: this.#nodes,
        initializer: this.#constants,
        input: this.#inputs,
        output: this.#outputs,
      },
    });
    return onnx.ModelProto.encode(model).finish();
  }

  /** Writes the file whole or not at all. */
  async save(path: string, metadata: Readonly<Record<string, string>> = {}): Promise<void> {
    const part = `${path}.${process.pid}.part`;
    await writeFile(part, this.encode(metadata));
    await rename(part, path);
  }
}

function valueInfo(
  name: string,
  elemType: number,
  dims: readonly Dimension[],
): InstanceType<typeof onnx.ValueInfoProto> {
  const dim = dims.map((size) =>
    typeof size === 'number' ? { dimValue: size } : { dimParam: size },
  );
  return onnx.ValueInfoProto.create({ name, type: { tensorType: { elemType, shape: { dim } } } });
}

function attributeOf(name: string, value: Attribute): InstanceType<typeof onnx.AttributeProto> {
  const { AttributeType } = onnx.AttributeProto;
  if ('int' in value) {
    return onnx.AttributeProto.create({ name, type: AttributeType.INT, i: value.int });
  }
  if ('float' in value) {
    return onnx.AttributeProto.create({ name, type: AttributeType.FLOAT, f: value.float });
  }
  return onnx.AttributeProto.create({ name, type: AttributeType.INTS, ints: [...value.ints] });
}
