import type { DialogueRecord } from '../dialogue/record/record.js';
import { oneLine } from '../errors.js';
import type { Log } from '../log.js';
import { LanguageModel } from '../understanding/language-model.js';
import type { LanguageModelSettings } from '../understanding/language-model-settings.js';
import { rephrase } from '../understanding/language-model-summary.js';

export interface RephrasingParts {
  readonly settings: LanguageModelSettings | undefined;
  readonly records: { revise(call: string, body: string): Promise<void> };
  readonly language: string;
  readonly log: Log;
}

/** What is done with the record of a call once the call is over. Never fails, keeps nobody waiting. */
export type Afterwards = (call: string, record: DialogueRecord) => Promise<void>;

/** Has summaries worded anew by the language model, if there is one that may; the own one stays. */
export function rephrasing(parts: RephrasingParts): Afterwards | undefined {
  const { settings, records, language } = parts;
  if (settings?.rephraseSummaries !== true) return undefined;
  const model = new LanguageModel(settings);
  const log = parts.log.part('language-model');
  return async (call, record) => {
    if (record.summary === '') return;
    try {
      const text = await rephrase(model, record.summary, language);
      if (text === undefined) {
        log.info('the other wording added something and is not kept', { call });
        return;
      }
      const rephrased = { text, model: model.name };
      await records.revise(call, JSON.stringify({ ...record, rephrased }));
    } catch (error) {
      log.warn('a summary was not worded anew', { call, reason: oneLine(error) });
    }
  };
}
