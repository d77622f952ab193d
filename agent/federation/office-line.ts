import type { Finding } from '../finding.js';
import type { AskName, InputOf, OutputOf } from '../privacy/rooms/table.js';
import { forPerson } from '../rpc/callers.js';
import { answerOf, type Piece } from '../rpc/pieces.js';
import { PROTO } from '../rpc/server.js';
import type { Person } from '../web/ports.js';
import { GrpcClient, loadService } from '../wire/grpc.js';
import { HealthProbe } from '../wire/health.js';
import type { TlsIdentity } from '../wire/tls.js';

const service = (name: string) => loadService(PROTO, `vestibule.control.v1.${name}`);

/** The control API of one office. Each request says for whom it is made. */
export class OfficeLine {
  readonly #rooms: GrpcClient;
  readonly #doctor: GrpcClient;
  readonly #health: HealthProbe;

  constructor(address: string, tls: () => TlsIdentity) {
    this.#rooms = new GrpcClient(address, service('Rooms'), tls);
    this.#doctor = new GrpcClient(address, service('Doctor'), tls);
    this.#health = new HealthProbe(address, tls);
  }

  /** A question of the rooms. @throws WIRE_…, RPC_…, PRIVACY_… as the office says it */
  async ask<One extends AskName>(
    method: One,
    input: InputOf<One>,
    { name, role }: Person,
    withinMs: number,
  ): Promise<OutputOf<One>> {
    const parts: Uint8Array[] = [];
    const question = { method, json: JSON.stringify(input) };
    const pieces = this.#rooms.serverStream<object, Piece>(
      'Ask',
      question,
      withinMs,
      forPerson(name, role),
    );
    for await (const { json } of pieces) if (json) parts.push(json);
    return answerOf(parts) as OutputOf<One>;
  }

  /** What the doctor of the office finds. @throws as `ask` */
  async examine({ name, role }: Person, withinMs: number): Promise<readonly Finding[]> {
    const { findings } = await this.#doctor.unary<object, { findings: readonly Finding[] }>(
      'Examine',
      {},
      withinMs,
      forPerson(name, role),
    );
    return findings;
  }

  /** Whether calls are answered there. */
  async answers(withinMs: number): Promise<boolean> {
    return (await this.#health.ask(withinMs)) === undefined;
  }

  close(): void {
    this.#rooms.close();
    this.#doctor.close();
    this.#health.close();
  }
}
