/** CPU time of one utterance. */
export interface Share {
  seconds: number;
}

/**
 * Shares out the CPU time of this process among the utterances that are decoded at the moment: the
 * threads of a library have no clock of their own that Node could read.
 */
export class CpuShares {
  readonly #busy = new Set<Share>();
  readonly #used: () => number;
  #last: number;

  /** `used` tells the CPU seconds of the process so far. */
  constructor(used: () => number = processSeconds) {
    this.#used = used;
    this.#last = used();
  }

  /** Runs `job` on the account of `share`. */
  async charge<Result>(share: Share, job: () => Promise<Result>): Promise<Result> {
    this.#settle();
    this.#busy.add(share);
    try {
      return await job();
    } finally {
      this.#settle();
      this.#busy.delete(share);
    }
  }

  #settle(): void {
    const now = this.#used();
    const each = (now - this.#last) / Math.max(1, this.#busy.size);
    for (const share of this.#busy) share.seconds += each;
    this.#last = now;
  }
}

function processSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
