import type { Clock } from '../clock.js';
import { VestibuleError } from '../errors.js';
import type { Log } from '../log.js';
import type { AskName, InputOf, OutputOf } from '../privacy/rooms/table.js';
import type { OfficeHealth, OfficeState, OtherOffices, Person } from '../web/ports.js';
import { RenewedTls } from '../wire/tls-renewal.js';
import { federationErrors } from './errors.js';
import { OfficeLine } from './office-line.js';
import type { OfficesSettings } from './settings.js';

/** For a list of heads, and to open what was said. */
const WITHIN_MS = 5_000;
/** The doctor looks at everything. */
const EXAMINED_WITHIN_MS = 30_000;

/** What says that nobody is there, or not who should be; all else is an answer of the office. */
const AWAY = new Set(['WIRE_UNREACHABLE', 'WIRE_DEADLINE', 'WIRE_CANCELLED', 'WIRE_TLS_REFUSED']);

interface Office {
  readonly name: string;
  readonly line: OfficeLine;
  seenAt: number | undefined;
}

/** The other offices of `offices`. Nothing of what they answer is kept here. */
export class Offices implements OtherOffices {
  readonly #clock: Clock;
  readonly #offices: ReadonlyMap<string, Office>;

  /** Connects to nobody before somebody asks. */
  constructor(settings: OfficesSettings, clock: Clock, log: Log) {
    this.#clock = clock;
    this.#offices = new Map(
      settings.map(({ id, name, address, ...files }) => {
        const tls = new RenewedTls(files, (reason) => {
          log.error('the certificate for another office was not renewed', { part: id, reason });
        });
        return [id, { name, line: new OfficeLine(address, tls.current), seenAt: undefined }];
      }),
    );
  }

  list(): readonly OfficeState[] {
    return [...this.#offices].map(([id, { name, seenAt }]) => ({ id, name, seenAt }));
  }

  ask<One extends AskName>(
    office: string,
    method: One,
    input: InputOf<One>,
    person: Person,
  ): Promise<OutputOf<One>> {
    return this.#with(office, (line) => line.ask(method, input, person, WITHIN_MS));
  }

  health(office: string, person: Person): Promise<OfficeHealth> {
    return this.#with(office, async (line) => {
      const [findings, answering] = await Promise.all([
        line.examine(person, EXAMINED_WITHIN_MS),
        line.answers(WITHIN_MS),
      ]);
      return { answering, findings };
    });
  }

  /** Closes the connections; what is under way fails. */
  stop(): void {
    for (const { line } of this.#offices.values()) line.close();
  }

  async #with<T>(id: string, use: (line: OfficeLine) => Promise<T>): Promise<T> {
    const office = this.#offices.get(id);
    if (office === undefined) throw federationErrors.make('NO_OFFICE', { place: id });
    try {
      const answer = await use(office.line);
      office.seenAt = this.#clock.now();
      return answer;
    } catch (cause) {
      if (!(cause instanceof VestibuleError)) throw cause;
      if (!AWAY.has(cause.code) && !cause.code.startsWith('WIRE_TLS')) {
        // Who refuses is there.
        office.seenAt = this.#clock.now();
        throw cause;
      }
      // A connection on its way to a machine that is cut off would wait there for minutes.
      if (cause.code === 'WIRE_DEADLINE') office.line.close();
      throw federationErrors.make('AWAY', { place: id, detail: cause.code, cause });
    }
  }
}
