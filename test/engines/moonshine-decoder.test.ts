import t from 'tap';
import { Digits } from '../../agent/engines/moonshine-digits.js';
import { EOS, greedy } from '../../agent/engines/moonshine-decoder.js';
import type { Hearing } from '../../agent/engines/moonshine-decoder.js';
import type { ChosenToken } from '../../agent/engines/moonshine-tokens.js';

/** A decoder of one text, which counts its runs and the tokens that go through it. */
class Said {
  runs = 0;
  rows = 0;
  readonly #text: readonly number[];

  constructor(text: readonly number[]) {
    this.#text = text;
  }

  get hearing(): Hearing {
    let taken = 0;
    const next = (ids: readonly number[]): Promise<readonly ChosenToken[]> => {
      this.runs += 1;
      this.rows += ids.length;
      const found: ChosenToken[] = [];
      for (let at = 0; at < ids.length; at += 1) {
        const id = this.#text[taken] ?? EOS;
        found.push({ id, probability: 0.5 });
        taken += 1;
        if (id !== ids[at + 1]) break;
      }
      return Promise.resolve(found);
    };
    return { chain: () => ({ next }) } as unknown as Hearing;
  }
}

const upTo = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, at) => from + at);
const TEXT = upTo(10, 30);

async function heard(draft: readonly number[], most = 60) {
  const said = new Said(TEXT);
  const { chosen, sum } = await greedy({ hearing: said.hearing, most }, draft);
  return { ids: chosen.map(({ id }) => id), sum, runs: said.runs, rows: said.rows };
}

void t.test(
  'a draft never changes a text, and what is right of it is not sought anew',
  async (t) => {
    const free = await heard([]);
    t.strictSame(free.ids, TEXT);
    t.equal(free.runs, TEXT.length + 1);
    for (const [what, draft, runs] of [
      ['the same', TEXT, 1],
      ['a beginning', upTo(10, 25), 6],
      ['nothing of it', upTo(500, 520), free.runs],
      ['a mark too many', [...upTo(10, 18), 99, ...upTo(18, 30)], 3],
      ['one too few', [...upTo(10, 18), ...upTo(19, 30)], 4],
      ['another word', [...upTo(10, 18), 99, ...upTo(19, 30)], 4],
      ['other words', [...upTo(10, 18), 97, 98, 99, ...upTo(21, 30)], 6],
    ] as const) {
      const found = await heard(draft);
      t.strictSame(found.ids, TEXT, what);
      t.equal(found.sum, free.sum);
      t.ok(found.runs <= runs, `${what}: ${String(found.runs)} runs`);
    }
  },
);

void t.test('where a draft is left for good, nothing more of it is tried', async (t) => {
  const draft = [...upTo(10, 14), ...upTo(500, 540)];
  const { rows, runs } = await heard(draft);
  t.equal(rows, draft.length + 1 + runs - 1, 'one token a run behind it');
});

void t.test('a number that is written in another way now is tried in that way', async (t) => {
  const names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  const vocabulary = [
    ...Array<undefined>(3).fill(undefined),
    ...Array.from({ length: 10 }, (_, digit) => String(digit)),
    ...names.map((name) => `▁${name}`),
    ...['-', ',', '.'],
  ];
  const idsOf = (text: string): readonly number[] =>
    text
      .split(' ')
      .map((part) => vocabulary.findIndex((token) => token?.replace('▁', '') === part));
  const words = idsOf('zero , two , zero , seven , nine , four .');
  const figures = idsOf('0 - 2 - 0 - 7 - 9 - 4 - 6 .');
  const found = async (digits: Digits | undefined, most = 60) => {
    const said = new Said(figures);
    const { chosen, sum } = await greedy({ hearing: said.hearing, most, digits }, words);
    return { ids: chosen.map(({ id }) => id), sum, runs: said.runs };
  };
  const digits = new Digits(vocabulary);
  const [free, guessed] = [await found(undefined), await found(digits)];
  t.strictSame(guessed.ids, figures);
  t.equal(guessed.sum, free.sum);
  t.equal(free.runs, figures.length + 1);
  t.ok(guessed.runs < free.runs / 2, `${guessed.runs} runs instead of ${free.runs}`);
  t.strictSame((await found(digits, 5)).ids, figures.slice(0, 5), 'no longer than it may be');
});

void t.test('no text gets longer than it may', async (t) => {
  for (const most of [1, 5, 12]) {
    const draft = [...upTo(10, 18), 99, ...upTo(18, 30)];
    t.strictSame((await heard(draft, most)).ids, TEXT.slice(0, most));
  }
});

void t.test('a loop ends a text at the same word, drafted or not', async (t) => {
  const loop = [...upTo(10, 14), ...Array<number>(40).fill(77)];
  const found = async (draft: readonly number[]): Promise<readonly number[]> => {
    const { hearing } = new Said(loop);
    return (await greedy({ hearing, most: 60 }, draft)).chosen.map(({ id }) => id);
  };
  t.strictSame(await found(loop.slice(0, 30)), await found([]));
  t.strictSame(await found([]), [...upTo(10, 14), 77]);
});
