import { DEFAULT_FORMS, FIELD_KINDS, type KnownField } from './form-fields.js';
import type { FormFields, Forms, OwnField } from './form-settings.js';
import type { RequestPromptId } from './prompts/requests.en.js';
import type { PromptId } from './prompts/en.js';

/** A question of a form. */
export interface Field {
  readonly id: string;
  readonly kind: OwnField['kind'] | 'person_name';
  /** The office's own question; absent for fields that have a prompt. */
  readonly ask?: string;
  /** Words of a first sentence that answers it already. */
  readonly told?: readonly string[] | undefined;
}

/** Asked of whoever calls for somebody else and names nobody. No form of an office asks it. */
export const PATIENT = 'patient';

/** The intent whose form is that of every message which has none of its own. */
const ANY_MESSAGE = 'message.leave';
/** What a message asks besides name, number and matter when no form says so. */
const STANDARD: FormFields = ['urgency', 'callback_time'];

/** What is said before a request is taken down, by the part of the intent before its dot. */
const LEADS: Readonly<Record<string, RequestPromptId>> = {
  prescription: 'request.prescription',
  results: 'request.results',
  billing: 'request.billing',
  document: 'request.document',
  registration: 'request.registration',
  privacy: 'request.privacy',
};

/** The forms of an office: what is asked for which intent. */
export class FormBook {
  readonly #forms: Forms;

  /** `own` is the configuration's; absent in journals that are older than forms. */
  constructor(own: Forms | undefined) {
    this.#forms = { ...DEFAULT_FORMS, ...own };
  }

  /** Whether requests of this intent are taken down at all hours. */
  has(intent: string): boolean {
    return intent !== ANY_MESSAGE && Array.isArray(this.#forms[intent]);
  }

  /** Ids of what is asked, in order. */
  asked(intent: string): readonly string[] {
    return this.#fields(intent).map((field) => (typeof field === 'string' ? field : field.id));
  }

  /** The field `id` of the intent's form, unless it is one that every message has. */
  field(intent: string, id: string): Field | undefined {
    for (const field of this.#fields(intent)) {
      if (typeof field !== 'string' && field.id === id) return field;
    }
    if (id === PATIENT) return { id, kind: 'person_name' };
    return isKnown(id) ? { id, kind: FIELD_KINDS[id] } : undefined;
  }

  /** The office's own fields, whose questions are approved texts. */
  get own(): readonly { readonly intent: string; readonly field: OwnField }[] {
    return Object.keys(this.#forms).flatMap((intent) =>
      this.#fields(intent).flatMap((field) =>
        typeof field === 'string' ? [] : [{ intent, field }],
      ),
    );
  }

  #fields(intent: string): FormFields {
    const form = this.#forms[intent];
    if (form !== undefined && form !== 'person') return form;
    const any = this.#forms[ANY_MESSAGE];
    return any === undefined || any === 'person' ? STANDARD : any;
  }
}

export const isKnown = (id: string): id is KnownField => Object.hasOwn(FIELD_KINDS, id);

/** What is said before the first question about a request of this intent. */
export function leadOf(intent: string): PromptId {
  if (intent === 'info.price') return 'request.price';
  const area = intent.split('.')[0] ?? '';
  if (area === 'info' || intent === 'oos') return 'request.unknown';
  return LEADS[area] ?? 'message.note';
}
