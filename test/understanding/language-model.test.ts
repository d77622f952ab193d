import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { systemClock } from '../../agent/clock.js';
import { silentLog } from '../../agent/log.js';
import { rephrasing } from '../../agent/reception/rephrasing.js';
import { TextCall, type TextOutput } from '../../agent/reception/converse.js';
import type { DialogueRecord } from '../../agent/dialogue/record/record.js';
import { LanguageModel } from '../../agent/understanding/language-model.js';
import { withLanguageModel } from '../../agent/understanding/language-model-intents.js';
import { languageModelSettings } from '../../agent/understanding/language-model-settings.js';
import { rephrase } from '../../agent/understanding/language-model-summary.js';
import { isOwnNetwork } from '../../agent/understanding/own-network.js';
import type { Understanding, Understood } from '../../agent/understanding/ports.js';
import { dialogueOf } from '../dialogue/office.js';

interface Seen {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly model: string;
    readonly stream: boolean;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
  };
}

/** How the stub answers: with this content, or not as it should. */
type Manner = { readonly content: string } | 'error' | 'garbage' | 'silence' | 'flood' | 'redirect';

/** A server that speaks the chat API, as llama.cpp and Ollama do. */
async function stub(t: Test, manner: Manner): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      const { url: path, headers } = request;
      seen.push({ path, headers, body: JSON.parse(body) as Seen['body'] });
      if (manner === 'silence') return;
      if (manner === 'error') response.writeHead(500).end('out of memory');
      else if (manner === 'garbage') response.end('<html>');
      else if (manner === 'flood') response.end('x'.repeat(200_000));
      else if (manner === 'redirect')
        response.writeHead(302, { location: 'http://203.0.113.9/' }).end();
      else {
        response.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            id: 'chatcmpl-1',
            object: 'chat.completion',
            model: 'small',
            choices: [
              {
                index: 0,
                message: { role: 'assistant', content: manner.content },
                finish_reason: 'stop',
              },
            ],
            usage: { prompt_tokens: 9, completion_tokens: 9, total_tokens: 18 },
          }),
        );
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`, seen };
}

const understood = (intent: string, more: Partial<Understood> = {}): Understood => ({
  ...{ intent, score: 0.9, alternatives: [], slots: {}, emergency: false, faq: undefined },
  ...more,
});

/** The local model: knows "yes", and nothing else. */
const local: Understanding = {
  danger: () => undefined,
  understand: (text) => Promise.resolve(understood(text === 'yes' ? 'control.yes' : 'oos')),
};
const INTENTS = ['prescription.refill', 'info.hours', 'emergency', 'control.yes', 'oos'];

const assisted = (url: string, more: object = {}): Understanding =>
  withLanguageModel(
    local,
    languageModelSettings.parse({ url, model: 'small', proposeWithinMs: 300, ...more }),
    () => INTENTS,
    silentLog,
  );

t.test('what is not understood here gets a proposal, over the real protocol', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'vt-model-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFileSync(join(folder, 'key'), 'secret-1\n');
  const { url, seen } = await stub(t, { content: '{"intent":"prescription.refill"}' });
  const both = assisted(url, { keyFile: join(folder, 'key') });
  t.match(await both.understand('me pills is all gone'), {
    intent: 'prescription.refill',
    score: 0.5,
    proposedBy: 'small',
  });
  t.match(seen, [
    {
      path: '/v1/chat/completions',
      headers: { authorization: 'Bearer secret-1', 'content-type': 'application/json' },
      body: { model: 'small', stream: false, messages: [{ role: 'system' }, { role: 'user' }] },
    },
  ]);
  const [system, user] = seen[0]?.body.messages ?? [];
  t.equal(user?.content, 'me pills is all gone', 'the words stand apart, as data');
  t.match(system?.content, /prescription\.refill, info\.hours, none/u);
  t.notMatch(system?.content, /emergency|control/u, 'danger and turns of the talk are ours');
});

t.test('the local intent counts first, and answers to our questions are not shown', async (t) => {
  const { url, seen } = await stub(t, { content: '{"intent":"info.hours"}' });
  const both = assisted(url);
  t.equal((await both.understand('yes')).intent, 'control.yes');
  t.equal((await both.understand('Mary Johnson', 'name')).intent, 'oos');
  t.equal((await both.understand('')).intent, 'oos');
  t.strictSame(seen, []);
  t.equal(assisted(url, { proposeIntents: false }), local, 'off is off');
  t.equal(
    withLanguageModel(local, undefined, () => INTENTS, silentLog),
    local,
  );
});

const NOTHING: readonly (readonly [what: string, manner: Manner])[] = [
  ['an error', 'error'],
  ['no JSON', 'garbage'],
  ['no answer in time', 'silence'],
  ['an endless answer', 'flood'],
  ['a way elsewhere', 'redirect'],
  ['danger', { content: '{"intent":"emergency"}' }],
  ['a yes', { content: '{"intent":"control.yes"}' }],
  ['what is no intent', { content: '{"intent":"transfer.anywhere"}' }],
  ['talk', { content: 'Sure! I will connect you with 0900 123456.' }],
];
for (const [what, manner] of NOTHING) {
  t.test(`${what} is no proposal, and nobody notices`, async (t) => {
    const { url } = await stub(t, manner);
    const found = await assisted(url).understand('me pills is all gone');
    t.match(found, { intent: 'oos', proposedBy: undefined });
  });
}

t.test('it never speaks: a call says what it would say without it', async (t) => {
  const { url } = await stub(t, {
    content: '{"intent":"prescription.refill"} Tell the caller: the clinic has moved.',
  });
  const lines: TextOutput[] = [];
  const call = new TextCall(
    {
      ...{ dialogue: dialogueOf(), understanding: assisted(url), silenceMs: 7_000 },
      ...{ language: 'en', clock: systemClock() },
    },
    (line) => lines.push(line),
  );
  call.begin();
  await call.take({ say: 'me pills is all gone' });
  call.hangUp();
  t.match(lines.at(-1), { asks: 'name', says: /^I'll take down your prescription request/u });
  t.notMatch(JSON.stringify(lines), /moved/u);
  t.equal(call.record().record.intent, 'prescription.refill');
});

t.test('only the own network is reached', async (t) => {
  for (const inside of [
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.9',
    '::1',
    'fd00::7',
    'fe80::1',
  ]) {
    t.ok(isOwnNetwork(inside), inside);
  }
  for (const outside of [
    '8.8.8.8',
    '172.32.0.1',
    '192.169.0.1',
    '2001:db8::1',
    '::ffff:8.8.8.8',
    'x',
  ]) {
    t.notOk(isOwnNetwork(outside), outside);
  }
  const bad = languageModelSettings.safeParse({ url: 'https://203.0.113.7/v1', model: 'm' });
  t.match(bad.error?.issues[0]?.message, /own network/u);
  t.notOk(languageModelSettings.safeParse({ url: 'ftp://10.0.0.1/', model: 'm' }).success);
  const model = new LanguageModel({ url: 'http://203.0.113.7/v1', model: 'm', keyFile: undefined });
  const ask = { system: 's', user: 'u', tokens: 1, withinMs: 500 };
  await t.rejects(model.ask(ask), { code: 'UNDERSTANDING_MODEL_OUTSIDE' });
  t.throws(() => new LanguageModel({ url: 'http://10.0.0.1', model: 'm', keyFile: '/nowhere' }), {
    code: 'UNDERSTANDING_MODEL_KEY_UNREADABLE',
  });
});

const SUMMARY = '“The lift is broken.” · Name: Mary Johnson · Number: 02079460199 · Urgent';

t.test('a summary in other words may add nothing', async (t) => {
  const word = async (content: string): Promise<string | undefined> => {
    const { url } = await stub(t, { content });
    return rephrase(new LanguageModel({ url, model: 'small', keyFile: undefined }), SUMMARY, 'en');
  };
  const good =
    'The caller, Mary Johnson (02079460199), says that the lift is broken. It is urgent.';
  t.equal(await word(good), good);
  t.equal(await word('The caller, Peter Miller, says that the lift is broken.'), undefined);
  t.equal(await word('Mary Johnson wants a call back on 0900 123456.'), undefined);
  t.equal(await word('It is broken. '.repeat(60)), undefined, 'far too long');
  t.equal(await word('  '), undefined);
});

t.test('the other wording stands beside the record, which stays', async (t) => {
  const record: DialogueRecord = {
    ...{ intent: 'message.leave', intents: ['message.leave'], urgency: 'urgent', slots: {} },
    ...{ summary: SUMMARY, transfers: [], trace: [] },
  };
  const after = async (manner: Manner, more: object = {}): Promise<readonly string[]> => {
    const { url } = await stub(t, manner);
    const revised: string[] = [];
    await rephrasing({
      settings: languageModelSettings.parse({
        url,
        model: 'small',
        rephraseSummaries: true,
        ...more,
      }),
      records: {
        revise: (_call, body) => {
          revised.push(body);
          return Promise.resolve();
        },
      },
      ...{ language: 'en', log: silentLog },
    })?.('call', record);
    return revised;
  };
  const [body = '{}'] = await after({ content: 'The lift is broken, says Mary Johnson.' });
  t.strictSame(JSON.parse(body), {
    ...record,
    rephrased: { text: 'The lift is broken, says Mary Johnson.', model: 'small' },
  });
  t.strictSame(await after('error'), [], 'a failure changes nothing');
  t.strictSame(await after({ content: 'x' }, { rephraseSummaries: false }), [], 'off by default');
});
