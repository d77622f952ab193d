import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { joined, type Pcm } from '../../audio/frame.js';
import { decodeWav } from '../../audio/wav.js';
import type { Paths } from '../../config/paths.js';
import { everyOffice } from '../../config/numbers.js';
import type { Configuration } from '../../config/schema.js';
import { destinationsOf } from '../../dialogue/directory.js';
import type { OpenRecords } from '../../records/records.js';
import { planOf } from '../../reception/handling-plan.js';
import type { Encoder, Voice } from '../../speech/ports.js';
import { understandingErrors } from '../../understanding/errors.js';
import { Faq, leastFaqScore } from '../../understanding/faq.js';
import type { Understanding } from '../../understanding/ports.js';
import { evenlySpelled } from '../../understanding/spellings.js';
import { plain } from '../../understanding/text.js';
import type { PromptShelf, Workshop } from '../../web/workshop.js';
import { createProfiles } from '../profiles.js';
import { promptBook } from '../prompts.js';
import { isExample, keepSecrets, officeText } from '../set-up.js';
import { surroundings } from '../surroundings.js';
import { everybody } from '../staff.js';
import type { FileDesk } from './file-desk.js';
import { OwnIntents } from './intents.js';
import { ownQuestionsOf } from './own-questions.js';

export interface WorkshopParts {
  readonly paths: Paths;
  readonly records: OpenRecords;
  readonly configuration: FileDesk;
  readonly inForce: () => Configuration;
  readonly understanding: () => Understanding;
  readonly speech: { readonly voice: Voice; readonly encoder: Encoder };
  /** Trains the intents from their files; ours in a process of its own if left out. */
  readonly train?: () => Promise<void>;
}

/** What the office is set up with, of what is in force now. */
export function workshopOf(parts: WorkshopParts): Workshop {
  const { paths, records, configuration, inForce, understanding, speech } = parts;
  const again = (): Promise<void> => configuration.again();
  return {
    configuration,
    firstSetUp: {
      isExample: (text) => isExample(paths, text),
      ownKinds: () => createProfiles(paths).ownKinds(),
      surroundings: () => surroundings(),
      text: (answers, secrets) => officeText(paths, answers, secrets),
      keepSecrets(secrets) {
        keepSecrets(paths, secrets);
      },
    },
    prompts: promptShelf(parts, again),
    intents: new OwnIntents({
      ...{ paths, records, inForce, understanding, again },
      train: parts.train ?? (() => trainElsewhere(paths)),
    }),
    async faq(question, entries) {
      const { understanding: settings } = inForce();
      const { faq, faqMargin: margin, language } = settings;
      const score = leastFaqScore(settings);
      const tried = new Faq({ entries: entries ?? faq, score, margin, language });
      await tried.start(speech.encoder);
      const [embedded] = await speech.encoder.embed([evenlySpelled(plain(question), language)]);
      if (embedded === undefined) return { ranks: [], answers: undefined, score, margin };
      const ranks = tried.rank(embedded.vector);
      return { ranks, answers: tried.match(embedded.vector)?.id, score, margin };
    },
    plan: () => planOf(inForce()),
    staff(now, away) {
      return everybody(inForce(), now, away);
    },
    destinations() {
      const all = everyOffice(inForce()).flatMap(({ dialogue }) => destinationsOf(dialogue));
      return [...new Map(all.map(({ id, name }) => [id, { id, name }])).values()];
    },
    questions: () => ownQuestionsOf(inForce()),
  };
}

function promptShelf(
  { paths, records, inForce, speech }: WorkshopParts,
  again: () => Promise<void>,
): PromptShelf {
  const book = () => promptBook(inForce(), paths);
  const say = (text: string): Promise<Pcm> => {
    const { language, voice, pace, pronunciations } = inForce().speech;
    return joined(speech.voice.speak(text, { language, voice, pace, pronunciations }));
  };
  return {
    async list() {
      const entries = await book().list();
      return entries.map(({ name, text, recording }) => ({
        ...{ name, text },
        recorded: recording !== undefined,
      }));
    },
    async sound(name) {
      const entry = await book().find(name);
      return (await book().heard(entry)) ?? say(entry.text);
    },
    say,
    async record(name, wav, who) {
      const entry = await book().find(name);
      const { pcm } = decodeWav(wav, name);
      await records.reading.audit.add(who, 'prompts.record', name);
      await book().keep(entry, pcm);
      await again();
    },
    async remove(name, who) {
      const entry = await book().find(name);
      await records.reading.audit.add(who, 'prompts.remove', name);
      await book().remove(entry);
      await again();
    },
  };
}

const run = promisify(execFile);
const TRAINED_WITHIN_MS = 600_000;

/** The daemon never trains: minutes of arithmetic would keep its calls waiting. */
async function trainElsewhere({ root, home }: Paths): Promise<void> {
  try {
    await run(
      process.execPath,
      [join(root, 'build', 'agent', 'main.js'), 'intents', 'train', '--json'],
      { env: { ...process.env, VESTIBULE_HOME: home }, timeout: TRAINED_WITHIN_MS },
    );
  } catch (cause) {
    const { stderr = '' } = cause as { stderr?: string };
    throw understandingErrors.make('NOT_TRAINED', { detail: stderr.trim().slice(0, 400), cause });
  }
}
