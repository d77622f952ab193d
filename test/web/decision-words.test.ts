import { join } from 'node:path';
import t from 'tap';
import { createServer } from 'vite';
import type { DialogueAction, DialogueEvent } from '../../agent/dialogue/ports.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { decisionCodes } from './decision-codes.js';

interface Words {
  readonly events: Readonly<Record<DialogueEvent['kind'], string>>;
  readonly actions: Readonly<Record<DialogueAction['do'], string>>;
  readonly parts: Readonly<Record<string, string>>;
  readonly ways: Readonly<Record<string, string>>;
  readonly codes: Readonly<Record<string, string>>;
}

await t.test('every decision of the dialogue is told in words, English and Korean', async (t) => {
  const vite = await createServer({
    ...{ root: join(checkoutRoot, 'agent', 'web', 'ui'), configFile: false, logLevel: 'error' },
    ...{ appType: 'custom', optimizeDeps: { noDiscovery: true } },
    server: { middlewareMode: true, ws: false, watch: null },
  });
  t.teardown(() => vite.close());
  const load = (file: string) => vite.ssrLoadModule(file) as Promise<unknown>;
  const { decisionWord } = (await load('/decision-words.ts')) as {
    decisionWord: (words: Words, code: string) => string;
  };
  const { decisionsEn } = (await load('/words/decisions-en.ts')) as { decisionsEn: Words };
  const { decisionsKo } = (await load('/words/decisions-ko.ts')) as { decisionsKo: Words };

  // A step of a message is asked for again by its name; it is no decision.
  const codes = decisionCodes().filter((code) => code !== 'reason');
  t.ok(codes.length > 150, `${String(codes.length)} codes are found`);
  const areas = new Set(['message', 'appointment', 'talk', 'ignored']);
  for (const [language, words] of Object.entries({ decisionsEn, decisionsKo })) {
    const vague = new Set([...areas].map((area) => words.codes[area]));
    t.strictSame(
      codes.filter((code) => {
        const told = decisionWord(words, code);
        return told === code || (vague.has(told) && !code.startsWith('ignored.'));
      }),
      [],
      `${language} has words for each`,
    );
    for (const code of [
      'faq.parking',
      'hours.week',
      'message.again-name',
      'message.name-unclear',
    ]) {
      t.not(decisionWord(words, code), code, `${language}: ${code}`);
    }
    t.equal(decisionWord(words, 'something.new'), 'something.new', 'others as they are');
  }
  for (const group of ['events', 'actions', 'parts', 'ways', 'codes'] as const) {
    t.strictSame(Object.keys(decisionsKo[group]), Object.keys(decisionsEn[group]), group);
    t.strictSame(
      Object.values(decisionsKo[group]).filter((text) => !/\p{Script=Hangul}/u.test(text)),
      [],
      `${group} in Korean`,
    );
  }
});
