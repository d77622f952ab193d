import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

type LookUp = (name: string) => Promise<readonly { readonly address: string }[]>;

const kindOf = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/**
 * Who is never shut out, whatever comes from there: this machine, and the given addresses, networks
 * (192.0.2.0/24) and names of machines.
 */
export class Spared {
  readonly #fixed = new BlockList();
  readonly #names: readonly string[];
  readonly #lookUp: LookUp;
  #named = new BlockList();

  constructor(
    places: readonly string[],
    lookUp: LookUp = (name) => lookup(name, { all: true, verbatim: true }),
  ) {
    this.#lookUp = lookUp;
    this.#fixed.addSubnet('127.0.0.0', 8, 'ipv4');
    this.#fixed.addAddress('::1', 'ipv6');
    const names: string[] = [];
    for (const place of places) {
      const [address = '', bits] = place.split('/');
      if (isIP(address) === 0) names.push(place);
      else if (bits === undefined) this.#fixed.addAddress(address, kindOf(address));
      else this.#fixed.addSubnet(address, Number(bits), kindOf(address));
    }
    this.#names = names;
  }

  has(address: string): boolean {
    const kind = kindOf(address);
    return this.#fixed.check(address, kind) || this.#named.check(address, kind);
  }

  /** Asks again where the names are; what was known counts on if one of them cannot be asked. Never rejects. */
  async refresh(): Promise<void> {
    const found = new BlockList();
    try {
      for (const name of this.#names) {
        for (const { address } of await this.#lookUp(name)) {
          found.addAddress(address, kindOf(address));
        }
      }
      this.#named = found;
    } catch {
      // A name server that is away says nothing of where a trunk is.
    }
  }
}
