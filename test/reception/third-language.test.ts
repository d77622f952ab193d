import { join } from 'node:path';
import t from 'tap';
import { SentenceEncoder } from '../../agent/engines/encoder.js';
import { NgramVectors } from '../../agent/engines/encoder/ngram.js';
import { EspeakVoice } from '../../agent/engines/espeak.js';
import { createDialogue } from '../../agent/dialogue/machine.js';
import { dialogueSettings } from '../../agent/dialogue/settings.js';
import { silentLog } from '../../agent/log.js';
import { TextCall, type TextOutput } from '../../agent/reception/converse.js';
import { fallbackTexts } from '../../agent/reception/fallback-prompts.js';
import { encoderFor, voiceFor } from '../../agent/speech/language-models.js';
import { DEFAULT_EMERGENCY_PHRASES } from '../../agent/understanding/emergency-phrases.js';
import { EmergencyWatch } from '../../agent/understanding/emergency.js';
import { loadExamples } from '../../agent/understanding/intents.js';
import { loadLabelled } from '../../agent/understanding/labelled.js';
import { score } from '../../agent/understanding/scoring.js';
import { understandingSettings } from '../../agent/understanding/settings.js';
import { trainHead } from '../../agent/understanding/training.js';
import { Understander } from '../../agent/understanding/understand.js';
import { checkoutRoot } from '../../agent/wire/checkout.js';
import { collected } from '../speech/audio.js';

/*
 * That another language is a matter of a few files (docs/guide/languages.md): German, with the voice
 * and the encoder that every language has.
 */
/** Share of the texts in other words than any example; 0.66 when there were twelve examples of each intent. */
const LEAST_FRESH = 0.78;
const weekday = ['08:00-12:00', '14:00-17:00'];
const facts = understandingSettings.parse({
  ...{ language: 'de', country: 'de', profile: 'clinic', timeZone: 'Europe/Berlin' },
  office: {
    name: 'die Praxis am Markt',
    address: 'Marktplatz drei',
    services: ['Impfungen', 'Vorsorge'],
  },
  hours: {
    monday: weekday,
    tuesday: weekday,
    wednesday: ['08:00-12:00'],
    thursday: weekday,
    friday: weekday,
  },
  holidays: [{ date: '2026-12-25', name: 'Weihnachten' }],
  faq: [
    {
      id: 'parken',
      questions: ['wo kann ich parken', 'gibt es parkplätze'],
      answer: 'Parken können Sie im Hof.',
    },
  ],
});
const talks = createDialogue({
  understanding: facts,
  dialogue: dialogueSettings.parse({
    ...{ noticeVersion: 'de-1', emergencyNumber: '112', defaultTarget: 'anmeldung' },
    transferTargets: [
      { id: 'anmeldung', name: 'der Anmeldung', extension: '201' },
      { id: 'weber', name: 'Dr. Weber', extension: '202', aliases: ['Frau Doktor Weber'] },
    ],
    topics: { appointment: 'Termine vergeben' },
  }),
  recording: true,
});
/** A Tuesday, 10:00 in Berlin. */
const now = Date.parse('2026-11-24T09:00:00Z');
const clock = {
  now: () => now,
  monotonic: () => 0,
  after: () => () => undefined,
  sleep: () => Promise.resolve(),
};

void t.test('what a language has without doing anything for it', (t) => {
  t.equal(voiceFor('de'), 'espeak-ng');
  t.equal(encoderFor('de'), 'char-ngram');
  t.match(fallbackTexts('de')['fallback-wait'], /^Einen Moment/u);
  t.end();
});

void t.test('a call in German', async (t) => {
  const encoder = new SentenceEncoder(new NgramVectors());
  await encoder.start();
  t.teardown(() => encoder.stop());
  const head = join(t.testdir(), 'clinic.de.onnx');
  const examples = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.de.yaml'));
  const english = loadExamples(join(checkoutRoot, 'models', 'intents', 'clinic.en.yaml'));
  t.strictSame([...examples.intents.keys()], [...english.intents.keys()], 'the same intents');
  const { heldOut } = await trainHead({ examples, encoder, output: head });
  t.comment(`held out: ${heldOut.accuracy.toFixed(3)} of ${String(heldOut.examples)}`);
  const understander = new Understander({ settings: facts, encoder, head, log: silentLog });
  await understander.start();
  const fresh = loadLabelled(join(checkoutRoot, 'test', 'understanding', 'german-fresh.yaml'));
  const found: string[] = [];
  for (const { text } of fresh) found.push((await understander.understand(text)).intent);
  const { accuracy } = score(fresh, found);
  t.ok(accuracy >= LEAST_FRESH, `in other words: ${(accuracy * 100).toFixed(1)} % right`);
  t.teardown(() => {
    understander.stop();
  });
  const call = (): { says: (text: string) => Promise<string>; did: readonly TextOutput[] } => {
    const did: TextOutput[] = [];
    const parts = { dialogue: talks, understanding: understander, silenceMs: 7_000 };
    const text = new TextCall({ ...parts, language: 'de', clock }, (output) => did.push(output));
    text.begin();
    return {
      did,
      says: async (say) => {
        const from = did.length;
        await text.take({ say });
        return did
          .slice(from)
          .map((one) => ('says' in one ? one.says : one.does))
          .join(' ');
      },
    };
  };

  const one = call();
  t.match(JSON.stringify(one.did), /Guten Tag, hier ist die Praxis am Markt\..*aufgezeichnet/u);
  t.match(
    await one.says('Wann haben Sie denn geöffnet?'),
    'Wir haben Montag bis Dienstag von acht Uhr bis zwölf Uhr und von vierzehn Uhr bis siebzehn Uhr',
  );
  t.match(await one.says('Haben Sie am Samstag auf?'), 'Am Samstag haben wir geschlossen.');
  t.match(
    await one.says('und an Weihnachten, haben Sie da offen?'),
    'Am Freitag, dem fünfundzwanzigsten Dezember, haben wir wegen Weihnachten geschlossen.',
  );
  t.match(await one.says('Wo kann ich denn parken?'), 'Parken können Sie im Hof.');
  t.match(await one.says('Wie ist denn Ihre Adresse?'), 'Sie finden uns hier: Marktplatz drei.');
  t.match(await one.says('Vielen Dank, auf Wiederhören'), /Auf Wiederhören\. hangup$/u);

  const two = call();
  t.match(
    await two.says('ich möchte gerne eine Nachricht hinterlassen'),
    'Wie ist bitte Ihr Name?',
  );
  t.match(await two.says('Mein Name ist Jana Köhler'), 'Unter welcher Nummer');
  t.match(
    await two.says('null drei null zwei zwei eins fünf fünf vier vier'),
    /null drei null.*Ist das richtig\?/u,
  );
  await two.says('ja genau');
  const kept = two.did.flatMap((output) =>
    'does' in output && output.does === 'message' ? [output] : [],
  );
  t.match(JSON.stringify(kept.at(-1)), /Jana Köhler.*0302215544/u);

  const three = call();
  t.match(
    await three.says('Hilfe, mein Mann bekommt keine Luft!'),
    /wählen Sie eins eins zwei.*transfer$/u,
  );
});

void t.test('emergencies by phrase', (t) => {
  const watch = new EmergencyWatch(DEFAULT_EMERGENCY_PHRASES);
  for (const text of [
    'das ist ein Notfall',
    'er atmet nicht mehr',
    'sie ist bewusstlos',
    'er kann nicht atmen',
  ]) {
    t.ok(watch.inText(text), text);
  }
  for (const text of ['es ist kein Notfall', 'ich habe Halsschmerzen'])
    t.notOk(watch.inText(text), text);
  t.end();
});

void t.test('its voice', async (t) => {
  const voice = new EspeakVoice();
  await voice.start();
  t.teardown(() => voice.stop());
  for (const text of [...talks.fixedTexts(), ...Object.values(fallbackTexts('de'))].slice(0, 12)) {
    const pcm = await collected(voice.speak(text, { language: 'de', pace: 1 }));
    t.ok(pcm.length > 4_000, text);
  }
});
