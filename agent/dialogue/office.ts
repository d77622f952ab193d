import { OpeningHours } from '../understanding/hours.js';
import type { SlotContext } from '../understanding/slots/slots.js';
import type { FaqEntry, UnderstandingSettings } from '../understanding/settings.js';
import { cuesOf, type Cues } from './cues/cues.js';
import { dialogueErrors } from './errors.js';
import { FormBook } from './forms.js';
import type { Phrase } from './ports.js';
import { Prompts } from './prompts/prompts.js';
import type { DialogueSettings, TransferTarget } from './settings.js';
import { nameIn } from './services.js';
import { findTarget } from './targets.js';

/** The facts that answers are made of. Does not change while a call runs. */
export class Office {
  readonly facts: UnderstandingSettings['office'];
  readonly faq: readonly FaqEntry[];
  readonly hours: OpeningHours;
  readonly prompts: Prompts;
  readonly cues: Cues;
  readonly country: string;
  readonly language: string;
  /** What is asked for which request. */
  readonly forms: FormBook;
  readonly settings: DialogueSettings;
  /** Whether calls are recorded, which callers are then told. */
  readonly records: boolean;
  /** Whether any opening hours are configured at all. */
  readonly hasHours: boolean;
  readonly #defaultTarget: TransferTarget;
  readonly #zone: string;

  constructor(understanding: UnderstandingSettings, settings: DialogueSettings, records: boolean) {
    this.records = records;
    this.facts = understanding.office;
    this.faq = understanding.faq;
    this.hours = new OpeningHours(understanding);
    this.prompts = new Prompts(understanding.language);
    this.cues = cuesOf(understanding.language);
    this.country = understanding.country;
    this.#zone = understanding.timeZone;
    this.language = understanding.language;
    this.forms = new FormBook(settings.forms);
    this.settings = settings;
    this.#defaultTarget = defaultOf(settings);
    this.hasHours = Object.values(understanding.hours).some((ranges) => ranges.length > 0);
  }

  /** What reading a slot depends on, at the time `now`. */
  slotContext(now: number): SlotContext {
    return { language: this.language, country: this.country, now, timeZone: this.#zone };
  }

  /** Whether somebody should be there; an office without hours is never known to be closed. */
  openAt(now: number): boolean {
    return !this.hasHours || this.hours.openAt(now);
  }

  /** The target that `text` names, or undefined. */
  targetIn(text: string): TransferTarget | undefined {
    return findTarget(text, this.settings.transferTargets, (name) =>
      this.prompts.language.spoken(name),
    );
  }

  /** The target with `id`, or the default one if a journal names a target that is gone. */
  target(id: string): TransferTarget {
    const { transferTargets } = this.settings;
    return transferTargets.find((target) => target.id === id) ?? this.#defaultTarget;
  }

  get emergencyTarget(): TransferTarget {
    return this.target(this.settings.emergencyTarget ?? this.settings.defaultTarget);
  }

  /** What things cost; nothing in journals that are older than prices. */
  get prices(): UnderstandingSettings['office']['prices'] {
    const listed: unknown = this.facts.prices;
    return listed === undefined ? [] : this.facts.prices;
  }

  /** The service of the office that `text` names, as the office writes it. */
  serviceIn(text: string): string | undefined {
    const names = [
      ...this.facts.services.map((name) => ({ name, said: [name] })),
      ...this.prices.map(({ service, aliases }) => ({
        name: service,
        said: [service, ...aliases],
      })),
    ];
    return nameIn(text, names);
  }

  /** What callers are told before anything else. */
  get notice(): Phrase {
    return this.prompts.phrase(this.records ? 'greeting.notice' : 'greeting.notice_unrecorded');
  }

  /** A target's name as it is spoken. */
  nameOf(target: TransferTarget): string {
    return this.prompts.language.spoken(target.name);
  }
}

function defaultOf({ transferTargets, defaultTarget }: DialogueSettings): TransferTarget {
  const found = transferTargets.find(({ id }) => id === defaultTarget);
  if (found === undefined) throw dialogueErrors.make('NO_TARGET', { detail: defaultTarget });
  return found;
}
