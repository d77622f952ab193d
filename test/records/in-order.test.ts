import t from 'tap';
import { inOrderOfSeconds, type Run } from '../../agent/records/in-order.js';

interface Item {
  readonly second: number;
  readonly of: string;
}

await t.test('the seconds of several files come in order, one of each in memory', async (t) => {
  const opened: string[] = [];
  const ended: string[] = [];
  const run = (of: string, from: number | undefined, ...seconds: readonly number[]): Run<Item> => ({
    from,
    async *open() {
      opened.push(of);
      try {
        for (const second of seconds) yield await Promise.resolve({ second, of });
      } finally {
        ended.push(of);
      }
    },
  });
  const runs = [
    run('first', undefined, 0, 1, 5, 9),
    run('late', 9, 9, 10),
    run('hole', 2, 2, 3),
    run('empty', 4),
  ];
  const seen: string[] = [];
  for await (const same of inOrderOfSeconds(runs)) {
    seen.push(same.map(({ second, of }) => `${String(second)} ${of}`).join(', '));
    if (same[0]?.second === 3) t.same(opened, ['first', 'hole'], 'none is opened before its time');
  }
  t.same(seen, [
    ...['0 first', '1 first', '2 hole', '3 hole', '5 first', '9 first, 9 late', '10 late'],
  ]);
  t.same([...ended].sort(), ['empty', 'first', 'hole', 'late']);

  ended.length = 0;
  for await (const same of inOrderOfSeconds(runs)) if (same[0]?.second === 9) break;
  t.same([...ended].sort(), ['empty', 'first', 'hole', 'late'], 'who stops closes what is open');
  const none: readonly Item[][] = [];
  for await (const same of inOrderOfSeconds<Item>([])) t.same(same, none);
});
