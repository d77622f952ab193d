import { oneLine, VestibuleError } from '../errors.js';
import type { Log } from '../log.js';
import type { Embedded, Encoder } from '../speech/ports.js';
import { besidesWho } from './besides-who.js';
import { clausesOf } from './clauses.js';
import { Classifier, type Classification } from './classifier.js';
import { heardAsDanger } from './danger-words.js';
import { EmergencyWatch } from './emergency.js';
import { understandingErrors } from './errors.js';
import { Faq, leastFaqScore } from './faq.js';
import { keptHead, readHead } from './head.js';
import { EMERGENCY, OUT_OF_SCOPE } from './intents.js';
import type { Understanding, Understood } from './ports.js';
import type { UnderstandingSettings } from './settings.js';
import { findDay } from './slots/day.js';
import { vocabularyOf } from './slots/languages.js';
import { evenlySpelled } from './spellings.js';
import { plain } from './text.js';
import { wishesOf } from './wishes.js';

/**
 * A text at least this likely to come from a caller in danger is an emergency, 0..1. Chosen on the sets
 * of scripts/bench/intents: of what is spoken and misheard 99 in a hundred, and one false alarm in a thousand calls.
 */
const DANGER = 0.2;

/**
 * A text of this likelihood is looked at again with its words taken for words of danger that sound alike, and
 * then it must be the second one. Chosen on what was heard of the sets of emergencies (scripts/bench/intents):
 * where answers are learnt too, a misheard emergency is often hardly likelier than they are.
 */
const SUSPECT = 0.02;
const DANGER_IF_MISHEARD = 0.5;

/** From this score on, what is said besides a name and a number is what is wanted. */
const CLEAR = 0.6;

export interface UnderstanderParts {
  readonly settings: UnderstandingSettings;
  readonly encoder: Encoder;
  /** Path of the trained head (`….onnx`), which the encoder's worker can read too. */
  readonly head: string;
  /** Folder in which the head is kept as it is at the start; without one it is used where it lies. */
  readonly heads?: string | undefined;
  readonly log: Log;
}

/** What a text means: intent by the trained head, FAQ by likeness, emergencies, and days. */
export class Understander implements Understanding {
  readonly #parts: UnderstanderParts;
  readonly #faq: Faq;
  readonly #watch: EmergencyWatch;
  #head: string;
  #classifier: Classifier | undefined;

  constructor(parts: UnderstanderParts) {
    const { settings } = parts;
    this.#parts = { ...parts, log: parts.log.part('understanding') };
    this.#head = parts.head;
    this.#faq = new Faq({
      entries: settings.faq,
      score: leastFaqScore(settings),
      margin: settings.faqMargin,
      language: settings.language,
    });
    this.#watch = new EmergencyWatch(settings.emergencyPhrases);
  }

  /** Reads the head's description and embeds the FAQ. */
  async start(): Promise<void> {
    if (this.#classifier !== undefined) return;
    this.#head = this.#ownHead();
    const classifier = new Classifier(readHead(this.#head));
    await this.#faq.start(this.#parts.encoder);
    // Its words are read once, which takes a tenth of a second: not in a call.
    vocabularyOf(this.#parts.settings.language)?.names.isWord?.('');
    this.#classifier = classifier;
  }

  stop(): void {
    this.#classifier = undefined;
  }

  /** A disk that may not be written, or is full, makes nobody deaf. @throws UNDERSTANDING_… of the head */
  #ownHead(): string {
    const { head, heads, log } = this.#parts;
    if (heads === undefined) return head;
    try {
      return keptHead(head, heads);
    } catch (error) {
      if (error instanceof VestibuleError) throw error;
      log.warn('the head is not kept apart and used where it lies', { reason: oneLine(error) });
      return head;
    }
  }

  /**
   * Never fails because of a dead encoder: emergencies are still heard by their phrases, and the
   * rest counts as not understood, which soon leads the caller to a person.
   * @throws UNDERSTANDING_NOT_STARTED
   */
  async understand(text: string): Promise<Understood> {
    const classifier = this.#classifier;
    if (classifier === undefined) throw understandingErrors.make('NOT_STARTED');
    const { settings } = this.#parts;
    // Who says that it is no emergency is in danger only by what else is said.
    const besides = this.#watch.besidesDenial(text);
    const denied = besides !== undefined;
    const { whole, rest, clauses } = await this.#embed(text, besides);
    const found = read(classifier, whole);
    const parts = clauses.map(({ embedded }) => read(classifier, embedded));
    // One long part beside a short one is no second wish, but may be a question.
    const wishes = parts.length < 2 ? [] : parts;
    const asked = clauses.flatMap(({ text: part, embedded }, index) => {
      const faq = embedded && this.#faq.match(embedded.vector);
      const { intent = OUT_OF_SCOPE, score = 0 } = parts[index] ?? {};
      return faq === undefined ? [] : [{ text: part, intent, score, faq }];
    });
    const calm = read(classifier, rest);
    const { first: known, others } = wishesOf(denied ? calmly(found, calm) : found, wishes);
    // Names and digits around a wish hide it.
    const first =
      known.intent === OUT_OF_SCOPE ? await this.#besidesWho(classifier, text, known) : known;
    const danger = denied ? calm.danger : found.danger;
    const inWords = this.#watch.inText(text);
    const emergency =
      inWords ||
      danger >= DANGER ||
      first.intent === EMERGENCY ||
      (!denied && danger >= SUSPECT && (await this.#isMisheardDanger(classifier, text)));
    const day = findDay(text, settings.language, settings.holidays);
    return {
      ...(emergency
        ? { intent: EMERGENCY, score: inWords ? 1 : Math.max(found.danger, DANGER) }
        : first),
      alternatives: found.alternatives.filter(
        ({ intent }) => intent !== (emergency ? EMERGENCY : first.intent),
      ),
      ...(others.length === 0 ? {} : { others }),
      slots: day === undefined ? {} : { day },
      emergency,
      faq: whole === undefined ? undefined : this.#faq.match(whole.vector),
      ...(asked.length === 0 ? {} : { asked }),
    };
  }

  danger(text: string): Understood | undefined {
    if (!this.#watch.inText(text)) return undefined;
    return {
      ...{ intent: EMERGENCY, score: 1, alternatives: [], slots: {} },
      ...{ emergency: true, faq: undefined },
    };
  }

  /** Whether the text tells of danger when words are taken for those that sound like them. */
  async #isMisheardDanger(classifier: Classifier, text: string): Promise<boolean> {
    const { settings, encoder, log } = this.#parts;
    const others = heardAsDanger(text, settings.language);
    if (others.length === 0) return false;
    try {
      const even = others.map((one) => evenlySpelled(one, settings.language));
      const all = await encoder.embed(even, this.#head);
      return all.some((one) => read(classifier, one).danger >= DANGER_IF_MISHEARD);
    } catch (error) {
      log.error('encoder failed', { reason: oneLine(error) });
      return false;
    }
  }

  /** What is wanted besides who calls, if that is clear; else `known`. */
  async #besidesWho<T extends { readonly intent: string; readonly score: number }>(
    classifier: Classifier,
    text: string,
    known: T,
  ): Promise<T | { readonly intent: string; readonly score: number }> {
    const { settings, encoder, log } = this.#parts;
    const rest = besidesWho(text, settings);
    if (rest === undefined) return known;
    try {
      const [embedded] = await encoder.embed([evenlySpelled(rest, settings.language)], this.#head);
      const { intent, score } = read(classifier, embedded);
      return intent === EMERGENCY || intent.startsWith('control.') || score < CLEAR
        ? known
        : { intent, score };
    } catch (error) {
      log.error('encoder failed', { reason: oneLine(error) });
      return known;
    }
  }

  /** The whole text, its parts if it has any, and what is said `besides` that it is no emergency. */
  async #embed(text: string, besides: string | undefined): Promise<Read> {
    const { language } = this.#parts.settings;
    const clean = plain(text);
    const clauses = clausesOf(text, language);
    const rest = besides === undefined || besides === '' ? [] : [besides];
    if (clean === '') return NOTHING_READ;
    try {
      const texts = [clean, ...clauses, ...rest].map((one) => evenlySpelled(one, language));
      const all = await this.#parts.encoder.embed(texts, this.#head);
      const end = 1 + clauses.length;
      const parts = clauses.map((part, index) => ({ text: part, embedded: all[index + 1] }));
      return { whole: all[0], clauses: parts, rest: all[end] };
    } catch (error) {
      this.#parts.log.error('encoder failed', { reason: oneLine(error) });
      return NOTHING_READ;
    }
  }
}

/** A text as the encoder read it. */
interface Read {
  readonly whole: Embedded | undefined;
  readonly clauses: readonly { readonly text: string; readonly embedded: Embedded | undefined }[];
  readonly rest: Embedded | undefined;
}

const NOTHING_READ: Read = { whole: undefined, clauses: [], rest: undefined };

function read(classifier: Classifier, embedded: Embedded | undefined): Classification {
  if (embedded === undefined)
    return { intent: OUT_OF_SCOPE, score: 0, alternatives: [], danger: 0 };
  return classifier.classify(embedded.logits, embedded.near);
}

/** What is wanted by who is in no danger: what is said besides tells it, if it tells anything. */
function calmly(found: Classification, besides: Classification): Classification {
  if (found.intent !== EMERGENCY) return found;
  const tells = besides.intent !== OUT_OF_SCOPE && besides.intent !== EMERGENCY;
  return tells ? besides : withoutEmergency(found);
}

/** What else it may be. */
function withoutEmergency(found: Classification): Classification {
  if (found.intent !== EMERGENCY) return found;
  const [next = { intent: OUT_OF_SCOPE, score: 1 - found.score }] = found.alternatives;
  return { ...found, ...next };
}
