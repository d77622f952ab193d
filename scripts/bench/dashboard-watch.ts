import type { CDPSession, Page } from 'playwright-core';

/** The browser tells events in steps of 8 ms and leaves out those below 16 ms. */
const LEAST_MS = 16;
const SET_OFF_MS = 400;

/** What the browser says of each interaction: from the touch to the next picture (Event Timing, as INP is). */
const WATCH = `
  window.interactions = new Map();
  window.longTasks = 0;
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId === 0) continue;
      const before = window.interactions.get(interactionId) ?? 0;
      window.interactions.set(interactionId, Math.max(before, duration));
    }
  }).observe({ type: 'event', durationThreshold: ${String(LEAST_MS)}, buffered: false });
  new PerformanceObserver((list) => {
    window.longTasks += list.getEntries().length;
  }).observe({ type: 'longtask', buffered: false });
  undefined;`;

/** What some touches took. */
export interface Work {
  /** From each touch to the next picture, milliseconds; those below 16 are left out. */
  readonly waits: readonly number[];
  /** Processor time of the page, milliseconds: its scripts; its styles and layout. */
  readonly script: number;
  readonly style: number;
  /** Tasks of the page that took longer than 50 ms. */
  readonly longTasks: number;
  readonly requests: number;
  /** Of the answers, before compression. */
  readonly bytes: number;
}

/** Looks at what a page does for its user. */
export class Watch {
  readonly #page: Page;
  readonly #browser: CDPSession;
  #requests = 0;
  #bytes = 0;

  private constructor(page: Page, browser: CDPSession) {
    this.#page = page;
    this.#browser = browser;
    browser.on('Network.requestWillBeSent', () => {
      this.#requests += 1;
    });
    browser.on('Network.dataReceived', ({ dataLength }) => {
      this.#bytes += dataLength;
    });
  }

  static async of(page: Page): Promise<Watch> {
    const browser = await page.context().newCDPSession(page);
    // Time that the page's thread had of the processor: what else the machine does is not in it.
    await browser.send('Performance.enable', { timeDomain: 'threadTicks' });
    await browser.send('Network.enable');
    await page.evaluate(WATCH);
    return new Watch(page, browser);
  }

  /** What `work` took, with all that it set off. */
  async over(work: () => Promise<void>): Promise<Work> {
    await this.#page.evaluate('window.interactions.clear(); window.longTasks = 0');
    const before = await this.#metrics();
    const [requests, bytes] = [this.#requests, this.#bytes];
    await work();
    // What it set off has come then, and the last event has been told.
    await this.#page.waitForTimeout(SET_OFF_MS);
    const after = await this.#metrics();
    return {
      waits: await this.#page.evaluate<number[]>('[...window.interactions.values()]'),
      script: after.script - before.script,
      style: after.style - before.style,
      longTasks: await this.#page.evaluate<number>('window.longTasks'),
      requests: this.#requests - requests,
      bytes: this.#bytes - bytes,
    };
  }

  async #metrics(): Promise<{ script: number; style: number }> {
    const { metrics } = await this.#browser.send('Performance.getMetrics');
    const ms = (name: string): number =>
      (metrics.find((one) => one.name === name)?.value ?? 0) * 1000;
    return {
      script: ms('ScriptDuration'),
      style: ms('LayoutDuration') + ms('RecalcStyleDuration'),
    };
  }
}
