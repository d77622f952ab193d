import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { festival, flite, type Synthesise } from '../../agent/reception/rehearse/synthesise.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { Office } from '../../test/calls/office.js';

// Four callers with five voices leave a message each over the telephone; name, number and reason are
// compared with what they meant. Writes docs/benchmarks/messages.md. Run by scripts/bench/messages.

interface Caller {
  readonly name: string;
  readonly number: string;
  readonly spoken: string;
  readonly reason: string;
  /** What must be in the message for a person to know what it is about. */
  readonly about: RegExp;
}

const CALLERS: readonly Caller[] = [
  {
    name: 'John Smith',
    number: '02079460142',
    spoken: 'Zero two zero, seven nine four six, zero one four two.',
    reason: 'I would like to know the results of my blood test.',
    about: /result|blood/iu,
  },
  {
    name: 'Mary Johnson',
    number: '02079460873',
    spoken: 'My number is zero two zero, seven nine four six, zero eight seven three.',
    reason: 'I need an appointment next week, because my knee hurts.',
    about: /appointment|knee/iu,
  },
  {
    name: 'David Miller',
    number: '07700900461',
    spoken: 'It is zero seven seven, zero zero nine, zero zero four six one.',
    reason: 'Please order my heart medicine again.',
    about: /medicine|heart/iu,
  },
  {
    name: 'Susan Taylor',
    number: '02079460559',
    spoken: 'Zero two zero, seven nine four six, zero five five nine.',
    reason: 'There is a mistake in the bill that you sent me.',
    about: /bill|mistake/iu,
  },
];

const VOICES: readonly (readonly [name: string, engine: Synthesise, voice: string])[] = [
  ['flite slt', flite, 'slt'],
  ['flite rms', flite, 'rms'],
  ['flite awb', flite, 'awb'],
  ['festival ked_diphone', festival, 'ked_diphone'],
  ['festival cmu_us_slt_arctic_hts', festival, 'cmu_us_slt_arctic_hts'],
];

const scenarioOf = (caller: Caller): Record<string, unknown> => ({
  from: 'anonymous',
  steps: [
    { 'wait-for': 'greeting' },
    { say: 'I would like to leave a message, please.' },
    {
      answer: {
        until: 'anything else',
        timeout: 25,
        replies: [
          { when: 'is that right', digits: caller.number, say: 'Yes, that is right.' },
          { when: 'i have .*is that right', say: 'No.' },
          { when: 'key the number|key in the number|hash key', keys: `${caller.number}#` },
          { when: 'which number|digit by digit|go on', say: caller.spoken },
          { when: `your name is ${caller.name}.*right`, say: 'Yes, that is right.' },
          { when: 'your name is.*right', say: `No, my name is ${caller.name}.` },
          { when: 'what should i change', say: 'The name.' },
          { when: 'your name', say: `My name is ${caller.name}.` },
          { when: 'what is it about|like to tell', say: caller.reason },
          { when: 'urgent', say: 'No, it is not urgent.' },
          { when: 'good time', say: 'Tomorrow morning, please.' },
          { when: 'is that right', say: 'Yes, that is right.' },
        ],
      },
    },
    { 'hang-up': null },
  ],
});

const office = await Office.open({ VESTIBULE_NOW: '2026-11-24T10:00:00Z' });
const rows: string[] = [];
let allRight = 0;
let keyed = 0;
try {
  for (const [label, engine, voice] of VOICES) {
    for (const caller of CALLERS) {
      await office.call(scenarioOf(caller), { synthesise: (text) => engine(text, voice) });
      const call = await office.closedCall();
      const [message] = await office.reading((room) =>
        room.messages.list({ limit: 1, states: [] }, 'bench'),
      );
      const body = message?.call === call.id ? message.body : undefined;
      const right = [
        body?.name?.value === caller.name,
        body?.phone?.value === caller.number,
        caller.about.test(body?.reason?.value ?? ''),
      ];
      const marks = right.map((one) => (one ? 'right' : '**wrong**'));
      if (right.every(Boolean)) allRight += 1;
      if (body?.phone?.by === 'keys') keyed += 1;
      const how = body?.phone?.by ?? '–';
      const seconds = ((call.endedAt ?? 0) - call.startedAt) / 1000;
      rows.push(
        `| ${label} | ${caller.name} | ${marks.join(' | ')} | ${how} | ${seconds.toFixed(0)} |`,
      );
      process.stdout.write(`${rows.at(-1) ?? ''}\n`);
      if (!right.every(Boolean)) process.stdout.write(`  ${JSON.stringify(body)}\n`);
    }
  }
} finally {
  await office.close();
}
const total = VOICES.length * CALLERS.length;
const page = `# Messages from other voices

\`scripts/bench/messages\`: four callers with five voices that are not ours (flite, festival) leave a
message each by a real SIP call over µ-law. The caller answers what it hears: it says no to a wrong
read-back, corrects its name, and keys its number in when asked to. Right is a name and a number that
are exactly what the caller meant, and a reason that a person would know the matter by.

**${String(allRight)} of ${String(total)}** messages have all three right; ${String(keyed)} numbers were keyed in after a wrong read-back.

| voice | caller | name | number | reason | number by | seconds |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`;
writeFileSync(join(checkoutRoot, 'docs', 'benchmarks', 'messages.md'), page);
process.stdout.write(`${String(allRight)} of ${String(total)} right\n`);
