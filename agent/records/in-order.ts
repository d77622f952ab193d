/** What comes in order of seconds, from one file. */
export interface Run<Item> {
  /** No second before this one is in it, if that is known: it is not opened earlier. */
  readonly from: number | undefined;
  open(): AsyncGenerator<Item>;
}

interface Opened<Item> {
  readonly items: AsyncGenerator<Item>;
  head: Item;
}

/** The items of all runs in order of their seconds; those of the same second together, as their runs stand. */
export async function* inOrderOfSeconds<Item extends { readonly second: number }>(
  runs: readonly Run<Item>[],
): AsyncGenerator<readonly Item[]> {
  const opened: (Opened<Item> | undefined)[] = runs.map(() => undefined);
  const from = (nth: number): number => runs[nth]?.from ?? -1;
  const waiting = [...runs.keys()].sort((a, b) => from(a) - from(b));
  const least = (): number =>
    Math.min(...opened.flatMap((one) => (one === undefined ? [] : [one.head.second])));
  try {
    for (;;) {
      for (let [nth] = waiting; nth !== undefined && from(nth) <= least(); [nth] = waiting) {
        waiting.shift();
        const items = runs[nth]?.open();
        const first = await items?.next();
        if (items !== undefined && first?.done === false)
          opened[nth] = { items, head: first.value };
      }
      const second = least();
      if (second === Infinity) return;
      const same: Item[] = [];
      for (const [nth, one] of opened.entries()) {
        if (one?.head.second !== second) continue;
        same.push(one.head);
        const next = await one.items.next();
        if (next.done === true) opened[nth] = undefined;
        else one.head = next.value;
      }
      yield same;
    }
  } finally {
    for (const one of opened) await one?.items.return(undefined);
  }
}
