import { OpeningHours } from '../understanding/hours.js';
import { isGivenName } from '../understanding/slots/known-names.js';
import { findSlot, type SlotContext, type SlotValue } from '../understanding/slots/slots.js';
import type { FaqEntry, UnderstandingSettings } from '../understanding/settings.js';
import { cuesOf, type Cues } from './cues/cues.js';
import { Directory, type Away, type Destination } from './directory.js';
import { dialogueErrors } from './errors.js';
import { FormBook } from './forms.js';
import type { Phrase } from './ports.js';
import { Prompts } from './prompts/prompts.js';
import type { DialogueSettings, TransferTarget } from './settings.js';
import { nameIn } from './services.js';
import { findTarget, findTargets } from './targets.js';

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
  /** Whether the staff may listen in, which callers are then told. */
  readonly listens: boolean;
  /** Whether any opening hours are configured at all. */
  readonly hasHours: boolean;
  readonly directory: Directory;
  readonly #defaultTarget: Destination;
  readonly #zone: string;

  constructor(
    understanding: UnderstandingSettings,
    settings: DialogueSettings,
    records: boolean,
    listens = false,
  ) {
    this.records = records;
    this.listens = listens;
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
    this.directory = new Directory(settings, understanding.timeZone);
    this.#defaultTarget = defaultOf(this.directory.destinations, settings);
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

  /** Whom `text` names and nobody else, or undefined. */
  targetIn(text: string): Destination | undefined {
    return findTarget(text, this.directory.destinations, this.#spoken);
  }

  /** Everybody whom the caller may mean who says `text` at `now`; the caller's own name aside. */
  targetsIn(text: string, now: number): readonly Destination[] {
    const own = findSlot('person_name', text, this.slotContext(now))?.value ?? '';
    return findTargets(text, this.directory.destinations, this.#spoken, own);
  }

  /** Person, department or duty with `id`, or the default one if a journal names one that is gone. */
  target(id: string): Destination {
    return this.directory.destinations.find((one) => one.id === id) ?? this.#defaultTarget;
  }

  /** Who is rung for `id`, one after the other. Danger rings those who are away too, if all are. */
  reach(
    id: string,
    now: number,
    away: readonly Away[],
    danger: boolean,
  ): readonly TransferTarget[] {
    const found = this.directory.reach(id, { now, away, urgent: danger });
    if (found.length > 0 || !danger) return found;
    return this.directory.reach(id, { now, away: [], urgent: true });
  }

  /** The same as steps: who is rung together is one. */
  steps(id: string, now: number, away: readonly Away[], danger: boolean): readonly string[] {
    const found = this.directory.steps(id, { now, away, urgent: danger });
    if (found.length > 0 || !danger) return found;
    return this.directory.steps(id, { now, away: [], urgent: true });
  }

  /** For whom a message about `intent` is if its caller names nobody; null for the office. */
  routeOf(intent: string): string | null {
    const { messageRoutes: routes } = this.settings;
    return routes[intent] ?? routes[intent.split('.')[0] ?? ''] ?? null;
  }

  /** Whether wishes of this intent cannot wait; none could in journals that are older than that. */
  isUrgent(intent: string): boolean {
    const kept: { readonly urgentIntents?: readonly string[] } = this.settings;
    return (kept.urgentIntents ?? []).includes(intent);
  }

  /** How callers are connected with people. */
  get transfer(): DialogueSettings['transfer'] {
    return this.directory.transferOf(this.settings.defaultTarget);
  }

  get emergencyTarget(): Destination {
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

  /** Whom the call is for, where `text` says that it is somebody else, and names them. */
  patientIn(text: string, now: number): SlotValue | undefined {
    const named = this.cues.onBehalf.exec(text)?.groups?.name;
    const found =
      named === undefined
        ? undefined
        : findSlot('person_name', named.trim(), this.slotContext(now));
    return found ?? this.#kinIn(text, now);
  }

  /** "For my husband Brian Finch": the name stands right behind the word for them, and is a whole or a frequent one. */
  #kinIn(text: string, now: number): SlotValue | undefined {
    const kin = this.cues.kin.exec(text)?.groups?.name?.replace(/['’]s\b.*$/u, '') ?? '';
    const found = kin === '' ? undefined : findSlot('person_name', kin, this.slotContext(now));
    if (found === undefined) return undefined;
    const before = kin.slice(0, Math.max(0, kin.indexOf(found.heard))).trim();
    const titled = this.cues.titled.test(kin) && !before.includes(' ');
    const [given = '', ...more] = found.value.toLowerCase().split(' ');
    const known = more.length > 0 || titled || isGivenName(given, this.language);
    return known && (before === '' || titled) ? found : undefined;
  }

  /** What callers are told before anything else, if their call is recorded or if it is not. */
  noticeOf(recorded: boolean): Phrase {
    // Where consent is asked for, nothing is recorded yet.
    const announced = recorded && this.settings.consentMode !== 'opt-in';
    if (!announced) return this.prompts.phrase('greeting.notice_unrecorded');
    return this.prompts.phrase(this.listens ? 'greeting.notice_listened' : 'greeting.notice');
  }

  /** The question for consent, where it is asked for. */
  get consentQuestion(): Phrase {
    return this.prompts.phrase(this.listens ? 'consent.ask_listened' : 'consent.ask');
  }

  readonly #spoken = (name: string): string => this.prompts.language.spoken(name);

  /** A target's name as it is spoken. */
  nameOf(target: Pick<Destination, 'name'>): string {
    return this.prompts.language.spoken(target.name);
  }
}

function defaultOf(
  destinations: readonly Destination[],
  { defaultTarget }: DialogueSettings,
): Destination {
  const found = destinations.find(({ id }) => id === defaultTarget);
  if (found === undefined) throw dialogueErrors.make('NO_TARGET', { detail: defaultTarget });
  return found;
}
