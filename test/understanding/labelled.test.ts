import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { loadLabelled } from '../../agent/understanding/labelled.js';
import { score } from '../../agent/understanding/scoring.js';

t.test('texts with their intents, however they are written', (t) => {
  const folder = t.testdir();
  const load = (name: string, content: string): ReturnType<typeof loadLabelled> => {
    writeFileSync(join(folder, name), content);
    return loadLabelled(join(folder, name));
  };
  const wanted = [
    { text: 'where are you', intent: 'info.location' },
    { text: 'hi', intent: 'control.greeting' },
  ];
  t.strictSame(
    load('a.yaml', 'intents:\n  info.location: [where are you]\n  control.greeting: [hi]\n'),
    wanted,
  );
  t.strictSame(
    load(
      'b.yml',
      '- { text: where are you, intent: info.location }\n- { text: hi, intent: control.greeting }\n',
    ),
    wanted,
  );
  t.strictSame(
    load('c.tsv', 'text\tintent\nwhere are you\tinfo.location\n\nhi\tcontrol.greeting\r\n'),
    wanted,
  );
  t.strictSame(load('d.jsonl', wanted.map((row) => JSON.stringify(row)).join('\n')), wanted);
  const malformed = { code: 'UNDERSTANDING_EXAMPLES_MALFORMED' };
  t.throws(() => load('e.tsv', 'no intent here\n'), { ...malformed, message: /line 1/u });
  t.throws(() => load('f.jsonl', '{"text":\n'), malformed);
  t.throws(() => load('g.yaml', 'intents: [1]\n'), malformed);
  t.throws(() => load('h.yaml', 'a: ]\n'), malformed);
  t.throws(() => load('i.tsv', ''), { ...malformed, message: /empty/u });
  t.throws(() => loadLabelled(join(folder, 'none')), {
    code: 'UNDERSTANDING_EXAMPLES_UNREADABLE',
  });
  t.end();
});

t.test('accuracy, precision, recall and confusions', (t) => {
  const rows = [
    { text: 'one', intent: 'a' },
    { text: 'two', intent: 'a' },
    { text: 'three', intent: 'a' },
    { text: 'four', intent: 'b' },
  ];
  const scores = score(rows, ['a', 'b', 'b', 'b']);
  t.equal(scores.accuracy, 0.5);
  t.strictSame(scores.intents, [
    { intent: 'a', examples: 3, precision: 1, recall: 1 / 3 },
    { intent: 'b', examples: 1, precision: 1 / 3, recall: 1 },
  ]);
  t.strictSame(scores.confusions, [{ expected: 'a', found: 'b', count: 2 }]);
  t.strictSame(scores.misses[0], { text: 'two', expected: 'a', found: 'b' });
  t.match(score(rows, ['a', 'a', 'a', 'c']).intents[2], { intent: 'c', recall: undefined });
  t.equal(score([], []).accuracy, 0);
  t.end();
});
