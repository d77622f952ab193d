import { everyOffice } from '../../config/numbers.js';
import type { Configuration } from '../../config/schema.js';
import { FormBook } from '../../dialogue/forms.js';

/** The office's own questions by the intent of their form, and by the id of their answer. */
export function ownQuestionsOf(
  settings: Configuration,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const own = everyOffice(settings).flatMap(({ dialogue }) => new FormBook(dialogue.forms).own);
  const found: Record<string, Record<string, string>> = {};
  for (const { intent, field } of own) {
    found[intent] = { [field.id]: field.ask, ...found[intent] };
  }
  return found;
}
